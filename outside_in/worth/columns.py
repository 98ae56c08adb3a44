"""Answers of customers as columns, one row per customer, ready for a comparison of good and bad."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outside_in.domain.evidence import Metric
from outside_in.domain.feedback import Verbatim
from outside_in.domain.measures import bad

GOOD: dict[Metric, int] = {"nps": 9, "csat": 4, "ces": 5, "stars": 4}
"""The worst answer that is still a good experience."""
KNOWN = 0.8
"""A confounder is used where at least so many answers carry it."""
BANDS = (2.0, 5.0)
"""Years: newly won, settling in, of long standing."""
Floats = NDArray[np.float64]


class Columns(NamedTuple):
    """Scores with what is known of the customers who gave them; unknown is NaN, or empty."""

    score: Floats
    lost: Floats
    tenure: Floats
    revenue: Floats
    segment: list[str]
    bad: NDArray[np.bool_]
    good: NDArray[np.bool_]

    def only(self, chosen: NDArray[np.bool_]) -> "Columns":
        segment = [name for name, kept in zip(self.segment, chosen, strict=True) if kept]
        return Columns(
            score=self.score[chosen],
            lost=self.lost[chosen],
            tenure=self.tenure[chosen],
            revenue=self.revenue[chosen],
            segment=segment,
            bad=self.bad[chosen],
            good=self.good[chosen],
        )

    @property
    def confounders(self) -> tuple[str, ...]:
        """Those that enough answers carry and that differ at all."""
        known = {
            "tenure": np.mean(~np.isnan(self.tenure)) if len(self.tenure) else 0,
            "segment": np.mean([bool(name) for name in self.segment]) if self.segment else 0,
            "revenue": np.mean(self.revenue > 0) if len(self.revenue) else 0,
        }
        many = {"tenure": len(set(self.tenure)), "segment": len(set(self.segment)), "revenue": len(set(self.revenue))}
        return tuple(name for name, share in known.items() if share >= KNOWN and many[name] > 1)

    def strata(self) -> list[tuple[str, str]]:
        by = self.confounders
        bands = np.digitize(np.nan_to_num(self.tenure, nan=-1), BANDS)
        return [
            (str(band) if "tenure" in by else "", name if "segment" in by else "")
            for band, name in zip(bands, self.segment, strict=True)
        ]


def metric_of(answers: Sequence[Verbatim]) -> Metric | None:
    """The one most answers carry."""
    counts = Counter(v.metric for v in answers if v.metric and v.score is not None)
    return counts.most_common(1)[0][0] if counts else None


def once(answers: Sequence[Verbatim]) -> list[Verbatim]:
    """The first answer of every customer; a second one is no second customer."""
    kept: dict[str, Verbatim] = {}
    for answer in sorted(answers, key=lambda v: (v.date is None, v.date, v.row)):
        kept.setdefault(answer.customer_id or f"row {answer.row}", answer)
    return sorted(kept.values(), key=lambda v: v.row)


def columns(answers: Sequence[Verbatim], metric: Metric) -> Columns:
    scored = [(v, v.score) for v in answers if v.metric == metric and v.score is not None]
    score = np.array([score for _, score in scored], dtype=float)
    return Columns(
        score=score,
        lost=_floats([v.churned for v, _ in scored]),
        tenure=_floats([v.tenure_years for v, _ in scored]),
        revenue=_floats([v.revenue for v, _ in scored]),
        segment=[v.segment for v, _ in scored],
        bad=np.array([bad(metric, one) for one in score], dtype=bool),
        good=score >= GOOD[metric],
    )


def design(these: Columns, by: Sequence[str], lead: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """`lead` and the confounders beside it, and which rows know all of them; no constant."""
    parts, whole = [lead], np.ones(len(lead), dtype=bool)
    if "tenure" in by:
        parts.append(these.tenure)
    if "revenue" in by:
        parts.append(np.log(np.where(these.revenue > 0, these.revenue, np.nan)))
    if "segment" in by:
        names = sorted(set(these.segment))
        parts += [np.array([name == one for name in these.segment], dtype=float) for one in names[1:]]
    for part in parts:
        whole &= ~np.isnan(part)
    return np.column_stack(parts)[whole], whole


def _floats(values: Sequence[float | bool | None]) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in values], dtype=float)
