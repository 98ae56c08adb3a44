"""The next session opens with what the last one promised and has not kept yet; nobody is asked to explain."""

from typing import Literal

from outside_in.domain.blocks import Beat, Promise, Says, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.text import Line, line, lines

CARDS = 3
"""Per beat: more would not be read."""


class Review(Exercise):
    kind: Literal["review"] = "review"
    open: tuple[Promise, ...] = ()

    def filled(self, facts: Facts) -> "Review":
        return self.model_copy(update={"open": facts.open})

    def missing(self) -> Line | None:
        return None if self.open else line("Nothing from an earlier workshop is open.")

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = lines("One commitment is still open.", "{n} commitments are still open.", len(self.open))
        few = [self.open[i : i + CARDS] for i in range(0, len(self.open), CARDS)]
        return beat(Says(text=said, strong=True)), *(beat(*cards) for cards in few)
