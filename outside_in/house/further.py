"""Formulas beyond the reference vectors, as topics of their own; their vectors stand in our tests."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import Field

from outside_in.domain import agreement, forecasts, measures
from outside_in.domain.business import service
from outside_in.domain.luck import pooled
from outside_in.domain.measures import Interval
from outside_in.domain.worth import SYMBOLS, Assumptions, Input, Range
from outside_in.worth import monthly_churn, moving, yearly_churn
from outside_in.worth.risk import monte_carlo, tornado

Many = list[float]
Pair = Annotated[list[float], Field(min_length=2, max_length=2)]
Triple = Annotated[list[float], Field(min_length=3, max_length=3)]
MOST_DRAWS = 1_000_000


def _csat(answers: Many, confidence: float = 0.95) -> measures.Csat:
    return measures.csat(answers, confidence=confidence)


def _newcombe(k1: int, n1: int, k2: int, n2: int, confidence: float = 0.95) -> dict[str, Any]:
    return {"ci": measures.newcombe(k1, n1, k2, n2, confidence)}


def _churn(yearly: float) -> dict[str, Any]:
    if not 0 <= yearly <= 1:
        raise ValueError("churn is a share")
    monthly = monthly_churn(yearly)
    return {"retention": 1 - yearly, "monthly": monthly, "yearly": yearly_churn(monthly)}


def _moving(customers: float, causal_share: float, before: float, after: float) -> dict[str, Any]:
    return {"worth": moving(customers, causal_share, before, after)}


def _service(customers: float, contacts: float, contact_cost: float, failure_share: float) -> dict[str, Any]:
    if min(customers, contacts, contact_cost) < 0 or not 0 <= failure_share <= 1:
        raise ValueError("amounts are not negative, and a share lies between 0 and 1")
    given = Assumptions(
        customers=customers,
        revenue=0,
        margin_rate=0,
        churn=0,
        contacts=contacts,
        contact_cost=contact_cost,
        failure_share=failure_share,
    )
    return service(given)


def _projection(prediction: Many, own: Many, truth: Many) -> dict[str, Any]:
    return {"index": agreement.projection_index(prediction, own, truth)}


def _coverage(intervals: list[Pair], truths: Many) -> dict[str, Any]:
    return {"share": forecasts.coverage([Interval(low=low, high=high) for low, high in intervals], truths)}


def _jaccard(picks: list[list[str]], values: int, each: int) -> dict[str, Any]:
    return {"mean": agreement.jaccard(picks), "chance": agreement.jaccard_chance(values, each)}


def _pooled(ranges: list[Triple]) -> Range:
    if not ranges:
        raise ValueError("nobody said anything")
    return pooled([_range(one) for one in ranges])


def _tornado(case: dict[str, Any], ranges: dict[Input, Triple]) -> dict[str, Any]:
    bars = tornado(_given(case), {name: _range(one) for name, one in ranges.items()})
    return {"order": [bar.input for bar in bars], "bars": {bar.input: [bar.low, bar.high] for bar in bars}}


def _monte_carlo(case: dict[str, Any], ranges: dict[Input, Triple], seed: int, draws: int) -> dict[str, Any]:
    if not 1 <= draws <= MOST_DRAWS or seed < 0:
        raise ValueError("a million draws are enough, and a seed is not negative")
    told = monte_carlo(_given(case), {name: _range(one) for name, one in ranges.items()}, seed, draws)
    return {"best_guess": told.best_guess, "p10": told.p10, "p50": told.p50, "p90": told.p90, "chance": told.chance}


def _given(case: Mapping[str, Any]) -> Assumptions:
    named = {SYMBOLS[symbol]: value for symbol, value in case.items()}
    named["ramp"] = tuple(named["ramp"])
    return Assumptions.model_validate(named, strict=True)


def _range(one: Many) -> Range:
    low, best, high = one
    return Range(low=low, best=best, high=high)


FURTHER: Mapping[str, Callable[..., Any]] = {
    "csat": _csat,
    "newcombe": _newcombe,
    "churn": _churn,
    "moving_customers": _moving,
    "service": _service,
    "projection_index": _projection,
    "coverage": _coverage,
    "jaccard": _jaccard,
    "pooled_range": _pooled,
    "tornado": _tornado,
    "monte_carlo": _monte_carlo,
}
