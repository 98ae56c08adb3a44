"""
The figures of an outcome as typed tables: the source of sheets and of CSV files.

Keys are for machines and stay; headers are for people and speak their language.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from statistics import quantiles
from typing import Any, Literal, NamedTuple

from outside_in.domain.blocks import Bars, Block, Grid, Links, Pairs, Quadrant, Sayings, Says, Shift, Slope, Spread
from outside_in.domain.evidence import Evidence
from outside_in.domain.journey import Touchpoint
from outside_in.domain.outcome import Outcome, Part
from outside_in.domain.text import Line, Text, line
from outside_in.exports import telling

Kind = Literal["text", "long", "int", "number", "amount", "share", "date", "flag"]
Value = str | int | float | dt.date | Text | Line | None


class Column(NamedTuple):
    key: str
    header: Line | Text
    kind: Kind = "text"


class Sheet(NamedTuple):
    key: str
    title: Line
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


STEP, LABEL = Column("step", line("Step")), Column("item", line("Touchpoint"))
EVIDENCE = (
    Column("metric", line("Measure")),
    Column("actual", line("Customers"), "number"),
    Column("low", line("From"), "number"),
    Column("high", line("To"), "number"),
    Column("actual_n", line("Customers asked"), "int"),
    Column("period", line("Period")),
    Column("source", line("Source")),
)


def sheets(outcome: Outcome) -> list[Sheet]:
    from outside_in.exports import money_tables  # it takes its columns from here

    made = [*(build(outcome) for build in BUILDERS), *money_tables.sheets(outcome)]
    return [*made, comments(outcome)] if outcome.audience == "internal" else made


def commitments(outcome: Outcome) -> Sheet:
    columns = (
        Column("id", line("No.")),
        Column("owner", line("Owner")),
        Column("if", line("If"), "long"),
        Column("then", line("Then"), "long"),
        Column("about", line("About")),
        Column("measure", line("Measure"), "long"),
        Column("first_step", line("First step"), "long"),
        Column("first_step_date", line("First step by"), "date"),
        Column("due", line("Due"), "date"),
        *(Column(f"review_{days}", line("After {n} days", n=days), "date") for days, _ in telling.checks(outcome)),
    )
    dates = tuple(day for _, day in telling.checks(outcome))
    first = telling.first_steps(outcome)
    rows = (
        (p.id, p.owner, p.when, p.then, p.about, p.measure, p.first_step, first, p.due, *dates)
        for p in outcome.promises
    )
    return Sheet("commitments", line("Commitments"), columns, tuple(rows))


def predictions(outcome: Outcome) -> Sheet:
    """Never a single guess: medians and quartiles."""
    columns = (
        STEP,
        LABEL,
        Column("n", line("Leaders"), "int"),
        Column("median", line("Our guess"), "number"),
        Column("q1", line("Lower quartile"), "number"),
        Column("q3", line("Upper quartile"), "number"),
        *EVIDENCE,
        Column("gap", line("Gap"), "number"),
        Column("chance", line("May be chance"), "flag"),
    )
    rows = (row for part in outcome.parts for row in _predicted(part))
    return Sheet("predictions_agg", line("Predictions"), columns, tuple(rows))


def themes(outcome: Outcome) -> Sheet:
    columns = (
        Column("id", line("No.")),
        Column("theme", line("Theme")),
        Column("size", line("Comments"), "int"),
        Column("keywords", line("Keywords"), "long"),
        *EVIDENCE,
    )
    rows = ((t.id, t.label, t.size, ", ".join(t.keywords), *_evidence(t.evidence)) for t in telling.themes(outcome))
    return Sheet("themes", line("Themes"), columns, tuple(rows))


def verbatims(outcome: Outcome) -> Sheet:
    """What customers said, as far as a person has released it; once, wherever it was shown."""
    columns = (
        Column("row", line("Row in the file"), "int"),
        Column("about", line("About")),
        Column("text", line("Customer's words"), "long"),
        Column("kind", line("Kind")),
        Column("touchpoint", line("Touchpoint")),
        Column("date", line("Date"), "date"),
        Column("score", line("Score"), "number"),
    )
    points = outcome.journey.touchpoints if outcome.journey else ()
    found = [(theme.label, quote) for theme in telling.themes(outcome) for quote in telling.voices(theme)]
    found += [(point.name, quote) for point in points for quote in point.quotes if quote.approved]
    found += [(voice.about, voice.quote) for voice in telling.told_voices(outcome)]
    once = {(q.row, q.text): (about, q) for about, q in reversed(found)}
    rows = ((q.row, about, q.text, q.kind, q.touchpoint, q.date, q.score) for about, q in reversed(once.values()))
    return Sheet("verbatims", line("Customers' words"), columns, tuple(rows))


def journey(outcome: Outcome) -> Sheet:
    columns = (
        Column("place", line("Place"), "int"),
        Column("id", line("No.")),
        LABEL,
        Column("provenance", line("Evidence")),
        *EVIDENCE,
        Column("emotion", line("Emotion, −2 to +2"), "number"),
        Column("negative", line("Bad experiences"), "share"),
        Column("negative_low", line("From"), "share"),
        Column("negative_high", line("To"), "share"),
        Column("owner", line("Owner")),
    )
    points = outcome.journey.touchpoints if outcome.journey else ()
    kinds = {"measured": line("measured"), "assumed": line("assumed")}
    rows = (
        (i, p.id, p.name, kinds[p.provenance], *_evidence(p.evidence), *_feeling(p), p.owner)
        for i, p in enumerate(points, 1)
    )
    return Sheet("journey", line("Customer journey"), columns, tuple(rows))


def votes(outcome: Outcome) -> Sheet:
    columns = (
        STEP,
        Column("choice", line("Choice")),
        Column("votes", line("Votes"), "int"),
        Column("n", line("Leaders"), "int"),
        Column("share", line("Share"), "share"),
        Column("low", line("From"), "share"),
        Column("high", line("To"), "share"),
    )
    rows = (
        (
            part.title,
            row.label,
            row.count,
            block.n,
            row.count / block.n if block.n else None,
            row.low,
            row.high,
        )
        for part, block in telling.blocks(outcome)
        if isinstance(block, Bars)
        for row in block.rows
    )
    return Sheet("votes_agg", line("Votes"), columns, tuple(rows))


def orders(outcome: Outcome) -> Sheet:
    columns = (
        STEP,
        Column("theme", line("Theme")),
        Column("n", line("Leaders"), "int"),
        Column("our_place", line("Our place"), "number"),
        Column("customers_place", line("Customers' place"), "int"),
        Column("comments", line("Comments"), "int"),
    )
    rows = (
        (part.title, row.label, block.n, row.inside, row.outside, row.size)
        for part, block in telling.blocks(outcome)
        if isinstance(block, Slope)
        for row in block.rows
    )
    return Sheet("orders_agg", line("Orders"), columns, tuple(rows))


def value_map(outcome: Outcome) -> Sheet:
    """Every cell of the map; a link that carries comes with the bounds of its share."""
    columns = (
        STEP,
        Column("principle", line("Principle")),
        Column("value", line("Value")),
        Column("strength", line("Strength, 0 to 3"), "number"),
        Column("named", line("Named by"), "int"),
        Column("n", line("Leaders"), "int"),
        Column("judged", line("Judged")),
        Column("low", line("From"), "share"),
        Column("high", line("To"), "share"),
    )
    rows = (row for part, block in telling.blocks(outcome) for row in _mapped(part, block))
    return Sheet("principle_value", line("Principles and values"), columns, tuple(rows))


def _mapped(part: Part, block: Block) -> Iterator[tuple[Value, ...]]:
    if isinstance(block, Links):
        for link in block.rows:
            named = (link.strength, link.count, block.n, line("carrying"), link.low, link.high)
            yield (part.title, link.left, link.right, *named)
    elif isinstance(block, Grid):
        for row in block.rows:
            for name, cell in zip(block.columns, row.cells, strict=True):
                if cell.state != "carrying":  # those come with their bounds
                    yield part.title, row.label, name, cell.strength, cell.count, block.n, cell.label, None, None


def ratings(outcome: Outcome) -> Sheet:
    """Two ratings of the same thing or of the same people; medians and means, never a person."""
    columns = (
        STEP,
        Column("item", line("Item")),
        Column("first", line("First"), "number"),
        Column("second", line("Second"), "number"),
        Column("change", line("Change"), "number"),
        Column("low", line("From"), "number"),
        Column("high", line("To"), "number"),
        Column("n", line("Leaders"), "int"),
    )
    rows = (row for part, block in telling.blocks(outcome) for row in _rated(part, block))
    return Sheet("ratings_agg", line("Ratings"), columns, tuple(rows))


def _rated(part: Part, block: Block) -> Iterator[tuple[Value, ...]]:
    if isinstance(block, Shift):
        told = line("{before} → {after}", before=block.before, after=block.after)
        yield (part.title, told, *block.medians, block.change, block.low, block.high, len(block.pairs))
    elif isinstance(block, Quadrant):
        for dot in block.dots:
            yield part.title, dot.label, dot.y, dot.x, None, None, None, dot.n


def statements(outcome: Outcome) -> Sheet:
    """Every sentence that was told, so that nothing of a step is only in pictures."""
    columns = (STEP, Column("statement", line("Statement"), "long"))
    said = ((p.title, block.text) for p in outcome.parts for block in p.blocks if isinstance(block, Says))
    return Sheet("statements", line("Statements"), columns, telling.unique(said))


def contributions(outcome: Outcome) -> Sheet:
    columns = (STEP, Column("contribution", line("Contribution"), "long"))
    rows = (
        (part.title, item)
        for part, block in telling.blocks(outcome)
        if isinstance(block, Sayings)
        for item in block.items
    )
    return Sheet("contributions", line("Contributions"), columns, tuple(rows))


def owner_gaps(outcome: Outcome) -> Sheet:
    columns = (LABEL, Column("actual_n", line("Customers asked"), "int"))
    rows = ((point.name, point.n) for point in telling.unowned(outcome))
    return Sheet("owner_gaps", line("Touchpoints without an owner"), columns, tuple(rows))


def suppressions(outcome: Outcome) -> Sheet:
    columns = (STEP, Column("reason", line("Why it is held back"), "long"))
    rows = ((held.step, held.why) for held in outcome.suppressed)
    return Sheet("suppression_log", line("Held back"), columns, tuple(rows))


def comments(outcome: Outcome) -> Sheet:
    """Redacted comments with the fields that were imported; for the internal audience only."""
    fields = list(dict.fromkeys(key for comment in outcome.comments for key in comment.fields))
    columns = (
        Column("row", line("Row in the file"), "int"),
        Column("text", line("Customer's words"), "long"),
        *(Column(field, Text.same(field)) for field in fields),
    )
    rows = ((c.row, c.text, *(_plain(c.fields.get(field)) for field in fields)) for c in outcome.comments)
    return Sheet("comments", line("Comments"), columns, tuple(rows))


BUILDERS: tuple[Callable[[Outcome], Sheet], ...] = (
    commitments,
    predictions,
    themes,
    verbatims,
    journey,
    votes,
    orders,
    value_map,
    ratings,
    statements,
    contributions,
    owner_gaps,
    suppressions,
)


def _predicted(part: Part) -> Iterator[tuple[Value, ...]]:
    """Guesses beside the truth; guesses alone where nothing is known to compare them with."""
    rows = (r for b in part.blocks if isinstance(b, Spread) for r in b.rows)
    spreads = {r.label: r for r in rows if isinstance(r.label, Text)}  # those of second rounds are Lines
    pairs = {r.label: r for b in part.blocks if isinstance(b, Pairs) for r in b.rows}
    for label in {**pairs, **spreads}:
        pair, spread = pairs.get(label), spreads.get(label)
        n = pair.inside_n if pair else len(spread.values) if spread else 0
        median = pair.inside if pair else spread.median if spread else None
        quarters = quartiles(spread) if spread else (None, None)
        known = _evidence(pair.outside if pair else None)
        gap = (pair.gap, pair.noise) if pair else (None, None)
        yield (part.title, label, n, median, *quarters, *known, *gap)


def _evidence(known: Evidence | None) -> tuple[Value, ...]:
    if known is None:
        return (None,) * len(EVIDENCE)
    return (known.metric, known.value, known.low, known.high, known.n, known.period, known.source)


def _feeling(point: Touchpoint) -> tuple[Value, ...]:
    return point.emotion, point.negative, point.negative_low, point.negative_high


def quartiles(row: Spread.Row) -> tuple[float, float]:
    if len(row.values) < 2:
        return row.median, row.median
    q1, _, q3 = quantiles(row.values, n=4, method="inclusive")
    return q1, q3


def _plain(value: Any) -> Value:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return value
