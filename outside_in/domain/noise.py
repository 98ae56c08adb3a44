"""
How sure a result is, by drawing again: rooms of leaders, samples of customers.

Every draw is seeded, so the same answers always give the same interval.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random
from statistics import fmean, median
from typing import TypeVar

from outside_in.domain.agreement import kendall_tau_b
from outside_in.domain.distributions import t_quantile
from outside_in.domain.measures import Interval, mean_of, newcombe
from outside_in.domain.model import Model

DRAWS, SEED = 200, 20
T = TypeVar("T")


class Ceiling(Model):
    """How well even customers asked again would agree with this order: mean τ and its 10th percentile."""

    tau: float
    low: float


@lru_cache(maxsize=256)
def ceiling(shares: tuple[float, ...], asked: tuple[int, ...]) -> Ceiling | None:
    """`shares` 0…1 of bad experiences, `asked` customers behind each; None where nothing can be ordered."""
    if len(shares) < 3 or min(asked) < 1:
        return None
    chance, taus = Random(SEED), []
    for _ in range(DRAWS):
        again = [sum(chance.random() < p for _ in range(n)) / n for p, n in zip(shares, asked, strict=True)]
        if (tau := kendall_tau_b(again, shares)) is not None:
            taus.append(tau)
    return Ceiling(tau=fmean(taus), low=sorted(taus)[len(taus) // 10]) if taus else None


def tied(counts: Sequence[tuple[int, int]]) -> list[bool]:
    """
    Of places in their order: which cannot be told from the first of its band.

    `counts` are bad experiences and customers asked; Newcombe's interval of the difference decides.
    """
    first, found = 0, [False]
    for place in range(1, len(counts)):
        (k1, n1), (k2, n2) = counts[first], counts[place]
        between = newcombe(k1, n1, k2, n2)
        same = between.low <= 0 <= between.high
        found.append(same)
        first = first if same else place
    return found


def redrawn(columns: Sequence[Sequence[T]], figure: Callable[[Sequence[Sequence[T]]], float | None]) -> Interval | None:
    """95 % interval of a figure when every column's answers are drawn again, each column by itself."""
    if not columns or min(map(len, columns)) < 2:
        return None
    chance, told = Random(SEED), [sorted(column, key=repr) for column in columns]  # order of arrival says nothing
    drawn = (figure([chance.choices(column, k=len(column)) for column in told]) for _ in range(DRAWS))
    found = sorted(value for value in drawn if value is not None)
    if not found:
        return None
    at = int(0.025 * len(found))
    return Interval(low=found[at], high=found[-1 - at])


def median_interval(values: Sequence[float]) -> Interval:
    """Of one column; a single value is its own interval."""
    bounds = redrawn([values], lambda columns: median(columns[0]))
    return bounds or Interval(low=min(values), high=max(values))


def difference(before: Sequence[float], after: Sequence[float]) -> tuple[float, Interval] | None:
    """Mean of `after` minus mean of `before`, two groups that cannot be linked (Welch)."""
    one, two = mean_of(before), mean_of(after)
    if one.sd is None or two.sd is None:
        return None
    parts = one.sd**2 / one.n, two.sd**2 / two.n
    gap, spread = two.mean - one.mean, sum(parts)
    if not spread:
        return gap, Interval(low=gap, high=gap)
    freedom = spread**2 / (parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (two.n - 1))
    margin = t_quantile(0.95, max(1, int(freedom))) * math.sqrt(spread)
    return gap, Interval(low=gap - margin, high=gap + margin)
