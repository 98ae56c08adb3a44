"""Pictures of themes: which go along with which score, one over time, and the map of all comments."""

import altair as alt
import pandas as pd

from outside_in.charts.labels import wrapped
from outside_in.charts.look import Look
from outside_in.charts.parts import Chart, Rows, axis, data, finished, interval, names, row_axis, tips, words
from outside_in.domain.text import Say, line
from outside_in.domain.theme_told import Atlas, Course, Ranked, between, percent, points
from outside_in.domain.theme_told import axis as reach

COLOURS = ("#1F77B4", "#DB5433", "#16837E", "#9467BD", "#B8860B", "#D6277E", "#5B7F1C", "#7F5539")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
"""A theme has one of each; no two themes share both."""


def colour(at: int) -> str:
    return COLOURS[at % len(COLOURS)]


def shape(at: int) -> str:
    return SHAPES[(at + at // len(COLOURS)) % len(SHAPES)]


def ranked(block: Ranked, say: Say, look: Look) -> Chart | None:
    """A bar from zero to the difference in the mean score, with its interval."""
    known = block.known
    if not known or block.metric is None:
        return None
    labels = names([row.label for row in known], say, look, [say("n = {n}", n=row.n) for row in known])
    rows: Rows = []
    for label, row in zip(labels, known, strict=True):
        if row.difference is None:
            continue
        gap = row.difference
        ends = (gap.interval.low, gap.interval.high) if gap.interval else (gap.value, gap.value)
        told = say(between(gap))
        short = say.value(points(gap.value, signed=True))
        rows.append({"label": label, "x": gap.value, "told": told, "short": short, "low": ends[0], "high": ends[1]})
    most = min(reach(block.metric), max(max(abs(row["low"]), abs(row["high"])) for row in rows) * 1.15)
    shown = axis(look, grid=True, title=say("Difference in {unit}", unit=block.unit), tickCount=5)
    x = alt.X("x:Q", scale=alt.Scale(domain=[-most, most], nice=False), axis=shown)
    y = row_axis(look)
    base = data(rows).encode(x=x, y=y, tooltip=tips(say, told=line("Difference")))
    worse = alt.condition("datum.x < 0", alt.value(look.outside), alt.value(look.inside))
    body = base.mark_bar(height=look.row * 0.36).encode(color=worse)
    said = words(base, "short", look, look.assumed, dy=-look.font * 1.1)
    zero = alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(color=look.gap).encode(x="x:Q")
    drawn = finished([zero, body, interval(rows, y, look, look.ink or look.assumed), said], look, 0)
    return drawn.properties(height=len(rows) * look.row)  # however many: no label may be lost


def course(block: Course, say: Say, look: Look) -> Chart:
    """Share of all comments, with its interval; a span without a figure breaks the line."""
    rows: Rows = []
    for part in block.trend.parts:
        low, high = part.interval.low * 100, part.interval.high * 100
        told = say("{n} of {of} comments, {share}", n=part.n, of=part.of, share=percent(part.share))
        rows.append({"day": part.name, "y": part.share * 100, "low": low, "high": high, "told": told})
    top = max(row["high"] for row in rows)
    across = alt.X("day:T", axis=axis(look, format="%d.%m.%y" if say.language == "de" else "%d/%m/%y", tickCount=6))
    up = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, top], nice=True),
        axis=axis(look, grid=True, title=say("Share of comments in percent"), tickCount=4),
    )
    base = data(rows).encode(x=across, y=up, tooltip=tips(say, told=line("Share")))
    band = data(rows).mark_rule(color=look.gap, strokeWidth=2).encode(x=across, y=alt.Y("low:Q"), y2="high:Q")
    path = base.mark_line(color=look.outside, strokeWidth=2)
    return finished([band, path, base.mark_point(filled=True, size=70, color=look.outside, opacity=1)], look, 220)


def atlas(block: Atlas, say: Say, look: Look, lit: int | None = None) -> Chart:
    """Every comment a mark, in its theme's colour and shape; `lit` greys out all the others."""
    none = say("no theme")
    told = [f"{at + 1} · {wrapped(say(label), 34, 1)}" for at, label in enumerate(block.labels)]
    frame = pd.DataFrame(
        {
            "x": [dot.x for dot in block.dots],
            "y": [dot.y for dot in block.dots],
            "theme": [told[dot.theme] if dot.theme >= 0 else none for dot in block.dots],
            "text": [dot.text for dot in block.dots],
        }
    )
    domain = [*told, none]
    paints = [colour(at) if lit in (None, at) else look.gap for at in range(len(told))] + [look.gap]
    scale = {"domain": domain, "range": paints}, {"domain": domain, "range": [shape(at) for at in range(len(told))]}
    scale[1]["range"].append("circle")
    legend = alt.Legend(columns=1 if look.narrow else 3, symbolOpacity=1)
    span = alt.Scale(domain=[0, 65_535], nice=False, zero=False)
    place = {"x": alt.X("x:Q", scale=span, axis=None), "y": alt.Y("y:Q", scale=span, axis=None)}
    dots = (
        alt.Chart(frame)
        .mark_point(filled=True, size=26 if len(frame) > 3000 else 48, opacity=0.75)
        .encode(
            **place,
            color=alt.Color("theme:N", scale=alt.Scale(**scale[0]), legend=legend, sort=None),
            shape=alt.Shape("theme:N", scale=alt.Scale(**scale[1]), legend=legend, sort=None),
            tooltip=[alt.Tooltip("theme:N", title=say("Theme")), alt.Tooltip("text:N", title=say("Comment"))],
        )
        .interactive()
    )
    signs = [
        {"x": x, "y": y, "name": str(at + 1)} for at, (x, y) in enumerate(block.at) if (x or y) and lit in (None, at)
    ]
    base = data(signs).encode(**place, text="name:N")
    ground = base.mark_text(fontSize=look.font + 3, fontWeight="bold", stroke="white", strokeWidth=5, color="white")
    number = base.mark_text(fontSize=look.font + 3, fontWeight="bold", color="#12263A")
    return finished([dots, ground, number], look, 640)
