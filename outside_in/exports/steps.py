"""The steps of a workshop as slides: a picture with its message, quotes, a wall of cards."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from pptx.slide import Slide

from outside_in.domain.blocks import (
    Bars,
    Block,
    Curve,
    Estimates,
    Invitation,
    Links,
    Money,
    Pairs,
    Points,
    Promise,
    Quadrant,
    Sayings,
    Shift,
    Slope,
    Spread,
    TooFew,
    Tornado,
    Voice,
)
from outside_in.domain.blocks import Grid as ValueMap
from outside_in.domain.outcome import Part
from outside_in.domain.text import Figure, Line, Say, Text, line
from outside_in.exports import maps, native, native_money, telling
from outside_in.exports.canvas import Canvas, chunks
from outside_in.exports.deck import BODY, Box, Grid, card, table, text, tiles

WORDS = Box(BODY.x, BODY.y - 0.05, BODY.w, 0.75)
PICTURE = Box(BODY.x, BODY.y + 0.75, BODY.w, 4.55)
BESIDE = Box(PICTURE.x + 6.33, PICTURE.y + 0.1, 5.6, PICTURE.h - 0.2)
"""The figures, right of a picture that is as wide as what is left."""
BELOW = Box(BESIDE.x, BESIDE.y + 2.5, BESIDE.w, BESIDE.h - 2.5)
LEFT = Box(PICTURE.x, PICTURE.y, 6.2, PICTURE.h)
ROWS, STATEMENTS, CARDS, VOICES = 8, 8, 6, 2
"""So many of each stand on one slide."""
Words = Sequence[Line | Text]


class Page(NamedTuple):
    """A slide that could be drawn; `rank`: how well the deck can do without it, 0 not at all."""

    rank: int
    draw: Callable[[], object]


def steps(canvas: Canvas, room: int) -> tuple[list[Page], int]:
    """The slides that tell most, in the order of the agenda, at most `room`; and how many were left out."""
    pages = [page for part in canvas.outcome.parts for page in _of(canvas, part)]
    first = sorted(range(len(pages)), key=lambda at: (pages[at].rank, -at))[:room]  # of equals the later one concludes
    return [pages[at] for at in sorted(first)], len(pages) - len(first)


def _of(canvas: Canvas, part: Part) -> Iterator[Page]:
    """Of one kind the first slide of a part counts most; what goes on behind it can be looked up elsewhere."""
    seen = Counter[type]()
    for run in _runs(telling.sections(part)):
        kind = type(run[0].block)
        for draw in _shown(canvas, part, run):
            yield Page(RANK.get(kind, LEAST) + 2 * seen[kind], draw)
            seen[kind] += 1


def _runs(sections: list[telling.Section]) -> Iterator[list[telling.Section]]:
    """Neighbours of one kind together: quotes share a slide, promises a wall; words under a heading stay with it."""
    run: list[telling.Section] = []
    for section in sections:
        headed = isinstance(section.block, Sayings) and bool(section.words)
        if run and (headed or type(run[0].block) is not type(section.block)):
            yield run
            run = []
        run.append(section)
    if run:
        yield run


def _shown(canvas: Canvas, part: Part, run: list[telling.Section]) -> list[Callable[[], object]]:
    blocks: list[Any] = [section.block for section in run]
    words = [word for section in run for word in section.words]
    match blocks[0]:
        case Voice():
            return [partial(_voices, canvas, part, few) for few in chunks(blocks, VOICES)]
        case Promise():
            return _wall(canvas, part, [_promise(promise, canvas.say) for promise in blocks], words)
        case Sayings():
            return _wall(canvas, part, [[canvas.say.value(item)] for block in blocks for item in block.items], words)
        case Points():
            return _wall(canvas, part, [[canvas.say(item)] for block in blocks for item in block.items], words)
        case TooFew() | Invitation():
            return []  # what is held back stands with the method; the room is over
        case None:
            return [partial(_sentences, canvas, part, few) for few in chunks(words, STATEMENTS)]
    pieces = [(section, block) for section in run for block in _pieces(section.block)]
    return [partial(_picture, canvas, part, section.words, block) for section, block in pieces]


def _notes(canvas: Canvas, part: Part, *told: str) -> list[str]:
    say = canvas.say
    debrief = [say("To talk about: {question}", question=question) for question in part.debrief]
    return [*told, say("{n} answers.", n=part.answered), *debrief, *canvas.method]


def _page(canvas: Canvas, part: Part, *told: str) -> Slide:
    return canvas.page(canvas.say(part.title), *_notes(canvas, part, *told))


def _sentences(canvas: Canvas, part: Part, words: Words) -> None:
    said = [canvas.say(word) for word in words]
    card(_page(canvas, part), said, BODY, 24, 11, heading=False, gap=12)


def _voices(canvas: Canvas, part: Part, voices: Sequence[Voice]) -> None:
    title = canvas.say("{title}: in customers' own words", title=part.title)
    canvas.quotes(canvas.page(title, *_notes(canvas, part)), voices, BODY)


def _wall(canvas: Canvas, part: Part, cards: list[list[str]], words: Words) -> list[Callable[[], object]]:
    walls = list(chunks(cards, CARDS))
    more = [line("{n} of {of}; the protocol holds them all.", n=CARDS, of=len(cards))] if len(walls) > 1 else []
    return [partial(_cards, canvas, part, few, [*words, *more]) for few in walls]


def _cards(canvas: Canvas, part: Part, cards: Sequence[list[str]], words: Words) -> None:
    page = _page(canvas, part)
    _lead(page, words, canvas.say)
    boxes = tiles(PICTURE if words else BODY, 3, 2)
    for box, said in zip(boxes, cards, strict=False):
        card(page, said, box, 18, 9, heading=len(said) > 1)


def _promise(promise: Promise, say: Say) -> list[str]:
    return [
        say.value(promise.owner) or say("A leader of this group"),
        say(telling.promised(promise)),
        say("Visible by {due}: {measure}", due=promise.due, measure=promise.measure),
        say("First step: {step}", step=promise.first_step),
    ]


def _lead(page: Slide, words: Words, say: Say) -> None:
    if words:
        text(page, [say(word) for word in words], WORDS, 18, 9, heading=True, gap=2)


def _picture(canvas: Canvas, part: Part, words: Words, block: Any) -> None:
    page = _page(canvas, part, canvas.say(block.sentence()))
    if isinstance(block, Money):  # the chance is the message; what was assumed stands below the figures
        text(page, [canvas.say(word) for word in words], BELOW, 14, 9, gap=8)
        words = ()
    _lead(page, words or (block.sentence(),), canvas.say)
    DRAW[type(block)](page, block, canvas.say)


def _pieces(block: Any) -> Iterator[Block]:
    """A picture with many rows becomes several; orders and journeys stay whole."""
    if not isinstance(block, Pairs | Bars | Spread) or len(block.rows) <= ROWS:
        yield block
        return
    for rows in chunks(block.rows, ROWS):
        yield block.model_copy(update={"rows": tuple(rows)})


def _pairs(page: Slide, block: Pairs, say: Say) -> None:
    native.pairs(page, block, say, LEFT)
    heads = line("Touchpoint"), line("We guess"), line("Customers say"), line("Gap")
    rows = [
        (
            say(row.label),
            say.value(row.outside.figure(row.inside)),
            say(telling.level(row.outside)),
            _gap(row, say),
        )
        for row in block.rows
    ]
    _figures(page, Grid([say(head) for head in heads], rows, (3, 1.45, 2.35, 1.45)), say)


def _gap(row: Pairs.Row, say: Say) -> str:
    if row.noise:
        return say("may be chance")
    return say.value(row.outside.figure(row.gap).model_copy(update={"signed": True}))


def _bars(page: Slide, block: Bars, say: Say) -> None:
    native.bars(page, block, say, LEFT)
    heads = line("Choice"), line("Votes"), line("Share"), line("Interval")
    rows = [
        (
            say(row.label),
            say("{n} of {of}", n=row.count, of=block.n),
            say.value(_percent(row.count / max(1, block.n))),
            say("{low} to {high}", low=_percent(row.low), high=_percent(row.high)),
        )
        for row in block.rows
    ]
    _figures(page, Grid([say(head) for head in heads], rows, (3, 1.5, 1.2, 2.5)), say)


def _figures(page: Slide, told: Grid, say: Say) -> None:
    table(page, told, BESIDE, say("The figures beside the picture."), tall=0.75)


def _spread(page: Slide, block: Spread, say: Say) -> None:
    native.spread(page, block, say, PICTURE)


def _slope(page: Slide, block: Slope, say: Say) -> None:
    native.slope(page, block, say, PICTURE)


def _curve(page: Slide, block: Curve, say: Say) -> None:
    native.curve(page, block, say, PICTURE)


def _money(page: Slide, block: Money, say: Say) -> None:
    native_money.money(page, block, say, LEFT)
    _figures(page, _told(block, say, (3.4, 1.8, 1.7, 1.8)), say)


def _tornado(page: Slide, block: Tornado, say: Say) -> None:
    few = block.model_copy(update={"bars": block.bars[:ROWS]})
    native_money.tornado(page, few, say, LEFT)
    _figures(page, _told(few, say, (3, 1.8, 1.8)), say)


def _estimates(page: Slide, block: Estimates, say: Say) -> None:
    table(page, _told(block, say, (5, 1.5, 1.5, 1.5, 1.5)), PICTURE, say("The figures in the middle of the room."))


def _told(block: Block, say: Say, widths: tuple[float, ...]) -> Grid:
    """The block's own table."""
    told = block.table()
    assert told
    rows = [tuple(say.value(cell) for cell in row) for row in told.rows]
    return Grid([say(column) for column in told.columns], rows, widths)


