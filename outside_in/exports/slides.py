"""The deck: what was seen, what it means, who does what by when."""

import base64
import datetime as dt
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from pptx.dml.color import MSO_THEME_COLOR as COLOUR
from pptx.slide import Slide
from pptx.util import Inches

from outside_in.domain.blocks import Pairs, Voice
from outside_in.domain.feedback import Theme
from outside_in.domain.journey import Journey
from outside_in.domain.journey_told import curve
from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Figure, Say, line, lines
from outside_in.exports import native, telling
from outside_in.exports.canvas import Canvas
from outside_in.exports.clean import Clean
from outside_in.exports.deck import BODY, Box, Deck, Grid, backdrop, card, columns, place, text, write
from outside_in.exports.files import Brand, File, named
from outside_in.exports.steps import PICTURE, steps

MEDIA = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MOST = 420
"""Characters of one text on a slide; all of it stands in the workbook."""
STORY, LEAST = 16, 5
"""Slides of a deck, and how many of them tell of the steps at least; the protocol holds everything."""
TOP = 3
"""Gaps and themes that are named at a glance; each of these themes has a slide."""


def slides(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    said = Clean(say, MOST)
    deck = Deck(brand, _foot(outcome, said, brand), said.value(outcome.title), made)
    canvas = Canvas(outcome, said, deck)
    first = [partial(draw, canvas) for draw in (_title, _summary, _participation)]
    themes = [partial(_theme, canvas, theme) for theme in telling.themes(outcome)[:TOP]]
    last = [*_journey(canvas), *themes, *_owners(canvas), partial(_dates, canvas)]
    pages, left_out = steps(canvas, max(LEAST, STORY - len(first) - len(last) - 1))
    for draw in (*first, *(page.draw for page in pages), *last):
        draw()
    _sources(canvas, left_out)
    return File(named(outcome, "pptx"), MEDIA, deck.saved())


def _foot(outcome: Outcome, say: Say, brand: Brand) -> str:
    return " · ".join((brand.footer or brand.name, say.value(outcome.date), *_client(outcome, say)))


def _client(outcome: Outcome, say: Say) -> list[str]:
    return [say(telling.client(outcome))] if outcome.client else []


def _title(canvas: Canvas) -> None:
    say, outcome = canvas.say, canvas.outcome
    page = canvas.page(say.value(outcome.title), *canvas.method)
    backdrop(page, Box(0, 0, 13.333, 4.1))
    _heading(page, say.value(outcome.title), Box(0.7, 1.3, 11.9, 1.7))
    under = " · ".join((*_client(outcome, say), say.value(outcome.date)))
    text(page, [under], Box(0.7, 3.05, 11.9, 0.7), 20, 12, colour=COLOUR.BACKGROUND_1)
    text(page, [say(telling.audience(outcome))], Box(0.7, 4.4, 11.9, 0.5), 16, 11)
    if sign := canvas.deck.brand.logo:
        logo: Any = page.shapes.add_picture(
            BytesIO(base64.b64decode(sign)), Inches(0.7), Inches(6.15), height=Inches(0.7)
        )
        logo._element.nvPicPr.cNvPr.set("descr", say("Logo of {name}", name=canvas.deck.brand.name))
    if notices := [say(notice) for notice in telling.notices(outcome)]:
        box = Box(0.82, 5.1, 11.6, 0.35 + 0.35 * len(notices))
        card(page, notices, box, edge=COLOUR.ACCENT_2, heading=False, bold=True)


def _heading(page: Slide, title: str, box: Box) -> None:
    shape: Any = page.shapes.title
    place(shape, box)
    shape.text_frame.clear()
    write(shape, [title], box, 40, 20, bold=True, colour=COLOUR.BACKGROUND_1)


def _summary(canvas: Canvas) -> None:
    say, outcome = canvas.say, canvas.outcome
    page = canvas.page(say("At a glance"), *canvas.method)
    gaps = [_gap(row, say) for row in telling.gaps(outcome)[:TOP]]
    themes = telling.themes(outcome)[:TOP]
    tops = [say("{theme}: {n} comments", theme=theme.label, n=theme.size) for theme in themes]
    ahead = [say("Commitments: {n}", n=len(outcome.promises))]
    ahead += [say("{date}: check-in after {n} days", date=day, n=n) for n, day in telling.checks(outcome)]
    heads = say("The widest gaps"), say("What customers talk about"), say("What happens next")
    edges = COLOUR.ACCENT_2, COLOUR.ACCENT_1, COLOUR.ACCENT_3
    for box, edge, head, said in zip(columns(BODY, 3), edges, heads, (gaps, tops, ahead), strict=True):
        card(page, [head, *(said or [say("Nothing to show.")])], box, 18, 10, edge=edge, gap=10)


def _gap(row: Pairs.Row, say: Say) -> str:
    known = row.outside
    said = say(
        "{label}: we guess {inside}, customers say {outside}",
        label=row.label,
        inside=known.figure(row.inside),
        outside=known.figure(known.value),
    )
    return f"{said} ({say('may be chance')})" if row.noise else said


def _participation(canvas: Canvas) -> None:
    say = canvas.say
    held = [f"{say(held.step)}: {say(held.why)}" for held in canvas.outcome.suppressed]
    page = canvas.page(say("Who took part, and how to read this"), *held)
    card(page, [f"• {said}" for said in (*canvas.method, *held)], BODY, 18, 10, heading=False, gap=8)


def _journey(canvas: Canvas) -> list[Callable[[], object]]:
    say, journey = canvas.say, canvas.outcome.journey
    if not journey:
        return []
    drawn = [] if telling.has_curve(canvas.outcome) else [partial(_curve, canvas, journey)]
    rows = []
    for point in journey.touchpoints:
        known = say(telling.level(point.evidence)) if point.evidence else say("assumed")
        bad = None if point.negative is None else Figure(value=100 * point.negative, unit="%")
        rows.append((say(point.name), known, say.value(bad), say.value(point.owner or None)))
    heads = line("Touchpoint"), line("Customers say"), line("Bad experiences"), line("Owner")
    told = Grid([say(head) for head in heads], rows, (4, 4, 2, 3))
    return [*drawn, *canvas.grids(say("Customer journey: {name}", name=journey.name), canvas.method, told)]


def _curve(canvas: Canvas, journey: Journey) -> None:
    page = canvas.page(canvas.say("Customer journey: {name}", name=journey.name), *canvas.method)
    native.curve(page, curve(journey), canvas.say, PICTURE)


def _theme(canvas: Canvas, theme: Theme) -> None:
    say = canvas.say
    notes = say("Quotes were redacted and released one by one."), *canvas.method
    page = canvas.page(say("Theme: {label}", label=theme.label), *notes)
    facts = [say("{n} comments", n=theme.size), ", ".join(map(say.value, theme.keywords))]
    if theme.evidence:
        facts += [say(telling.level(theme.evidence)), say(theme.evidence.unit)]
    left, right = Box(BODY.x, BODY.y, 3.6, BODY.h), Box(BODY.x + 3.85, BODY.y, BODY.w - 3.85, BODY.h)
    card(page, [fact for fact in facts if fact], left, 20, 10, gap=10)
    canvas.quotes(page, [Voice(quote=quote) for quote in telling.voices(theme)[:TOP]], right)


def _owners(canvas: Canvas) -> list[Callable[[], object]]:
    say = canvas.say
    rows = [(say(point.name), say.value(point.n)) for point in telling.unowned(canvas.outcome)]
    told = Grid((say("Touchpoint"), say("Customers asked")), rows, (6, 2))
    note = say("A touchpoint without an owner is nobody's job.")
    return canvas.grids(say("Touchpoints without an owner"), [note], told)


def _dates(canvas: Canvas) -> None:
    say, outcome = canvas.say, canvas.outcome
    page = canvas.page(say("The next 90 days"), say("Dates come as a calendar file, too."))
    stops = [(telling.first_steps(outcome), say("First steps are done"))]
    stops += [(day, say("Check-in after {n} days", n=n)) for n, day in telling.checks(outcome)]
    boxes = columns(Box(BODY.x, BODY.y + 0.6, BODY.w, 2.6), len(stops))
    for box, (day, about) in zip(boxes, stops, strict=True):
        due = sum(promise.due <= day for promise in outcome.promises)
        by_then = lines("One commitment is due by then.", "{n} commitments are due by then.", due)
        card(page, [say.value(day), about, *([say(by_then)] if due else [])], box, 18, 10, gap=8)


def _sources(canvas: Canvas, left_out: int) -> None:
    say = canvas.say
    found = (*telling.sources(canvas.outcome), *telling.marks(canvas.outcome))
    page = canvas.page(say("Where the figures come from"))
    said = [say(words) for words in found] or [say("No customers' figures were used.")]
    if left_out:
        more = lines(
            "One more picture of this session stands in the protocol.",
            "{n} more pictures of this session stand in the protocol.",
            left_out,
        )
        said.append(say(more))
    card(page, said, BODY, 16, 9, heading=False, gap=8)
