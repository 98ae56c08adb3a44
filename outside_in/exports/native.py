"""
Charts that open with “Edit data”. Axes are fixed: left alone, every program begins where it likes.

Alternative texts say what a chart shows, not how much: they hold no data of a client.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import MSO_THEME_COLOR as COLOUR
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from outside_in.domain.blocks import Bars, Curve, Pairs, Slope, Spread
from outside_in.domain.text import Say
from outside_in.exports.deck import Box
from outside_in.exports.tables import quartiles

ChartData = CategoryChartData | XyChartData
WHOLE = ("csat", "share", "mentions")
LEVEL = {True: "+0;−0;0", False: "0.0"}


def pairs(page: Slide, block: Pairs, say: Say, box: Box) -> None:
    """Two marks per touchpoint; the outside carries its interval."""
    format = LEVEL[block.rows[0].outside.metric == "nps"] if block.rows[0].outside.metric not in WHOLE else "0"
    outside = [row.outside for row in block.rows]
    views = {
        say("We guess"): [row.inside for row in block.rows],
        say("Customers say"): [known.value for known in outside],
    }
    names = [say(row.label) for row in block.rows]
    alt = say("Dots on one scale: our guess and the customers' value with its interval, per touchpoint.")
    chart = _dots(page, names, views, format, block.scale, alt, box)
    ours, theirs = chart.plots[0].series
    _mark(ours, XL_MARKER_STYLE.CIRCLE, COLOUR.ACCENT_1, XL_LABEL_POSITION.LEFT)
    _mark(theirs, XL_MARKER_STYLE.SQUARE, COLOUR.ACCENT_2, XL_LABEL_POSITION.RIGHT)
    plus, minus = [k.high - k.value for k in outside], [k.value - k.low for k in outside]
    _whiskers(theirs, plus, minus, "accent2")


def spread(page: Slide, block: Spread, say: Say, box: Box) -> None:
    """Median and the middle half of the guesses; single guesses stay in the room."""
    halves = [quartiles(row) for row in block.rows]
    views = {say("Median of our guesses"): [row.median for row in block.rows]}
    alt = say("Dots on one scale: the median of our guesses and the middle half, per touchpoint.")
    chart = _dots(page, [say(row.label) for row in block.rows], views, "0.#", block.scale, alt, box)
    (series,) = chart.plots[0].series
    _mark(series, XL_MARKER_STYLE.CIRCLE, COLOUR.ACCENT_1, XL_LABEL_POSITION.RIGHT)
    plus = [q3 - row.median for row, (_, q3) in zip(block.rows, halves, strict=True)]
    minus = [row.median - q1 for row, (q1, _) in zip(block.rows, halves, strict=True)]
    _whiskers(series, plus, minus, "accent1")


def bars(page: Slide, block: Bars, say: Say, box: Box) -> None:
    data = CategoryChartData(number_format="0")
    data.categories = [say(row.label) for row in block.rows]
    data.add_series(say("Votes"), [row.count for row in block.rows])
    alt = say("Bars from zero: votes per choice.")
    chart = added(page, XL_CHART_TYPE.BAR_CLUSTERED, data, alt, box)
    chart.has_legend = False
    scaled(chart.value_axis, 0, max(1, block.n))
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.fill.background()
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    filled(plot.series[0].format.fill, COLOUR.ACCENT_1)


def slope(page: Slide, block: Slope, say: Say, box: Box) -> None:
    """Place 1 on top; the theme that moves furthest stands out."""
    furthest = max(abs(row.inside - row.outside) for row in block.rows)
    data = CategoryChartData(number_format="0.0")
    data.categories = [say("Our order"), say("Customers' order")]
    for row in block.rows:
        data.add_series(say("{place}. {theme}", place=row.outside, theme=row.label), [row.inside, row.outside])
    alt = say("Lines between two orders of the same themes: ours left, the customers' right.")
    chart = added(page, XL_CHART_TYPE.LINE_MARKERS, data, alt, box)
    chart.has_legend = False
    scaled(chart.value_axis, 0.5, len(block.rows) + 0.5)
    chart.value_axis.reverse_order, chart.value_axis.visible = True, False
    chart.category_axis.format.line.fill.background()
    for row, series in zip(block.rows, chart.plots[0].series, strict=True):
        far = abs(row.inside - row.outside) == furthest
        lined(series, COLOUR.ACCENT_2 if far else COLOUR.ACCENT_1, 4.5 if far else 2)
        _named_at_its_end(series)


def curve(page: Slide, block: Curve, say: Say, box: Box) -> None:
    """Measured points are joined; what is assumed is a hollow diamond, the way past it is dashed."""
    measured = [p.emotion if p.provenance == "measured" else None for p in block.points]
    assumed = [(p.emotion or 0.0) if p.provenance == "assumed" else None for p in block.points]
    bridges = _bridges([point.emotion for point in block.points])
    data = CategoryChartData(number_format="+0.0;−0.0;0.0")
    data.categories = [say(point.label) for point in block.points]
    data.add_series(say("measured"), measured)
    data.add_series(say("assumed"), assumed)
    if any(height is not None for height in bridges):
        data.add_series(say("assumed course"), bridges)
    if block.teamed:
        data.add_series(say("Team assumption"), [point.team for point in block.points])
    alt = say("A line along the journey: emotion of customers from −2 to +2, assumed points marked.")
    chart = added(page, XL_CHART_TYPE.LINE_MARKERS, data, alt, box)
    legend(chart)
    scaled(chart.value_axis, -2, 2)
    chart.value_axis.tick_labels.number_format = "+0;−0;0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    _labels_below(chart, wide=True)
    known, guessed, *course = chart.plots[0].series
    lined(known, COLOUR.ACCENT_2, 3.5)
    values(known, XL_LABEL_POSITION.ABOVE, COLOUR.ACCENT_2)
    for series in (guessed, *course):
        lined(series, COLOUR.ACCENT_5, 2)
        series.format.line.dash_style = MSO_LINE.DASH
    guessed.marker.style = XL_MARKER_STYLE.DIAMOND
    filled(guessed.marker.format.fill, COLOUR.BACKGROUND_1)
    for series in course:
        plain = series.name != say("Team assumption")
        series.marker.style = XL_MARKER_STYLE.NONE if plain else XL_MARKER_STYLE.DIAMOND


def _bridges(heights: list[float | None]) -> list[float | None]:
    """A straight way from each known point to the next one, where unknown ones lie between."""
    known = [(i, height) for i, height in enumerate(heights) if height is not None]
    way: list[float | None] = [None] * len(heights)
    for (i, first), (j, last) in pairwise(known):
        if j - i > 1:
            for k in range(i, j + 1):
                way[k] = first + (last - first) * (k - i) / (j - i)
    return way


def _dots(
    page: Slide,
    names: list[str],
    views: dict[str, list[float]],
    format: str,
    scale: tuple[int, int],
    alt: str,
    box: Box,
) -> Any:
    data = CategoryChartData(number_format=format)
    data.categories = names
    for name, values in views.items():
        data.add_series(name, values)
    chart = added(page, XL_CHART_TYPE.LINE_MARKERS, data, alt, box)
    legend(chart)
    scaled(chart.value_axis, *scale)
    _labels_below(chart, wide=box.w / len(names) > 1.5)
    return chart


def added(page: Slide, kind: XL_CHART_TYPE, data: ChartData, alt: str, box: Box) -> Any:
    shapes: Any = page.shapes
    frame = shapes.add_chart(kind, *box.emu, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    frame.chart.has_title, frame.chart.font.size = False, Pt(13)
    frame.chart.font.color.theme_color = COLOUR.TEXT_1
    return frame.chart


def scaled(axis: Any, low: float, high: float) -> None:
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.major_unit = 1 if high - low <= 10 else (high - low) / 4
    axis.has_major_gridlines = axis.visible = True
    axis.major_gridlines.format.line.color.theme_color = COLOUR.BACKGROUND_2
    axis.format.line.fill.background()


def legend(chart: Any) -> None:
    chart.has_legend, chart.legend.position = True, XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False


def _labels_below(chart: Any, wide: bool) -> None:
    """Names of touchpoints stay under the plot, also where values are negative."""
    axis = chart.category_axis
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.font.size = Pt(12 if wide else 10)
    axis._element.txPr.bodyPr.set("rot", "0")  # wrapped, not turned
    axis.format.line.color.theme_color = COLOUR.ACCENT_5


def filled(fill: Any, colour: COLOUR) -> None:
    fill.solid()
    fill.fore_color.theme_color = colour


def lined(series: Any, colour: COLOUR, points: float) -> None:
    series.smooth, series.format.line.width = False, Pt(points)
    series.format.line.color.theme_color = colour
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    filled(series.marker.format.fill, colour)
    series.marker.format.line.color.theme_color = colour


def _mark(series: Any, style: XL_MARKER_STYLE, colour: COLOUR, where: XL_LABEL_POSITION) -> None:
    """Marks without a line between them: touchpoints are no time."""
    lined(series, colour, 1)
    series.format.line.fill.background()
    series.marker.style, series.marker.size = style, 12
    values(series, where, colour)


def values(series: Any, where: XL_LABEL_POSITION, colour: COLOUR) -> None:
    labels = series.data_labels
    labels.show_value, labels.position = True, where
    labels.font.size, labels.font.bold = Pt(13), True
    labels.font.color.theme_color = colour


def _named_at_its_end(series: Any) -> None:
    """The value left of the first point, the name right of the last one."""
    first, last = series.points[0].data_label, series.points[1].data_label
    first.position, last.position = XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.RIGHT
    for label, shown in ((first, "showVal"), (last, "showSerName")):
        element = label._dLbl
        for name in (
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
        ):
            found = element.find(qn(f"c:{name}"))
            if found is not None:
                found.set("val", "1" if name == shown else "0")


def _whiskers(series: Any, plus: Sequence[float], minus: Sequence[float], colour: str) -> None:
    """Error bars with a length of their own per point; the library has no interface for them."""
    bars = parse_xml(WHISKERS.format(plus=_literal(plus), minus=_literal(minus), colour=colour))
    series._element.find(qn("c:cat")).addprevious(bars)


def _literal(lengths: Sequence[float]) -> str:
    points = (f'<c:pt idx="{i}"><c:v>{max(0.0, float(x))!r}</c:v></c:pt>' for i, x in enumerate(lengths))
    return f'<c:numLit><c:ptCount val="{len(lengths)}"/>{"".join(points)}</c:numLit>'


WHISKERS = (
    f"<c:errBars {nsdecls('c', 'a')}>"
    '<c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
    "<c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>"
    '<c:spPr><a:ln w="22225"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'
    "</c:errBars>"
)
