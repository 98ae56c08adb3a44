"""
The feedback minute of an ordinary meeting: one comment, one number, one open commitment, one thank-you (DOMAIN F12).

Chosen by rule, so that nobody picks what suits; what was shown does not come back before everything was.
"""

from collections.abc import Sequence
from random import Random

from outside_in.domain.blocks import Promise
from outside_in.domain.errors import BadInput
from outside_in.domain.evidence import Evidence
from outside_in.domain.exercise import Facts
from outside_in.domain.feedback import Quote
from outside_in.domain.model import Model
from outside_in.domain.text import Line, Text, line

EVERY = 3
"""Every so many minutes one must end in a decision, or it is a ritual."""


class NoDecision(BadInput):
    message = "This is the third minute in a row without a decision. Please write down one, or leave the minute out."
    code = "minute-without-decision"


class Minute(Model):
    at: float
    comment: Quote | None = None
    about: Text | None = None
    number: Line | None = None
    level: float | None = None
    """What the number was, for “since last time”."""
    promise: Line | None = None
    thanks: str = ""
    decision: str = ""


def next_minute(facts: Facts, promises: Sequence[Promise], held: Sequence[Minute], at: float) -> Minute:
    spoken = _comment(facts, held)
    about, comment = spoken or (None, None)
    known, name = _number(facts, comment)
    return Minute(
        at=at,
        comment=comment,
        about=about,
        number=_told(known, name, held) if known else None,
        level=known.value if known else None,
        promise=_promise(promises, held),
    )


def must_decide(held: Sequence[Minute]) -> bool:
    last = held[-(EVERY - 1) :]
    return len(last) == EVERY - 1 and not any(minute.decision for minute in last)


def _comment(facts: Facts, held: Sequence[Minute]) -> tuple[Text, Quote] | None:
    """Drawn, not chosen; one that has been read comes back only after all others."""
    found = [(theme.label, quote) for theme in facts.themes for quote in theme.quotes if quote.approved]
    if not found:
        return None
    Random(len(found)).shuffle(found)
    seen = [minute.comment.row for minute in held if minute.comment]
    return min(found, key=lambda one: seen.count(one[1].row))


def _number(facts: Facts, comment: Quote | None) -> tuple[Evidence | None, Text | None]:
    """Of the touchpoint the comment speaks of; else of the whole journey."""
    journey = facts.journey
    if journey is None:
        return None, None
    for point in journey.touchpoints:
        if comment and point.evidence and comment.touchpoint in (point.id, point.name.de, point.name.en):
            return point.evidence, point.name
    return journey.overall, journey.name


def _told(known: Evidence, name: Text | None, held: Sequence[Minute]) -> Line:
    last = next((minute.level for minute in reversed(held) if minute.level is not None), None)
    figures = {key: known.figure(getattr(known, key)) for key in ("value", "low", "high")}
    told = line("{name}: {value} ({low} to {high}, n = {n}; {unit})", name=name, n=known.n, unit=known.unit, **figures)
    if last is None or round(last) == round(known.value):
        return told
    return line("{told}. The last minute showed {last}.", told=told, last=known.figure(last))


def _promise(promises: Sequence[Promise], held: Sequence[Minute]) -> Line | None:
    """In turn, the one that is due first comes first."""
    due = sorted(promises, key=lambda promise: (promise.due, promise.id))
    return due[len(held) % len(due)].sentence() if due else None
