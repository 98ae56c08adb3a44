"""Predict, reveal, explain, commit with all five kinds of question (DOMAIN F1, 3.2)."""

from random import Random
from typing import Literal

from pydantic import JsonValue

from outside_in.domain.blocks import Beat, Block, Says
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.items import AnyItem, Level
from outside_in.domain.questions import AnyQuestion, Range
from outside_in.domain.text import Line, line


class Foresee(Exercise):
    kind: Literal["foresee"] = "foresee"
    items: tuple[AnyItem, ...]

    def filled(self, facts: Facts) -> "Foresee":
        return self.model_copy(update={"items": tuple(item.filled(facts) for item in self.items)})

    def missing(self) -> Line | None:
        if self._ready():
            return None
        return line("Predictions need touchpoints with scores, or selected themes.")

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(question for item in self._ready() for question in item.asks())

    def check(self, own: Room) -> None:
        super().check(own)
        for item in self._ready():
            if isinstance(item, Level) and (wrong := item.refused(own)):
                raise wrong.refuse()

    def rehearse(self, chance: Random) -> dict[str, JsonValue]:
        """Ranges are stretched to hold the best guess before them."""
        told = super().rehearse(chance)
        for question in self.asks():
            if isinstance(question, Range):
                low, high = question.read(told[question.id])
                best = told[question.id.removesuffix("-range")]
                assert isinstance(best, int | float)
                told[question.id] = [min(low, best), max(high, best)]
        return told

    def opening(self) -> tuple[Block, ...]:
        said = line("Answer for your customers, not as a customer yourself. Everybody alone, nobody sees whose it was.")
        return (Says(text=said, strong=True),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        return tuple(told for item in self._ready() for told in item.tells(room))

    def mine(self, own: Room) -> tuple[Block, ...]:
        return tuple(Says(text=text) for item in self._ready() for text in item.mine(own))

    def _ready(self) -> list[AnyItem]:
        return [item for item in self.items if item.ready()]
