"""What is planned: an agenda of steps, each an exercise with its minutes, notes and questions."""

import datetime as dt
from collections import Counter
from enum import StrEnum, auto
from typing import Literal

from pydantic import Field, model_validator

from outside_in.domain.errors import BadInput
from outside_in.domain.exercise import Facts
from outside_in.domain.exercises import AnyExercise
from outside_in.domain.model import Model
from outside_in.domain.text import Language, Line, Text
from outside_in.domain.values import Shelf

RevealPolicy = Literal["host", "on_submit", "on_deadline"]


class Phase(StrEnum):
    PREPARED = auto()
    OPEN = auto()
    PAUSED = auto()
    CLOSED = auto()
    REVEALED = auto()
    DISCUSSED = auto()


NEXT = {
    Phase.PREPARED: {Phase.OPEN, Phase.REVEALED},
    Phase.OPEN: {Phase.PAUSED, Phase.CLOSED},
    Phase.PAUSED: {Phase.OPEN, Phase.CLOSED},
    Phase.CLOSED: {Phase.REVEALED},
    Phase.REVEALED: {Phase.DISCUSSED},
    Phase.DISCUSSED: set(),
}
"""Every legal move there is; PREPARED → REVEALED only where nothing is asked."""


class TwiceAsked(BadInput):
    message = "Two steps ask for “{item}”. Please give one of them another name."
    code = "item-twice"


class Step(Model):
    id: str
    title: Text
    minutes: int = Field(ge=1, le=240)
    exercise: AnyExercise
    notes: Text = Text(de="", en="")
    """For the facilitator's eyes only."""
    debrief: tuple[Text, ...] = ()
    """Questions for the conversation after the reveal."""
    shrinkable: bool = False
    before: bool = False
    """Pre-work: open from the start by personal link; closed when the room gets there."""
    reveal: RevealPolicy = "host"
    group: int = Field(default=0, ge=0, le=6)
    """Leaders talk in small groups of so many; 0: all together. Phones say which group is theirs."""

    @property
    def asks(self) -> bool:
        return bool(self.exercise.asks())

    def stocked(self, shelf: Shelf) -> "Step":
        return self.model_copy(update={"exercise": self.exercise.stocked(shelf)})


class Agenda(Model):
    id: str
    name: Text
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    def stocked(self, shelf: Shelf) -> "Agenda":
        """With the content that its exercises take from the shelf."""
        return self.model_copy(update={"steps": tuple(step.stocked(shelf) for step in self.steps)})


class Plan(Model):
    """A workshop as a session carries it: its own copy, so that later edits change no session."""

    workshop: str
    title: str
    client: str = ""
    language: Language = "de"
    date: dt.date
    expected: int = 12
    sample: bool = False
    """About a fictional company; said on every screen and in every export."""
    crowd: int = 0
    """Simulated leaders who answer every step as soon as it opens; for somebody who tries the product alone."""
    facts: Facts
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _items_differ(self) -> "Plan":
        """An item's id is the key of its input, on every step of a session."""
        ids = Counter(question.id for step in self.steps for question in step.exercise.asks())
        if twice := [id for id, n in ids.items() if n > 1]:
            raise TwiceAsked(item=twice[0])
        return self

    @classmethod
    def of(cls, steps: tuple[Step, ...], facts: Facts, **about: object) -> "Plan":
        """The agenda about this workshop's customers, without the steps that lack data."""
        filled = (step.model_copy(update={"exercise": step.exercise.filled(facts)}) for step in steps)
        ready = tuple(step for step in filled if not step.exercise.missing())
        return cls.model_validate({"steps": ready, "facts": facts, **about})


def differ(steps: tuple[Step, ...], facts: Facts) -> None:
    """Raise TwiceAsked where two steps would ask the same item of this workshop."""
    ids = Counter(q.id for step in steps for q in step.exercise.filled(facts).asks())
    if twice := [id for id, n in ids.items() if n > 1]:
        raise TwiceAsked(item=twice[0])


def fresh(step: Step, others: tuple[Step, ...]) -> Step:
    """The same step under an id of its own; items whose names are content get new ones, too."""
    taken = {known.id for known in others}
    if step.id not in taken:
        return step
    n = next(n for n in range(2, len(others) + 3) if f"{step.id}-{n}" not in taken)
    return step.model_copy(update={"id": f"{step.id}-{n}", "exercise": step.exercise.again(f"-{n}")})


def lacking(steps: tuple[Step, ...], facts: Facts) -> dict[str, Line]:
    """By step id: what it lacks to be run."""
    found = ((step.id, step.exercise.filled(facts).missing()) for step in steps)
    return {id: why for id, why in found if why}
