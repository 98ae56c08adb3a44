"""
A business case under a room's own ranges, with the standard library alone.

Every draw asks one leader per input, all equally often, and takes a value from her triangle: the
room's disagreement stays in the result. Draws are spread evenly over each input's outcomes (Latin
hypercube), so 2,000 of them do the work of many more; the same answers give the same result.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from random import Random
from statistics import fmean, median, quantiles
from typing import get_args

from outside_in.domain.business import benefit_of, cost, flows, net_present_value, residual, varied
from outside_in.domain.calculation import SEED, Calculation
from outside_in.domain.worth import Assumptions, Bar, Input, Range, Risk, Span

DRAWS = 2_000
Pools = tuple[tuple[Input, tuple[Range, ...]], ...]


def simulated(given: Calculation, pools: Mapping[Input, Sequence[Range]], draws: int = DRAWS) -> Risk:
    """`pools`: by input what each leader believes; every other input has the calculation's range."""
    every = {**{name: (one,) for name, one in given.ranges.items()}, **pools}
    ordered = tuple((name, tuple(sorted(every[name], key=_ends))) for name in get_args(Input) if name in every)
    return _simulated(given.best, ordered, given.together, draws)


@lru_cache(maxsize=256)
def _simulated(best: Assumptions, pools: Pools, together: bool, draws: int) -> Risk:
    """Remembered: five hundred phones ask for the same room."""
    guess = varied(best, {name: pooled(ranges).best for name, ranges in pools})
    npv, after = zip(*_outcomes(guess, pools, together, draws), strict=True)
    span = _span(npv)
    return Risk(
        best_guess=net_present_value(guess),
        p10=span.low,
        p50=span.middle,
        p90=span.high,
        chance=fmean(value > 0 for value in npv),
        draws=draws,
        seed=SEED,
        together=together,
        tornado=_tornado(guess, pools),
        residual=_span(after),
    )


def pooled(ranges: Sequence[Range]) -> Range:
    """The room in one range: medians of its lows, best guesses and highs."""
    low, best, high = (median(ends) for ends in zip(*map(_ends, ranges), strict=True))
    return Range(low=low, best=best, high=high)


def _outcomes(guess: Assumptions, pools: Pools, together: bool, draws: int) -> Iterator[tuple[float, float]]:
    luck = even_luck([name for name, _ in pools], draws, SEED, together)
    values = {name: [_drawn(ranges, one) for one in luck[name]] for name, ranges in pools}
    for place in range(draws):
        one = varied(guess, {name: column[place] for name, column in values.items()})
        years = list(flows(one))
        yield benefit_of(one, years) - cost(one), residual(one, years[-1])


def even_luck(names: Sequence[Input], draws: int, seed: int, together: bool = False) -> dict[Input, list[float]]:
    """By input: a number for each draw; with `together` the two effects share theirs."""
    chance = Random(seed)
    luck = {name: _even(draws, chance) for name in names}
    if together and {"churn_cut", "failure_cut"} <= luck.keys():
        luck["failure_cut"] = luck["churn_cut"]
    return luck


def _even(draws: int, chance: Random) -> list[float]:
    """One number from each of as many equal parts of 0…1, shuffled."""
    parts = [(place + chance.random()) / draws for place in range(draws)]
    chance.shuffle(parts)
    return parts


def _drawn(ranges: tuple[Range, ...], luck: float) -> float:
    place, rest = divmod(luck * len(ranges), 1)
    return triangular(rest, ranges[min(int(place), len(ranges) - 1)])


def triangular(luck: float, one: Range) -> float:
    width = one.high - one.low
    if not width:
        return one.best
    if luck * width <= one.best - one.low:
        return one.low + math.sqrt(luck * width * (one.best - one.low))
    return one.high - math.sqrt((1 - luck) * width * (one.high - one.best))


def _tornado(guess: Assumptions, pools: Pools) -> tuple[Bar, ...]:
    bars = []
    for name, ranges in pools:
        whole = pooled(ranges)
        ends = (net_present_value(varied(guess, {name: end})) for end in (whole.low, whole.high))
        bars.append(Bar(input=name, **dict(zip(("low", "high"), ends, strict=True))))
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def spread(outcomes: Sequence[float]) -> tuple[float, float, float]:
    """P10, P50, P90 by linear interpolation."""
    cuts = quantiles(outcomes, n=10, method="inclusive")
    return cuts[0], median(outcomes), cuts[-1]


def _span(outcomes: Sequence[float]) -> Span:
    low, middle, high = spread(outcomes)
    return Span(low=low, middle=middle, high=high)


def _ends(one: Range) -> tuple[float, float, float]:
    return one.low, one.best, one.high
