"""
From score to money, honestly: four rungs, and on each what it cannot show (DOMAIN, 7.3).

Computed in the worker from one row per answer; kept with the workshop as plain values.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from outside_in.domain.evidence import Metric
from outside_in.domain.model import Model
from outside_in.domain.text import Line

FEW, SOME = 10, 30
"""Below: counts only; below: the range only (DOMAIN, 7.1)."""
Detail = Literal["counts", "range", "value"]
Answer = Literal["good", "middling", "bad"]


def detail(n: int) -> Detail:
    return "counts" if n < FEW else "range" if n < SOME else "value"


class Between(Model):
    """A value with its 95 % interval; shares as fractions."""

    value: float
    low: float
    high: float

    @property
    def surely(self) -> bool:
        """Whether chance alone does not explain that it differs from zero."""
        return self.low > 0 or self.high < 0


class Level(Model):
    """One measure of one group of answers; how much of it is told depends on `n`."""

    metric: Metric
    about: str = ""
    """A segment; empty: all answers."""
    n: int
    counts: Mapping[str, int]
    """NPS: promoters, passives, detractors; else by answer."""
    value: Between
    mean: float

    @property
    def detail(self) -> Detail:
        return detail(self.n)


class Rate(Model):
    """`k` of `n` with the Wilson interval."""

    k: int
    n: int
    share: Between

    @property
    def detail(self) -> Detail:
        return detail(self.n)


class Group(Model):
    """Customers with an answer of one kind."""

    answer: Answer
    n: int
    lost: Rate | None = None
    again: Rate | None = None
    """Who had to get in touch a second time."""
    revenue: Between | None = None
    """Median per customer with a bootstrap interval."""


class Comparison(Model):
    """Rung 1: bad against good answers, as they are."""

    groups: tuple[Group, ...]
    difference: Between | None = None
    """Churn of bad minus good answers, Newcombe."""


class Adjusted(Model):
    """Rung 2: like compared with like."""

    by: tuple[str, ...]
    """Fields that were held equal."""
    strata: int
    dropped: int
    """Answers in strata where one of the two groups is missing."""
    crude: float
    standardised: Between | None
    """Interval from resampling customers."""
    mantel_haenszel: float
    alpha_hint: Between | None
    """Upper hint for the causal share."""
    n: int
    odds_ratio: Between | None = None
    """Of leaving, per point of the score, all confounders held equal."""
    effect: Between | None = None
    """Average marginal effect of one more point on the chance of leaving."""


class Curve(Model):
    """Share still there, month by month, of one group (Kaplan–Meier)."""

    answer: Answer
    n: int
    months: tuple[int, ...]
    kept: tuple[Between, ...]


class Later(Model):
    """Rung 3: the score first, the behaviour afterwards."""

    months: int
    """How long customers were followed at most."""
    n: int
    lost: int
    curves: tuple[Curve, ...] = ()
    hazard: Between | None = None
    """Hazard ratio of bad against good answers, adjusted (Cox)."""
    by: tuple[str, ...] = ()


class Change(Model):
    """Rung 4: what was changed against what was not, before and after."""

    since: dt.date
    touchpoints: tuple[str, ...]
    score: Between | None = None
    """Difference in differences of the mean score."""
    again: Between | None = None
    """The same of the share who had to get in touch again."""
    n: int
    before: int
    """Answers about the changed touchpoints before and after."""
    after: int


class Ladder(Model):
    rows: int
    period: tuple[dt.date, dt.date] | None = None
    metric: Metric | None = None
    """The score that is linked to behaviour."""
    levels: tuple[Level, ...] = ()
    churn: Rate | None = None
    again: Rate | None = None
    comparison: Comparison | None = None
    adjusted: Adjusted | None = None
    later: Later | None = None
    change: Change | None = None
    missing: Mapping[Literal["comparison", "adjusted", "later", "change"], Line] = {}
    """Why a rung could not be climbed."""
