"""
How good predictions were, for one leader or for the room.

Lower is better unless a name says otherwise. `None` means *not defined*; input that makes no
sense is a ValueError.
"""

import math
from collections.abc import Sequence
from statistics import fmean, median

from outside_in.domain.measures import Interval
from outside_in.domain.model import Model

MISS = 0.2
"""A room is asked for 80 % intervals: one truth in five may fall outside."""


class Skill(Model):
    mae: float
    mae_reference: float
    skill: float | None
    """Above 0: better than knowing only the average. None when the average is always right."""
    bias: float


class RoomForecast(Model):
    """What independent guesses amount to; `bias` is what the room sees of itself."""

    bias: float
    median_error: float
    coverage: float | None
    mean_interval_score: float | None
    """Both None where nobody gave a range."""


def mae(truth: Sequence[float], prediction: Sequence[float]) -> float:
    return fmean(map(abs, _errors(truth, prediction)))


def rmse(truth: Sequence[float], prediction: Sequence[float]) -> float:
    return math.sqrt(fmean(error * error for error in _errors(truth, prediction)))


def bias(truth: Sequence[float], prediction: Sequence[float]) -> float:
    """Positive: seen rosier than it is. Always 0 for shares, so never report it there."""
    return fmean(_errors(truth, prediction))


def skill(truth: Sequence[float], prediction: Sequence[float], reference: float) -> Skill:
    """Set against somebody who answers `reference`, the company-wide average, everywhere."""
    own, blunt = mae(truth, prediction), mae(truth, [reference] * len(truth))
    return Skill(
        mae=own,
        mae_reference=blunt,
        skill=1 - own / blunt if blunt else None,
        bias=bias(truth, prediction),
    )


def total_variation(truth: Sequence[float], prediction: Sequence[float]) -> float:
    """How much of the shares would have to move."""
    return math.fsum(map(abs, _errors(truth, prediction))) / 2


def top_overlap(truth: Sequence[float], prediction: Sequence[float], top: int = 3) -> float:
    """Share of the largest `top` items found; higher is better, ties go to the earlier item."""
    _errors(truth, prediction)
    top = min(top, len(truth))
    return len(_largest(truth, top) & _largest(prediction, top)) / top


def interval_score(low: float, high: float, truth: float, a: float = MISS) -> float:
    """Width plus 2/a times the miss: neither absurdly wide nor narrow ranges pay."""
    if low > high or not 0 < a < 1:
        raise ValueError("a range needs low ≤ high, its level lies between 0 and 1")
    return high - low + 2 / a * max(low - truth, truth - high, 0.0)


def coverage(intervals: Sequence[Interval], truths: Sequence[float]) -> float:
    """Share of the ranges that hold their truth; 0.8 would be well calibrated."""
    if not intervals:
        raise ValueError("no ranges")
    return fmean(one.holds(truth) for one, truth in zip(intervals, truths, strict=True))


def brier(probabilities: Sequence[float], outcomes: Sequence[int]) -> float:
    """0.25 is what “I don't know” earns."""
    if not all(0 <= p <= 1 for p in probabilities) or not set(outcomes) <= {0, 1}:
        raise ValueError("probabilities lie between 0 and 1, outcomes are 0 or 1")
    return fmean(error * error for error in _errors(outcomes, probabilities))


def room_forecast(
    truth: float,
    predictions: Sequence[float],
    intervals: Sequence[Interval] = (),
    a: float = MISS,
) -> RoomForecast:
    if not predictions:
        raise ValueError("no predictions")
    scores = [interval_score(one.low, one.high, truth, a) for one in intervals]
    return RoomForecast(
        bias=fmean(predictions) - truth,
        median_error=median(predictions) - truth,
        coverage=coverage(intervals, [truth] * len(intervals)) if intervals else None,
        mean_interval_score=fmean(scores) if scores else None,
    )


def _errors(truth: Sequence[float], prediction: Sequence[float]) -> list[float]:
    if not truth or len(truth) != len(prediction):
        raise ValueError("every prediction needs its truth")
    return [guess - fact for fact, guess in zip(truth, prediction, strict=True)]


def _largest(values: Sequence[float], top: int) -> set[int]:
    return set(sorted(range(len(values)), key=lambda item: -values[item])[:top])