def _map(page: Slide, block: ValueMap, say: Say) -> None:
    maps.grid(page, block, say, Box(PICTURE.x, PICTURE.y, PICTURE.w, PICTURE.h - 0.15))


def _links(page: Slide, block: Links, say: Say) -> None:
    maps.links(page, block, say, PICTURE)


def _quadrant(page: Slide, block: Quadrant, say: Say) -> None:
    maps.quadrant(page, block, say, LEFT)
    heads = line("Principle"), line("Weight, 0 to 9"), line("Lived today, 1 to 5")
    dots = sorted(block.dots, key=lambda dot: -dot.y * (5 - dot.x))
    rows = [(say(d.label), *(say.value(Figure(value=v, digits=1)) for v in (d.y, d.x))) for d in dots]
    _figures(page, Grid([say(head) for head in heads], rows, (3, 1.5, 1.6)), say)


def _shift(page: Slide, block: Shift, say: Say) -> None:
    maps.shift(page, block, say, PICTURE)


def _percent(share: float) -> Figure:
    return Figure(value=100 * share, unit="%")


DRAW: dict[type[Block], Callable[..., None]] = {
    Pairs: _pairs,
    Bars: _bars,
    Spread: _spread,
    Slope: _slope,
    Curve: _curve,
    Money: _money,
    Tornado: _tornado,
    Estimates: _estimates,
    ValueMap: _map,
    Links: _links,
    Quadrant: _quadrant,
    Shift: _shift,
}
RANK: dict[type, int] = {
    **dict.fromkeys((Pairs, Slope, Curve, ValueMap, Money, Promise), 0),
    **dict.fromkeys((Bars, Shift, Quadrant, Links), 1),
    **dict.fromkeys((Sayings, Tornado, Estimates), 2),
}
LEAST = 4
"""Guesses that another slide shows beside the truth, sentences, and quotes, which stand with their theme."""
