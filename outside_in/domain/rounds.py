"""
Two rounds of the same step: how far a room has moved in between.

Answers are linked to nobody, so the rounds are compared as two groups (Welch, Newcombe). People who
say the same twice make these bounds wider than they need be, never narrower.
"""

from collections.abc import Callable, Sequence
from statistics import fmean, median
from typing import Any, NamedTuple

from outside_in.domain.blocks import Bars, Beat, Says, Spread, beat
from outside_in.domain.exercise import Exercise, Room
from outside_in.domain.measures import Interval, newcombe
from outside_in.domain.noise import difference
from outside_in.domain.questions import AnyQuestion, Battery, Estimate, Pick, Scale, Share, Weigh
from outside_in.domain.tallies import bars
from outside_in.domain.text import Figure, Line, Text, line, lines

MOST = 3
"""Shifts that are told and drawn; the clearest come first."""


class _Aspect(NamedTuple):
    """One number in an answer to a question; without `scale` it says whether something was named, 1 or 0."""

    label: Line | Text
    read: Callable[[Any], float]
    scale: tuple[int, int] | None = None


class _Shift(NamedTuple):
    question: AnyQuestion
    aspect: _Aspect
    before: tuple[float, ...]
    after: tuple[float, ...]
    change: float
    bounds: Interval

    @property
    def clear(self) -> bool:
        return not self.bounds.low <= 0 <= self.bounds.high

    @property
    def size(self) -> float:
        """Share of the scale, so that shifts on different ones can be ordered."""
        low, high = self.aspect.scale or (0, 1)
        return abs(self.change) / (high - low)


def comparable(exercise: Exercise) -> bool:
    """Asked twice, it gives figures that can be laid beside each other."""
    return exercise.privacy == "anonymous" and any(_aspects(question) for question in exercise.asks())


def moved(asked: Sequence[AnyQuestion], before: Room, after: Room) -> tuple[Beat, ...]:
    """What changed from the room of the earlier round to that of the later one; choices first, then ratings."""
    found = [shift for question in asked for shift in _shifts(question, before, after)]
    found.sort(key=lambda shift: (not shift.clear, -shift.size))
    named = [shift for shift in found if not shift.aspect.scale]
    rated = [shift for shift in found if shift.aspect.scale]
    beats = [beat(*_told(named), *_ballots(named, before, after))] if named else []
    return (*beats, beat(*_told(rated), _spread(rated[:MOST]))) if rated else tuple(beats)


def _shifts(question: AnyQuestion, before: Room, after: Room) -> list[_Shift]:
    told, found = (before.said(question), after.said(question)), []
    for aspect in _aspects(question) if all(told) else ():
        first, second = (tuple(map(aspect.read, said)) for said in told)
        known = difference(first, second) if aspect.scale else _gained(first, second)
        if known:
            found.append(_Shift(question, aspect, first, second, *known))
    return found


def _gained(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, Interval]:
    bounds = newcombe(int(sum(second)), len(second), int(sum(first)), len(first))
    return sum(second) / len(second) - sum(first) / len(first), bounds


def _aspects(question: AnyQuestion) -> list[_Aspect]:
    match question:
        case Pick() if question.ranking:
            places = 1, len(question.options)
            return [_Aspect(o.label, lambda said, id=o.id: said.index(id) + 1, places) for o in question.options]
        case Pick() | Weigh():
            return [_Aspect(o.label, lambda said, id=o.id: float(id in said)) for o in question.options]
        case Share():
            return [_Aspect(o.label, lambda said, id=o.id: said[id], (0, 100)) for o in question.options]
        case Battery():
            scale = 1, question.high
            return [_Aspect(s.label, lambda said, at=at: said[at], scale) for at, s in enumerate(question.statements)]
        case Estimate():
            return [_Aspect(question.label, lambda said: said[1], (int(question.low), int(question.high)))]
        case Scale():
            return [_Aspect(question.label, float, (int(question.low), int(question.high)))]
    return []


def _told(shifts: Sequence[_Shift]) -> list[Says]:
    clear = sum(shift.clear for shift in shifts)
    head = lines("One figure moved by more than chance.", "{n} figures moved by more than chance.", clear)
    if not clear:
        head = line("Nothing moved by more than chance.")
    told = [
        Says(text=head, strong=True),
        *(Says(text=_sentence(shift)) for shift in shifts[: max(1, min(clear, MOST))]),
    ]
    if len(shifts) > MOST:
        chance = line("Shown is what moved most of {n} figures; by chance alone one in twenty would.", n=len(shifts))
        told.append(Says(text=chance))
    return told


def _sentence(shift: _Shift) -> Line:
    """Shares change by percentage points, ratings by points of their scale."""
    share = shift.aspect.scale is None
    by, digits, unit = (100, 0, "%") if share else (1, 1, "")
    first, second = (fmean(values) * by for values in (shift.before, shift.after))
    return line(
        "“{label}”: {before} → {after}. A change of {change} points ({low} to {high}; n = {n} and {m}).",
        label=shift.aspect.label,
        before=Figure(value=first, digits=digits, unit=unit),
        after=Figure(value=second, digits=digits, unit=unit),
        change=Figure(value=by * shift.change, digits=digits, signed=True),
        low=Figure(value=by * shift.bounds.low, digits=digits, signed=True),
        high=Figure(value=by * shift.bounds.high, digits=digits, signed=True),
        n=len(shift.before),
        m=len(shift.after),
    )


def _ballots(shifts: Sequence[_Shift], before: Room, after: Room) -> list[Bars]:
    """Both votes on what moved most, in the same order, so that the eye can compare."""
    asked = shifts[0].question
    if not isinstance(asked, Pick | Weigh):
        return []
    labels = [shift.aspect.label for shift in shifts if shift.question is asked][:MOST]
    shown = [option for option in asked.options if option.label in labels]
    first, second = before.said(shifts[0].question), after.said(shifts[0].question)
    told = (
        line("The round before (n = {n})", n=len(first)),
        line("This round (n = {n})", n=len(second)),
    )
    both = zip((first, second), told, strict=True)
    return [bars(shown, said, ranked=False).model_copy(update={"told": words}) for said, words in both]


def _spread(shifts: Sequence[_Shift]) -> Spread:
    """Both rounds of each figure below one another; only figures of the first one's scale fit into one picture."""
    scale = shifts[0].aspect.scale or (0, 1)
    alike = [shift for shift in shifts if shift.aspect.scale == scale]
    rows = [row for s in alike for row in (_row(s, "before · {label}", s.before), _row(s, "now · {label}", s.after))]
    told = line("Every dot is an answer: the round before above, this one below.")
    return Spread(rows=tuple(rows), scale=scale, unit=line("Answer"), told=told, head=line("Figure"))


def _row(shift: _Shift, label: str, values: tuple[float, ...]) -> Spread.Row:
    return Spread.Row(label=line(label, label=shift.aspect.label), values=values, median=median(values))
