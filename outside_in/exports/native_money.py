"""The charts about money that open with “Edit data”; zero is always on the axis."""

from textwrap import fill
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import MSO_THEME_COLOR as COLOUR
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.slide import Slide
from pptx.util import Pt

from outside_in.domain.blocks import Money, Tornado
from outside_in.domain.inputs import ABOUT
from outside_in.domain.text import Say
from outside_in.exports.deck import Box
from outside_in.exports.native import added, filled, legend, scaled

THOUSANDS = "#,##0"
LABEL = 24
"""Characters of a name before it breaks: not every program breaks it by itself."""


def money(page: Slide, block: Money, say: Say, box: Box) -> None:
    """Three outcomes: one in ten is below the first, one in ten above the last."""
    span = block.npv
    data = CategoryChartData(number_format=THOUSANDS)
    data.categories = [say("One in ten is below"), say("Middle"), say("One in ten is above")]
    data.add_series(say("thousand euros in today's money"), [v / 1000 for v in (span.low, span.middle, span.high)])
    alt = say("Columns from zero: three outcomes of the business case.")
    chart = added(page, XL_CHART_TYPE.COLUMN_CLUSTERED, data, alt, box)
    legend(chart)
    low, high = _ends(span.low, span.high)
    scaled(chart.value_axis, low, high)
    _below(chart)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 60, True
    plot.data_labels.position, plot.data_labels.font.bold = XL_LABEL_POSITION.OUTSIDE_END, True
    _one_colour(plot.series[0], COLOUR.ACCENT_1)


def tornado(page: Slide, block: Tornado, say: Say, box: Box) -> None:
    """Bars begin where all inputs stand at their best guess."""
    data = CategoryChartData(number_format=THOUSANDS)
    data.categories = [fill(say(ABOUT[bar.input].name), LABEL) for bar in block.bars]
    data.add_series(say("at its low end"), [bar.low / 1000 for bar in block.bars])
    data.add_series(say("at its high end"), [bar.high / 1000 for bar in block.bars])
    alt = say("Bars to both sides of the best guess: what one input alone does to the result.")
    chart = added(page, XL_CHART_TYPE.BAR_CLUSTERED, data, alt, box)
    legend(chart)
    ends = [value for bar in block.bars for value in (bar.low, bar.high)]
    scaled(chart.value_axis, *_ends(min(ends), max(ends)))
    chart.category_axis.reverse_order = True
    chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
    _from(chart, block.best_guess / 1000)
    _below(chart)
    for series, colour in zip(chart.plots[0].series, (COLOUR.ACCENT_1, COLOUR.ACCENT_2), strict=True):
        _one_colour(series, colour)


def _ends(low: float, high: float) -> tuple[float, float]:
    """In thousands, with room for the labels."""
    least, most = min(0.0, low), max(0.0, high)
    pad = 0.15 * (most - least) or 1.0
    size = 10 ** max(0, len(str(int((most - least) / 1000))) - 2)
    return (round((least - pad) / 1000 / size) * size if least else 0), round((most + pad) / 1000 / size) * size or size


def _from(chart: Any, value: float) -> None:
    """Where the axis of the names crosses, there bars begin."""
    chart.value_axis.crosses_at = value


def _below(chart: Any) -> None:
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.tick_labels.font.size = Pt(11)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False  # the figures stand beside the picture


def _one_colour(series: Any, colour: COLOUR) -> None:
    """A negative bar keeps it; left alone, programs draw it white."""
    series.invert_if_negative = False
    filled(series.format.fill, colour)
