"""Pictures about money: what a room believes, what may come of it, what it hangs on."""

import altair as alt

from outside_in.charts.labels import wrapped
from outside_in.charts.look import Look
from outside_in.charts.parts import (
    Chart,
    Rows,
    Style,
    axis,
    data,
    finished,
    names,
    row_axis,
    tips,
    words,
)
from outside_in.domain.blocks import Estimates, Money, Tornado, euros
from outside_in.domain.inputs import ABOUT
from outside_in.domain.text import Line, Say, Text, line
from outside_in.domain.worth import Range

SHOWN = 8
"""Inputs on a tornado: what lies below them hardly moves the result."""


def estimates(block: Estimates, say: Say, look: Look) -> Chart:
    """A thin line per leader, the middle of the room as a thick one; every row on an axis of its own."""
    tails = [say("n = {n}", n=len(row.answers)) for row in block.rows]
    labels = names([_text(row.label, say) for row in block.rows], say, look, tails)
    thin: Rows = []
    thick: Rows = []
    for label, row in zip(labels, block.rows, strict=True):
        figure, room = ABOUT[row.input].figure, row.room
        step = 8 / max(7, len(row.answers) - 1)
        ordered = sorted(row.answers, key=lambda one: (one.best, one.low, one.high))
        thin += [{"label": label, "lift": place * step - 4, **_ends(one, row.top)} for place, one in enumerate(ordered)]
        told = say("{low} – {best} – {high}", **{n: figure(getattr(room, n)) for n in ("low", "best", "high")})
        thick.append({"label": label, "told": told, **_ends(room, row.top)})
    x = alt.X(
        "low:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=axis(look, labels=False, grid=True, tickCount=4)
    )
    y, lift = row_axis(look), alt.YOffset("lift:Q", scale=alt.Scale(domain=[-8, 8]))
    each = data(thin).encode(x=x, x2="high:Q", y=y, yOffset=lift)
    lines = each.mark_rule(color=look.inside, strokeWidth=look.font / 8, opacity=0.45)
    dots = data(thin).mark_point(filled=True, size=look.mark * 0.25, color=look.inside, opacity=0.6)
    middle = data(thick).encode(y=y, tooltip=tips(say, told=line("Middle of the room")))
    bar = middle.mark_rule(color=look.outside, strokeWidth=look.font / 2.4, opacity=0.6).encode(x=x, x2="high:Q")
    tick = middle.mark_tick(color=look.outside, thickness=look.font / 3, size=look.row * 0.5, opacity=1)
    said = words(middle.encode(x=alt.X("best:Q")), "told", look, look.outside, dy=look.row * 0.48)
    layers = [lines, dots.encode(x=alt.X("best:Q"), y=y, yOffset=lift), bar, tick.encode(x=alt.X("best:Q")), said]
    return finished(layers, look, len(labels) * look.row * 1.5)


def money(block: Money, say: Say, look: Look) -> Chart:
    """Eight of ten outcomes as a bar, the middle one in it, and the line where it begins to pay."""
    counted = line("Value today over {n} years", n=block.years)
    after = line("Residual value, included above") if block.counted else line("Residual value, not included")
    labels = names([_text(counted, say), _text(after, say)], say, look)
    rows: Rows = []
    for label, span, kind in zip(labels, (block.npv, block.residual), ("npv", "residual"), strict=True):
        told = {n: say.value(euros(v)) for n, v in (("a", span.low), ("b", span.middle), ("c", span.high))}
        said = say("{low} to {high}, middle {middle}", low=told["a"], high=told["c"], middle=told["b"])
        about: Style = {"label": label, "kind": kind, "said": said}
        rows.append({**about, "x": span.middle, "low": span.low, "high": span.high, **told})
    x, y = _euro_axis([v for row in rows for v in (row["low"], row["high"])], say, look), row_axis(look)
    shown = tips(say, a=line("One in ten is below"), b=line("Middle"), c=line("One in ten is above"))
    base = data(rows).encode(x=x, y=y, tooltip=shown)
    color = alt.Color(
        "kind:N", scale=alt.Scale(domain=["npv", "residual"], range=[look.inside, look.assumed]), legend=None
    )
    low = alt.X("low:Q")
    bar = base.mark_bar(height=look.row * 0.3, opacity=0.55).encode(x=low, x2="high:Q", color=color)
    middle = base.mark_tick(thickness=look.font / 3, size=look.row * 0.46, opacity=1).encode(color=color)
    zero = data([{"x": 0}]).mark_rule(color=look.outside, strokeWidth=look.font / 7, strokeDash=[6, 4]).encode(x="x:Q")
    whole = data(rows).encode(x=alt.X("low:Q"), y=y)
    text = words(whole, "said", look, look.inside, dy=-look.row * 0.36, align="left")
    return finished([bar, middle, zero, text], look, 2 * look.row * 1.4)


