"""
The honesty ladder on the client's own answers (DOMAIN, 7.3). Runs in the worker: regression and
survival are a library's, which no other process may load.
"""

import datetime as dt
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from outside_in.domain.confounding import Stratum, confounding
from outside_in.domain.feedback import Verbatim
from outside_in.domain.ladder import (
    SOME,
    Adjusted,
    Answer,
    Between,
    Change,
    Comparison,
    Curve,
    Group,
    Ladder,
    Later,
)
from outside_in.domain.measures import newcombe
from outside_in.domain.text import Line, line
from outside_in.worth.columns import Columns, columns, design, metric_of, once
from outside_in.worth.levels import levels, rate

SEED, RESAMPLES = 7, 2_000
PER_PARAMETER = 5
"""Lost customers a regression needs for each of its parameters."""
CELL = 10
"""Answers on either side of a change, and of what was not changed."""
MONTH = 30.4375
Tell = Callable[[float], None]


class NotClimbable(Exception):
    """Why a rung cannot be stood on, as a sentence for a person."""

    def __init__(self, why: Line) -> None:
        super().__init__(why.message)
        self.why = why


def climb(
    answers: Sequence[Verbatim],
    change: tuple[dt.date, tuple[str, ...]] | None = None,
    tell: Tell = lambda _: None,
) -> Ladder:
    """`change`: since when something is different, and at which touchpoints."""
    metric, customers = metric_of(answers), once(answers)
    days = sorted(v.date for v in answers if v.date)
    tell(0.1)
    rungs: dict[str, Any] = {}
    missing: dict[str, Line] = {}
    steps: Mapping[str, Callable[[], Any]] = {
        "comparison": lambda: compared(customers, columns(customers, metric or "nps")),
        "adjusted": lambda: adjusted(columns(customers, metric or "nps")),
        "later": lambda: later([v for v in customers if v.metric == metric]),
        "change": lambda: changed([v for v in answers if v.metric == metric], change),
    }
    for place, (name, climbed) in enumerate(steps.items(), 1):
        try:
            rungs[name] = climbed()
        except NotClimbable as short:
            missing[name] = short.why
        tell(0.1 + 0.2 * place)
    return Ladder.model_validate(
        {
            "rows": len(answers),
            "period": (days[0], days[-1]) if days else None,
            "metric": metric,
            "levels": levels(answers),
            "churn": rate([v.churned for v in customers]),
            "again": rate([v.repeat_contact for v in answers]),
            **rungs,
            "missing": missing,
        }
    )


# rung 1 -------------------------------------------------------------------------------------


def compared(customers: Sequence[Verbatim], all_of: Columns) -> Comparison:
    if not len(all_of.score):
        raise NotClimbable(line("No answer carries a score."))
    scored = [v for v in customers if v.score is not None][: len(all_of.score)]
    kinds: tuple[tuple[Answer, Any], ...] = (
        ("good", all_of.good),
        ("middling", ~all_of.good & ~all_of.bad),
        ("bad", all_of.bad),
    )
    groups = tuple(_group(kind, [v for v, one in zip(scored, chosen, strict=True) if one]) for kind, chosen in kinds)
    good, bad_ = groups[0].lost, groups[2].lost
    if not any(group.lost or group.again or group.revenue for group in groups):
        raise NotClimbable(line("No column tells what customers did: who left, who got in touch again, or revenue."))
    difference = None
    if good and bad_ and min(good.n, bad_.n) >= CELL:
        bounds = newcombe(bad_.k, bad_.n, good.k, good.n)
        difference = Between(value=bad_.share.value - good.share.value, low=bounds.low, high=bounds.high)
    return Comparison(groups=groups, difference=difference)


def _group(kind: Answer, of: Sequence[Verbatim]) -> Group:
    return Group(
        answer=kind,
        n=len(of),
        lost=rate([v.churned for v in of]),
        again=rate([v.repeat_contact for v in of]),
        revenue=_median([v.revenue for v in of if v.revenue is not None]),
    )


def _median(amounts: Sequence[float]) -> Between | None:
    """Bootstrap, percentile interval."""
    if len(amounts) < CELL:
        return None
    values, chance = np.array(amounts), np.random.default_rng(SEED)
    # so many at a time that a hundred thousand customers do not fill the memory
    medians = [float(np.median(chance.choice(values, len(values)))) for _ in range(500)]
    low, high = np.percentile(medians, (2.5, 97.5))
    return Between(value=float(np.median(values)), low=float(low), high=float(high))


# rung 2 -------------------------------------------------------------------------------------


