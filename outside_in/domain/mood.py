"""
How comments without a score would probably have scored: estimated from words, apart from what customers said.

Only a share of several comments is told, marked as estimated, beside how often that is right where scores are known.
"""

from collections.abc import Iterable, Mapping
from statistics import fmean

from outside_in.domain.blocks import Cell, Table
from outside_in.domain.feedback import Placed, Theme
from outside_in.domain.measures import wilson
from outside_in.domain.model import Model
from outside_in.domain.text import Line, line
from outside_in.domain.theme_told import percent

LEARNS_FROM = 200
"""Scored comments below which nothing is estimated."""

FEWEST = 5

TELLS = 0.7
"""Of two comments the worse one must be recognised that often; below it words hardly tell the score."""


class Proof(Model):
    """How the method does on comments whose score is known, none of which it had seen."""

    n: int
    right: int
    pairs: float
    """How often it tells which of two comments comes from a bad experience; 0.5 by chance."""

    @property
    def holds(self) -> bool:
        return self.pairs >= TELLS

    def sentence(self) -> Line:
        if not self.holds:
            return line(
                "The words of these comments do not tell the scores: of two comments, the worse is recognised in "
                "{pairs} of cases (by chance: 50 %; n = {n}). So nothing is estimated.",
                pairs=percent(self.pairs),
                n=self.n,
            )
        interval = wilson(self.right, self.n)
        return line(
            "Estimated from words: right for {share} ({low} to {high}) of {n} comments with a known score; of two "
            "comments, the worse is recognised in {pairs} of cases (by chance: 50 %).",
            share=percent(self.right / self.n),
            low=percent(interval.low),
            high=percent(interval.high),
            n=self.n,
            pairs=percent(self.pairs),
        )


class Guessed(Model):
    """By theme, of comments without a score: how many there are and which share tells of a bad experience."""

    rows: tuple[tuple[Theme, int, float], ...]

    @classmethod
    def of(cls, themes: Iterable[Theme], placed: Iterable[Placed], chances: Mapping[int, float]) -> "Guessed":
        """`chances` by row; themes with fewer than five such comments are left out."""
        inside: dict[str, list[float]] = {}
        for one in placed:
            if one.theme and one.row in chances:
                inside.setdefault(one.theme, []).append(chances[one.row])
        told = [(theme, inside.get(theme.id, [])) for theme in themes]
        rows = [(theme, len(mine), fmean(mine)) for theme, mine in told if len(mine) >= FEWEST]
        return cls(rows=tuple(sorted(rows, key=lambda row: -row[2])))

    def table(self) -> Table:
        head = (line("Theme"), line("Comments without a score"), line("Bad experiences (estimated)"))
        rows: list[tuple[Cell, ...]] = [(theme.label, n, percent(share)) for theme, n, share in self.rows]
        return Table(columns=head, rows=tuple(rows))