def tornado(block: Tornado, say: Say, look: Look) -> Chart:
    """From the best guess of all inputs to either end of one."""
    bars = block.bars[:SHOWN]
    labels = names([_text(ABOUT[bar.input].name, say) for bar in bars], say, look)
    ends = say("at its low end"), say("at its high end")
    rows: Rows = []
    for label, bar in zip(labels, bars, strict=True):
        for end, value, raw in zip(ends, (bar.low, bar.high), ("low", "high"), strict=True):
            told = {"told": say.value(euros(value)), "side": "left" if value < block.best_guess else "right"}
            rows.append({"label": label, "x": value, "from": block.best_guess, "end": end, "raw": raw, **told})
    x, y = _euro_axis([row["x"] for row in rows], say, look, room=0.25), row_axis(look)
    scale = alt.Scale(domain=list(ends), range=[look.inside, look.outside])
    base = data(rows).encode(x=x, y=y, tooltip=tips(say, end=line("Input"), told=line("NPV")))
    drawn = base.mark_bar(height=look.row * 0.34).encode(x2="from:Q", color=alt.Color("end:N", scale=scale))
    guess = data([{"x": block.best_guess}]).mark_rule(color=look.gap, strokeWidth=look.font / 8).encode(x="x:Q")
    low = words(
        base.transform_filter(alt.FieldEqualPredicate(field="side", equal="left")),
        "told",
        look,
        look.inside,
        align="right",
        dx=-6,
    )
    high = words(
        base.transform_filter(alt.FieldEqualPredicate(field="side", equal="right")),
        "told",
        look,
        look.inside,
        align="left",
        dx=6,
    )
    return finished([drawn, guess, low, high], look, len(labels) * look.row)


def _euro_axis(values: list[float], say: Say, look: Look, room: float = 0.08) -> alt.X:
    """Zero is always on it: whether a case pays is seen before any number is read."""
    low, high = min(0.0, *values), max(0.0, *values)
    pad = room * (high - low) or 1.0
    million = max(abs(low), abs(high)) >= 2_000_000
    title = line("million euros in today's money") if million else line("thousand euros in today's money")
    number = f"format(datum.value / {1_000_000 if million else 1_000}, '{',.1~f' if million else ',.0f'}')"
    point = "," if say.language == "de" else "."
    expr = f"replace(replace({number}, /,/g, ' '), '.', '{point}')"
    shown = axis(
        look, grid=True, title=wrapped(say(title), look.wrap), labelExpr=expr, tickCount=3 if look.narrow else 5
    )
    return alt.X("x:Q", scale=alt.Scale(domain=[low - pad, high + pad], nice=False, zero=False), axis=shown)


def _ends(one: Range, top: float) -> dict[str, float]:
    return {"low": one.low / top, "best": one.best / top, "high": min(1.0, one.high / top)}


def _text(said: Line, say: Say) -> Text:
    return Text.same(say(said))
