"""
What every exercise is: what it asks, and what it tells when the answers are in.

It knows no names, no phases, no languages and no screens. The session decides who may
answer, and hands answers over only when the room may see what follows.
"""

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar, Literal, Self

from pydantic import JsonValue

from outside_in.domain.blocks import Beat, Block, Promise
from outside_in.domain.calculation import Calculation
from outside_in.domain.feedback import Theme
from outside_in.domain.journey import Journey
from outside_in.domain.model import Model
from outside_in.domain.questions import AnyQuestion, Question, V
from outside_in.domain.story import Story
from outside_in.domain.text import Line, Text
from outside_in.domain.values import Shelf

Privacy = Literal["anonymous", "named"]
Values = Mapping[str, JsonValue]


class Facts(Model):
    """What a workshop knows about its customers when a session is opened; frozen into the plan."""

    journey: Journey | None = None
    themes: tuple[Theme, ...] = ()
    """Selected by a person, in order of size; their quotes are approved."""
    values: tuple[Text, ...] = ()
    open: tuple[Promise, ...] = ()
    """Commitments of earlier sessions that are still open, as far as this room may see them."""
    calculation: Calculation | None = None
    """The business case as somebody entered it; None: nobody has yet."""
    story: Story | None = None
    """The real case somebody chose from an event log."""
    date: dt.date


class Room(Model):
    """What was said, question by question; one leader's own answers are a room of one."""

    answers: Mapping[str, tuple[JsonValue, ...]] = {}

    @classmethod
    def of_one(cls, values: Values) -> "Room":
        return cls(answers={id: (raw,) for id, raw in values.items()})

    def said(self, question: Question[V]) -> list[V]:
        return [question.read(raw) for raw in self.answers.get(question.id, ())]

    def rows(self, questions: tuple[AnyQuestion, ...]) -> list[dict[str, Any]]:
        """Answer by answer, for named steps only: an anonymous room is columns, never rows."""
        columns = [self.said(question) for question in questions]
        return [dict(zip((q.id for q in questions), row, strict=True)) for row in zip(*columns, strict=True)]


class Drafted(Model):
    """A leader's own words that a language model may be asked about, if their author wishes, and what they answer."""

    text: str
    about: tuple[Text, ...]


class Exercise(Model):
    """Its fields say what it is about; a content file and the workshop's facts fill them."""

    kind: str
    privacy: ClassVar[Privacy] = "anonymous"
    fewest: ClassVar[int] = 5
    """From how many answers on the room sees anything; settings may raise it, never lower it."""
    looks_back: str = ""
    """An earlier step whose answers belong beside this one's: a prediction, or how it was before."""

    def stocked(self, shelf: Shelf) -> Self:
        """The same exercise with content from the shelf, where its agenda names none."""
        return self

    def filled(self, facts: Facts) -> Self:
        """The same exercise about this workshop's customers."""
        return self

    def again(self, suffix: str) -> Self:
        """A second one in the same agenda: an item whose name comes from content gets another."""
        item = getattr(self, "item", None)
        return self.model_copy(update={"item": f"{item}{suffix}"}) if item else self

    def missing(self) -> Line | None:
        """What it still lacks, as a sentence for whoever prepares; None: it can be run."""
        return None

    def asks(self) -> tuple[AnyQuestion, ...]:
        return ()

    def check(self, own: Room) -> None:
        """Raise BadAnswer for what cannot be said; more than each question sees by itself."""
        for question in self.asks():
            own.said(question)

    def rehearse(self, chance: Random) -> dict[str, JsonValue]:
        """What a simulated leader answers; passes `check`."""
        return {question.id: question.rehearse(chance) for question in self.asks()}

    def opening(self) -> tuple[Block, ...]:
        """What everybody sees before the answers are in."""
        return ()

    def tells(self, room: Room) -> tuple[Beat, ...]:
        """What the room gets to see, beat by beat; `room` holds nothing that too few said."""
        return ()

    def mine(self, own: Room) -> tuple[Block, ...]:
        """What only its author gets to see."""
        return ()

    def drafted(self, own: Room) -> Drafted | None:
        """What its author may ask a language model about; None for nothing."""
        return None

    def advise(self, own: Room) -> tuple[Block, ...]:
        """While it can still be changed: what would make it stronger; for its author only."""
        return ()
