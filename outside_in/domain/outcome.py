"""What a session leaves behind: the source of every export, cut by audience."""

import datetime as dt
from typing import Literal

from pydantic import JsonValue

from outside_in.domain.blocks import Beat, Block, Promise, Sayings, Says, TooFew
from outside_in.domain.calculation import Calculation
from outside_in.domain.feedback import Theme
from outside_in.domain.follow import hushed
from outside_in.domain.journey import Journey
from outside_in.domain.model import Model
from outside_in.domain.plan import Step
from outside_in.domain.session import Session
from outside_in.domain.text import Language, Line, Text, line

Audience = Literal["board", "participants", "internal"]
AUDIENCES: tuple[Audience, ...] = ("board", "participants", "internal")


class Part(Model):
    """One step and what it came to."""

    step: str
    title: Text
    answered: int
    beats: tuple[Beat, ...]
    debrief: tuple[Text, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for beat in self.beats for block in beat.blocks)


class Suppressed(Model):
    step: Text
    why: Line


class StoredAnswer(Model):
    """One answer to one item; the order of a list of them says nothing."""

    step: str
    item: str
    value: JsonValue
    test: bool


class StoredReceipt(Model):
    step: str
    receipt: str


class Comment(Model):
    """A redacted customer comment as it was stored."""

    row: int
    text: str
    fields: dict[str, JsonValue]


class Outcome(Model):
    code: str
    workshop: str
    title: str
    client: str
    language: Language
    date: dt.date
    sample: bool
    audience: Audience
    leaders: int
    expected: int
    parts: tuple[Part, ...]
    promises: tuple[Promise, ...]
    journey: Journey | None
    themes: tuple[Theme, ...]
    suppressed: tuple[Suppressed, ...]
    rehearsed: int
    """Simulated answers that are still in; said aloud wherever it is not 0."""
    calculation: Calculation | None = None
    """The business case as it stood when the session was opened."""
    answers: tuple[StoredAnswer, ...] = ()
    receipts: tuple[StoredReceipt, ...] = ()
    comments: tuple[Comment, ...] = ()

    @classmethod
    def of(
        cls, session: Session, audience: Audience, comments: tuple[Comment, ...] = (), *, whole: bool = False
    ) -> "Outcome":
        """
        The one place that decides who takes home what; the board sees no single words.

        `whole`: for the operator, who has the database; a facilitator gets no single answers of few.
        """
        plan = session.plan
        parts = tuple(part for step in plan.steps if (part := _part(session, step, audience)))
        inside = audience == "internal"
        promises = tuple(b for part in parts for b in part.blocks if isinstance(b, Promise))
        return cls(
            code=session.code,
            workshop=plan.workshop,
            title=plan.title,
            client=plan.client,
            language=plan.language,
            date=plan.date,
            sample=plan.sample,
            audience=audience,
            leaders=session.present,
            expected=plan.expected,
            parts=parts,
            promises=promises,
            journey=plan.facts.journey,
            themes=plan.facts.themes,
            suppressed=tuple(_suppressed(part) for part in parts if _held_back(part)),
            rehearsed=session.rehearsed,
            calculation=plan.facts.calculation,
            answers=tuple(_answers(hushed(session if whole else session.discreet()))) if inside else (),
            receipts=tuple(_receipts(session)) if inside else (),
            comments=comments if inside else (),
        )


def _part(session: Session, step: Step, audience: Audience) -> Part | None:
    beats = session.outcome(step.id)
    if not beats or not step.asks:
        return None
    if audience == "board":
        beats = tuple(_for_the_company(beat) for beat in beats if not _single_words(beat))
    return Part(
        step=step.id,
        title=step.title,
        answered=session.answered(step.id),
        beats=beats,
        debrief=step.debrief,
    )


def _single_words(beat: Beat) -> bool:
    return any(isinstance(block, Sayings) for block in beat.blocks)


def _for_the_company(beat: Beat) -> Beat:
    """A commitment made to this room is not the board's, unless its leader says so."""
    kept = [block for block in beat.blocks if not isinstance(block, Promise) or block.shown == "company"]
    if len(kept) == len(beat.blocks):
        return beat
    return Beat(blocks=tuple(kept) or (Says(text=line("A commitment that stays in the room.")),))


def _held_back(part: Part) -> bool:
    return any(isinstance(block, TooFew) for block in part.blocks)


def _suppressed(part: Part) -> Suppressed:
    return Suppressed(step=part.title, why=line("Too few answers: {n}.", n=part.answered))


def _answers(session: Session) -> list[StoredAnswer]:
    found = []
    for step in session.plan.steps:
        course = session.course(step.id)
        sides = [(course.paper, False)]
        sides += [(course.closed.said, False), (course.closed.test, True)] if course.closed else []
        for columns, test in sides:
            found += [_stored(step, q, raw, test) for q, column in columns.items() for raw in column]
        for answer in course.answers.values():
            found += [_stored(step, q, raw, answer.test) for q, raw in answer.values.items()]
    return sorted(found, key=lambda one: (one.step, one.item, str(one.value), one.test))


def _stored(step: Step, item: str, value: JsonValue, test: bool) -> StoredAnswer:
    return StoredAnswer(step=step.id, item=item, value=value, test=test)


def _receipts(session: Session) -> list[StoredReceipt]:
    found = []
    for step in session.plan.steps:
        course = session.course(step.id)
        kept = [answer.receipt for answer in course.answers.values()]
        if closed := course.closed:
            kept = [*closed.receipts, *closed.test_receipts]
        found += [StoredReceipt(step=step.id, receipt=receipt) for receipt in sorted(kept)]
    return found
