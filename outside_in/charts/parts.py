"""What every chart is put together from."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from outside_in.charts.labels import distinct, wrapped
from outside_in.charts.look import Look
from outside_in.domain.text import Line, Say, Text

Chart = alt.Chart | alt.LayerChart
Style = dict[str, Any]
Rows = list[Style]
SIGNED = "datum.value > 0 ? '+' + datum.label : datum.label"
LINES = "split(datum.value, '\\n')"
"""Axis labels break where we broke them; the expression is the same for all words."""


FIT = alt.AutoSizeParams(type="fit-x", contains="padding")
"""As wide as the page, but never squeezed: rows keep the height their labels need."""


def data(rows: Rows) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))


def finished(layers: Sequence[Chart], look: Look, height: float) -> Chart:
    chart = alt.LayerChart(layer=list(layers)).properties(
        height=min(height, look.most), width="container", autosize=FIT
    )
    chart = chart.configure(font="Inter, sans-serif", background=look.ground or "transparent")
    chart = chart.configure_view(stroke=None).configure_text(fontSize=look.font)
    ink: Style = {"labelColor": look.ink, "titleColor": look.ink} if look.ink else {}
    axis: Style = {"labelFontSize": look.font, "titleFontSize": look.font, "titleFontWeight": "normal"}
    chart = chart.configure_axis(**axis, **ink)
    legend: Style = {"labelFontSize": look.font, "symbolSize": look.mark, "labelLimit": 400, "title": None}
    return chart.configure_legend(orient="top", direction="horizontal", **legend, **ink)


def axis(look: Look, **wanted: Any) -> alt.Axis:
    plain: Style = {"title": None, "domain": False, "ticks": False, "grid": False}
    shown: Style = {**plain, "gridColor": look.grid, **wanted}
    return alt.Axis(**shown)


def value_axis(scale: tuple[float, float], unit: Line, say: Say, look: Look) -> alt.X:
    """From end to end of the scale, whatever the values are: two charts can be laid side by side."""
    ends = alt.Scale(domain=list(scale), nice=False, zero=False)
    ticks: Style = {"format": "d", "tickCount": 3 if look.narrow else 5, "labelFlush": True}
    shown = axis(look, grid=True, title=wrapped(say(unit), look.wrap), **ticks)
    return alt.X("x:Q", scale=ends, axis=shown)


def row_axis(look: Look) -> alt.Y:
    """Labels stand beside their rows, on a phone above them."""
    above: Style = {
        "labelAlign": "left",
        "labelOffset": -look.row * 0.4,
        "labelPadding": 0,
        "labelLimit": 300,
    }
    beside: Style = {"labelLimit": look.font * look.wrap, "labelPadding": look.font}
    shown = axis(look, labelExpr=LINES, **(above if look.narrow else beside))
    return alt.Y("label:N", sort=None, axis=shown)


def names(told: Sequence[Line | Text], say: Say, look: Look, tails: Sequence[str] = ()) -> list[str]:
    """Labels of rows; what stands in `tails` is never cut off."""
    lines, between = (1, " · ") if look.narrow else (2, "\n")
    room = look.wrap - max((len(tail) + 3 for tail in tails), default=0) * look.narrow
    labels = [wrapped(say(one), room, lines) for one in told]
    tailed = [label + between + tail for label, tail in zip(labels, tails, strict=True)] if tails else labels
    return distinct(tailed)


def interval(rows: Rows, y: alt.Y, look: Look, color: str) -> Chart:
    """A whisker from `low` to `high`."""
    base = data(rows).encode(y=y)
    rule = base.mark_rule(strokeWidth=look.font / 8, color=color).encode(x="low:Q", x2="high:Q")
    end = base.mark_tick(thickness=2, size=look.font, color=color, opacity=1)
    return alt.LayerChart(layer=[rule, end.encode(x="low:Q"), end.encode(x="high:Q")])


def words(base: alt.Chart, field: str, look: Look, color: str, **place: Any) -> alt.Chart:
    """Values written beside their marks."""
    mark = base.mark_text(fontWeight="bold", lineBreak="\n", color=look.ink or color, **place)
    return mark.encode(text=alt.Text(f"{field}:N"))


def only(base: alt.Chart, field: str, value: str) -> alt.Chart:
    """The rows with this value; compared as data, never written into an expression."""
    return base.transform_filter(alt.FieldEqualPredicate(field=field, equal=value))


Two = tuple[str, str]


def by_kind(field: str, kinds: Two, colours: Two, shapes: Two) -> Style:
    """Colour and shape say the same."""
    color, shape = (alt.Scale(domain=kinds, range=list(drawn)) for drawn in (colours, shapes))
    return {"color": alt.Color(f"{field}:N", scale=color), "shape": alt.Shape(f"{field}:N", scale=shape)}


def tips(say: Say, **titles: Line) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=say(title)) for field, title in titles.items()]
