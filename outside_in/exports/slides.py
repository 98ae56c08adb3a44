"""The deck: what was seen, what it means, who does what by when."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pptx.dml.color import MSO_THEME_COLOR as COLOUR
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide

from outside_in.domain.blocks import (
    Bars,
    Block,
    Curve,
    Invitation,
    Pairs,
    Points,
    Promise,
    Sayings,
    Slope,
    Spread,
    TooFew,
    Voice,
)
from outside_in.domain.feedback import Theme
from outside_in.domain.outcome import Outcome, Part
from outside_in.domain.text import Figure, Line, Say, Text, lines
from outside_in.exports import native, telling
from outside_in.exports.clean import Clean
from outside_in.exports.deck import BODY, Box, Deck, card, columns, fill, place, table, text, tiles, write
from outside_in.exports.files import Brand, File, named

MEDIA = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MOST = 420
"""Characters of one text on a slide; all of it stands in the workbook."""
TOP_THEMES = 3
WORDS = Box(BODY.x, BODY.y - 0.05, BODY.w, 0.75)
PICTURE = Box(BODY.x, BODY.y + 0.75, BODY.w, 4.55)


def slides(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    said = Clean(say, MOST)
    foot = " · ".join(
        filter(None, (brand.footer or brand.name, said.value(outcome.date), _client(outcome, said)))
    )
    deck = Deck(brand, foot, said.value(outcome.title), made)
    book = _Book(outcome, said, deck)
    book.title()
    book.summary()
    book.participation()
    for part in outcome.parts:
        book.part(part)
    book.journey()
    for theme in telling.themes(outcome)[:TOP_THEMES]:
        book.theme(theme)
    book.owners()
    book.dates()
    book.sources()
    return File(named(outcome, "pptx"), MEDIA, deck.saved())


def _client(outcome: Outcome, say: Say) -> str:
    return say(telling.client(outcome)) if outcome.client else ""


class _Book:
    """Pages in the order of the story; every one carries its method in the speaker notes."""

    def __init__(self, outcome: Outcome, say: Say, deck: Deck) -> None:
        self.outcome, self.say, self.deck = outcome, say, deck

    def page(self, title: str, *notes: str) -> Slide:
        return self.deck.page(
            title, "\n".join(filter(None, (*notes, *map(self.say, telling.notices(self.outcome)))))
        )

    # the frame ------------------------------------------------------------

    def title(self) -> None:
        page = self.page(self.say.value(self.outcome.title), *map(self.say, telling.method(self.outcome)))
        band = Box(0, 0, 13.333, 4.1)
        ground = page.shapes.add_shape(1, *band.emu)
        fill(ground, COLOUR.TEXT_2)
        page.shapes._spTree.remove(ground._element)
        page.shapes._spTree.insert(2, ground._element)
        heading = Box(0.7, 1.3, 11.9, 1.7)
        place(page.shapes.title, heading)
        page.shapes.title.text_frame.clear()
        write(
            page.shapes.title,
            [self.say.value(self.outcome.title)],
            heading,
            40,
            20,
            bold=True,
            colour=COLOUR.BACKGROUND_1,
        )
        under = " · ".join(filter(None, (_client(self.outcome, self.say), self.say.value(self.outcome.date))))
        text(page, [under], Box(0.7, 3.05, 11.9, 0.7), 20, 12, colour=COLOUR.BACKGROUND_1)
        text(page, [self.say(telling.audience(self.outcome))], Box(0.7, 4.4, 11.9, 0.5), 16, 11)
        if notices := telling.notices(self.outcome):
            card(
                page,
                [*map(self.say, notices)],
                Box(0.82, 5.1, 11.6, 0.55 + 0.4 * len(notices)),
                edge=COLOUR.ACCENT_2,
                heading=False,
            )

    def summary(self) -> None:
        page = self.page(self.say("At a glance"), *map(self.say, telling.method(self.outcome)))
        tops = [self._theme_line(theme) for theme in telling.themes(self.outcome)[:TOP_THEMES]]
        gaps = [self._gap_line(row) for row in telling.gaps(self.outcome)[:3]]
        days = [
            f"{self.say.value(day)}: {self.say('check-in after {n} days', n=n)}"
            for n, day in telling.checks(self.outcome)
        ]
        promises = self.say("Commitments: {n}", n=len(self.outcome.promises))
        none = [self.say("Nothing to show.")]
        edges = (COLOUR.ACCENT_2, COLOUR.ACCENT_1, COLOUR.ACCENT_3)
        heads = (
            self.say("The widest gaps"),
            self.say("What customers talk about"),
            self.say("What happens next"),
        )
        for box, edge, head, said in zip(
            columns(BODY, 3), edges, heads, (gaps, tops, [promises, *days]), strict=True
        ):
            card(page, [head, *(said or none)], box, 18, 10, edge=edge, gap=10)

    def _theme_line(self, theme: Theme) -> str:
        return self.say("{theme}: {n} comments", theme=theme.label, n=theme.size)

    def _gap_line(self, row: Pairs.Row) -> str:
        known = row.outside
        said = self.say(
            "{label}: we guess {inside}, customers say {outside}",
            label=row.label,
            inside=known.figure(row.inside),
            outside=known.figure(known.value),
        )
        return f"{said} ({self.say('may be chance')})" if row.noise else said

    def participation(self) -> None:
        said = [*map(self.say, telling.method(self.outcome))]
        held = [f"{self.say(s.step)}: {self.say(s.why)}" for s in self.outcome.suppressed]
        page = self.page(self.say("Who took part, and how to read this"), *held)
        card(page, [f"• {words}" for words in [*said, *held]], BODY, 18, 10, heading=False, gap=8)

    def dates(self) -> None:
        page = self.page(self.say("The next 90 days"), self.say("Dates come as a calendar file, too."))
        stops = [(telling.first_steps(self.outcome), self.say("First steps are done"))]
        stops += [(day, self.say("Check-in after {n} days", n=n)) for n, day in telling.checks(self.outcome)]
        for box, (day, about) in zip(
            columns(Box(BODY.x, BODY.y + 0.6, BODY.w, 2.6), len(stops)), stops, strict=True
        ):
            due = sum(promise.due <= day for promise in self.outcome.promises)
            more = (
                [self.say(lines("One commitment is due by then.", "{n} commitments are due by then.", due))]
                if due
                else []
            )
            card(page, [self.say.value(day), about, *more], box, 18, 10, gap=8)

    def owners(self) -> None:
        points = telling.unowned(self.outcome)
        if not points:
            return
        head = (self.say("Touchpoint"), self.say("Customers asked"))
        rows = [(self.say(point.name), self.say.value(point.n)) for point in points]
        title = self.say("Touchpoints without an owner")
        page = self.page(title, self.say("A touchpoint without an owner is nobody's job."))
        self._paged(page, head, rows, (6, 2), BODY, 10, title)

    def sources(self) -> None:
        said = [*map(self.say, (*telling.sources(self.outcome), *telling.marks(self.outcome)))]
        page = self.page(self.say("Where the figures come from"))
        card(
            page,
            [*(said or [self.say("No customers' figures were used.")])],
            BODY,
            16,
            9,
            heading=False,
            gap=8,
        )

    def journey(self) -> None:
        journey = self.outcome.journey
        if not journey:
            return
        title = self.say("Customer journey: {name}", name=journey.name)
        page = self.page(title, *map(self.say, telling.method(self.outcome)))
        head = tuple(map(self.say, ("Touchpoint", "Customers say", "Bad experiences", "Owner")))
        rows = []
        for point in journey.touchpoints:
            value = self.say(telling.level(point.evidence)) if point.evidence else self.say("assumed")
            bad = (
                self.say.value(Figure(value=100 * point.negative, unit="%"))
                if point.negative is not None
                else "–"
            )
            rows.append((self.say(point.name), value, bad, self.say.value(point.owner) or "–"))
        self._paged(page, head, rows, (4, 4, 2, 3), BODY, 10, title)

    def theme(self, theme: Theme) -> None:
        notes = self.say("Quotes were redacted and released one by one.")
        page = self.page(
            self.say("Theme: {label}", label=theme.label), notes, *map(self.say, telling.method(self.outcome))
        )
        facts = [self.say("{n} comments", n=theme.size), ", ".join(map(self.say.value, theme.keywords))]
        if theme.evidence:
            facts += [self.say(telling.level(theme.evidence)), self.say(theme.evidence.unit)]
        card(page, [fact for fact in facts if fact], Box(BODY.x, BODY.y, 3.6, BODY.h), 20, 10, gap=10)
        voices = telling.voices(theme)[:3]
        right = Box(BODY.x + 3.85, BODY.y, BODY.w - 3.85, BODY.h)
        for box, quote in zip(tiles(right, 1, len(voices)), voices, strict=True) if voices else ():
            self._quote(page, Voice(quote=quote), box)

    # the steps ------------------------------------------------------------

    def part(self, part: Part) -> None:
        sections = telling.sections(part)
        for kind, group in _runs(sections):
            tell = SEVERAL.get(kind)
            if tell:
                tell(self, part, [section.block for section in group])
            else:
                for section in group:
                    self._one(part, section)

    def _one(self, part: Part, section: telling.Section) -> None:
        match section.block:
            case Spread() | Pairs() | Bars() | Slope() | Curve() as block:
                self._picture(part, block, section.words)
            case Sayings(items=items):
                self._wall(part, [[item] for item in map(self.say.value, items)], section.words)
            case Points(items=items):
                self._wall(part, [[item] for item in map(self.say, items)], section.words)
            case TooFew() | Invitation():
                pass  # what is held back stands beside the method; the way in leads into a room that is over
            case None:
                self._sentences(part, section.words)
            case other:
                self._sentences(part, (other.sentence(), *section.words))

    def _notes(self, part: Part, *more: str) -> list[str]:
        debrief = [self.say("To talk about: {question}", question=question) for question in part.debrief]
        return [
            *more,
            self.say("{n} answers.", n=part.answered),
            *debrief,
            *map(self.say, telling.method(self.outcome)),
        ]

    def _sentences(self, part: Part, words: Sequence[Line | Text]) -> None:
        for few in _chunks(words, 8):
            page = self.page(self.say(part.title), *self._notes(part))
            card(page, [*map(self.say, few)], BODY, 24, 11, heading=False, gap=12)

    def _wall(self, part: Part, cards: list[list[str]], words: Sequence[Line | Text] = ()) -> None:
        for few in _chunks(cards, 6):
            page = self.page(self.say(part.title), *self._notes(part))
            self._lead(page, words)
            for box, paragraphs in zip(tiles(PICTURE if words else BODY, 3, 2), few, strict=False):
                card(page, paragraphs, box, 18, 9, heading=len(paragraphs) > 1)

    def _lead(self, page: Slide, words: Sequence[Line | Text]) -> None:
        if words:
            text(page, [*map(self.say, words)], WORDS, 18, 9, heading=True, gap=2)

    def _quote(self, page: Slide, voice: Voice, box: Box) -> None:
        source = " · ".join(map(self.say, telling.origin(voice.quote, voice.about)))
        edge = COLOUR.ACCENT_4 if voice.quote.kind in ("dissent", "positive") else COLOUR.ACCENT_2
        card(
            page,
            [self.say("“{words}”", words=voice.quote.text), source],
            box,
            24,
            10,
            heading=False,
            source=True,
            gap=8,
            edge=edge,
            anchor=MSO_ANCHOR.MIDDLE,
        )

    def _voices(self, part: Part, voices: Sequence[Any]) -> None:
        for few in _chunks(voices, 2):
            page = self.page(
                self.say("{title}: in customers' own words", title=part.title), *self._notes(part)
            )
            for box, voice in zip(tiles(BODY, 1, len(few)), few, strict=True):
                self._quote(page, voice, box)

    def _promises(self, part: Part, promises: Sequence[Any]) -> None:
        self._wall(part, [self._promise(promise) for promise in promises])

    def _promise(self, promise: Promise) -> list[str]:
        said = [promise.owner or self.say("A leader of this group"), self.say(telling.promised(promise))]
        said.append(self.say("Visible by {due}: {measure}", due=promise.due, measure=promise.measure))
        said.append(self.say("First step: {step}", step=promise.first_step))
        return [self.say.value(words) for words in said]

    def _picture(self, part: Part, block: Block, words: Sequence[Line | Text]) -> None:
        for piece in _pieces(block):
            told = self.say(piece.sentence())
            page = self.page(self.say(part.title), *self._notes(part, told))
            self._lead(page, words or (piece.sentence(),))
            DRAW[type(piece)](self, page, piece)

    def _pairs(self, page: Slide, block: Pairs) -> None:
        native.pairs(page, block, self.say, Box(PICTURE.x, PICTURE.y, 6.2, PICTURE.h))
        head = tuple(map(self.say, ("Touchpoint", "We guess", "Customers say", "Gap")))
        rows = [
            (
                self.say(r.label),
                self.say.value(r.outside.figure(r.inside)),
                self.say(telling.level(r.outside)),
                self._gap(r),
            )
            for r in block.rows
        ]
        box = Box(PICTURE.x + 6.33, PICTURE.y + 0.1, 5.6, PICTURE.h - 0.2)
        table(
            page,
            head,
            rows,
            box,
            (3, 1.45, 2.35, 1.45),
            self.say("The figures beside the picture."),
            tall=0.75,
        )

    def _gap(self, row: Pairs.Row) -> str:
        if row.noise:
            return self.say("may be chance")
        figure = row.outside.figure(row.gap)
        return self.say.value(figure.model_copy(update={"signed": True}))

    def _bars(self, page: Slide, block: Bars) -> None:
        native.bars(page, block, self.say, Box(PICTURE.x, PICTURE.y, 7.0, PICTURE.h))
        head = tuple(map(self.say, ("Choice", "Votes", "Share", "Interval")))
        rows = [
            (
                self.say(row.label),
                self.say("{n} of {of}", n=row.count, of=block.n),
                self.say.value(_percent(row.count / block.n if block.n else 0)),
                self.say("{low} to {high}", low=_percent(row.low), high=_percent(row.high)),
            )
            for row in block.rows
        ]
        box = Box(PICTURE.x + 7.13, PICTURE.y + 0.1, 4.8, PICTURE.h - 0.2)
        table(
            page, head, rows, box, (3, 1.35, 1.1, 2.3), self.say("The figures beside the picture."), tall=0.65
        )

    def _spread(self, page: Slide, block: Spread) -> None:
        native.spread(page, block, self.say, PICTURE)

    def _slope(self, page: Slide, block: Slope) -> None:
        native.slope(page, block, self.say, PICTURE)

    def _curve(self, page: Slide, block: Curve) -> None:
        native.curve(page, block, self.say, PICTURE)

    def _paged(
        self,
        page: Slide,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        box: Box,
        most: int,
        title: str,
    ) -> None:
        """A table on as many pages as it takes; from the second on it has the whole body."""
        alt = self.say("A table.")
        table(page, head, rows[:most], box, widths, alt)
        for few in _chunks(rows[most:], 12):
            table(self.page(title), head, few, BODY, widths, alt)


SEVERAL: dict[type | None, Callable[..., None]] = {Voice: _Book._voices, Promise: _Book._promises}
DRAW: dict[type, Callable[..., None]] = {
    Pairs: _Book._pairs,
    Bars: _Book._bars,
    Spread: _Book._spread,
    Slope: _Book._slope,
    Curve: _Book._curve,
}
ROWS = 8
"""So many touchpoints, themes or choices stand on one slide."""


def _pieces(block: Any) -> Iterator[Any]:
    """A picture with many rows becomes several; orders and journeys stay whole."""
    if not isinstance(block, Pairs | Bars | Spread) or len(block.rows) <= ROWS:
        yield block
        return
    for rows in _chunks(block.rows, ROWS):
        yield block.model_copy(update={"rows": tuple(rows)})


def _runs(sections: list[telling.Section]) -> Iterator[tuple[type | None, list[telling.Section]]]:
    """Neighbours of one kind: quotes share a slide, promises a wall."""
    run: list[telling.Section] = []
    for section in sections:
        if run and type(run[0].block) is not type(section.block):
            yield type(run[0].block), run
            run = []
        run.append(section)
    if run:
        yield type(run[0].block), run


def _chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _percent(share: float) -> Figure:
    return Figure(value=100 * share, unit="%")
