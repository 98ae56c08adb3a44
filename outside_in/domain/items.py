"""
Five ways to ask what customers did, and how good the answers were (DOMAIN 3.2): a number, a level with its
range, a chance, a top three, a share of a hundred points. Truths are frozen when the plan is.
"""

from collections.abc import Sequence
from statistics import fmean, median
from typing import Annotated, Any, Literal

from pydantic import Field

from outside_in.domain.blocks import Beat, Says, Spread, beat
from outside_in.domain.exercise import Facts, Room
from outside_in.domain.forecasts import brier, interval_score
from outside_in.domain.known import (
    Known,
    bad,
    biased,
    ends,
    own_told,
    pairs_of,
    points_of,
    skilled,
    spread_of,
    step_of,
    truth_told,
    unsigned,
    wise,
)
from outside_in.domain.measures import wilson
from outside_in.domain.model import Model
from outside_in.domain.noise import redrawn
from outside_in.domain.questions import AnyQuestion, Chance, Number, Range, Scale
from outside_in.domain.shares import Split, TopThree
from outside_in.domain.tallies import percent
from outside_in.domain.text import Figure, Line, line

UNKNOWN = 0.25
"""Brier score of somebody who says 50 % to everything."""


class Amount(Model):
    """NUM: of a hundred customers at a touchpoint, how many had a bad experience."""

    type: Literal["amount"] = "amount"
    most: int = 3
    points: tuple[Known, ...] = ()
    average: float | None = None

    def filled(self, facts: Facts) -> "Amount":
        found = [Known(id=p.id, name=p.name, truth=e) for p in points_of(facts) if (e := bad(p))]
        if self.points or not found:
            return self
        asked = sum(k.truth.n for k in found)
        average = sum(k.truth.value * k.truth.n for k in found) / asked
        return self.model_copy(update={"points": ends(found, self.most), "average": average})

    def ready(self) -> bool:
        return bool(self.points)

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(self._question(p) for p in self.points)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = [(p, answers) for p in self.points if (answers := room.said(self._question(p)))]
        if not said:
            return ()
        pairs = pairs_of(said)
        told = (*biased(said), *skilled(said, self.average), *wise(said))
        return beat(spread_of(said)), beat(pairs, *(Says(text=text) for text in told))

    def mine(self, own: Room) -> tuple[Line, ...]:
        return tuple(own_told(p, guess) for p in self.points for guess in own.said(self._question(p)))

    def _question(self, point: Known) -> Number:
        label = line("“{name}”: of 100 customers, how many had a bad experience?", name=point.name)
        return Number(id=f"bad-{point.id}", label=label, low=0, high=100)


class Level(Model):
    """INT: a score with the range one is 80 % sure of."""

    type: Literal["level"] = "level"
    most: int = 2
    points: tuple[Known, ...] = ()
    average: float | None = None

    def filled(self, facts: Facts) -> "Level":
        found = [Known(id=p.id, name=p.name, truth=p.evidence) for p in points_of(facts) if p.evidence]
        if self.points or not found or not facts.journey:
            return self
        overall = facts.journey.overall.value if facts.journey.overall else None
        return self.model_copy(update={"points": ends(found, self.most), "average": overall})

    def ready(self) -> bool:
        return bool(self.points)

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(question for p in self.points for question in (self._best(p), self._range(p)))

    def refused(self, own: Room) -> AnyQuestion | None:
        """A range that does not hold its own best guess."""
        for p in self.points:
            ((low, high),), (best,) = own.said(self._range(p)), own.said(self._best(p))
            if not low <= best <= high:
                return self._range(p)
        return None

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = [(p, answers) for p in self.points if (answers := room.said(self._best(p)))]
        if not said:
            return ()
        told = (*biased(said), *skilled(said, self.average), *self._ranges(room))
        return beat(spread_of(said)), beat(pairs_of(said), *(Says(text=text) for text in told))

    def mine(self, own: Room) -> tuple[Line, ...]:
        return tuple(own_told(p, guess) for p in self.points for guess in own.said(self._best(p)))

    def _ranges(self, room: Room) -> list[Line]:
        """Coverage with Wilson's bounds, and the interval score: width plus ten times the miss."""
        given = [(p, r) for p in self.points for r in room.said(self._range(p))]
        if not given:
            return []
        hits = sum(low <= p.truth.value <= high for p, (low, high) in given)
        bounds, say = wilson(hits, len(given)), given[0][0].truth.figure
        score = fmean(interval_score(low, high, p.truth.value) for p, (low, high) in given)
        return [
            line(
                "{share} of the ranges meant to be 80 % sure contain the truth ({low} to {high}, n = {n}).",
                share=percent(hits / len(given)),
                low=percent(bounds.low),
                high=percent(bounds.high),
                n=len(given),
            ),
            line(
                "Mean interval score: {score} (width plus ten times the miss; smaller is better).",
                score=unsigned(say(score)),
            ),
        ]

    def _best(self, point: Known) -> Scale:
        label = line("{item}: what do your customers say?", item=point.name)
        return Scale(id=f"level-{point.id}", label=label, hint=point.truth.unit, **_axis(point))

    def _range(self, point: Known) -> Range:
        label = line("{item}: your range, 80 % sure", item=point.name)
        return Range(id=f"level-{point.id}-range", label=label, **_axis(point))


