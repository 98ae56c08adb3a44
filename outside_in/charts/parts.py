"""What every chart is put together from."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from outside_in.charts.labels import distinct, wrapped
from outside_in.charts.look import Look
from outside_in.domain.text import Line, Say, Text

Chart = alt.Chart | alt.LayerChart
Rows = list[dict[str, Any]]
LINES = "split(datum.value, '\\n')"
"""Axis labels break where we broke them; the expression is the same for all words."""


def data(rows: Rows) -> alt.Chart:
    return alt.Chart(alt.Data(values=rows))


def finished(layers: Sequence[Chart], look: Look, height: float) -> alt.LayerChart:
    chart = alt.layer(*layers).properties(height=height, width="container")
    chart = chart.configure(font="Inter, sans-serif", background=look.ground or "transparent")
    chart = chart.configure_view(stroke=None).configure_text(fontSize=look.font)
    ink = {"labelColor": look.ink, "titleColor": look.ink} if look.ink else {}
    axis = {"labelFontSize": look.font, "titleFontSize": look.font, "titleFontWeight": "normal"}
    chart = chart.configure_axis(**axis, **ink)
    return chart.configure_legend(
        labelFontSize=look.font, orient="top", direction="horizontal", title=None, labelLimit=400, **ink
    )


def axis(look: Look, **wanted: Any) -> alt.Axis:
    plain = {"title": None, "domain": False, "ticks": False, "grid": False}
    return alt.Axis(**{**plain, "gridColor": look.grid, **wanted})


def value_axis(scale: tuple[float, float], unit: Line, say: Say, look: Look) -> alt.X:
    """From end to end of the scale, whatever the values are: two charts can be laid side by side."""
    ends = alt.Scale(domain=list(scale), nice=False, zero=False)
    few = 3 if look.narrow else 5
    shown = axis(look, grid=True, format="d", tickCount=few, title=wrapped(say(unit), look.wrap), labelFlush=True)
    return alt.X("x:Q", scale=ends, axis=shown)


def row_axis(look: Look) -> alt.Y:
    """Labels stand beside their rows, on a phone above them."""
    above = {"labelAlign": "left", "labelOffset": -look.row * 0.36, "labelPadding": 0, "labelLimit": 290}
    beside = {"labelLimit": look.font * look.wrap, "labelPadding": look.font}
    shown = axis(look, labelExpr=LINES, **(above if look.narrow else beside))
    return alt.Y("label:N", sort=None, axis=shown)


def names(told: Sequence[Text | Line], say: Say, look: Look) -> list[str]:
    lines = 1 if look.narrow else 2
    return distinct([wrapped(say(one), look.wrap, lines) for one in told])


def interval(rows: Rows, y: alt.Y, look: Look) -> alt.LayerChart:
    """A whisker from `low` to `high`."""
    base = data(rows).encode(y=y)
    rule = base.mark_rule(strokeWidth=look.font / 8, color=look.outside).encode(x="low:Q", x2="high:Q")
    ends = [base.mark_tick(thickness=2, size=look.font, color=look.outside).encode(x=end) for end in ("low:Q", "high:Q")]
    return alt.layer(rule, *ends)


def words(base: alt.Chart, field: str, look: Look, color: str, **place: Any) -> alt.Chart:
    """Values written beside their marks."""
    mark = base.mark_text(fontWeight="bold", lineBreak="\n", color=look.ink or color, **place)
    return mark.encode(text=alt.Text(f"{field}:N"), **STILL)


STILL: dict[str, Any] = {"shape": alt.Undefined, "size": alt.Undefined}


def only(base: alt.Chart, field: str, value: str) -> alt.Chart:
    """The rows with this value; compared as data, never written into an expression."""
    return base.transform_filter(alt.FieldEqualPredicate(field=field, equal=value))


def by_kind(field: str, kinds: tuple[str, str], colours: tuple[str, str], shapes: tuple[str, str]) -> dict[str, Any]:
    """Colour and shape say the same."""
    color, shape = (alt.Scale(domain=kinds, range=list(drawn)) for drawn in (colours, shapes))
    return {"color": alt.Color(f"{field}:N", scale=color), "shape": alt.Shape(f"{field}:N", scale=shape)}


def tips(say: Say, **titles: Line) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N", title=say(title)) for field, title in titles.items()]
