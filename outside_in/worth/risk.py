"""What becomes of a business case when its inputs are ranges (DOMAIN, 7.4)."""

from collections.abc import Mapping
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from outside_in.domain.business import (
    Flow,
    Number,
    cost,
    flows,
    levers,
    margin,
    net_present_value,
    residual,
    service,
    varied,
)
from outside_in.domain.business import benefit_of as benefit
from outside_in.domain.worth import Assumptions, Bar, Input, Range, Risk, Span, Variant

Ranges = Mapping[Input, Range]
Payback = tuple[float | None, float | None, float | None]
DRAWS = 10_000
TOGETHER: tuple[Input, Input] = ("churn_cut", "failure_cut")
"""The effects that may share one common factor: the same luck for both."""


def monte_carlo(
    given: Assumptions,
    ranges: Ranges,
    seed: int,
    draws: int = DRAWS,
    together: bool = False,
) -> Risk:
    """Triangular draws, one vector per input, all inputs independent unless `together`."""
    if draws < 1:
        raise ValueError("chance needs at least one draw")
    guess = best_guess(given, ranges)
    many = varied(guess, drawn(ranges, seed, draws, together))
    years = list(flows(many, np.minimum))
    spent = cost(many)
    outcomes = np.broadcast_to(benefit(many, years) - spent, draws)
    npv = span(outcomes)
    cumulated, payback = _cash(many, years, draws)
    return Risk(
        best_guess=float(net_present_value(guess)),
        p10=npv.low,
        p50=npv.middle,
        p90=npv.high,
        chance=float(np.mean(outcomes > 0)),
        draws=draws,
        seed=seed,
        together=together,
        tornado=tornado(given, ranges),
        residual=span(residual(many, years[-1])),
        roi=span((benefit(many, years) - spent) / spent) if np.all(spent > 0) else None,
        levers={name: span(value) for name, value in levers(many, years).items()},
        cumulated=cumulated,
        payback=payback,
    )


def lifetime_spans(given: Assumptions, ranges: Ranges, seed: int, draws: int = DRAWS) -> dict[Variant, Span] | None:
    """
    Per customer, infinite horizon (DOMAIN, 7.1), margin after service, retention 1 − churn.

    None where some draw neither loses nor discounts: its value has no end.
    """
    many = varied(best_guess(given, ranges), drawn(ranges, seed, draws))
    staying = (1 - many.churn) / (1 + many.discount)
    if np.any(staying >= 1):
        return None
    now = margin(many) / (1 - staying)
    values: dict[Variant, Number] = {"now": now, "end": now / (1 + many.discount), "retained": now * staying}
    return {name: span(value) for name, value in values.items()}


def tornado(given: Assumptions, ranges: Ranges) -> tuple[Bar, ...]:
    """Each input at both ends, all others at their best guess, the largest swing first."""
    guess = best_guess(given, ranges)
    bars = [
        Bar(
            input=name,
            low=float(net_present_value(varied(guess, {name: ranges[name].low}))),
            high=float(net_present_value(varied(guess, {name: ranges[name].high}))),
        )
        for name in _inputs(ranges)
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


def best_guess(given: Assumptions, ranges: Ranges) -> Assumptions:
    """Also refuses a range whose ends no case could be computed with."""
    if unknown := set(ranges) - set(get_args(Input)):
        raise ValueError(f"no such inputs: {sorted(unknown)}")
    for name, one in ranges.items():
        given.but(**{name: one.low})
        given.but(**{name: one.high})
    return given.but(**{name: one.best for name, one in ranges.items()})


def drawn(ranges: Ranges, seed: int, draws: int, together: bool = False) -> dict[Input, Number]:
    chance = np.random.default_rng(seed)
    luck = {name: chance.random(draws) for name in _inputs(ranges)}
    if together and luck.keys() >= set(TOGETHER):
        luck[TOGETHER[1]] = luck[TOGETHER[0]]
    return {name: triangular(luck[name], ranges[name]) for name in luck}


def triangular(luck: NDArray[np.float64], one: Range) -> Number:
    """Uniform luck as a draw from the range; a range without width is its constant."""
    width = one.high - one.low
    if not width:
        return one.best
    rising = one.low + np.sqrt(luck * width * (one.best - one.low))
    falling = one.high - np.sqrt((1 - luck) * width * (one.high - one.best))
    return np.where(luck * width <= one.best - one.low, rising, falling)


def span(outcomes: Number) -> Span:
    low, middle, high = (float(value) for value in np.percentile(outcomes, (10, 50, 90)))
    return Span(low=low, middle=middle, high=high)


def _cash(many: Assumptions, years: list[Flow], draws: int) -> tuple[tuple[Span, ...], Payback]:
    """Year by year, and when it comes back: the first linear crossing, draw by draw."""
    total = np.broadcast_to(np.asarray(-many.one_off, dtype=float), draws)
    back = np.full(draws, np.nan)
    spans = []
    for t, year in enumerate(years, start=1):
        cash = np.broadcast_to(year.benefit - many.yearly, draws)
        first = np.isnan(back) & (cash > 0) & (total + cash >= 0)
        # where nothing comes in, the 1 only keeps the division quiet
        back = np.where(first, t - 1 + np.maximum(0.0, -total) / np.where(cash > 0, cash, 1.0), back)
        total = total + cash
        spans.append(span(total))
    ends = np.percentile(np.where(np.isnan(back), np.inf, back), (10, 50, 90), method="nearest")
    early, middle, late = (float(one) if np.isfinite(one) else None for one in ends)
    return tuple(spans), (early, middle, late)


def service_spans(given: Assumptions, ranges: Ranges, seed: int, draws: int = DRAWS) -> dict[str, Span]:
    """Per year: contacts, what serving costs, and the part of it that failures cause (DOMAIN, 7.1)."""
    many = varied(best_guess(given, ranges), drawn(ranges, seed, draws))
    return {name: span(np.broadcast_to(value, draws)) for name, value in service(many).items()}


def _inputs(ranges: Ranges) -> list[Input]:
    """Always in the same order, so that a seed means the same draws however ranges were given."""
    return [name for name in get_args(Input) if name in ranges]
