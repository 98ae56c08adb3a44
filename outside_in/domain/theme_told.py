"""Themes told: their effect on the score side by side, one theme over time, the map in words."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from outside_in.domain.blocks import Cell, Table
from outside_in.domain.board import Board
from outside_in.domain.effect import Effect, Gap, Mix, Trend
from outside_in.domain.evidence import Metric
from outside_in.domain.feedback import Placed, Theme
from outside_in.domain.measures import ANSWERS
from outside_in.domain.model import Model
from outside_in.domain.text import Figure, Line, Text, line

SCORES: dict[Metric, Line] = {
    "nps": line("recommendation, 0 to 10"),
    "csat": line("satisfaction, 1 to 5"),
    "ces": line("ease, 1 to 7"),
    "stars": line("stars, 1 to 5"),
}
"""What one customer answered, other than the figure made of all answers."""


def points(value: float, signed: bool = False) -> Figure:
    return Figure(value=value, digits=1, signed=signed)


def percent(share: float, signed: bool = False) -> Figure:
    return Figure(value=100 * share, unit="%", signed=signed)


def between(gap: Gap) -> Line:
    if gap.interval is None:
        return line("{value}", value=points(gap.value, signed=True))
    low, high = points(gap.interval.low, signed=True), points(gap.interval.high, signed=True)
    return line("{value} ({low} to {high})", value=points(gap.value, signed=True), low=low, high=high)


class Ranked(Model):
    """All themes by what goes along with them in the score, the worst first."""

    class Row(Model):
        label: Text
        n: int
        share: float
        with_it: float | None = None
        without: float | None = None
        difference: Gap | None = None

    rows: tuple[Row, ...]
    metric: Metric | None

    @classmethod
    def of(cls, themes: Iterable[Theme], effects: Mapping[str, Effect]) -> "Ranked":
        told = [(theme, effects[theme.id]) for theme in themes if theme.id in effects]
        rows = [
            cls.Row(
                label=theme.label,
                n=one.n,
                share=one.share,
                with_it=one.within.mean if one.within else None,
                without=one.without.mean if one.without else None,
                difference=one.difference,
            )
            for theme, one in told
        ]
        metric = next((one.metric for _, one in told if one.metric), None)
        return cls(rows=tuple(sorted(rows, key=_worst)), metric=metric)

    @property
    def known(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.difference)

    @property
    def unit(self) -> Line:
        return SCORES[self.metric] if self.metric else line("comments")

    def sentence(self) -> Line:
        if not self.known:
            return line("These comments carry no scores, so the themes stand by size.")
        worst = self.known[0]
        if worst.difference is None or worst.difference.value >= 0:
            return line("No theme goes along with a lower score.")
        return line(
            "Whoever speaks of “{label}” gives {value} points less than all the others ({unit}).",
            label=worst.label,
            value=points(-worst.difference.value),
            unit=self.unit,
        )

    def table(self) -> Table:
        head = ("Theme", "Comments", "Share", "With it", "Without it", "Difference")
        rows: list[tuple[Cell, ...]] = []
        for row in self.rows:
            means = [None if mean is None else points(mean) for mean in (row.with_it, row.without)]
            gap = between(row.difference) if row.difference else line("too few scores")
            rows.append((row.label, row.n, percent(row.share), *means, gap))
        return Table(columns=tuple(map(line, head)), rows=tuple(rows))


def _worst(row: Ranked.Row) -> tuple[bool, float, int]:
    return row.difference is None, row.difference.value if row.difference else 0, -row.n


class Course(Model):
    """How often a theme is spoken of, in time."""

    label: Text
    trend: Trend

    def sentence(self) -> Line:
        change = self.trend.change
        if change is None or not change.clear:
            return line("The share of “{label}” has not clearly changed over time.", label=self.label)
        told = {"label": self.label, "value": percent(abs(change.value))}
        if change.value > 0:
            return line("“{label}” is spoken of more often than before: by {value} of all comments.", **told)
        return line("“{label}” is spoken of less often than before: by {value} of all comments.", **told)

    def table(self) -> Table:
        head = line("Begins on"), line("Comments"), line("Of"), line("Share"), line("Mean score")
        rows = [
            (
                line("{day}", day=dt.date.fromisoformat(part.name)),
                part.n,
                part.of,
                percent(part.share),
                _mean(part.mean),
            )
            for part in self.trend.parts
        ]
        return Table(columns=head, rows=tuple(rows))


def mix_table(mix: Mix, name: Line) -> Table:
    head = name, line("Comments"), line("Of"), line("Share"), line("Mean score")
    rows = [
        (
            part.name,
            part.n,
            part.of,
            line(
                "{share} ({low} to {high})",
                share=percent(part.share),
                low=percent(part.interval.low),
                high=percent(part.interval.high),
            ),
            _mean(part.mean),
        )
        for part in mix.parts
    ]
    return Table(columns=head, rows=tuple(rows))


def _day(name: str) -> Line:
    return line("{day}", day=dt.date.fromisoformat(name))


def _mean(mean: float | None) -> Cell:
    return line("too few") if mean is None else points(mean)


def axis(metric: Metric) -> float:
    """How far a difference of means can go, either way."""
    low, high = ANSWERS[metric]
    return high - low


class Dot(NamedTuple):
    """One comment on the map; `theme` counts into the atlas's labels, -1 is none."""

    x: int
    y: int
    theme: int
    text: str


