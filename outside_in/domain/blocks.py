"""
What can be told, as data.

Screens, slides, sheets, pages and calendars read these few shapes, so an exercise never
learns about any of them. Each block can also say itself, as a sentence and as a table:
that is the screen reader's version and the alternative to every picture.
"""

import datetime as dt
from statistics import median
from typing import Literal

from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import Quote
from outside_in.domain.inputs import ABOUT
from outside_in.domain.model import Model
from outside_in.domain.text import Figure, Line, Text, line, lines
from outside_in.domain.worth import Bar, Input, Mode, Range, Span

Cell = Line | Text | Figure | str | int | None


class Table(Model):
    columns: tuple[Line, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Block(Model):
    """One thing told."""

    def sentence(self) -> Line | Text:
        raise NotImplementedError

    def table(self) -> Table | None:
        """The figures behind a picture; None where the sentence says everything."""
        return None


class Says(Block):
    """A sentence; `strong` where it is the message of the beat."""

    text: Line | Text
    strong: bool = False

    def sentence(self) -> Line | Text:
        return self.text


class TooFew(Block):
    """What is told in place of something too few people said."""

    fewest: int

    def sentence(self) -> Line:
        return line("Shown as soon as {n} people have answered.", n=self.fewest)


class Invitation(Block):
    """The way in: code and QR, drawn large; where it leads is the screen's business."""

    def sentence(self) -> Line:
        return line("Join with your phone: scan the code, or type it in.")


class Points(Block):
    """A few short statements, one below the other."""

    items: tuple[Line | Text, ...]

    def sentence(self) -> Line | Text:
        return self.items[0] if self.items else line("Nothing to show.")

    def table(self) -> Table:
        return Table(columns=(line("Statement"),), rows=tuple((item,) for item in self.items))


class Voice(Block):
    """One customer's own words, approved by a person, with where they come from."""

    quote: Quote
    about: Line | Text | None = None

    def sentence(self) -> Line:
        return line("“{words}”", words=self.quote.text)


class Sayings(Block):
    """Free words of leaders, approved one by one."""

    items: tuple[str, ...]

    def sentence(self) -> Line:
        return lines("One contribution.", "{n} contributions.", len(self.items))

    def table(self) -> Table:
        return Table(columns=(line("Contribution"),), rows=tuple((item,) for item in self.items))


class Spread(Block):
    """How the room's guesses lie before the truth is shown: one row of dots per item."""

    class Row(Model):
        label: Line | Text
        values: tuple[float, ...]
        median: float

    rows: tuple[Row, ...]
    scale: tuple[int, int]
    unit: Line
    told: Line | None = None
    """In place of the sentence about guesses."""
    head: Line = line("Touchpoint")

    def sentence(self) -> Line:
        return self.told or line(
            "The room's guesses for {n} points; the widest apart: “{label}”.",
            n=len(self.rows),
            label=max(self.rows, key=lambda row: max(row.values) - min(row.values)).label,
        )

    def table(self) -> Table:
        columns = (self.head, line("Answers"), line("Lowest"), line("Median"), line("Highest"))
        return Table(
            columns=columns,
            rows=tuple(
                (r.label, len(r.values), _number(min(r.values)), _number(r.median), _number(max(r.values)))
                for r in self.rows
            ),
        )


class Pairs(Block):
    """Inside view and outside view of the same points, the outside with n and its interval."""

    class Row(Model):
        label: Text
        inside: float
        inside_n: int
        outside: Evidence

        @property
        def gap(self) -> float:
            """Inside minus outside: positive is rosier than customers are."""
            return self.inside - self.outside.value

        @property
        def noise(self) -> bool:
            """The guess lies inside the customers' own sampling error."""
            return self.outside.low <= self.inside <= self.outside.high

    rows: tuple[Row, ...]

    @property
    def scale(self) -> tuple[int, int]:
        return self.rows[0].outside.scale

    @property
    def unit(self) -> Line:
        return self.rows[0].outside.unit

    def sentence(self) -> Line:
        widest = max(self.rows, key=lambda row: abs(row.gap))
        return line(
            "Widest apart: “{label}”. We guess {inside}, customers say {outside} ({low} to {high}, n = {n}).",
            label=widest.label,
            inside=widest.outside.figure(widest.inside),
            outside=widest.outside.figure(widest.outside.value),
            low=widest.outside.figure(widest.outside.low),
            high=widest.outside.figure(widest.outside.high),
            n=widest.outside.n,
        )

    def table(self) -> Table:
        columns = (
            line("Touchpoint"),
            line("Our guess"),
            line("Leaders"),
            line("Customers"),
            line("From"),
            line("To"),
            line("Customers asked"),
        )
        return Table(columns=columns, rows=tuple(self._cells(row) for row in self.rows))

    def _cells(self, row: "Pairs.Row") -> tuple[Cell, ...]:
        say = row.outside.figure
        return (
            row.label,
            say(row.inside),
            row.inside_n,
            say(row.outside.value),
            say(row.outside.low),
            say(row.outside.high),
            row.outside.n,
        )


class Bars(Block):
    """Counts of people per choice, each share with its Wilson interval."""

    class Row(Model):
        label: Text
        count: int
        low: float
        high: float
        """95 % bounds of the share, 0…1."""

    rows: tuple[Row, ...]
    n: int
    """People who answered."""
    told: Line | None = None
    """In place of the sentence about who leads."""

    def sentence(self) -> Line:
        if self.told:
            return self.told
        top = max(self.rows, key=lambda row: row.count)
        if sum(row.count == top.count for row in self.rows) > 1:
            return line("Several choices lead with {count} of {n} each.", count=top.count, n=self.n)
        return line(
            "“{label}” leads: {count} of {n} ({low} to {high}).",
            label=top.label,
            count=top.count,
            n=self.n,
            low=Figure(value=top.low * 100, unit="%"),
            high=Figure(value=top.high * 100, unit="%"),
        )

    def table(self) -> Table:
        columns = (line("Choice"), line("Votes"), line("Share"), line("From"), line("To"))
        return Table(
            columns=columns,
            rows=tuple(
                (
                    row.label,
                    row.count,
                    Figure(value=100 * row.count / self.n, unit="%"),
                    Figure(value=100 * row.low, unit="%"),
                    Figure(value=100 * row.high, unit="%"),
                )
                for row in self.rows
            ),
        )


class Slope(Block):
    """Two orders of the same things: ours on the left, the customers' on the right."""

    class Row(Model):
        label: Text
        inside: float
        """Mean place the room gave it; 1 is first."""
        outside: int
        size: int
        """Customers' comments behind it."""
        tied: bool = False
        """The customers' data cannot tell it from the place above."""

    rows: tuple[Row, ...]
    n: int
    head: Line = line("Theme")
    behind: Line = line("Comments")

    def bands(self) -> tuple[tuple[int, int], ...]:
        """First and last of the customers' places that are one place as far as the data can tell."""
        found: list[list[int]] = []
        for row in sorted(self.rows, key=lambda row: row.outside):
            if row.tied and found:
                found[-1].append(row.outside)
            else:
                found.append([row.outside])
        return tuple((band[0], band[-1]) for band in found if len(band) > 1)

    def sentence(self) -> Line:
        moved = max(self.rows, key=lambda row: abs(row.inside - row.outside))
        return line(
            "Furthest apart: “{label}”. Place {inside} in our order, place {outside} in the customers' order.",
            label=moved.label,
            inside=Figure(value=moved.inside, digits=1),
            outside=moved.outside,
        )

    def table(self) -> Table:
        columns = (self.head, line("Our place"), line("Customers' place"), self.behind)
        return Table(
            columns=columns,
            rows=tuple((row.label, Figure(value=row.inside, digits=1), row.outside, row.size) for row in self.rows),
        )


class Curve(Block):
    """The emotion curve of a journey, −2 to +2; what is only assumed is drawn dashed."""

    class Point(Model):
        label: Text
        emotion: float | None
        n: int
        provenance: Literal["measured", "assumed"]
        evidence: Evidence | None = None
        surprised: int = 0
        team: float | None = None
        """What the team assumes, beside what was measured."""

    points: tuple[Point, ...]

    def sentence(self) -> Line:
        known = [point for point in self.points if point.emotion is not None]
        if not known:
            return line("No touchpoint of this journey has been measured yet.")
        worst, best = (pick(known, key=lambda p: p.emotion or 0.0) for pick in (min, max))
        return line(
            "Customers suffer most at “{worst}” (n = {worst_n}) and are happiest at “{best}” (n = {best_n}).",
            worst=worst.label,
            worst_n=worst.n,
            best=best.label,
            best_n=best.n,
        )

    def table(self) -> Table:
        columns = (
            line("Touchpoint"),
            line("Emotion, −2 to +2"),
            line("Customers"),
            line("From"),
            line("To"),
            line("Customers asked"),
            line("Evidence"),
            *((line("Team assumption"),) if self.teamed else ()),
        )
        return Table(columns=columns, rows=tuple(self._cells(point) for point in self.points))

    @property
    def teamed(self) -> bool:
        return any(point.team is not None for point in self.points)

    def _cells(self, point: "Curve.Point") -> tuple[Cell, ...]:
        known = point.evidence
        figures: tuple[Cell, ...] = (None, None, None)
        if known:
            figures = tuple(known.figure(v) for v in (known.value, known.low, known.high))
        emotion = None if point.emotion is None else Figure(value=point.emotion, digits=1, signed=True)
        shown = line("measured") if point.provenance == "measured" else line("assumed")
        team = None if point.team is None else Figure(value=point.team, digits=1, signed=True)
        return (point.label, emotion, *figures, point.n, shown, *((team,) if self.teamed else ()))


class Grid(Block):
    """How strongly each value carries each principle, 0…3; rows and columns stand in the order of their weight."""

    class Spot(Model):
        strength: float
        count: int
        """People who named it."""
        state: Literal["carrying", "contested", ""] = ""

        @property
        def label(self) -> Line:
            return {"carrying": line("carrying"), "contested": line("contested"), "": line("open")}[self.state]

    class Row(Model):
        label: Text
        cells: "tuple[Grid.Spot, ...]"
        empty: bool = False
        """No value carries it."""

    rows: tuple[Row, ...]
    columns: tuple[Text, ...]
    n: int
    """People who answered."""

    def sentence(self) -> Line:
        found = [
            (cell, row.label, name) for row in self.rows for cell, name in zip(row.cells, self.columns, strict=True)
        ]
        strong = sum(cell.state == "carrying" for cell, _, _ in found)
        top, principle, value = max(found, key=lambda one: one[0].strength)
        return line(
            "{strong} carrying links; the strongest: “{principle}” through “{value}”, named by {count} of {n}.",
            strong=strong,
            principle=principle,
            value=value,
            count=top.count,
            n=self.n,
        )

    def table(self) -> Table:
        return Table(columns=(line("Principle"), *map(_name, self.columns)), rows=tuple(map(self._cells, self.rows)))

    def _cells(self, row: "Grid.Row") -> tuple[Cell, ...]:
        return (row.label, *(self._said(cell) for cell in row.cells))

    def _said(self, cell: "Grid.Spot") -> Cell:
        if not cell.count:
            return None
        strength = Figure(value=cell.strength, digits=1)
        return line(
            "{strength} · {count} of {n} · {label}", strength=strength, count=cell.count, n=self.n, label=cell.label
        )


class Links(Block):
    """Which principle is clearly carried by which value; only links beyond chance are drawn."""

    class Row(Model):
        left: Text
        right: Text
        strength: float
        count: int
        low: float
        high: float
        """95 % bounds of the share who named it, 0…1."""

    rows: tuple[Row, ...]
    n: int

    def sentence(self) -> Line:
        if not self.rows:
            return line("No link between a principle and a value is clearly beyond chance yet (n = {n}).", n=self.n)
        top = self.rows[0]
        return line(
            "Clearly carried: “{principle}” by “{value}” ({count} of {n}; {low} to {high}).",
            principle=top.left,
            value=top.right,
            count=top.count,
            n=self.n,
            low=_percent(top.low),
            high=_percent(top.high),
        )

    def table(self) -> Table:
        columns = (
            line("Principle"),
            line("Value"),
            line("Strength, 0 to 3"),
            line("Named by"),
            line("Share"),
            line("From"),
            line("To"),
        )
        return Table(columns=columns, rows=tuple(self._cells(row) for row in self.rows))

    def _cells(self, row: "Links.Row") -> tuple[Cell, ...]:
        share = (_percent(row.count / self.n), _percent(row.low), _percent(row.high))
        return (row.left, row.right, Figure(value=row.strength, digits=1), row.count, *share)


class Quadrant(Block):
    """Importance against how far it is lived: what weighs much and is lived little stands top left."""

    class Dot(Model):
        label: Text
        x: float
        """Lived today, 1…5."""
        y: float
        """Strength of all values together, 0…9."""
        n: int

        @property
        def urgent(self) -> bool:
            return self.x < 3 and self.y >= 3

    dots: tuple[Dot, ...]

    @property
    def across(self) -> tuple[int, int]:
        return 1, 5

    @property
    def up(self) -> tuple[int, int]:
        return 0, 9

    def sentence(self) -> Line:
        urgent = max(self.dots, key=lambda dot: dot.y * (5 - dot.x))
        return line(
            "Most to win: “{label}”. Weight {weight} of 9, lived today {lived} of 5 (n = {n}).",
            label=urgent.label,
            weight=Figure(value=urgent.y, digits=1),
            lived=Figure(value=urgent.x, digits=1),
            n=urgent.n,
        )

    def table(self) -> Table:
        columns = (line("Principle"), line("Weight, 0 to 9"), line("Lived today, 1 to 5"), line("Leaders"))
        rows = ((d.label, Figure(value=d.y, digits=1), Figure(value=d.x, digits=1), d.n) for d in self.dots)
        return Table(columns=columns, rows=tuple(rows))


class Shift(Block):
    """How each person's two ratings lie to each other, without names and in no order; the median leads."""

    before: Line
    after: Line
    pairs: tuple[tuple[float, float], ...]
    scale: tuple[int, int]
    change: float
    """Median of after − before, with the bounds of its 95 % interval."""
    low: float
    high: float

    @property
    def medians(self) -> tuple[float, float]:
        firsts, seconds = zip(*self.pairs, strict=True)
        return median(firsts), median(seconds)

    def sentence(self) -> Line:
        return line(
            "{before} → {after}: in the median {change} ({low} to {high}, n = {n}).",
            before=self.before,
            after=self.after,
            change=Figure(value=self.change, digits=1, signed=True),
            low=Figure(value=self.low, digits=1, signed=True),
            high=Figure(value=self.high, digits=1, signed=True),
            n=len(self.pairs),
        )

    def table(self) -> Table:
        """Never a single person: medians, and how many moved which way."""
        first, second = self.medians
        moved = [after - before for before, after in self.pairs]
        columns = (self.before, self.after, line("Higher"), line("The same"), line("Lower"), line("Leaders"))
        counts = (sum(m > 0 for m in moved), sum(m == 0 for m in moved), sum(m < 0 for m in moved), len(moved))
        return Table(columns=columns, rows=((_number(first), _number(second), *counts),))


Shown = Literal["me", "partner", "facilitator", "room", "company"]
"""Who may see a commitment, chosen by its leader; each sees what those before it see."""


class Promise(Block):
    """A leader's commitment; without opt-in it carries no name."""

    id: str
    when: str
    then: str
    about: Text | None = None
    measure: str = ""
    first_step: str = ""
    due: dt.date
    owner: str = ""
    point: Text | None = None
    """The touchpoint where it is to be felt."""
    obstacle: str = ""
    plan: str = ""
    """What its leader does when the obstacle comes."""
    partner: str = ""
    gives: str = ""
    """Time or money given up for it."""
    sure: int | None = None
    """How sure its leader is, 0 to 10."""
    shown: Shown = "room"
    status: Text | None = None
    """How far it is; only where it comes back from an earlier session."""

    def sentence(self) -> Line:
        return line(
            "{owner}: If {when}, then {then}. Due {due}.",
            owner=self.owner or line("A leader of this group"),
            when=self.when,
            then=self.then,
            due=self.due,
        )

    def table(self) -> Table:
        columns = (line("If"), line("Then"), line("About"), line("Measure"), line("First step"), line("Due"))
        cells = (self.when, self.then, self.about, self.measure, self.first_step, self.due.isoformat())
        return Table(columns=columns, rows=(cells,))


class Estimates(Block):
    """What the room believes of a few inputs of a business case; shares as fractions."""

    class Row(Model):
        input: Input
        answers: tuple[Range, ...]
        """Everybody's, in no order; never told one by one."""
        room: Range
        """Medians of the lows, best guesses and highs."""
        top: float
        """End of the axis, which begins at 0."""

        @property
        def label(self) -> Line:
            return ABOUT[self.input].name

    rows: tuple[Row, ...]

    def sentence(self) -> Line:
        widest = max(self.rows, key=lambda row: (row.room.high - row.room.low) / (row.top or 1.0))
        about = ABOUT[widest.input]
        return line(
            "Least sure: “{label}”, between {low} and {high} in the middle of the room (n = {n}).",
            label=widest.label,
            low=about.figure(widest.room.low),
            high=about.figure(widest.room.high),
            n=len(widest.answers),
        )

    def table(self) -> Table:
        columns = (line("Input"), line("Leaders"), line("Low"), line("Best guess"), line("High"))
        return Table(columns=columns, rows=tuple(self._cells(row) for row in self.rows))

    def _cells(self, row: "Estimates.Row") -> tuple[Cell, ...]:
        say = ABOUT[row.input].figure
        return row.label, len(row.answers), say(row.room.low), say(row.room.best), say(row.room.high)


class Money(Block):
    """The money card: what a measure may be worth in today's money. Never one figure without its range."""

    mode: Mode
    npv: Span
    best_guess: float
    chance: float
    """Of a positive NPV, 0…1."""
    residual: Span
    counted: bool = False
    """Whether the residual is part of `npv`."""
    years: int
    draws: int
    assumed: Line

    def sentence(self) -> Line:
        return line(
            "The case pays off with a chance of {chance}. Eight of ten outcomes lie between {low} and {high}.",
            chance=Figure(value=100 * self.chance, unit="%"),
            low=euros(self.npv.low),
            high=euros(self.npv.high),
        )

    @property
    def counts(self) -> Line:
        """What a saved customer counts as: the two are never added."""
        kept = line("counted: the margin of customers who stay")
        return kept if self.mode == "margin" else line("counted: what winning new customers would cost")

    def table(self) -> Table:
        """The same columns for what counts and for what is only told."""
        inside = line("Residual value, included above") if self.counted else line("Residual value, not included")
        value = line("Value today over {n} years ({counts})", n=self.years, counts=self.counts)
        return Table(
            columns=(line("In euros"), line("One in ten is below"), line("Middle"), line("One in ten is above")),
            rows=((value, *self._cells(self.npv)), (inside, *self._cells(self.residual))),
        )

    def _cells(self, span: Span) -> tuple[Cell, ...]:
        return euros(span.low), euros(span.middle), euros(span.high)


class Tornado(Block):
    """What the result hangs on: each input alone at its low and its high end, the largest swing first."""

    bars: tuple[Bar, ...]
    best_guess: float
    """Where all of them stand at their best guess; the bars begin here."""

    def sentence(self) -> Line:
        first = self.bars[0]
        return line(
            "The result hangs most on “{label}”: from {low} to {high}, everything else unchanged.",
            label=ABOUT[first.input].name,
            low=euros(min(first.low, first.high)),
            high=euros(max(first.low, first.high)),
        )

    def table(self) -> Table:
        columns = (line("Input"), line("NPV at its low end"), line("NPV at its high end"))
        return Table(
            columns=columns,
            rows=tuple((ABOUT[bar.input].name, euros(bar.low), euros(bar.high)) for bar in self.bars),
        )


def euros(amount: float) -> Figure:
    """Rounded to what such a figure can bear: three places that count."""
    size = 10 ** max(0, len(str(int(abs(amount)))) - 3)
    return Figure(value=round(amount / size) * size, unit="€")


def _percent(share: float) -> Figure:
    return Figure(value=100 * share, unit="%")


def _name(words: Text) -> Line:
    return line("{name}", name=words)


def _number(value: float) -> Figure:
    return Figure(value=value, digits=0 if value == int(value) else 1)


AnyBlock = (
    Says | TooFew | Invitation | Points | Voice | Sayings | Spread | Pairs | Bars | Slope | Curve | Promise
    | Estimates | Money | Tornado | Grid | Links | Quadrant | Shift
)  # fmt: skip


class Beat(Model):
    """What one press of the primary button shows."""

    blocks: tuple[Block, ...]


def beat(*blocks: Block) -> Beat:
    return Beat(blocks=blocks)
