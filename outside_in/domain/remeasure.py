"""Before and now: what customers said then and since, what leaders guessed then and again."""

import math
from collections.abc import Mapping, Sequence

from outside_in.domain.blocks import Pairs
from outside_in.domain.evidence import Evidence
from outside_in.domain.measures import Interval, Mean, mean_of
from outside_in.domain.model import Model
from outside_in.domain.text import Line, Text, line

FEWEST = 5


class Change(Model):
    """One figure of customers before and since; without `now` nobody has said anything since."""

    name: Text
    before: Evidence
    now: Evidence | None = None

    @property
    def interval(self) -> Interval | None:
        """95 % interval of now minus before, from both intervals (MOVER: Zou and Donner 2008)."""
        if self.now is None or self.now.n < FEWEST or self.now.metric != self.before.metric:
            return None
        was, now = self.before, self.now
        moved = now.value - was.value
        return Interval(
            low=moved - math.hypot(now.value - now.low, was.high - was.value),
            high=moved + math.hypot(now.high - now.value, was.value - was.low),
        )

    @property
    def verdict(self) -> Line:
        """All our scales are better when higher; what may be chance is no news."""
        found = self.interval
        if found is None or found.holds(0):
            return line("too early to tell")
        return line("better") if found.low > 0 else line("worse")


def changes(before: Mapping[str, tuple[Text, Evidence]], now: Mapping[str, Evidence]) -> tuple[Change, ...]:
    """By the ids of touchpoints or themes; those whose level is unknown before are left out."""
    return tuple(Change(name=name, before=was, now=now.get(id)) for id, (name, was) in before.items())


class Again(Model):
    """How far a room's guesses were off, point by point, in two sessions."""

    label: Text
    then: Pairs.Row
    now: Pairs.Row

    @property
    def closer(self) -> float:
        """How much nearer to customers the second guess is; negative: further away."""
        return abs(self.then.gap) - abs(self.now.gap)


def again(then: Sequence[Pairs.Row], now: Sequence[Pairs.Row]) -> tuple[Again, ...]:
    """Points that both sessions guessed on the same scale."""
    known = {row.label.en: row for row in then}
    return tuple(
        Again(label=row.label, then=known[row.label.en], now=row)
        for row in now
        if row.label.en in known and known[row.label.en].outside.metric == row.outside.metric
    )


def closer(points: Sequence[Again]) -> Mean | None:
    """On average, with its interval; None where there are too few points to say."""
    return mean_of([point.closer for point in points]) if len(points) >= 3 else None
