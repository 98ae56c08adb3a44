"""
What can be told, as data.

Screens, slides, sheets, pages and calendars read these few shapes, so an exercise never
learns about any of them. Each block can also say itself, as a sentence and as a table:
that is the screen reader's version and the alternative to every picture.
"""

import datetime as dt
from typing import Literal

from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import Quote
from outside_in.domain.model import Model
from outside_in.domain.text import Figure, Line, Text, line, lines

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
        label: Text
        values: tuple[float, ...]
        median: float

    rows: tuple[Row, ...]
    scale: tuple[int, int]
    unit: Line

    def sentence(self) -> Line:
        return line(
            "The room's guesses for {n} points; the widest apart: “{label}”.",
            n=len(self.rows),
            label=max(self.rows, key=lambda row: max(row.values) - min(row.values)).label,
        )

    def table(self) -> Table:
        columns = (line("Touchpoint"), line("Answers"), line("Lowest"), line("Median"), line("Highest"))
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

    def sentence(self) -> Line:
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

    rows: tuple[Row, ...]
    n: int

    def sentence(self) -> Line:
        moved = max(self.rows, key=lambda row: abs(row.inside - row.outside))
        return line(
            "Furthest apart: “{label}”. Place {inside} in our order, place {outside} in the customers' order.",
            label=moved.label,
            inside=Figure(value=moved.inside, digits=1),
            outside=moved.outside,
        )

    def table(self) -> Table:
        columns = (line("Theme"), line("Our place"), line("Customers' place"), line("Comments"))
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
        )
        return Table(columns=columns, rows=tuple(self._cells(point) for point in self.points))

    def _cells(self, point: "Curve.Point") -> tuple[Cell, ...]:
        known = point.evidence
        figures: tuple[Cell, ...] = (None, None, None)
        if known:
            figures = tuple(known.figure(v) for v in (known.value, known.low, known.high))
        emotion = None if point.emotion is None else Figure(value=point.emotion, digits=1, signed=True)
        shown = line("measured") if point.provenance == "measured" else line("assumed")
        return (point.label, emotion, *figures, point.n, shown)


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


def _number(value: float) -> Figure:
    return Figure(value=value, digits=0 if value == int(value) else 1)


AnyBlock = Says | TooFew | Invitation | Points | Voice | Sayings | Spread | Pairs | Bars | Slope | Curve | Promise


class Beat(Model):
    """What one press of the primary button shows."""

    blocks: tuple[Block, ...]


def beat(*blocks: Block) -> Beat:
    return Beat(blocks=blocks)
