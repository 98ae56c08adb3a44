"""
The business case (DOMAIN, 7.4), its formulas written once, for one number or for many at a time.

A room counts with plain numbers, a simulation puts vectors into the same assumptions (`varied`) and
brings the `least` that compares them element by element. Nothing else differs.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from outside_in.domain.worth import Assumptions, BreakEven, Input, Levers, Worth, Year

Number = Any
"""A float, or a vector of floats."""
Least = Callable[[Number, Number], Number]
STEPS, HALVES = 100, 50
"""A break-even is looked for on so many points, then halved so often between two of them."""


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
    benefit, pv_cost = benefit_of(given, years), cost(given)
    npv = benefit - pv_cost
    rows = _rows(given, years)
    return Worth(
        assumptions=given,
        npv=npv,
        pv_benefit=benefit,
        pv_cost=pv_cost,
        roi=npv / pv_cost if pv_cost else None,
        payback=_payback(given, rows),
        pv_residual=residual(given, years[-1]),
        cumulated=rows[-1].cumulated,
        years=rows,
        levers=Levers(**levers(given, years)),
        break_even=break_evens(given),
    )


def break_evens(given: Assumptions) -> BreakEven:
    return BreakEven(
        causal_share=break_even(given, "causal_share", 1.0),
        churn_cut=break_even(given, "churn_cut", given.churn),
        failure_cut=break_even(given, "failure_cut", 1.0),
    )


def net_present_value(given: Assumptions, least: Least = min) -> Number:
    return benefit_of(given, list(flows(given, least))) - cost(given)


def break_even(given: Assumptions, name: Input, limit: float) -> float | None:
    """
    The smallest value up to `limit` at which the case pays; None if there is none.

    It looks at many values and then closer: no formula promises that more is better,
    a saved customer may cost more than she brings.
    """

    def pays(value: float) -> bool:
        return bool(net_present_value(varied(given, {name: value})) >= 0)

    if pays(0.0):
        return 0.0
    if not pays(limit):
        return None
    first = next(step for step in range(1, STEPS + 1) if pays(limit * step / STEPS))
    low, high = limit * (first - 1) / STEPS, limit * first / STEPS
    for _ in range(HALVES):
        middle = (low + high) / 2
        low, high = (low, middle) if pays(middle) else (middle, high)
    return high


def varied(given: Assumptions, values: Mapping[Input, Number]) -> Assumptions:
    """The same with other values in it; a copy is not validated, which is what lets vectors in."""
    return given.model_copy(update={str(name): value for name, value in values.items()})


def flows(given: Assumptions, least: Least = min) -> Iterator[Flow]:
    """Year by year: the levers pull on the mean of the stocks at its start and at its end."""
    without = kept = given.customers
    for strength in given.ramp:
        saved = least(given.churn, given.causal_share * given.churn_cut * strength)
        before = without, kept
        if given.mode == "margin":
            without = without * (1 - given.churn)
            kept = kept * (1 - (given.churn - saved))
        present = (before[1] + kept) / 2
        if given.mode == "margin":
            retention = (present - (before[0] + without) / 2) * margin(given)
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
    return given.one_off + present_value(given, [given.yearly] * given.horizon)


def benefit_of(given: Assumptions, years: list[Flow]) -> Number:
    counted = residual(given, years[-1]) if given.residual else 0.0
    return present_value(given, (year.benefit for year in years)) + counted


def margin(given: Assumptions) -> Number:
    """What a customer leaves per year after having been served."""
    return given.revenue * given.margin_rate - given.contacts * given.contact_cost


def service(given: Assumptions) -> dict[str, Number]:
    """Per year: contacts, what serving costs, and the part of it that failures cause (DOMAIN, 7.1)."""
    contacts, each = given.customers * given.contacts, given.contacts * given.contact_cost
    return {
        "contacts": contacts,
        "failure_contacts": contacts * given.failure_share,
        "cost_per_customer": each,
        "cost": given.customers * each,
        "failure_cost": given.customers * each * given.failure_share,
    }


def residual(given: Assumptions, last: Flow) -> Number:
    """What the customers saved are worth after the horizon; 0 where nobody is saved."""
    saved = last.stock_with - last.stock_without
    fading = given.discount + given.churn
    # nobody can be saved where nobody leaves, so the 1 only keeps 0/0 away
    saved_years = saved / (fading + (fading <= 0)) * (1 - given.churn / 2)
    return saved_years * margin(given) / (1 + given.discount) ** given.horizon


def present_value(given: Assumptions, amounts: Iterable[Number]) -> Number:
    return sum(amount / (1 + given.discount) ** t for t, amount in enumerate(amounts, start=1))


def levers(given: Assumptions, years: list[Flow]) -> dict[str, Number]:
    return {
        name: present_value(given, (getattr(year, name) for year in years))
        for name in ("retention", "revenue", "service")
    }


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


def _rows(given: Assumptions, years: list[Flow]) -> tuple[Year, ...]:
    cash = [year.benefit - given.yearly for year in years]
    totals = list(accumulate(cash, initial=-given.one_off))[1:]
    return tuple(
        Year(t=t, **year._asdict(), benefit=year.benefit, cash=cash[t - 1], cumulated=totals[t - 1])
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
