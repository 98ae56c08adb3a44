"""
The evidence chair: in an ordinary meeting one person speaks for customers, with cards only (DOMAIN F6).

No card, no claim. The cards can be printed; what is recorded is which were played and whether a decision changed.
"""

from typing import Literal

from outside_in.domain.blocks import Beat, Block, Points, Says, Voice, beat
from outside_in.domain.evidence import Evidence
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.feedback import Quote
from outside_in.domain.model import Model
from outside_in.domain.questions import AnyQuestion, Option, Pick, Words
from outside_in.domain.tallies import bars, sayings
from outside_in.domain.text import Line, Text, line

FEWEST = 2
"""Fewer cards make a clown of the role."""
CHANGED = (
    Option(id="yes", label=Text(de="ja, wir haben anders entschieden", en="yes, we decided differently")),
    Option(id="partly", label=Text(de="teilweise", en="in part")),
    Option(id="no", label=Text(de="nein", en="no")),
)


class Card(Model):
    """One thing a customer's speaker may lay on the table."""

    id: str
    about: Text
    quote: Quote | None = None
    number: Evidence | None = None

    @property
    def says(self) -> Line:
        if self.number is None:
            return line("{about}: “{words}”", about=self.about, words=self.quote.text if self.quote else "")
        known = self.number
        return line(
            "{about}: {value} ({low} to {high}, n = {n}; {unit})",
            about=self.about,
            value=known.figure(known.value),
            low=known.figure(known.low),
            high=known.figure(known.high),
            n=known.n,
            unit=known.unit,
        )


class Chair(Exercise):
    kind: Literal["chair"] = "chair"
    comments: int = 6
    numbers: int = 4
    cards: tuple[Card, ...] = ()

    def filled(self, facts: Facts) -> "Chair":
        if self.cards:
            return self
        spoken = [(theme, next((q for q in theme.quotes if q.approved), None)) for theme in facts.themes]
        quotes = [Card(id=f"c{q.row}", about=theme.label, quote=q) for theme, q in spoken if q][: self.comments]
        points = facts.journey.touchpoints if facts.journey else ()
        known = sorted((p for p in points if p.evidence), key=lambda p: p.evidence.value if p.evidence else 0.0)
        figures = [Card(id=f"n-{p.id}", about=p.name, number=p.evidence) for p in known[: self.numbers]]
        return self.model_copy(update={"cards": (*quotes, *figures)})

    def missing(self) -> Line | None:
        return None if len(self.cards) >= 2 * FEWEST else line("The evidence chair needs at least four cards.")

    def asks(self) -> tuple[AnyQuestion, ...]:
        return self._played(), _changed(), _otherwise()

    def opening(self) -> tuple[Block, ...]:
        rule = line(
            "One of us speaks for customers, with these cards only. No card, no claim; at least two are played."
        )
        numbers = tuple(card.says for card in self.cards if card.number)
        voices = (Voice(quote=card.quote, about=card.about) for card in self.cards if card.quote)
        return Says(text=rule, strong=True), Points(items=numbers), *voices

    def tells(self, room: Room) -> tuple[Beat, ...]:
        played, changed = room.said(self._played()), room.said(_changed())
        one = (beat(bars(CHANGED, changed, ranked=False)),) if changed else ()
        two = (beat(bars(self._options(), played)),) if played else ()
        words = sayings(_otherwise().label, room.said(_otherwise()))
        return *one, *two, *((beat(*words),) if words else ())

    def _options(self) -> tuple[Option, ...]:
        return tuple(Option(id=card.id, label=_named(card)) for card in self.cards)

    def _played(self) -> Pick:
        options = self._options()
        label = line("Which cards were played? At least two.")
        return Pick(id="played", label=label, options=options, fewest=FEWEST, most=len(options))


def _named(card: Card) -> Text:
    kind = Text(de="Zahl", en="number") if card.number else Text(de="Kommentar", en="comment")
    return Text(de=f"{card.about.de} ({kind.de})", en=f"{card.about.en} ({kind.en})")


def _changed() -> Pick:
    return Pick(id="changed", label=line("Did it change a decision?"), options=CHANGED)


def _otherwise() -> Words:
    example = Text(
        de="Das neue Formular geht erst nach einem Test mit Kundschaft live.",
        en="The new form goes live only after a test with customers.",
    )
    label = line("What did we decide differently, or would have?")
    return Words(id="otherwise", label=label, fewest=0, most=200, lines=2, examples=(example,))
