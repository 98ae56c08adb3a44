"""
What a theme goes along with: the score of customers who speak of it beside that of all the others.

A difference is an observation and no cause. Nothing is told of fewer than five comments.
"""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from outside_in.domain.evidence import Metric
from outside_in.domain.feedback import Placed, Verbatim
from outside_in.domain.measures import Interval, bad, newcombe, t_interval, welch, wilson
from outside_in.domain.model import Model

FEWEST = 5
"""Comments below which no figure of them is told."""

Unit = Literal["week", "month", "quarter"]
UNITS: tuple[Unit, ...] = ("week", "month", "quarter")
MOST_SPANS = 40
"""More points of time than a chart can show apart."""

Said = tuple[Verbatim, str | None]
"""A comment and its theme."""


class Level(Model):
    """Answers in their own unit (nps 0–10, csat and stars 1–5, ces 1–7), with the mean's 95 % interval."""

    n: int
    mean: float
    interval: Interval | None
    """None where all gave the same answer."""
    bad: float
    """Share of bad experiences, 0…1."""


class Gap(Model):
    """First minus second, with its 95 % interval."""

    value: float
    interval: Interval | None

    @property
    def clear(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.interval is not None and not self.interval.holds(0)


class Part(Model):
    """How often the theme is spoken of among `of` comments: of a touchpoint, a segment or a time."""

    name: str
    """For a time its first day as an ISO date."""
    n: int
    of: int
    share: float
    interval: Interval
    mean: float | None
    """Mean score of the theme's comments there; None where fewer than five carry one."""


class Mix(Model):
    parts: tuple[Part, ...] = ()
    withheld: int = 0
    """Parts that are not told: too few comments, or what they hold could be worked out."""


class Trend(Model):
    unit: Unit
    parts: tuple[Part, ...]
    """In time; spans of fewer than five comments are left out."""
    change: Gap | None
    """Share in the later half of the time minus that in the earlier one (Newcombe); 0…1."""


class Effect(Model):
    """One theme; `metric` is None where no comment carries a score."""

    theme: str
    metric: Metric | None
    n: int
    of: int
    share: float
    share_interval: Interval
    within: Level | None
    without: Level | None
    difference: Gap | None
    """Mean with the theme minus mean without it (Welch)."""
    bad: Gap | None
    """The same for the share of bad experiences (Newcombe)."""
    pull: float | None
    """Mean of all minus mean of those without it: what the theme's comments do to the whole."""
    trend: Trend | None
    touchpoints: Mix
    segments: Mix


def effects(comments: Iterable[Verbatim], placed: Iterable[Placed]) -> tuple[Effect, ...]:
    """
    Of every theme at least five comments speak of, the largest first.

    `placed` as the board has it (`Board.placed`); comments without text take no part.
    """
    home = {one.row: one.theme for one in placed}
    said = [(comment, home[comment.row]) for comment in comments if comment.row in home]
    metric = _usual(said)
    sizes = Counter(theme for _, theme in said if theme)
    return tuple(_effect(theme, said, metric) for theme, n in sizes.most_common() if n >= FEWEST)


def _usual(said: Sequence[Said]) -> Metric | None:
    """The metric most comments carry: two scales have no common mean."""
    known = Counter(one.metric for one, _ in said if one.metric and one.score is not None)
    return max(sorted(known), key=known.__getitem__) if known else None


def _effect(theme: str, said: Sequence[Said], metric: Metric | None) -> Effect:
    inside = [one for one, home in said if home == theme]
    within, without = (_tally(metric, ones) for ones in (inside, [one for one, home in said if home != theme]))
    told = min(within.n, without.n) >= FEWEST
    n, of = len(inside), len(said)
    return Effect(
        theme=theme,
        metric=metric,
        n=n,
        of=of,
        share=n / of,
        share_interval=wilson(n, of),
        within=within.level if within.n >= FEWEST else None,
        without=without.level if without.n >= FEWEST else None,
        difference=_difference(within, without) if told else None,
        bad=_gap(within.bad, within.n, without.bad, without.n) if told else None,
        pull=(within + without).mean - without.mean if told else None,
        trend=_trend(theme, said, metric),
        touchpoints=_mix(theme, said, metric, "touchpoint"),
        segments=_mix(theme, said, metric, "segment"),
    )


class _Tally(Model):
    """Sums are all that means, spreads and shares of answers need."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0
    bad: int = 0

    @property
    def mean(self) -> float:
        return self.total / self.n

    @property
    def variance(self) -> float:
        """Of at least two answers; rounding may leave a trace below zero."""
        return max(0.0, self.squares - self.total * self.mean) / (self.n - 1)

    @property
    def level(self) -> Level:
        spread = math.sqrt(self.variance)
        interval = t_interval(self.mean, spread, self.n) if spread else None
        return Level(n=self.n, mean=self.mean, interval=interval, bad=self.bad / self.n)

    def __add__(self, other: "_Tally") -> "_Tally":
        return _Tally(
            n=self.n + other.n,
            total=self.total + other.total,
            squares=self.squares + other.squares,
            bad=self.bad + other.bad,
        )


def _tally(metric: Metric | None, comments: Iterable[Verbatim]) -> _Tally:
    if metric is None:
        return _Tally()
    scores = [one.score for one in comments if one.metric == metric and one.score is not None]
    return _Tally(
        n=len(scores),
        total=math.fsum(scores),
        squares=math.fsum(score * score for score in scores),
        bad=sum(bad(metric, score) for score in scores),
    )


def _difference(within: _Tally, without: _Tally) -> Gap:
    interval = welch(within.mean, within.variance, within.n, without.mean, without.variance, without.n)
    return Gap(value=within.mean - without.mean, interval=interval)


def _gap(k1: int, n1: int, k2: int, n2: int) -> Gap:
    return Gap(value=k1 / n1 - k2 / n2, interval=newcombe(k1, n1, k2, n2))


def _mix(theme: str, said: Sequence[Said], metric: Metric | None, field: Literal["touchpoint", "segment"]) -> Mix:
    """
    Where the theme is spoken of, the largest share first.

    A single part left out could be worked out from the whole; then the smallest goes with it.
    """
    groups: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        if name := str(getattr(one[0], field)).strip():
            groups[name].append(one)
    parts = [_part(name, theme, group, metric) for name, group in sorted(groups.items())]
    told = sorted((part for part in parts if part.n >= FEWEST), key=lambda part: part.n)
    if len(parts) - len(told) == 1 and any(part.n for part in parts if part.n < FEWEST):
        told = told[1:]
    shown = tuple(sorted(told, key=lambda part: (-part.share, part.name)))
    return Mix(parts=shown, withheld=len(parts) - len(shown))


def _part(name: str, theme: str, group: Sequence[Said], metric: Metric | None) -> Part:
    inside = [one for one, home in group if home == theme]
    scores, n, of = _tally(metric, inside), len(inside), len(group)
    mean = scores.mean if scores.n >= FEWEST else None
    return Part(name=name, n=n, of=of, share=n / of, interval=wilson(n, of), mean=mean)


def _trend(theme: str, said: Sequence[Said], metric: Metric | None) -> Trend | None:
    """In the finest spans that still tell most of the theme's comments; None where not even two can be told."""
    dated = [one for one in said if one[0].date]
    spoken = sum(home == theme for _, home in dated)
    for unit in UNITS:
        spans = _spans(dated, unit)
        parts = [_part(start.isoformat(), theme, group, metric) for start, group in sorted(spans.items())]
        told = tuple(part for part in parts if part.n >= FEWEST)
        if len(parts) <= MOST_SPANS and len(told) >= 2 and sum(part.n for part in told) * 3 >= spoken * 2:
            return Trend(unit=unit, parts=told, change=_change(theme, dated))
    return None


def _spans(dated: Sequence[Said], unit: Unit) -> Mapping[dt.date, list[Said]]:
    spans: dict[dt.date, list[Said]] = defaultdict(list)
    for one in dated:
        if one[0].date:
            spans[_start(one[0].date, unit)].append(one)
    return spans


def _start(day: dt.date, unit: Unit) -> dt.date:
    """The span's first day; weeks begin on Monday."""
    if unit == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1, month=day.month if unit == "month" else (day.month - 1) // 3 * 3 + 1)


def _change(theme: str, dated: Sequence[Said]) -> Gap | None:
    """Later half of the days against the earlier one."""
    days = [one.date for one, _ in dated if one.date]
    middle = min(days) + (max(days) - min(days)) / 2
    late = [home == theme for one, home in dated if one.date and one.date > middle]
    early = [home == theme for one, home in dated if one.date and one.date <= middle]
    if min(len(late), len(early)) < FEWEST:
        return None
    return _gap(sum(late), len(late), sum(early), len(early))
