"""
How far views agree: two orders, many orders, many picks.

`None` means *not defined* (nothing varies, so nothing can agree); input that makes no sense is
a ValueError.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations
from statistics import fmean
from typing import Literal

from outside_in.domain.distributions import chi2_tail
from outside_in.domain.model import Model

Scale = Literal["nominal", "ordinal", "interval"]
Distance = Callable[[float, float], float]


class Concordance(Model):
    """Kendall's W, 0…1: how far full rankings of many people are one."""

    w: float
    chi2: float
    p: float


def kendall_tau_b(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Do two orders agree pair by pair, −1…1; ties count for nobody."""
    _same_items(first, second)
    pairs = list(combinations(zip(first, second, strict=True), 2))
    signs = [(_sign(a - c), _sign(b - d)) for (a, b), (c, d) in pairs]
    agreed = sum(one * other for one, other in signs)
    ordered = sum(map(abs, (one for one, _ in signs))), sum(map(abs, (two for _, two in signs)))
    return agreed / math.sqrt(ordered[0] * ordered[1]) if all(ordered) else None


def tau_chance_sd(items: int) -> float:
    """Spread of τ when somebody orders this many items blindly."""
    if items < 2:
        raise ValueError("an order needs two items")
    return math.sqrt(2 * (2 * items + 5) / (9 * items * (items - 1)))


def spearman_rho(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Correlation of the mid-ranks, −1…1."""
    _same_items(first, second)
    xs, ys = _centred(mid_ranks(first)), _centred(mid_ranks(second))
    spread = math.fsum(x * x for x in xs) * math.fsum(y * y for y in ys)
    together = math.fsum(x * y for x, y in zip(xs, ys, strict=True))
    return max(-1.0, min(1.0, together / math.sqrt(spread))) if spread else None


def projection_index(prediction: Sequence[float], own: Sequence[float], truth: Sequence[float]) -> float | None:
    """
    How far a prediction follows one's own preference beyond what the customers say.

    A partial rank correlation; descriptive, and too shaky to show below eight items.
    """
    with_own, with_truth = spearman_rho(prediction, own), spearman_rho(prediction, truth)
    own_truth = spearman_rho(own, truth)
    if with_own is None or with_truth is None or own_truth is None:
        return None
    left = (1 - with_truth**2) * (1 - own_truth**2)
    if left <= 1e-12:
        return None
    return max(-1.0, min(1.0, (with_own - with_truth * own_truth) / math.sqrt(left)))


def kendall_w(raters_by_items: Sequence[Sequence[float]]) -> Concordance | None:
    ranks = [mid_ranks(values) for values in raters_by_items]
    if len(ranks) < 2 or len(ranks[0]) < 2:
        raise ValueError("concordance needs two raters and two items")
    k, n = len(ranks), len(ranks[0])
    sums = [math.fsum(column) for column in zip(*ranks, strict=True)]
    spread = math.fsum((total - k * (n + 1) / 2) ** 2 for total in sums)
    ties = sum(t**3 - t for values in raters_by_items for t in Counter(values).values())
    most = k * k * (n**3 - n) - k * ties
    if not most:
        return None
    w = 12 * spread / most
    return Concordance(w=w, chi2=k * (n - 1) * w, p=chi2_tail(k * (n - 1) * w, n - 1))


def krippendorff_alpha(raters_by_units: Sequence[Sequence[float | None]], scale: Scale = "ordinal") -> float | None:
    """Agreement beyond chance, 1 at best; a rater may leave a unit out (None)."""
    units = [_given(unit) for unit in zip(*raters_by_units, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    if not units:
        raise ValueError("agreement needs a unit with two values")
    counts = Counter(value for unit in units for value in unit)
    distance = _DISTANCES[scale](counts)
    n = counts.total()
    observed = math.fsum(_apart(Counter(unit), distance) / (len(unit) - 1) for unit in units) / n
    expected = _apart(counts, distance) / (n * (n - 1))
    return 1 - observed / expected if expected else None


def jaccard(picks: Sequence[Collection[str]]) -> float | None:
    """Mean overlap of two people's picks; a pair that picked nothing says nothing."""
    pairs = [(set(a), set(b)) for a, b in combinations(picks, 2) if a or b]
    return fmean(len(a & b) / len(a | b) for a, b in pairs) if pairs else None


def jaccard_chance(values: int, picks: int) -> float:
    """The overlap to expect when two people pick `picks` of `values` blindly."""
    if not 1 <= picks <= values:
        raise ValueError("one picks at least one and at most all values")
    ways = math.comb(values, picks)
    return math.fsum(
        math.comb(picks, shared) * math.comb(values - picks, picks - shared) / ways
        * shared / (2 * picks - shared)
        for shared in range(picks + 1)
    )  # fmt: skip


def mid_ranks(values: Sequence[float]) -> list[float]:
    """1 for the smallest; equals share the mean of their places."""
    counts = Counter(values)
    rank: dict[float, float] = {}
    below = 0
    for value in sorted(counts):
        rank[value] = below + (counts[value] + 1) / 2
        below += counts[value]
    return [rank[value] for value in values]


def _nominal(_: Counter[float]) -> Distance:
    return lambda a, b: float(a != b)


def _interval(_: Counter[float]) -> Distance:
    return lambda a, b: (a - b) ** 2


def _ordinal(counts: Counter[float]) -> Distance:
    """How many values lie between two of them, half of their own included: mid-ranks again."""
    values = list(counts.elements())
    place = dict(zip(values, mid_ranks(values), strict=True))
    return lambda a, b: (place[a] - place[b]) ** 2


_DISTANCES: dict[Scale, Callable[[Counter[float]], Distance]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
}


def _apart(counts: Mapping[float, int], distance: Distance) -> float:
    """Sum of the distances over all ordered pairs of these values."""
    return 2 * math.fsum(counts[a] * counts[b] * distance(a, b) for a, b in combinations(counts, 2))


def _given(unit: Sequence[float | None]) -> list[float]:
    return [value for value in unit if value is not None]


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _centred(ranks: Sequence[float]) -> list[float]:
    middle = (len(ranks) + 1) / 2
    return [rank - middle for rank in ranks]


def _same_items(first: Sequence[float], second: Sequence[float]) -> None:
    if len(first) != len(second) or len(first) < 2:
        raise ValueError("two orders need the same items, at least two")
