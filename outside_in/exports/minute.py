"""The feedback minute as one slide in theme colours."""

import datetime as dt

from pptx.dml.color import MSO_THEME_COLOR as COLOUR

from outside_in.domain.minute import Minute
from outside_in.domain.text import Say
from outside_in.exports.clean import Clean
from outside_in.exports.deck import BODY, Deck, card, tiles
from outside_in.exports.files import Brand, File
from outside_in.exports.papers import MOST, lines_of
from outside_in.exports.slides import MEDIA

EDGES = COLOUR.ACCENT_2, COLOUR.ACCENT_1, COLOUR.ACCENT_3, COLOUR.ACCENT_4


def minute_slide(held: Minute, title: str, say: Say, made: dt.datetime, brand: Brand) -> File:
    say = Clean(say, MOST)
    deck = Deck(brand, " · ".join((brand.footer or brand.name, title)), say("Feedback minute"), made)
    page = deck.page(say("Feedback minute"), say("Read aloud, then one minute of silence. No defending."))
    told = lines_of(held, say)
    for box, edge, parts in zip(tiles(BODY, 2, 2), EDGES, told, strict=False):
        card(page, [part for part in parts if part], box, 20, 11, edge=edge, source=bool(parts[2]))
    return File("feedback-minute.pptx", MEDIA, deck.saved())
