"""Slides with notes, tables that go on, quotes: what every page of the deck is drawn with."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from pptx.dml.color import MSO_THEME_COLOR as COLOUR
from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide

from outside_in.domain.blocks import Voice
from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Say
from outside_in.exports import telling
from outside_in.exports.deck import BODY, Box, Deck, Grid, card, table, tiles

LONG = 12
"""Rows of a table that has a slide to itself."""


class Canvas:
    def __init__(self, outcome: Outcome, say: Say, deck: Deck) -> None:
        self.outcome, self.say, self.deck = outcome, say, deck

    @property
    def method(self) -> list[str]:
        """How it came about: in the notes of every slide that shows results."""
        return [self.say(words) for words in telling.method(self.outcome)]

    def page(self, title: str, *notes: str) -> Slide:
        said = (*notes, *map(self.say, telling.notices(self.outcome)))
        return self.deck.page(title, "\n".join(filter(None, said)))

    def grids(self, title: str, notes: Sequence[str], told: Grid) -> list[Callable[[], object]]:
        """Draws a table, on as many slides as it takes."""
        return [partial(self._grid, title, notes, told._replace(rows=rows)) for rows in chunks(told.rows, LONG)]

    def _grid(self, title: str, notes: Sequence[str], told: Grid) -> None:
        table(self.page(title, *notes), told, BODY, self.say("A table."))

    def quotes(self, page: Slide, voices: Sequence[Voice], box: Box) -> None:
        if not voices:
            return
        for tile, voice in zip(tiles(box, 1, len(voices)), voices, strict=True):
            source = " · ".join(map(self.say, telling.origin(voice.quote, voice.about)))
            words = self.say("“{words}”", words=voice.quote.text)
            edge = COLOUR.ACCENT_4 if voice.quote.kind in ("dissent", "positive") else COLOUR.ACCENT_2
            style = {"heading": False, "source": bool(source), "gap": 8, "anchor": MSO_ANCHOR.MIDDLE}
            card(page, [part for part in (words, source) if part], tile, 24, 10, edge=edge, **style)


def chunks(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