def adjusted(every: Columns) -> Adjusted:
    these = every.only(~np.isnan(every.lost))
    two = these.only(these.good | these.bad)
    if min(two.bad.sum(), two.good.sum()) < SOME:
        raise NotClimbable(
            line("Fewer than {n} customers with a good or with a bad answer are known to have left or stayed.", n=SOME)
        )
    by = tuple(name for name in two.confounders if name != "revenue")
    if not by:
        raise NotClimbable(line("No column tells customers apart: neither years as a customer nor segment."))
    cells, dropped = _cells(two)
    found = confounding([Stratum(detractors=tuple(bad), promoters=tuple(good)) for bad, good in cells])
    standardised, hint = _resampled(cells)
    odds, effect, n = _logistic(these)
    return Adjusted(
        by=these.confounders,
        strata=len(cells),
        dropped=dropped,
        crude=found.crude_rd,
        standardised=Between(value=found.standardised_rd, low=standardised[0], high=standardised[1]),
        mantel_haenszel=found.mantel_haenszel_rd,
        alpha_hint=_hint(found.alpha_hint, hint, standardised),
        n=n,
        odds_ratio=odds,
        effect=effect,
    )


Cell = tuple[tuple[int, int], tuple[int, int]]


def _cells(two: Columns) -> tuple[list[Cell], int]:
    """(lost, customers) of bad and of good answers, stratum by stratum; where one is missing, none is used."""
    names = two.strata()
    found, dropped = [], 0
    for name in sorted(set(names)):
        here = np.array([one == name for one in names])
        bad, good = (here & side for side in (two.bad, two.good))
        if bad.any() and good.any():
            found.append(tuple((int(two.lost[side].sum()), int(side.sum())) for side in (bad, good)))
        else:
            dropped += int(here.sum())
    if not found:
        raise NotClimbable(line("In no group of like customers are there both good and bad answers."))
    return found, dropped  # type: ignore[return-value]


def _resampled(cells: Sequence[Cell]) -> tuple[tuple[float, float], tuple[float, float] | None]:
    """95 % intervals of the standardised difference and of its share in the crude one, customers drawn anew."""
    chance = np.random.default_rng(SEED)
    lost = np.array(cells)[:, :, 0]
    n = np.array(cells)[:, :, 1]
    total = int(n.sum())
    flat = np.stack([lost, n - lost], axis=2).reshape(-1) / total
    drawn = chance.multinomial(total, flat, RESAMPLES).reshape(RESAMPLES, len(cells), 2, 2)
    lost, n = drawn[..., 0], drawn.sum(axis=3)
    with np.errstate(invalid="ignore", divide="ignore"):
        risk = lost / n
        within = risk[..., 0] - risk[..., 1]
        weight = np.where(np.isnan(within), 0, n.sum(axis=2))
        standard = (np.nan_to_num(within) * weight).sum(axis=1) / weight.sum(axis=1)
        crude = lost[..., 0].sum(axis=1) / n[..., 0].sum(axis=1) - lost[..., 1].sum(axis=1) / n[..., 1].sum(axis=1)
        ratio = standard / crude
    ends = np.nanpercentile(standard, (2.5, 97.5))
    shares = ratio[np.isfinite(ratio)]
    hint = np.percentile(shares, (2.5, 97.5)) if len(shares) else None
    return (float(ends[0]), float(ends[1])), None if hint is None else (float(hint[0]), float(hint[1]))


def _hint(value: float | None, ends: tuple[float, float] | None, standardised: tuple[float, float]) -> Between | None:
    """Only where bad answers go with more churn at all; a share, so it is kept within 0…1."""
    if value is None or ends is None or value <= 0 or standardised[1] <= 0:
        return None
    low, middle, high = (min(1.0, max(0.0, one)) for one in (ends[0], value, ends[1]))
    return Between(value=middle, low=min(low, middle), high=max(high, middle))


def _logistic(these: Columns) -> tuple[Between | None, Between | None, int]:
    """Odds ratio and average marginal effect of one point; None where the data cannot bear it."""
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools.sm_exceptions import PerfectSeparationError

    x, whole = design(these, these.confounders, these.score)
    y = these.lost[whole]
    if min(y.sum(), len(y) - y.sum()) < PER_PARAMETER * (x.shape[1] + 1):
        return None, None, len(y)
    spread = x.std(axis=0)
    x = np.column_stack([np.ones(len(y)), x[:, spread > 0]])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fit = Logit(y, x).fit(disp=0, maxiter=100)
            margins = fit.get_margeff(at="overall")
            if not fit.mle_retvals["converged"]:
                return None, None, len(y)
    except (PerfectSeparationError, np.linalg.LinAlgError):
        return None, None, len(y)
    odds = np.exp([fit.params[1], *fit.conf_int()[1]])
    effect = (margins.margeff[0], *margins.conf_int()[0])
    return _between(*odds), _between(*effect), len(y)


# rung 3 -------------------------------------------------------------------------------------


