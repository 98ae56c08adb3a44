"""
What answers of customers amount to, and how sure one may be: NPS, CSAT, CES, shares.

`None` means *not defined* (a spread of one answer); input that makes no sense is a ValueError.
Every interval is a 95 % interval unless another confidence is asked for.
"""

import math
from collections.abc import Sequence
from statistics import fmean

from outside_in.domain.distributions import t_quantile, z_quantile
from outside_in.domain.evidence import SCALES, Evidence, Metric
from outside_in.domain.model import Model

ANSWERS: dict[Metric, tuple[int, int]] = {
    "nps": (0, 10),
    "csat": (1, 5),
    "ces": (1, 7),
    "stars": (1, 5),
}
"""What one customer can answer; the axis of the *result* is `Evidence.scale`."""
BAD: dict[Metric, int] = {"nps": 6, "csat": 2, "ces": 3, "stars": 2}
"""The best answer that is still a bad experience."""


class Interval(Model):
    low: float
    high: float

    def clamped(self, low: float, high: float) -> "Interval":
        return Interval(low=min(max(self.low, low), high), high=max(min(self.high, high), low))

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


class Nps(Model):
    """Points −100…100. The adjusted interval is the one to show: it survives unanimity."""

    n: int
    nps: float
    se: float
    wald: Interval
    adjusted_wald: Interval
    adjusted_centre: float
    adjusted_margin: float


class NpsDifference(Model):
    difference: float
    se: float
    ci: Interval
    z: float | None
    """None when neither group shows any spread."""


class Csat(Model):
    n: int
    share: float
    """Of the top two answers, 0…1."""
    ci: Interval
    mean: float


class Mean(Model):
    n: int
    mean: float
    sd: float | None
    ci: Interval | None
    """Both None for a single answer."""


class Ces(Model):
    n: int
    mean: float
    sd: float | None
    t_ci: Interval | None
    share_5_or_more: float


class Carrying(Model):
    ci: Interval
    carrying: bool


def level(metric: Metric, scores: Sequence[float]) -> Evidence | None:
    """
    Evidence out of raw answers, its interval kept on the metric's axis.

    One answer says nothing about spread: a mean of one gets the whole axis as its interval.
    """
    if not scores:
        return None
    _on_scale(scores, ANSWERS[metric])
    value, interval = _LEVELS[metric](scores)
    kept = interval.clamped(*SCALES[metric]) if interval else _whole(metric)
    return Evidence(metric=metric, value=value, n=len(scores), low=kept.low, high=kept.high)


def bad(metric: Metric, score: float) -> bool:
    """Whether this answer tells of a bad experience."""
    return score <= BAD[metric]


def nps(promoters: int, passives: int, detractors: int, confidence: float = 0.95) -> Nps:
    if min(promoters, passives, detractors) < 0:
        raise ValueError("counts are not negative")
    n = promoters + passives + detractors
    value, se = _balance(promoters, detractors, n)
    centre, adjusted_se = _balance(promoters + 0.75, detractors + 0.75, n + 3)
    z = z_quantile(confidence)
    return Nps(
        n=n,
        nps=value,
        se=se,
        wald=_around(value, z * se).clamped(-100, 100),
        adjusted_wald=_around(centre, z * adjusted_se).clamped(-100, 100),
        adjusted_centre=centre,
        adjusted_margin=z * adjusted_se,
    )


def nps_of(scores: Sequence[float], confidence: float = 0.95) -> Nps:
    promoters = sum(score >= 9 for score in scores)
    detractors = sum(bad("nps", score) for score in scores)
    return nps(promoters, len(scores) - promoters - detractors, detractors, confidence)


def nps_margin(promoter_share: float, detractor_share: float, n: int, confidence: float = 0.95) -> float:
    """The adjusted margin to expect from `n` answers of this mix, in points."""
    if min(promoter_share, detractor_share) < 0 or promoter_share + detractor_share > 1 + 1e-9:
        raise ValueError("shares lie between 0 and 1 and leave room for each other")
    if n < 1:
        raise ValueError("no answers")
    promoters, detractors = n * promoter_share + 0.75, n * detractor_share + 0.75
    return z_quantile(confidence) * _balance(promoters, detractors, n + 3)[1]


def nps_difference(a: Nps, b: Nps, confidence: float = 0.95) -> NpsDifference:
    difference = a.nps - b.nps
    se = math.hypot(a.se, b.se)
    return NpsDifference(
        difference=difference,
        se=se,
        ci=_around(difference, z_quantile(confidence) * se),
        z=difference / se if se else None,
    )


def wilson(k: int, n: int, confidence: float = 0.95) -> Interval:
    """For a share of `k` out of `n`; honest where nobody or everybody said yes."""
    if n < 1 or not 0 <= k <= n:
        raise ValueError("a share needs 0 ≤ k ≤ n and n ≥ 1")
    z, share = z_quantile(confidence), k / n
    centre = share + z * z / (2 * n)
    margin = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    # at the ends rounding would leave a trace where the bound is exactly 0 or 1
    low = 0.0 if k == 0 else (centre - margin) / whole
    high = 1.0 if k == n else (centre + margin) / whole
    return Interval(low=low, high=high).clamped(0, 1)


