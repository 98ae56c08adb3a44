"""The value map and ratings on slides: everything stays editable, colours come from the theme."""

from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import MSO_THEME_COLOR as COLOUR
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from outside_in.domain.blocks import Grid, Links, Quadrant, Shift
from outside_in.domain.text import Figure, Say, line
from outside_in.exports.deck import Box, card, table, text
from outside_in.exports.deck import Grid as Told
from outside_in.exports.native import added, filled, lined, scaled, values

SIGNS = {"carrying": " ●", "contested": " ○", "": ""}
ALPHA = f'<a:alpha {nsdecls("a")} val="{{share}}"/>'
DEEP = 2.2
"""From this strength on figures are white."""
MOST = 12
"""Links on one slide; the strongest come first, all of them stand in the workbook."""


def grid(page: Slide, block: Grid, say: Say, box: Box) -> None:
    """A table whose cells are the darker the stronger; a sign says what the shade cannot."""
    rows = [[say(row.label), *(_strength(cell, say) for cell in row.cells)] for row in block.rows]
    head = [say("Principle"), *map(say, block.columns)]
    alt = say("A table with shades: how strongly each value carries each principle.")
    table(page, Told(head, rows, (1.7, *[1] * len(block.columns))), box, alt, tall=0.6)
    shapes: Any = page.shapes
    drawn = shapes[-1].table
    for at, row in enumerate(block.rows, 1):
        for column, cell in enumerate(row.cells, 1):
            _shaded(drawn.cell(at, column), cell.strength)
    legend = say("● carrying: clearly beyond chance · ○ contested · strength 0 to 3 · n = {n}", n=block.n)
    text(page, [legend], Box(box.x, box.y + box.h + 0.02, box.w, 0.35), 12, 9)


def _strength(cell: Grid.Spot, say: Say) -> str:
    return f"{say.value(Figure(value=cell.strength, digits=1))}{SIGNS[cell.state]}" if cell.count else ""


def _shaded(cell: Any, strength: float) -> None:
    """The theme's own colour, the more of it the stronger; lightened it would turn garish."""
    cell.fill.solid()
    cell.fill.fore_color.theme_color = COLOUR.ACCENT_1 if strength > 0 else COLOUR.BACKGROUND_1
    if strength > 0:
        tint = cell.fill._xPr.find(qn("a:solidFill")).find(qn("a:schemeClr"))
        tint.append(parse_xml(ALPHA.format(share=round(100_000 * min(1.0, 0.08 + 0.3 * strength)))))
    for paragraph in cell.text_frame.paragraphs if strength > DEEP else ():
        for run in paragraph.runs:
            run.font.color.theme_color = COLOUR.BACKGROUND_1


def links(page: Slide, block: Links, say: Say, box: Box) -> None:
    rows = block.rows[:MOST]
    left = list(dict.fromkeys(say(row.left) for row in rows))
    right = list(dict.fromkeys(say(row.right) for row in rows))
    tall = min(0.7, box.h / max(1, len(left), len(right)))
    ours = {name: _tile(page, name, Box(box.x, y, 3.6, tall * 0.8)) for name, y in _down(left, box, tall)}
    theirs = {name: _tile(page, name, Box(box.x + 8.3, y, 3.6, tall * 0.8)) for name, y in _down(right, box, tall)}
    for row in rows:
        one, two = ours[say(row.left)], theirs[say(row.right)]
        shapes: Any = page.shapes
        drawn = shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Inches(one.x + one.w), Inches(_middle(one)), Inches(two.x), Inches(_middle(two))
        )
        drawn.line.width = Pt(1 + 2 * row.strength)
        drawn.line.color.theme_color = COLOUR.ACCENT_1


def _down(names: list[str], box: Box, tall: float) -> list[tuple[str, float]]:
    return [(name, box.y + tall * place) for place, name in enumerate(names)]


def _tile(page: Slide, name: str, box: Box) -> Box:
    card(page, [name], box, 16, 9, heading=False, anchor=MSO_ANCHOR.MIDDLE)
    return box


def _middle(box: Box) -> float:
    return box.y + box.h / 2


def quadrant(page: Slide, block: Quadrant, say: Say, box: Box) -> None:
    """A native scatter chart; every dot carries its name."""
    data = XyChartData(number_format="0.0")
    series = data.add_series(say("Principles"))
    for dot in block.dots:
        series.add_data_point(dot.x, dot.y)
    alt = say("Dots: how much a principle weighs against how far it is lived today.")
    chart = added(page, XL_CHART_TYPE.XY_SCATTER, data, alt, box)
    chart.has_legend = False
    scaled(chart.category_axis, *block.across)
    scaled(chart.value_axis, *block.up)
    for axis, title in ((chart.category_axis, line("Lived today, 1 to 5")), (chart.value_axis, line("Weight, 0 to 9"))):
        axis.has_title, axis.axis_title.text_frame.text = True, say(title)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(13)
    drawn = chart.plots[0].series[0]
    drawn.format.line.fill.background()
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 12
    filled(drawn.marker.format.fill, COLOUR.ACCENT_1)
    for place, dot in enumerate(block.dots):
        label = drawn.points[place].data_label
        label.has_text_frame, label.position = True, XL_LABEL_POSITION.RIGHT
        label.text_frame.text = say(dot.label)
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(12)


def shift(page: Slide, block: Shift, say: Say, box: Box) -> None:
    """Medians only: a single line is somebody's."""
    data = CategoryChartData(number_format="0.0")
    data.categories = [say(block.before), say(block.after)]
    data.add_series(say("Median"), list(block.medians))
    alt = say("A line between two medians of the same people.")
    chart = added(page, XL_CHART_TYPE.LINE_MARKERS, data, alt, box)
    chart.has_legend = False
    scaled(chart.value_axis, *block.scale)
    (series,) = chart.plots[0].series
    lined(series, COLOUR.ACCENT_2, 4.5)
    values(series, XL_LABEL_POSITION.ABOVE, COLOUR.ACCENT_2)
