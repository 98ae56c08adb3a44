"""
Reference vectors, recomputed with the product's own formulas.

One table leads from a topic to a function whose parameters are the vector's inputs. What a
document gets wrong – a topic nobody knows, a missing input, a word instead of a number – makes
its vector *unknown*; nothing a document contains ends in a traceback.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, validate_call

from outside_in.domain import agreement, forecasts, measures
from outside_in.domain.confounding import Confounding, Stratum, confounding
from outside_in.domain.measures import Interval
from outside_in.domain.worth import SYMBOLS, Assumptions, Clv, Segment, Variant
from outside_in.house.further import FURTHER
from outside_in.worth import business_case, by_segment, lifetime_value

STRICT = ConfigDict(strict=True, allow_inf_nan=False)
REFUSED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""How a formula, or the check of its inputs, says that it cannot do anything with them."""
ROUNDING = 1e-9
"""The tolerance where a vector names none."""

Many = list[float]
Pair = Annotated[list[float], Field(min_length=2, max_length=2)]
Whole = Annotated[list[int], Field(min_length=2, max_length=2)]


class Vector(BaseModel):
    model_config = STRICT

    topic: str
    inputs: dict[str, Any]
    expected: dict[str, Any] = Field(min_length=1)
    tolerance: dict[str, Annotated[float, Field(ge=0)]] = {}


def verify(document: Mapping[str, Any]) -> dict[str, Any]:
    """The report of CONTRACT.md; a document without vectors has no results, which is a failure."""
    vectors = document.get("vectors") if isinstance(document, Mapping) else None
    results = [_result(raw) for raw in vectors] if isinstance(vectors, list) else []
    passed = sum(result["ok"] for result in results)
    unknown = sum(result["computed"] is None for result in results)
    return {
        "passed": passed,
        "failed": len(results) - passed - unknown,
        "unknown": unknown,
        "results": results,
    }


def _result(raw: Any) -> dict[str, Any]:
    told = raw if isinstance(raw, dict) else {}
    result = {"id": told.get("id"), "topic": told.get("topic"), "ok": False, "computed": None}
    try:
        vector = Vector.model_validate(raw)
        formula = validate_call(config=STRICT)(TOPICS[vector.topic])
        computed = _plain(formula(**vector.inputs))
        _finite(computed)
        ok = _matches(computed, vector.expected, vector.tolerance)
        result |= {"computed": computed, "ok": ok}
    except REFUSED:
        pass  # stays unknown
    return result | {"expected": told.get("expected")}