class Likely(Model):
    """BIN: how sure one is of a statement that is true or false; too close to call earns nobody a score."""

    type: Literal["likely"] = "likely"
    over: int = Field(default=33, ge=1, le=99)
    """Percent of customers."""
    point: Known | None = None

    def filled(self, facts: Facts) -> "Likely":
        found = [Known(id=p.id, name=p.name, truth=e) for p in points_of(facts) if (e := bad(p))]
        if self.point or not found:
            return self
        return self.model_copy(update={"point": max(found, key=lambda k: k.truth.n)})

    def ready(self) -> bool:
        return self.point is not None

    def asks(self) -> tuple[AnyQuestion, ...]:
        return (self._question(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = room.said(self._question())
        if not said or self.point is None:
            return ()
        row = Spread.Row(label=self.point.name, values=tuple(sorted(map(float, said))), median=median(said))
        spread = Spread(
            rows=(row,), scale=(0, 100), unit=line("percent sure"), told=self._claim(), head=line("Statement")
        )
        return beat(spread), beat(spread, *(Says(text=text) for text in self._judged(said)))

    def mine(self, own: Room) -> tuple[Line, ...]:
        if self.point is None or (outcome := self._outcome) is None:
            return ()
        return tuple(
            line("You were {sure} sure; it is {told}.", sure=percent(sure / 100), told=truth_told(outcome))
            for sure in own.said(self._question())
        )

    @property
    def _outcome(self) -> int | None:
        """1 true, 0 false, None where the customers' own interval holds the threshold."""
        assert self.point
        known = self.point.truth
        return None if known.low <= self.over <= known.high else int(known.value > self.over)

    def _judged(self, said: Sequence[float]) -> list[Line]:
        assert self.point
        known, outcome = self.point.truth, self._outcome
        figures = {
            key: known.figure(getattr(known, key)).model_copy(update={"unit": "%"}) for key in ("value", "low", "high")
        }
        told = line("Customers: {value} ({low} to {high}, n = {n}).", n=known.n, **figures)
        if outcome is None:
            return [told, line("Too close to call: nobody was right or wrong.")]
        room = brier([median(said) / 100], [outcome])
        bounds = redrawn([said], lambda c: brier([median(c[0]) / 100], [outcome]))
        score = line(
            "It is {told}. Brier score of the room's median: {score} ({low} to {high}, n = {n}); 0.25 is “don't know”.",
            told=truth_told(outcome),
            score=Figure(value=room, digits=2),
            low=Figure(value=bounds.low if bounds else room, digits=2),
            high=Figure(value=bounds.high if bounds else room, digits=2),
            n=len(said),
        )
        return [told, score]

    def _claim(self) -> Line:
        assert self.point
        return line(
            "True or false? At “{name}”, more than {over} of customers had a bad experience.",
            name=self.point.name,
            over=percent(self.over / 100),
        )

    def _question(self) -> Chance:
        hint = line("How sure are you, in percent? 50 means: no idea.")
        return Chance(id=f"likely-{self.point.id if self.point else ''}", label=self._claim(), hint=hint)


def _axis(point: Known) -> dict[str, Any]:
    low, high = point.truth.scale
    return {"low": low, "high": high, "step": step_of(point)}


AnyItem = Annotated[Amount | Level | Likely | TopThree | Split, Field(discriminator="type")]
