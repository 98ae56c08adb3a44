"""
What a theme goes along with: the score of customers who speak of it beside that of all the others.

A difference is an observation and no cause. Nothing is told of fewer than five comments.
"""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
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
    said = _Said([(comment, home[comment.row]) for comment in comments if comment.row in home])
    sizes = Counter(theme for _, theme in said.all if theme)
    return tuple(said.effect(theme) for theme, n in sizes.most_common() if n >= FEWEST)


Table = Mapping[str, Mapping[str | None, Sequence[Verbatim]]]
"""Comments by the name of their part and by their theme."""


class _Said:
    """All comments with their themes, sorted once into every table the effects are read from."""

    def __init__(self, said: Sequence[tuple[Verbatim, str | None]]) -> None:
        self.all = said
        self.metric = _usual(one for one, _ in said)
        themes = _table(said, lambda _: "").get("", {})
        self.scores = {theme: _tally(self.metric, ones) for theme, ones in themes.items()}
        self.whole = sum(self.scores.values(), start=_Tally())
        self.touchpoints = _table(said, lambda one: one.touchpoint.strip())
        self.segments = _table(said, lambda one: one.segment.strip())
        self.dated = [one for one in said if one[0].date]
        self.spans = {unit: _table(self.dated, partial(_span, unit=unit)) for unit in UNITS}

    def effect(self, theme: str) -> Effect:
        within = self.scores[theme]
        without = sum((tally for other, tally in self.scores.items() if other != theme), start=_Tally())
        told = min(within.n, without.n) >= FEWEST
        n, of = within.comments, self.whole.comments
        return Effect(
            theme=theme,
            metric=self.metric,
            n=n,
            of=of,
            share=n / of,
            share_interval=wilson(n, of),
            within=within.level if within.n >= FEWEST else None,
            without=without.level if without.n >= FEWEST else None,
            difference=_difference(within, without) if told else None,
            bad=_gap(within.bad, within.n, without.bad, without.n) if told else None,
            pull=self.whole.mean - without.mean if told else None,
            trend=self._trend(theme),
            touchpoints=self._mix(theme, self.touchpoints),
            segments=self._mix(theme, self.segments),
        )

    def _mix(self, theme: str, table: Table) -> Mix:
        """
        Where the theme is spoken of, the largest share first.

        A single part left out could be worked out from the whole; then the smallest goes with it.
        """
        parts = self._parts(theme, {name: table[name] for name in table if name})
        told = sorted((part for part in parts if part.n >= FEWEST), key=lambda part: part.n)
        if len(parts) - len(told) == 1 and any(part.n for part in parts if part.n < FEWEST):
            told = told[1:]
        shown = tuple(sorted(told, key=lambda part: (-part.share, part.name)))
        return Mix(parts=shown, withheld=len(parts) - len(shown))

    def _parts(self, theme: str, table: Table) -> list[Part]:
        return [self._part(name, group.get(theme, ()), group) for name, group in sorted(table.items())]

    def _part(self, name: str, inside: Sequence[Verbatim], group: Mapping[str | None, Sequence[Verbatim]]) -> Part:
        n, of, scores = len(inside), sum(map(len, group.values())), _tally(self.metric, inside)
        mean = scores.mean if scores.n >= FEWEST else None
        return Part(name=name, n=n, of=of, share=n / of, interval=wilson(n, of), mean=mean)

    def _trend(self, theme: str) -> Trend | None:
        """In the finest spans that tell most of the theme's comments; None where not even two can be told."""
        for unit, table in self.spans.items():
            parts = self._parts(theme, table)
            told = tuple(part for part in parts if part.n >= FEWEST)
            if (
                len(parts) <= MOST_SPANS
                and len(told) >= 2
                and sum(p.n for p in told) * 3 >= sum(p.n for p in parts) * 2
            ):
                return Trend(unit=unit, parts=told, change=_change(theme, self.dated))
        return None


def _usual(comments: Iterable[Verbatim]) -> Metric | None:
    """The metric most comments carry: two scales have no common mean."""
    known = Counter(one.metric for one in comments if one.metric and one.score is not None)
    return max(sorted(known), key=known.__getitem__) if known else None


def _table(said: Sequence[Said], name: Callable[[Verbatim], str]) -> Table:
    table: dict[str, dict[str | None, list[Verbatim]]] = defaultdict(lambda: defaultdict(list))
    for one, theme in said:
        table[name(one)][theme].append(one)
    return table


def _span(one: Verbatim, unit: Unit) -> str:
    """The first day of its span; weeks begin on Monday."""
    day = one.date or dt.date.min
    if unit == "week":
        return (day - dt.timedelta(days=day.weekday())).isoformat()
    return day.replace(day=1, month=day.month if unit == "month" else (day.month - 1) // 3 * 3 + 1).isoformat()


class _Tally(Model):
    """Sums are all that means, spreads and shares of answers need."""

    comments: int = 0
    n: int = 0
    """Those of them with a score."""
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
            comments=self.comments + other.comments,
            n=self.n + other.n,
            total=self.total + other.total,
            squares=self.squares + other.squares,
            bad=self.bad + other.bad,
        )


def _tally(metric: Metric | None, comments: Sequence[Verbatim]) -> _Tally:
    if metric is None:
        return _Tally(comments=len(comments))
    scores = [one.score for one in comments if one.metric == metric and one.score is not None]
    return _Tally(
        comments=len(comments),
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


def _change(theme: str, dated: Sequence[Said]) -> Gap | None:
    """Later half of the days against the earlier one."""
    days = [one.date for one, _ in dated if one.date]
    middle = min(days) + (max(days) - min(days)) / 2
    late = [home == theme for one, home in dated if one.date and one.date > middle]
    early = [home == theme for one, home in dated if one.date and one.date <= middle]
    if min(len(late), len(early)) < FEWEST:
        return None
    return _gap(sum(late), len(late), sum(early), len(early))