def later(customers: Sequence[Verbatim]) -> Later:
    """Needs the day on which customers left; the last day anybody did anything ends the watch."""
    dated = [v for v in customers if v.date and v.score is not None]
    gone = [v for v in dated if v.left_on and v.date and v.left_on >= v.date]
    if not gone:
        raise NotClimbable(
            line("A survival curve needs the day on which customers left: a column with the date of leaving.")
        )
    end = max(*(v.left_on for v in gone if v.left_on), *(v.date for v in dated if v.date))
    watched = [v for v in dated if not v.left_on or (v.date and v.left_on >= v.date)]
    time = np.array([((v.left_on or end) - v.date).days + 0.5 for v in watched if v.date], dtype=float)
    event = np.array([v.left_on is not None for v in watched], dtype=float)
    these = columns(watched, watched[0].metric or "nps")
    kinds: tuple[tuple[Answer, Any], ...] = (("good", these.good), ("bad", these.bad))
    if min(int(chosen.sum()) for _, chosen in kinds) < SOME:
        raise NotClimbable(line("Fewer than {n} customers with a good or with a bad answer can be followed.", n=SOME))
    months = tuple(range(0, int(time.max() / MONTH) + 1))[:25]
    two = these.good | these.bad
    return Later(
        months=months[-1],
        n=len(watched),
        lost=int(event.sum()),
        curves=tuple(_curve(kind, time[chosen], event[chosen], months) for kind, chosen in kinds),
        hazard=_cox(these.only(two), time[two], event[two]),
        by=these.confounders,
    )


def _curve(kind: Answer, time: Any, event: Any, months: tuple[int, ...]) -> Curve:
    from statsmodels.duration.survfunc import SurvfuncRight

    found = SurvfuncRight(time, event)
    kept = [_survival(found, month * MONTH) for month in months]
    return Curve(answer=kind, n=len(time), months=months, kept=tuple(kept))


def _survival(found: Any, day: float) -> Between:
    """Interval on the log-log scale, which stays within 0…1."""
    place = int(np.searchsorted(found.surv_times, day, side="right")) - 1
    share = float(found.surv_prob[place]) if place >= 0 else 1.0
    if place < 0 or not 0 < share < 1:
        return Between(value=share, low=share, high=share)
    width = 1.959964 * float(found.surv_prob_se[place]) / (share * abs(np.log(share)))
    return Between(value=share, low=share ** float(np.exp(width)), high=share ** float(np.exp(-width)))


def _cox(two: Columns, time: Any, event: Any) -> Between | None:
    from statsmodels.duration.hazard_regression import PHReg

    x, whole = design(two, two.confounders, two.bad.astype(float))
    if event[whole].sum() < PER_PARAMETER * x.shape[1]:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fit = PHReg(time[whole], x, status=event[whole], ties="efron").fit(disp=0)
    except (np.linalg.LinAlgError, ValueError):
        return None
    return _between(*np.exp([fit.params[0], *fit.conf_int()[0]]))


# rung 4 -------------------------------------------------------------------------------------


def changed(answers: Sequence[Verbatim], change: tuple[dt.date, tuple[str, ...]] | None) -> Change:
    """Difference in differences: changed touchpoints against all others, before and after."""
    if change is None:
        raise NotClimbable(line("Tell since when something is different, and at which touchpoints."))
    since, touched = change
    dated = [v for v in answers if v.date and v.touchpoint and v.score is not None]
    treated = np.array([v.touchpoint in touched for v in dated], dtype=bool)
    after = np.array([bool(v.date and v.date >= since) for v in dated], dtype=bool)
    cells = [int((a & b).sum()) for a in (treated, ~treated) for b in (after, ~after)]
    if not dated or min(cells) < CELL:
        raise NotClimbable(
            line("Before and after need {n} answers each, at the touchpoints changed and at the others.", n=CELL)
        )
    again = np.array([np.nan if v.repeat_contact is None else float(v.repeat_contact) for v in dated])
    return Change(
        since=since,
        touchpoints=touched,
        score=_in_differences(np.array([v.score for v in dated], dtype=float), treated, after),
        again=_in_differences(again, treated, after),
        n=len(dated),
        before=cells[1],
        after=cells[0],
    )


def _in_differences(y: Any, treated: Any, after: Any) -> Between | None:
    from statsmodels.regression.linear_model import OLS

    known = ~np.isnan(y)
    both = (treated & after)[known].astype(float)
    x = np.column_stack([np.ones(known.sum()), treated[known], after[known], both]).astype(float)
    if known.sum() < 4 * CELL or np.linalg.matrix_rank(x) < 4:
        return None
    fit = OLS(y[known], x).fit(cov_type="HC1")
    return _between(fit.params[3], *fit.conf_int()[3])


def _between(value: Any, low: Any, high: Any) -> Between | None:
    ends = [float(one) for one in (value, low, high)]
    return Between(value=ends[0], low=ends[1], high=ends[2]) if all(map(np.isfinite, ends)) else None
