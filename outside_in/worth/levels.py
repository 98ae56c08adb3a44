"""What the feedback alone says: levels of every score, churn and repeat contacts, each with its interval."""

from collections import Counter
from collections.abc import Sequence

from outside_in.domain.evidence import Metric
from outside_in.domain.feedback import Verbatim
from outside_in.domain.ladder import Between, Level, Rate
from outside_in.domain.measures import level, wilson

MOST = 8
"""Segments that are told apart; the rest is in the whole."""


def levels(answers: Sequence[Verbatim]) -> tuple[Level, ...]:
    """All answers of each score first, then segment by segment, the largest first."""
    metrics: list[Metric] = [m for m, _ in Counter(v.metric for v in answers if v.metric).most_common()]
    found = []
    for metric in metrics:
        scored = [v for v in answers if v.metric == metric and v.score is not None]
        names = [name for name, _ in Counter(v.segment for v in scored if v.segment).most_common(MOST)]
        groups = {"": scored, **{name: [v for v in scored if v.segment == name] for name in names}}
        found += [_level(metric, name, group) for name, group in groups.items() if group]
    return tuple(found)


def rate(flags: Sequence[bool | None]) -> Rate | None:
    known = [flag for flag in flags if flag is not None]
    if not known:
        return None
    k, n = sum(known), len(known)
    bounds = wilson(k, n)
    return Rate(k=k, n=n, share=Between(value=k / n, low=bounds.low, high=bounds.high))


def _level(metric: Metric, about: str, group: Sequence[Verbatim]) -> Level:
    scores = [v.score for v in group if v.score is not None]
    known = level(metric, scores)
    assert known  # a group is never empty
    return Level(
        metric=metric,
        about=about,
        n=len(scores),
        counts=_counts(metric, scores),
        value=Between(value=known.value, low=known.low, high=known.high),
        mean=sum(scores) / len(scores),
    )


def _counts(metric: Metric, scores: Sequence[float]) -> dict[str, int]:
    if metric == "nps":
        kinds = ("promoters" if s >= 9 else "detractors" if s <= 6 else "passives" for s in scores)
    else:
        kinds = (f"{s:g}" for s in sorted(scores))
    return dict(Counter(kinds))