class Atlas(NamedTuple):
    """A map of comments; positions from 0 to 65535, equal in both directions."""

    dots: Sequence[Dot]
    labels: Sequence[Text]
    at: Sequence[tuple[float, float]]
    """Where each label is written."""
    left_out: int = 0
    """Comments that are not drawn, so that the picture stays fluid."""

    @classmethod
    def of(
        cls,
        board: Board,
        stands: Sequence[Placed],
        places: Mapping[int, tuple[int, int]],
        texts: Mapping[int, str],
        most: int,
    ) -> "Atlas":
        """At most so many comments, every n-th by its row; texts by row."""
        shown = [theme for theme in board.themes if theme.status != "hidden"]
        number = {theme.id: at for at, theme in enumerate(shown)}
        there = [one for one in stands if one.row in places and one.row in texts]
        every = -(-len(there) // most) if there else 1
        dots = [
            Dot(*places[one.row], number.get(one.theme or "", -1), texts[one.row]) for one in there[:: max(1, every)]
        ]
        middles = [_middle(theme.id, there, places) for theme in shown]
        return cls(dots, [theme.label for theme in shown], middles, len(there) - len(dots))

    def sentence(self) -> Line:
        sizes = Counter(dot.theme for dot in self.dots)
        return line(
            "Every dot is a comment; what lies together uses similar words. {n} dots, {m} themes, {left} in none.",
            n=len(self.dots),
            m=len(self.labels),
            left=sizes[-1],
        )

    def table(self) -> Table:
        sizes, of = Counter(dot.theme for dot in self.dots), max(1, len(self.dots))
        rows = [(label, sizes[at], percent(sizes[at] / of)) for at, label in enumerate(self.labels)]
        head = line("Theme"), line("Dots"), line("Share")
        return Table(columns=head, rows=tuple(rows))


def _middle(theme: str, there: Sequence[Placed], places: Mapping[int, tuple[int, int]]) -> tuple[float, float]:
    """Of the largest part of a theme, because between two islands there is nothing."""
    mine = [one for one in there if one.theme == theme]
    if not mine:
        return 0, 0
    largest = Counter(one.subtheme for one in mine).most_common(1)[0][0]
    spots = [places[one.row] for one in mine if one.subtheme == largest]
    xs, ys = sorted(x for x, _ in spots), sorted(y for _, y in spots)
    return xs[len(xs) // 2], ys[len(ys) // 2]
