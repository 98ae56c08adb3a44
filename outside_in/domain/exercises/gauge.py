"""
The gap measured twice: parallel forms A and B, predictions on different touchpoints of like difficulty (DOMAIN 12).

Asking again what has been revealed measures memory; so B asks about the touchpoints that A left out.
"""

from collections.abc import Sequence
from random import Random
from statistics import fmean, median
from typing import Literal

from pydantic import JsonValue

from outside_in.domain.blocks import Beat, Block, Pairs, Points, Says, beat
from outside_in.domain.evidence import Evidence
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.forecasts import skill
from outside_in.domain.measures import wilson
from outside_in.domain.model import Model
from outside_in.domain.noise import redrawn
from outside_in.domain.questions import AnyQuestion, Range, Scale
from outside_in.domain.tallies import percent
from outside_in.domain.text import Figure, Line, Text, line

FORMS: dict[str, tuple[int, ...]] = {"A": (0, 3), "B": (1, 2)}
"""Of every four touchpoints in order of their level: the outer two, and the inner two."""


class Point(Model):
    id: str
    name: Text
    truth: Evidence


class Gauge(Exercise):
    kind: Literal["gauge"] = "gauge"
    form: Literal["A", "B"]
    points: tuple[Point, ...] = ()
    """Of both forms, worst first."""
    average: Evidence | None = None

    def filled(self, facts: Facts) -> "Gauge":
        if self.points or not facts.journey:
            return self
        known = [Point(id=p.id, name=p.name, truth=p.evidence) for p in facts.journey.touchpoints if p.evidence]
        ranked = tuple(sorted(known, key=lambda p: p.truth.value))
        return self.model_copy(update={"points": ranked, "average": facts.journey.overall})

    def missing(self) -> Line | None:
        return None if len(self.points) >= 4 else line("Two parallel forms need at least four touchpoints with scores.")

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(question for p in self._of(self.form) for question in (_level(p, self.form), _range(p, self.form)))

    def opening(self) -> tuple[Block, ...]:
        said = line("What do your customers say? Answer for them, not as a customer yourself.")
        return Says(text=said, strong=True), Points(items=tuple(p.name for p in self._of(self.form)))

    def check(self, own: Room) -> None:
        super().check(own)
        for point in self._of(self.form):
            ((low, high),), (best,) = own.said(_range(point, self.form)), own.said(_level(point, self.form))
            if not low <= best <= high:
                raise _range(point, self.form).refuse()

    def rehearse(self, chance: Random) -> dict[str, JsonValue]:
        """A range is drawn around the level it belongs to."""
        told: dict[str, JsonValue] = {}
        for point in self._of(self.form):
            level, around = _level(point, self.form), _range(point, self.form)
            best = level.read(level.rehearse(chance))
            low, high = around.read(around.rehearse(chance))
            told |= {level.id: best, around.id: [min(low, best), max(high, best)]}
        return told

    def tells(self, room: Room) -> tuple[Beat, ...]:
        if self.form == "A":
            return (beat(Says(text=line("Locked. At the end we ask again, about other touchpoints."))),)
        shown = [(form, pairs) for form in FORMS if (pairs := self._pairs(form, room))]
        if not shown:
            return ()
        pictures = (told for form, pairs in shown for told in self._shown(form, room, pairs))
        return *pictures, *self._change(room)

    def _shown(self, form: str, room: Room, pairs: Pairs) -> tuple[Beat, Beat]:
        when = Says(text=line("Before") if form == "A" else line("After"), strong=True)
        return beat(when, pairs), beat(when, *(Says(text=text) for text in self._scores(form, room)))

    def mine(self, own: Room) -> tuple[Block, ...]:
        """Nothing of form A before form B is in: its truths belong to the end."""
        forms = FORMS if self.form == "B" else ()
        return tuple(Says(text=text) for form in forms for p in self._of(form) for text in _own(p, form, own))

    def _of(self, form: str) -> list[Point]:
        return [point for place, point in enumerate(self.points) if place % 4 in FORMS[form]]

    def _asked(self, form: str, room: Room) -> list[tuple[Point, list[float]]]:
        return [(p, said) for p in self._of(form) if (said := room.said(_level(p, form)))]

    def _pairs(self, form: str, room: Room) -> Pairs | None:
        rows = tuple(
            Pairs.Row(label=p.name, inside=median(said), inside_n=len(said), outside=p.truth)
            for p, said in self._asked(form, room)
        )
        return Pairs(rows=rows) if rows else None

    def _scores(self, form: str, room: Room) -> list[Line]:
        """Bias, skill and coverage of one form, each with its interval."""
        told: list[Line] = []
        asked = self._asked(form, room)
        truths, columns = [p.truth.value for p, _ in asked], [said for _, said in asked]
        bounds, bias = redrawn(columns, lambda c: _bias(c, truths)), _bias(columns, truths)
        say = asked[0][0].truth.figure
        if bounds:
            told.append(
                line(
                    "On average we see ourselves {bias} off ({low} to {high}, n = {n}; above 0 is rosier).",
                    bias=_signed(say(bias)),
                    low=_signed(say(bounds.low)),
                    high=_signed(say(bounds.high)),
                    n=min(map(len, columns)),
                )
            )
        if self.average and (known := self._skill(truths, columns)):
            told.append(known)
        return [*told, *self._covered(form, room)]

    def _skill(self, truths: Sequence[float], columns: Sequence[Sequence[float]]) -> Line | None:
        reference = self.average.value if self.average else 0.0

        def figure(drawn: Sequence[Sequence[float]]) -> float | None:
            return skill(truths, [median(column) for column in drawn], reference).skill

        value, bounds = figure(columns), redrawn(columns, figure)
        if value is None or bounds is None:
            return None
        figures = {
            name: Figure(value=v, digits=2, signed=True) for name, v in (("low", bounds.low), ("high", bounds.high))
        }
        return line(
            "Skill against “everybody gets the average”: {skill} ({low} to {high}; 0 is no better).",
            skill=Figure(value=value, digits=2, signed=True),
            **figures,
        )

    def _covered(self, form: str, room: Room) -> list[Line]:
        hits = [low <= p.truth.value <= high for p in self._of(form) for low, high in room.said(_range(p, form))]
        if not hits:
            return []
        bounds = wilson(sum(hits), len(hits))
        return [
            line(
                "{share} of the ranges meant to be 80 % sure contain the truth ({low} to {high}, n = {n}).",
                share=percent(sum(hits) / len(hits)),
                low=percent(bounds.low),
                high=percent(bounds.high),
                n=len(hits),
            )
        ]

    def _change(self, room: Room) -> tuple[Beat, ...]:
        """How much smaller the mean distance became; persons cannot be linked, so rooms are compared."""
        before, after = self._asked("A", room), self._asked("B", room)
        if not before or not after:
            return ()
        truths = [p.truth.value for p, _ in (*before, *after)]
        columns, split = [said for _, said in (*before, *after)], len(before)

        def figure(drawn: Sequence[Sequence[float]]) -> float:
            off = [abs(median(column) - truth) for column, truth in zip(drawn, truths, strict=True)]
            return fmean(off[split:]) - fmean(off[:split])

        bounds = redrawn(columns, figure)
        if bounds is None:
            return ()
        say = after[0][0].truth.figure
        told = line(
            "Mean distance from customers, after minus before: {change} ({low} to {high}; below 0 is closer).",
            change=_signed(say(figure(columns))),
            low=_signed(say(bounds.low)),
            high=_signed(say(bounds.high)),
        )
        return (
            beat(Says(text=told, strong=True), Says(text=line("A change between two dates is no proof of a cause."))),
        )


def _bias(columns: Sequence[Sequence[float]], truths: Sequence[float]) -> float:
    return fmean(fmean(column) - truth for column, truth in zip(columns, truths, strict=True))


def _own(point: Point, form: str, own: Room) -> list[Line]:
    say = point.truth.figure
    return [
        line(
            "{item}: you {yours}, customers {theirs}.", item=point.name, yours=say(guess), theirs=say(point.truth.value)
        )
        for guess in own.said(_level(point, form))
    ]


def _level(point: Point, form: str) -> Scale:
    low, high = point.truth.scale
    label = line("{item}: what do your customers say?", item=point.name)
    return Scale(id=f"{form}-{point.id}", label=label, hint=point.truth.unit, low=low, high=high, step=_step(point))


def _range(point: Point, form: str) -> Range:
    low, high = point.truth.scale
    label = line("{item}: your range, 80 % sure", item=point.name)
    return Range(id=f"{form}-{point.id}-range", label=label, low=low, high=high, step=_step(point))


def _step(point: Point) -> float:
    low, high = point.truth.scale
    return 5 if high - low >= 100 else 0.1


def _signed(figure: Figure) -> Figure:
    return figure.model_copy(update={"signed": True})
