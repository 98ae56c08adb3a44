"""Where a journey hurts most, whether it gets better, and where it may be decided (DOMAIN 8.2)."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from outside_in.domain.evidence import Metric
from outside_in.domain.feedback import Verbatim
from outside_in.domain.journey import Pain, Touchpoint, Trend
from outside_in.domain.measures import bad
from outside_in.domain.noise import difference

FEWEST = 5
DRAWS, SEED = 1_000, 1
REACH = 0.1
"""From which share of customers on a touchpoint can be a moment of truth."""
TOP = 1 / 3

Counts = NDArray[np.float64]


def with_pains(points: Sequence[Touchpoint], groups: Mapping[str, Sequence[Verbatim]]) -> tuple[Touchpoint, ...]:
    """Bounds come from drawing all comments again: a multinomial over touchpoint × bad experience × left."""
    known = [point for point in points if point.negative is not None]
    if not known:
        return tuple(points)
    cells = np.array([_cells(groups[point.id]) for point in known], float)
    drawn = np.random.default_rng(SEED).multinomial(int(cells.sum()), (cells / cells.sum()).ravel(), DRAWS)
    value, reach, consequence = _pains(cells[None])
    again, _, _ = _pains(drawn.reshape(DRAWS, *cells.shape).astype(float))
    low, high = np.percentile(again, [2.5, 97.5], axis=0)
    order = sorted(range(len(known)), key=lambda at: -value[0, at])
    severity = [reach[0, at] * (known[at].negative or 0.0) for at in range(len(known))]
    telling = sorted(severity, reverse=True)[: max(1, round(len(known) * TOP))][-1]
    found: dict[str, Touchpoint] = {}
    for at, band in zip(order, _bands([(low[at], high[at]) for at in order]), strict=True):
        pain = Pain(
            value=float(value[0, at]),
            low=float(low[at]),
            high=float(high[at]),
            reach=float(reach[0, at]),
            consequence=float(consequence[0, at]),
            band=band,
        )
        candidate = bool(reach[0, at] >= REACH and severity[at] >= telling and severity[at] > 0)
        found[known[at].id] = known[at].model_copy(update={"pain": pain, "candidate": candidate})
    return tuple(found.get(point.id, point) for point in points)


def _cells(verbatims: Sequence[Verbatim]) -> list[int]:
    """Scored comments: good or bad, and the customer left, stayed, or nobody knows."""
    counts = [0] * 6
    for one in verbatims:
        if one.metric and one.score is not None:
            left = 2 if one.churned is None else int(one.churned)
            counts[3 * bad(one.metric, one.score) + left] += 1
    return counts


def _pains(cells: Counts) -> tuple[Counts, Counts, Counts]:
    """Of (draws, touchpoints, 6) counts: pain, reach and consequence, each (draws, touchpoints)."""
    n = cells.sum(axis=2)
    reach = n / n.sum(axis=1, keepdims=True)
    negative = cells[:, :, 3:].sum(axis=2) / np.maximum(n, 1)
    left, known = cells[:, :, [1, 4]].sum(axis=2), cells[:, :, [0, 1, 3, 4]].sum(axis=2)
    everywhere = left.sum(axis=1, keepdims=True) / np.maximum(known.sum(axis=1, keepdims=True), 1)
    here = left / np.maximum(known, 1)
    told = (known >= FEWEST) & (everywhere > 0)
    consequence = np.where(told, here / np.where(everywhere > 0, everywhere, 1), 1.0)
    return reach * negative * consequence, reach, consequence


def _bands(bounds: Sequence[tuple[float, float]]) -> list[int]:
    """A band goes on while intervals overlap with that of its first, worst member."""
    bands, band, floor = [], 0, np.inf
    for low, high in bounds:
        if high < floor:
            band, floor = band + 1, low
        bands.append(band)
    return bands


def trend(verbatims: Sequence[Verbatim], metric: Metric | None) -> Trend | None:
    """None where the halves of the period hold fewer than five scores each."""
    dated = sorted(
        (one.date, one.score) for one in verbatims if one.date and one.score is not None and one.metric == metric
    )
    if not dated:
        return None
    first, last = dated[0][0], dated[-1][0]
    middle = first + (last - first) / 2
    before, after = [s for day, s in dated if day < middle], [s for day, s in dated if day >= middle]
    if min(len(before), len(after)) < FEWEST or (known := difference(before, after)) is None:
        return None
    change, bounds = known
    return Trend(since=middle, change=change, low=bounds.low, high=bounds.high, n=len(dated))
