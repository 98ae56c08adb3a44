"""
A wide deck in theme colours only: a customer re-brands it with one click.

Boxes are measured in inches; text that would not fit gets smaller, then is cut, never spills.
"""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.dml.color import MSO_THEME_COLOR as COLOUR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches, Length, Pt

from outside_in.exports.files import Brand
from outside_in.exports.fitting import fitted

MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
COLOUR_XML = f'<a:srgbClr xmlns:a="{MAIN[1:-1]}" val="{{value}}"/>'
PAINTED = ("dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
INSET, EDGE, CELL = 0.12, 0.09, 0.06


class Box(NamedTuple):
    """Left, top, width, height in inches."""

    x: float
    y: float
    w: float
    h: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        return Inches(self.x), Inches(self.y), Inches(self.w), Inches(self.h)


PROPERTY = 255
"""Characters a property of an Office file may have."""
PAGE = Box(0, 0, 13.333, 7.5)
TITLE = Box(0.7, 0.42, 11.93, 0.95)
BODY = Box(0.7, 1.5, 11.93, 5.3)
FOOT = Box(0.7, 7.0, 11.93, 0.32)


class Deck:
    def __init__(self, brand: Brand, foot: str, title: str, made: dt.datetime) -> None:
        self.deck, self.foot, self.brand = Presentation(), foot, brand
        self.deck.slide_width, self.deck.slide_height = Inches(PAGE.w), Inches(PAGE.h)
        self._paint(brand)
        properties = self.deck.core_properties
        properties.title, properties.author, properties.last_modified_by = (
            title[:PROPERTY],
            brand.name,
            brand.name,
        )
        properties.created = properties.modified = made.replace(tzinfo=None)

    def saved(self) -> bytes:
        out = BytesIO()
        self.deck.save(out)
        return out.getvalue()

    def page(self, title: str, notes: str, colour: COLOUR = COLOUR.TEXT_2) -> Slide:
        layout = self.deck.slide_layouts.get_by_name("Title Only") or self.deck.slide_layouts[5]
        page = self.deck.slides.add_slide(layout)
        place(page.shapes.title, TITLE)
        write(page.shapes.title, [title], TITLE, 28, 18, bold=True, colour=colour, anchor=MSO_ANCHOR.MIDDLE)
        frame: Any = page.notes_slide.notes_text_frame
        frame.text = notes
        foot = f"{self.foot} · {len(self.deck.slides)}"
        text(page, [foot], FOOT, 10, 8, colour=COLOUR.ACCENT_5)
        return page

    def _paint(self, brand: Brand) -> None:
        """There is no interface for theme colours, so the theme of the master is rewritten."""
        part = self.deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme = parse_xml(part.blob)
        for name in PAINTED:
            slot = theme.find(f".//{MAIN}{name}")
            slot[:] = [parse_xml(COLOUR_XML.format(value=getattr(brand, name)))]
        for face in theme.iterfind(f".//{MAIN}fontScheme/*/{MAIN}latin"):
            face.set("typeface", brand.font)
        part._blob = serialize_part_xml(theme)


def place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu


def text(page: Slide, paragraphs: Sequence[str], box: Box, most: float, least: float, **style: Any) -> None:
    write(page.shapes.add_textbox(*box.emu), paragraphs, box, most, least, **style)


def write(
    shape: Any,
    paragraphs: Sequence[str],
    box: Box,
    most: float,
    least: float,
    *,
    bold: bool = False,
    colour: COLOUR = COLOUR.TEXT_1,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    gap: float = 0,
    heading: bool = False,
    source: bool = False,
    indent: float = 0,
) -> None:
    """`heading`: the first paragraph is bold. `source`: the last one says where it comes from."""
    across = (box.w - 2 * INSET - indent) * (0.93 if bold else 1)
    kept, size = fitted(list(paragraphs), across, box.h - INSET, most, least, gap)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left, frame.margin_right = Inches(INSET + indent), Inches(INSET)
    frame.margin_top = frame.margin_bottom = Inches(INSET / 2)
    for i, words in enumerate(kept):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.line_spacing = PP_ALIGN.LEFT, 1.0
        paragraph.space_after = Pt(gap)
        run = paragraph.add_run()
        run.text = words.replace("\n", "\v")
        small = source and 0 < i == len(kept) - 1
        run.font.size, run.font.bold = Pt(max(9, size * 0.6) if small else size), bold or (heading and i == 0)
        run.font.color.theme_color = colour


def card(page: Slide, paragraphs: Sequence[str], box: Box, most: float = 16, least: float = 9, **style: Any) -> None:
    """A tile with a coloured edge on its left."""
    edge: COLOUR = style.pop("edge", COLOUR.ACCENT_1)
    tile = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    fill(tile, COLOUR.BACKGROUND_2)
    styled: dict[str, Any] = {"gap": 5, "heading": True, "indent": EDGE, **style}
    write(tile, paragraphs, box, most, least, **styled)
    fill(page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(box.x, box.y, EDGE, box.h).emu), edge)


def fill(shape: Any, colour: COLOUR) -> None:
    shape.fill.solid()
    shape.fill.fore_color.theme_color = colour
    shape.line.fill.background()
    if (style := shape._element.find(qn("p:style"))) is not None:
        shape._element.remove(style)  # it brings a shadow


class Grid(NamedTuple):
    """A table: its header, its rows, and which share of the width each column gets."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


def table(page: Slide, told: Grid, box: Box, alt: str, tall: float = 0.5) -> None:
    """Rows share the height of the box, up to a comfortable one."""
    lines, widths = [told.head, *told.rows], told.widths
    tall = min(tall, box.h / len(lines))
    room = Box(box.x, box.y, box.w, tall * len(lines))
    frame = page.shapes.add_table(len(lines), len(widths), *room.emu)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid, total = frame.table, sum(widths)
    grid.horz_banding = False
    for column, share in enumerate(widths):
        grid.columns[column].width = Inches(box.w * share / total)
    for at, cells in enumerate(lines):
        grid.rows[at].height = Inches(tall)
        for column, words in enumerate(cells):
            room = Box(0, 0, box.w * widths[column] / total + 2 * (INSET - CELL), tall)
            _cell(grid.cell(at, column), words, room, at == 0)


def _cell(cell: Any, words: str, room: Box, head: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.theme_color = COLOUR.TEXT_2 if head else COLOUR.BACKGROUND_1
    colour = COLOUR.BACKGROUND_1 if head else COLOUR.TEXT_1
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cell, [words], room, 13, 9, bold=head, colour=colour, anchor=MSO_ANCHOR.MIDDLE)
    cell.margin_left = cell.margin_right = Inches(CELL)
    cell.margin_top = cell.margin_bottom = Inches(0.02)


def columns(box: Box, n: int, gap: float = 0.25) -> list[Box]:
    wide = (box.w - gap * (n - 1)) / n
    return [Box(box.x + i * (wide + gap), box.y, wide, box.h) for i in range(n)]


def tiles(box: Box, across: int, down: int, gap: float = 0.2) -> list[Box]:
    tall = (box.h - gap * (down - 1)) / down
    bands = [Box(box.x, box.y + i * (tall + gap), box.w, tall) for i in range(down)]
    return [tile for band in bands for tile in columns(band, across, gap)]


def backdrop(page: Slide, box: Box) -> None:
    """A dark field behind everything else."""
    ground = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    fill(ground, COLOUR.TEXT_2)
    page.shapes._spTree.remove(ground._element)
    page.shapes._spTree.insert(2, ground._element)
