"""Dots on a few options, hidden until the vote is closed."""

from typing import Literal

from outside_in.domain.blocks import Bars, Beat, Block, Says, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.measures import wilson
from outside_in.domain.questions import Option, Pick
from outside_in.domain.text import Line, Text, line

MOST = 8
"""Themes on one ballot: more do not fit on a stage that the last row can read."""


class Vote(Exercise):
    kind: Literal["vote"] = "vote"
    item: str = "choice"
    question: Text
    dots: int = 1
    choices: Literal["options", "themes"] = "options"
    options: tuple[Option, ...] = ()

    def filled(self, facts: Facts) -> "Vote":
        if self.choices != "themes" or self.options:
            return self
        options = tuple(Option(id=theme.id, label=theme.label) for theme in facts.themes[:MOST])
        return self.model_copy(update={"options": options})

    def missing(self) -> Line | None:
        return None if len(self.options) > 1 else line("Select at least two themes first.")

    def asks(self) -> tuple[Pick, ...]:
        return (self._pick(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        votes = room.said(self._pick())
        counts = {o.id: sum(o.id in vote for vote in votes) for o in self.options}
        ranked = sorted(self.options, key=lambda option: -counts[option.id])
        bounds = {id: wilson(count, len(votes)) for id, count in counts.items()}
        rows = tuple(
            Bars.Row(label=o.label, count=counts[o.id], low=bounds[o.id].low, high=bounds[o.id].high) for o in ranked
        )
        return (beat(Bars(rows=rows, n=len(votes))),)

    def mine(self, own: Room) -> tuple[Block, ...]:
        labels = {option.id: option.label for option in self.options}
        return tuple(
            Says(text=line("You chose: {label}", label=labels[id])) for vote in own.said(self._pick()) for id in vote
        )

    def _pick(self) -> Pick:
        most = min(self.dots, len(self.options))
        return Pick(id=self.item, label=self.question, options=self.options, most=most)
