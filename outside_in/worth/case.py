"""
The business case (DOMAIN, 7.4), its formulas written once.

They take assumptions whose fields hold numbers or, for many draws at a time, vectors of numbers:
`varied` puts the vectors in. What leaves this room holds plain numbers.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outside_in.domain.worth import Assumptions, BreakEven, Input, Levers, Worth, Year

Number = float | NDArray[np.float64]
STEPS, ZOOMS = 101, 8
"""A break-even is looked for on so many points, and so many times between two of them."""


class Flow(NamedTuple):
    """One year, undiscounted."""

    stock_without: Number
    stock_with: Number
    retention: Number
    revenue: Number
    service: Number

    @property
    def benefit(self) -> Number:
        return self.retention + self.revenue + self.service


def business_case(given: Assumptions) -> Worth:
    years = list(flows(given))
    benefit, pv_cost = _benefit(given, years), cost(given)
    npv = benefit - pv_cost
    rows = _rows(given, years)
    return Worth(
        assumptions=given,
        npv=float(npv),
        pv_benefit=float(benefit),
        pv_cost=float(pv_cost),
        roi=float(npv) / float(pv_cost) if pv_cost else None,
        payback=_payback(given, rows),
        pv_residual=float(_residual(given, years[-1])),
        cumulated=rows[-1].cumulated,
        years=rows,
        levers=_levers(given, years),
        break_even=BreakEven(
            causal_share=break_even(given, "causal_share", 1.0),
            churn_cut=break_even(given, "churn_cut", given.churn),
            failure_cut=break_even(given, "failure_cut", 1.0),
        ),
    )


def net_present_value(given: Assumptions) -> Number:
    return _benefit(given, list(flows(given))) - cost(given)


def break_even(given: Assumptions, name: Input, limit: float) -> float | None:
    """
    The smallest value up to `limit` at which the case pays; None if there is none.

    It looks at many values at once and then closer: no formula promises that more is better,
    a saved customer may cost more than she brings.
    """
    if net_present_value(varied(given, {name: 0.0})) >= 0:
        return 0.0
    low, high = 0.0, limit
    if net_present_value(varied(given, {name: limit})) < 0:
        return None
    for _ in range(ZOOMS):
        values = np.linspace(low, high, STEPS)
        first = int(np.argmax(net_present_value(varied(given, {name: values})) >= 0))
        low, high = float(values[first - 1]), float(values[first])
    return high


def varied(given: Assumptions, values: Mapping[Input, Number]) -> Assumptions:
    """The same with vectors in it; a copy is not validated, which is what lets them in."""
    return given.model_copy(update={str(name): value for name, value in values.items()})


def flows(given: Assumptions) -> Iterator[Flow]:
    """Year by year: the levers pull on the mean of the stocks at its start and at its end."""
    without = kept = given.customers
    for strength in given.ramp:
        saved = np.minimum(given.churn, given.causal_share * given.churn_cut * strength)
        before = without, kept
        if given.mode == "margin":
            without = without * (1 - given.churn)
            kept = kept * (1 - (given.churn - saved))
        present = (before[1] + kept) / 2
        if given.mode == "margin":
            retention = (present - (before[0] + without) / 2) * _margin(given)
        else:
            retention = present * saved * _price(given)
        yield Flow(
            stock_without=without,
            stock_with=kept,
            retention=retention,
            revenue=present * _revenue_gain(given) * strength,
            service=present * _service_gain(given) * strength,
        )


def cost(given: Assumptions) -> Number:
    return given.one_off + _present(given, [given.yearly] * given.horizon)


def _benefit(given: Assumptions, years: list[Flow]) -> Number:
    counted = _residual(given, years[-1]) if given.residual else 0.0
    return _present(given, (year.benefit for year in years)) + counted


def _margin(given: Assumptions) -> Number:
    """What a customer leaves per year after having been served."""
    return given.revenue * given.margin_rate - given.contacts * given.contact_cost


def _price(given: Assumptions) -> Number:
    assert given.replacement_cost is not None  # the assumptions refuse this mode without it
    return given.replacement_cost


def _revenue_gain(given: Assumptions) -> Number:
    """Per customer and year at full strength."""
    return given.revenue * given.margin_rate * given.causal_share * given.revenue_effect


def _service_gain(given: Assumptions) -> Number:
    """Per customer and year at full strength: failure contacts that no longer happen."""
    failures = given.contacts * given.contact_cost * given.failure_share
    return failures * given.failure_cut * given.realisation


def _residual(given: Assumptions, last: Flow) -> Number:
    """What the customers saved are worth after the horizon; 0 where nobody is saved."""
    saved = last.stock_with - last.stock_without
    fading = given.discount + given.churn
    # nobody can be saved where nobody leaves, so the 1 only keeps 0/0 away
    saved_years = saved / np.where(fading > 0, fading, 1.0) * (1 - given.churn / 2)
    return saved_years * _margin(given) / (1 + given.discount) ** given.horizon


def _present(given: Assumptions, amounts: Iterable[Number]) -> Number:
    return sum(amount / (1 + given.discount) ** t for t, amount in enumerate(amounts, start=1))


def _levers(given: Assumptions, years: list[Flow]) -> Levers:
    return Levers(
        retention=float(_present(given, (year.retention for year in years))),
        revenue=float(_present(given, (year.revenue for year in years))),
        service=float(_present(given, (year.service for year in years))),
    )


def _rows(given: Assumptions, years: list[Flow]) -> tuple[Year, ...]:
    cash = [float(year.benefit - given.yearly) for year in years]
    totals = list(accumulate(cash, initial=-given.one_off))[1:]
    return tuple(
        Year(
            t=t,
            **{name: float(value) for name, value in year._asdict().items()},
            benefit=float(year.benefit),
            cash=cash[t - 1],
            cumulated=totals[t - 1],
        )
        for t, year in enumerate(years, start=1)
    )


def _payback(given: Assumptions, rows: tuple[Year, ...]) -> float | None:
    """First linear crossing of the cumulated cash."""
    open_amount = given.one_off
    for row in rows:
        if row.cash > 0 and row.cumulated >= 0:
            return row.t - 1 + max(0.0, open_amount) / row.cash
        open_amount = -row.cumulated
    return None