def newcombe(k1: int, n1: int, k2: int, n2: int, confidence: float = 0.95) -> Interval:
    """For the difference of two shares; not symmetric around it."""
    first, second = wilson(k1, n1, confidence), wilson(k2, n2, confidence)
    p1, p2 = k1 / n1, k2 / n2
    return Interval(
        low=p1 - p2 - math.hypot(p1 - first.low, second.high - p2),
        high=p1 - p2 + math.hypot(first.high - p1, p2 - second.low),
    ).clamped(-1, 1)


def carrying(k: int, n: int, chance_level: float, confidence: float = 0.95) -> Carrying:
    """Whether `k` of `n` chose this more clearly than picking blindly explains."""
    if not 0 <= chance_level <= 1:
        raise ValueError("a chance level is a share")
    ci = wilson(k, n, confidence)
    return Carrying(ci=ci, carrying=ci.low > chance_level)


def csat(answers: Sequence[float], scale: tuple[int, int] = (1, 5), confidence: float = 0.95) -> Csat:
    _on_scale(answers, scale)
    n, top = len(answers), sum(answer >= scale[1] - 1 for answer in answers)
    return Csat(n=n, share=top / n, ci=wilson(top, n, confidence), mean=fmean(answers))


def ces(
    answers: Sequence[float],
    scale: tuple[int, int] = (1, 7),
    agree_is_good: bool = True,
    confidence: float = 0.95,
) -> Ces:
    """Where agreeing is bad (the older wording), answers are mirrored first: high is easy."""
    _on_scale(answers, scale)
    easy = answers if agree_is_good else [sum(scale) - answer for answer in answers]
    about = mean_of(easy, confidence)
    share = sum(answer >= 5 for answer in easy) / len(easy)
    return Ces(n=about.n, mean=about.mean, sd=about.sd, t_ci=about.ci, share_5_or_more=share)


def mean_of(values: Sequence[float], confidence: float = 0.95) -> Mean:
    """A mean with its t interval."""
    n, mean = len(values), fmean(values)
    if n == 1:
        return Mean(n=n, mean=mean, sd=None, ci=None)
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    return Mean(n=n, mean=mean, sd=sd, ci=t_interval(mean, sd, n, confidence))


def t_interval(mean: float, sd: float, n: int, confidence: float = 0.95) -> Interval:
    """For a mean of `n` ≥ 2 answers."""
    return _around(mean, t_quantile(confidence, n - 1) * sd / math.sqrt(n))


def welch(
    mean1: float, variance1: float, n1: int, mean2: float, variance2: float, n2: int, confidence: float = 0.95
) -> Interval | None:
    """
    For the first mean minus the second, whose spreads may differ (Welch 1947, df after Satterthwaite).

    None where neither group shows any spread; both need two answers.
    """
    if min(n1, n2) < 2:
        raise ValueError("a spread needs two answers")
    first, second = variance1 / n1, variance2 / n2
    if first + second == 0:
        return None
    df = (first + second) ** 2 / (first**2 / (n1 - 1) + second**2 / (n2 - 1))
    return _around(mean1 - mean2, t_quantile(confidence, df) * math.sqrt(first + second))


def _nps_level(scores: Sequence[float]) -> tuple[float, Interval | None]:
    about = nps_of(scores)
    return about.nps, about.adjusted_wald


def _csat_level(scores: Sequence[float]) -> tuple[float, Interval | None]:
    about = csat(scores)
    return 100 * about.share, Interval(low=100 * about.ci.low, high=100 * about.ci.high)


def _mean_level(scores: Sequence[float]) -> tuple[float, Interval | None]:
    about = mean_of(scores)
    return about.mean, about.ci


_LEVELS = {"nps": _nps_level, "csat": _csat_level, "ces": _mean_level, "stars": _mean_level}


def _balance(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    """Promoters minus detractors and its standard error, in points."""
    if n <= 0:
        raise ValueError("no answers")
    p, d = promoters / n, detractors / n
    # unanimous answers may leave a variance a hair below zero
    return 100 * (p - d), 100 * math.sqrt(max(0.0, p + d - (p - d) ** 2) / n)


def _around(centre: float, margin: float) -> Interval:
    return Interval(low=centre - margin, high=centre + margin)


def _whole(metric: Metric) -> Interval:
    low, high = SCALES[metric]
    return Interval(low=low, high=high)


def _on_scale(answers: Sequence[float], scale: tuple[int, int]) -> None:
    low, high = scale
    if not answers:
        raise ValueError("no answers")
    if low >= high or not all(low <= answer <= high for answer in answers):
        raise ValueError(f"answers lie between {low} and {high}")
