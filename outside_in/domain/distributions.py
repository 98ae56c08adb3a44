"""The quantiles and tails our intervals and p-values need, from the standard library alone."""

import math
from functools import lru_cache
from statistics import NormalDist

SMALLEST = 1e-300
"""Stands in for zero in the continued fraction, where a zero would divide."""
CLOSE = 1e-15
"""A continued fraction has arrived when its next factor differs from 1 by less than this."""


def z_quantile(confidence: float) -> float:
    """How many standard errors a two-sided interval reaches: 1.959964 for 0.95."""
    return NormalDist().inv_cdf(_upper(confidence))


def t_quantile(confidence: float, df: float) -> float:
    """The same for a mean whose spread is estimated from `df` + 1 values; Welch's are no whole number."""
    if df < 1:
        raise ValueError("Student's t needs at least one degree of freedom")
    return _t_with_tail(1 - _upper(confidence), df)


def chi2_tail(x: float, df: int) -> float:
    """
    Probability of a chi² above `x`.

    For whole degrees of freedom the incomplete gamma function is a finite sum.
    """
    if df < 1 or x < 0:
        raise ValueError("chi² needs x ≥ 0 and at least one degree of freedom")
    half = x / 2
    if half == 0:
        return 1.0
    start = 0.5 if df % 2 else 0.0
    tail = math.erfc(math.sqrt(half)) if df % 2 else 0.0
    powers = (start + step for step in range(df // 2))
    tail += math.fsum(math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers)
    return min(1.0, tail)


def _upper(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1")
    return (1 + confidence) / 2


@lru_cache(maxsize=1024)
def _t_with_tail(tail: float, df: float) -> float:
    low, high = 0.0, 1.0
    while t_tail(high, df) > tail:
        low, high = high, 2 * high
    while low < (middle := (low + high) / 2) < high:
        if t_tail(middle, df) > tail:
            low = middle
        else:
            high = middle
    return high


def t_tail(t: float, df: float) -> float:
    """Probability of a Student's t above `t` ≥ 0."""
    square = t * t
    return _incomplete_beta(df / (df + square), square / (df + square), df / 2, 0.5) / 2


def _incomplete_beta(x: float, y: float, a: float, b: float) -> float:
    """The regularised I_x(a, b); `y` is 1 − x, handed in because subtracting would lose it."""
    if x <= 0 or y <= 0:
        return 0.0 if x <= 0 else 1.0
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    front = math.exp(a * math.log(x) + b * math.log(y) - log_beta)
    if x < (a + 1) / (a + b + 2):
        return front / a / _fraction(x, a, b)
    return 1 - front / b / _fraction(y, b, a)


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction 1 + d₁/(1 + d₂/(1 + …)) of the incomplete beta, from the front."""
    value = upper = 1.0
    lower = 0.0
    step = 0
    while True:
        step += 1
        term = _term(step, x, a, b)
        upper = 1 + term / upper or SMALLEST
        lower = 1 / (1 + term * lower or SMALLEST)
        value *= upper * lower
        if abs(upper * lower - 1) < CLOSE or step > 100_000:
            return value


def _term(step: int, x: float, a: float, b: float) -> float:
    m, odd = divmod(step, 2)
    if odd:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
