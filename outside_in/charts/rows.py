"""Pictures with one row per point: guesses, inside against outside, votes."""

from collections import Counter

import altair as alt

from outside_in.charts.look import Look
from outside_in.charts.parts import (
    Chart,
    Rows,
    Style,
    by_kind,
    data,
    finished,
    interval,
    names,
    only,
    row_axis,
    tips,
    value_axis,
    words,
)
from outside_in.domain.blocks import Bars, Pairs, Spread
from outside_in.domain.text import Figure, Say, line


def spread(block: Spread, say: Say, look: Look) -> Chart:
    """A dot per guess, equal ones beside each other, and a stroke at the median."""
    labels = names([row.label for row in block.rows], say, look)
    dots: Rows = []
    middles: Rows = []
    for label, row in zip(labels, block.rows, strict=True):
        dots += [{"label": label, "x": x, "lift": lift} for x, lift in stacked(row.values)]
        middle = Figure(value=row.median, digits=0 if row.median == int(row.median) else 1)
        told: Style = {"told": say.value(middle), "n": say.value(len(row.values))}
        middles.append({"label": label, "x": row.median, **told})
    x, y = value_axis(block.scale, block.unit, say, look), row_axis(look)
    lift = alt.YOffset("lift:Q", scale=alt.Scale(domain=[-6, 6]))
    cloud = data(dots).mark_point(filled=True, size=look.mark * 0.6, opacity=0.5, color=look.inside)
    centre = data(middles).encode(x=x, y=y, tooltip=tips(say, told=line("Median"), n=line("Answers")))
    tick = centre.mark_tick(thickness=look.font / 4, size=look.row * 0.5, color=look.inside, opacity=1)
    said = words(centre, "told", look, look.inside, dy=look.row * 0.32)
    return finished([cloud.encode(x=x, y=y, yOffset=lift), tick, said], look, len(labels) * look.row)


def stacked(values: tuple[float, ...]) -> list[tuple[float, int]]:
    """Each value with its place beside equal ones: 0, 1, −1, 2, −2, …; beyond six they overlap."""
    seen: Counter[float] = Counter()
    placed = []
    for value in sorted(values):
        k = seen[value]
        seen[value] += 1
        placed.append((value, min(6, (k + 1) // 2) * (1 if k % 2 else -1)))
    return placed


def pairs(block: Pairs, say: Say, look: Look) -> Chart:
    """Our guess, the customers' value with its interval, and the way between them."""
    counts = [say("n = {n}", n=row.outside.n) for row in block.rows]
    labels = names([row.label for row in block.rows], say, look, counts)
    views = say("We guess"), say("Customers say")
    points, ends = _points(block, labels, views, say)
    x, y = value_axis(block.scale, block.unit, say, look), row_axis(look)
    asked: Style = {"n": line("Customers asked"), "ours": line("Leaders")}
    shown = tips(say, told=line("Value"), interval=line("Interval"), **asked)
    base = data(points).encode(x=x, y=y, tooltip=shown)
    way = data(ends).mark_rule(strokeWidth=look.font / 4, color=look.gap, opacity=0.6)
    kinds = by_kind("view", views, (look.inside, look.outside), ("circle", "square"))
    dots = base.mark_point(filled=True, size=look.mark, opacity=1).encode(**kinds)
    said = [
        words(only(base, "view", view), "told", look, colour, dy=side * look.font)
        for view, colour, side in zip(views, (look.inside, look.outside), (-1, 1.1), strict=True)
    ]
    known = interval(ends, y, look, look.outside)
    layers = [way.encode(x="inside:Q", x2="outside:Q", y=y), known, dots, *said]
    return finished(layers, look, len(labels) * look.row)


def _points(block: Pairs, labels: list[str], views: tuple[str, str], say: Say) -> tuple[Rows, Rows]:
    points: Rows = []
    ends: Rows = []
    for label, row in zip(labels, block.rows, strict=True):
        known = row.outside
        low, high = known.figure(known.low), known.figure(known.high)
        about: Style = {"label": label, "interval": say("{low} to {high}", low=low, high=high)}
        about |= {"n": say.value(known.n), "ours": say.value(row.inside_n)}
        for view, x in zip(views, (row.inside, known.value), strict=True):
            points.append({**about, "view": view, "x": x, "told": say.value(known.figure(x))})
        between: Style = {"inside": row.inside, "outside": known.value}
        ends.append({"label": label, **between, "low": known.low, "high": known.high})
    return points, ends


def bars(block: Bars, say: Say, look: Look) -> Chart:
    """Votes from zero to everybody; what the interval says is the room's own uncertainty."""
    labels = names([row.label for row in block.rows], say, look)
    rows: Rows = []
    for label, row in zip(labels, block.rows, strict=True):
        low, high = (Figure(value=100 * share, unit="%") for share in (row.low, row.high))
        told = say("{count} of {n} ({low} to {high})", count=row.count, n=block.n, low=low, high=high)
        ends: Style = {"low": row.low * block.n, "high": row.high * block.n}
        rows.append({"label": label, "x": row.count, "told": told, "count": say.value(row.count), **ends})
    x, y = value_axis((0, max(1, block.n)), line("Votes of {n}", n=block.n), say, look), row_axis(look)
    base = data(rows).encode(x=x, y=y, tooltip=tips(say, told=line("Votes")))
    body = base.mark_bar(height=look.row * 0.36, color=look.inside)
    beside = words(base, "count", look, look.inside, align="left", dx=6, dy=-look.font)
    unsure = interval(rows, y, look, look.ink or look.assumed)
    return finished([body, unsure, beside], look, len(labels) * look.row)
