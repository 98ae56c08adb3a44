"""
Which values carry which principles: strengths, labels, agreement, priorities.

A cell is a principle and a value. Its strengths, 0–3, are one per leader; a value that was not
named counts 0. Formulas after DOMAIN 6.4; every answer stands for itself, so a room that has
forgotten who said what gives the same figures.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from random import Random
from statistics import fmean, quantiles
from typing import Literal

from outside_in.domain.agreement import jaccard, jaccard_chance
from outside_in.domain.measures import Interval, carrying
from outside_in.domain.model import Model

PICKS, STRONGEST = 3, 3
"""So many values may be named per principle; each with a strength up to this."""
DRAWS, SEED = 400, 20
State = Literal["carrying", "contested", ""]
Picks = Mapping[str, int]


class Cell(Model):
    principle: str
    value: str
    strength: float
    """Mean over all who answered, 0…3."""
    picked: int
    n: int
    low: float
    high: float
    """Wilson bounds of the share who named it."""
    state: State

    def priority(self, lived: float) -> float:
        """What is held strongly and lived little comes first, 0…3."""
        return self.strength * (5 - lived) / 4


class Agreement(Model):
    """Krippendorff's α with the interval of a bootstrap over principles."""

    alpha: float
    low: float
    high: float
    n: int


def cells(said: Mapping[str, Sequence[Picks]], values: Sequence[str]) -> tuple[Cell, ...]:
    """Principle by principle, in the order of `said` and `values`."""
    return tuple(_cell(p, value, answers, len(values)) for p, answers in said.items() if answers for value in values)


def _cell(principle: str, value: str, answers: Sequence[Picks], many: int) -> Cell:
    strengths = [picks.get(value, 0) for picks in answers]
    picked, n = sum(map(bool, strengths)), len(strengths)
    judged = carrying(picked, n, min(1.0, PICKS / many))
    spread = quantiles(strengths, n=4, method="inclusive") if n > 1 else [0.0] * 3
    contested = 0.3 <= picked / n <= 0.7 and spread[2] - spread[0] >= 2
    return Cell(
        principle=principle,
        value=value,
        strength=fmean(strengths),
        picked=picked,
        n=n,
        low=judged.ci.low,
        high=judged.ci.high,
        state="carrying" if judged.carrying else "contested" if contested else "",
    )


def empty(found: Sequence[Cell]) -> tuple[str, ...]:
    """Principles that no value carries: nobody feels that this is leadership."""
    carried = {cell.principle for cell in found if cell.state == "carrying"}
    return tuple(dict.fromkeys(cell.principle for cell in found if cell.principle not in carried))


def unnamed(found: Sequence[Cell]) -> tuple[Cell, ...]:
    """White cells: nobody named this value for this principle."""
    return tuple(cell for cell in found if not cell.picked)


def weights(found: Sequence[Cell]) -> dict[str, float]:
    """By principle: the strength of all its values together, 0…9."""
    total: dict[str, float] = {}
    for cell in found:
        total[cell.principle] = total.get(cell.principle, 0.0) + cell.strength
    return total


def overlap(said: Mapping[str, Sequence[Picks]], values: int) -> tuple[float, float] | None:
    """How much of two leaders' picks is the same, and what blind picks would share."""
    found = [share for answers in said.values() if (share := jaccard(answers)) is not None]
    return (fmean(found), jaccard_chance(values, min(PICKS, values))) if found else None


def agreement(said: Mapping[str, Sequence[Picks]], values: Sequence[str]) -> Agreement | None:
    """None where nothing varies or fewer than two answered."""
    units = tuple(
        tuple(tuple(sum(p.get(v, 0) == k for p in answers) for k in range(STRONGEST + 1)) for v in values)
        for answers in said.values()
        if len(answers) > 1
    )
    n = max(map(len, said.values()), default=0)
    alpha = _alpha(units)
    if alpha is None:
        return None
    bounds = _bounds(units)
    return Agreement(alpha=alpha, low=bounds.low, high=bounds.high, n=n)


Counts = tuple[int, ...]
"""How many gave 0, 1, 2 and 3 to one cell."""
Units = tuple[tuple[Counts, ...], ...]
"""Principle by principle, its cells."""


@lru_cache(maxsize=64)
def _bounds(units: Units) -> Interval:
    """Whole principles are drawn again: the cells of one principle depend on each other."""
    chance, tables = Random(SEED), [_told(cells) for cells in units]
    drawn = (_from(chance.choices(tables, k=len(tables))) for _ in range(DRAWS))
    alphas = sorted(alpha for alpha in drawn if alpha is not None)
    at = int(0.025 * len(alphas))
    return Interval(low=alphas[at], high=alphas[-1 - at])


Told = tuple[tuple[int, ...], tuple[float, ...]]
"""How often each strength was given, and how often each two of them met in one cell, weighted 1/(m−1)."""
PAIRS = tuple(combinations(range(STRONGEST + 1), 2))


def _told(cells: Sequence[Counts]) -> Told:
    counts = tuple(sum(column) for column in zip(*cells, strict=True))
    met = tuple(math.fsum(cell[a] * cell[b] / (sum(cell) - 1) for cell in cells) for a, b in PAIRS)
    return counts, met


def _alpha(units: Units) -> float | None:
    return _from([_told(cells) for cells in units]) if units else None


def _from(tables: Sequence[Told]) -> float | None:
    """Ordinal α from counts alone: the same as agreement.krippendorff_alpha, hundreds of times faster."""
    counts = [sum(column) for column in zip(*(table[0] for table in tables), strict=True)]
    met = [sum(column) for column in zip(*(table[1] for table in tables), strict=True)]
    n = sum(counts)
    apart = [_squared(counts, a, b) for a, b in PAIRS]
    observed = 2 * sum(m * d for m, d in zip(met, apart, strict=True)) / n
    expected = 2 * sum(counts[a] * counts[b] * d for (a, b), d in zip(PAIRS, apart, strict=True)) / (n * (n - 1))
    return 1 - observed / expected if expected else None


def _squared(counts: Sequence[int], a: int, b: int) -> float:
    between = sum(counts[a : b + 1]) - (counts[a] + counts[b]) / 2
    return between**2