def _matches(computed: Any, expected: Any, tolerance: Mapping[str, float], key: str = "default") -> bool:
    """Whether everything that is expected is there; more may have been computed."""
    if isinstance(expected, dict):
        return isinstance(computed, dict) and all(
            name in computed and _matches(computed[name], part, tolerance, name) for name, part in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(computed, list)
            and len(computed) == len(expected)
            and all(map(lambda a, b: _matches(a, b, tolerance, key), computed, expected))
        )
    if not (_is_number(computed) and _is_number(expected)):
        return type(computed) is type(expected) and computed == expected
    return abs(computed - expected) <= tolerance.get(key, tolerance.get("default", ROUNDING))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(value: Any) -> Any:
    """Results as JSON knows them; an interval is a pair."""
    if isinstance(value, Interval):
        return [value.low, value.high]
    if isinstance(value, BaseModel):
        return {name: _plain(part) for name, part in value}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _finite(value: Any) -> None:
    """JSON has no infinity."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        _finite(part)
    if isinstance(value, float) and value - value != 0:
        raise ValueError("not a number one could print")


class Counts(BaseModel):
    model_config = ConfigDict(extra="forbid", **STRICT)

    promoters: int
    passives: int
    detractors: int


def _nps_margin(
    promoter_share: float, detractor_share: float, n: list[int], confidence: float = 0.95
) -> dict[str, Any]:
    margins = [measures.nps_margin(promoter_share, detractor_share, size, confidence) for size in n]
    return {"adjusted_margin_rounded": [round(margin) for margin in margins]}


def _nps_difference(a: Counts, b: Counts, confidence: float = 0.95) -> measures.NpsDifference:
    one, other = measures.nps(**dict(a)), measures.nps(**dict(b))
    return measures.nps_difference(one, other, confidence)


def _wilson(k: int, n: int, confidence: float = 0.95) -> dict[str, Any]:
    return {"ci": measures.wilson(k, n, confidence)}


def _ces(answers: Many, scale: Whole, agree_is_good: bool, confidence: float = 0.95) -> measures.Ces:
    return measures.ces(answers, (scale[0], scale[1]), agree_is_good, confidence)


def _clv_segments(
    segments: dict[str, Segment], discount: float, variant: Variant, years: int | None
) -> dict[str, float]:
    return by_segment(segments, discount, variant, years)


def _clv(margin: float, retention: float, discount: float, years: int | None) -> Clv:
    return lifetime_value(margin, retention, discount, years)


def _business_case(**inputs: Any) -> dict[str, Any]:
    if missing := SYMBOLS.keys() - inputs.keys():
        raise ValueError(f"every input is given explicitly, not so {sorted(missing)}")
    named = {SYMBOLS[symbol]: value for symbol, value in inputs.items()}
    named["ramp"] = tuple(named["ramp"])
    worth = business_case(Assumptions.model_validate(named, strict=True))
    return {name: part for name, part in worth if name != "assumptions"}


def _interval_score(low: float, high: float, truth: float, a: float) -> dict[str, Any]:
    return {"score": forecasts.interval_score(low, high, truth, a)}


def _prediction_gap(truth: Many, prediction: Many) -> dict[str, Any]:
    return {
        "mae": forecasts.mae(truth, prediction),
        "rmse": forecasts.rmse(truth, prediction),
        "total_variation": forecasts.total_variation(truth, prediction),
        "kendall_tau_b": agreement.kendall_tau_b(truth, prediction),
        "spearman_rho": agreement.spearman_rho(truth, prediction),
        "top3_overlap": forecasts.top_overlap(truth, prediction),
    }


def _room_prediction(truth: float, predictions: Many, intervals: list[Pair], a: float) -> forecasts.RoomForecast:
    ranges = [Interval(low=low, high=high) for low, high in intervals]
    return forecasts.room_forecast(truth, predictions, ranges, a)


def _brier(probabilities: Many, outcomes: list[int]) -> dict[str, Any]:
    return {"brier": forecasts.brier(probabilities, outcomes)}


def _skill(truth: Many, prediction: Many, reference: float) -> dict[str, Any]:
    tau = agreement.kendall_tau_b(truth, prediction)
    return {**dict(forecasts.skill(truth, prediction, reference)), "kendall_tau_b": tau}


def _tau_chance_sd(items: int) -> dict[str, Any]:
    return {"sd": agreement.tau_chance_sd(items)}


def _krippendorff(raters_by_units: list[list[float | None]]) -> dict[str, Any]:
    return {
        "nominal": agreement.krippendorff_alpha(raters_by_units, "nominal"),
        "ordinal": agreement.krippendorff_alpha(raters_by_units, "ordinal"),
        "interval": agreement.krippendorff_alpha(raters_by_units, "interval"),
    }


def _kendall_w(raters_by_items: list[Many]) -> dict[str, Any]:
    found = agreement.kendall_w(raters_by_items)
    return dict(found) if found else dict.fromkeys(agreement.Concordance.model_fields)


def _confounding(strata: dict[str, dict[str, Whole]]) -> Confounding:
    return confounding(
        [Stratum(detractors=tuple(groups["det"]), promoters=tuple(groups["pro"])) for groups in strata.values()]
    )


def _jaccard_chance(values: int, picks: int) -> dict[str, float]:
    return {"expected": agreement.jaccard_chance(values, picks)}


TOPICS: Mapping[str, Callable[..., Any]] = {
    "nps": measures.nps,
    "nps_margin": _nps_margin,
    "nps_difference": _nps_difference,
    "wilson": _wilson,
    "carrying_label": measures.carrying,
    "ces": _ces,
    "clv": _clv,
    "clv_segments": _clv_segments,
    "business_case": _business_case,
    "interval_score": _interval_score,
    "prediction_gap": _prediction_gap,
    "room_prediction": _room_prediction,
    "brier": _brier,
    "skill": _skill,
    "tau_chance_sd": _tau_chance_sd,
    "krippendorff_alpha": _krippendorff,
    "kendall_w": _kendall_w,
    "jaccard_chance": _jaccard_chance,
    "confounding": _confounding,
    **FURTHER,
}
