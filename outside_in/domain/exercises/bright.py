"""Bright spots: where customers are happiest, what is done differently there, and who takes it where (DOMAIN F9)."""

from typing import Literal

from outside_in.domain.blocks import Beat, Block, Says, Voice, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.journey import Touchpoint
from outside_in.domain.questions import AnyQuestion, Option, Pick, Words
from outside_in.domain.tallies import bars, sayings
from outside_in.domain.text import Line, Text, line

GOOD = 9
"""The lowest score of a voice that is read as a good one."""


class Bright(Exercise):
    kind: Literal["bright"] = "bright"
    spot: Touchpoint | None = None
    others: tuple[Option, ...] = ()
    """Where it could be taken."""

    def filled(self, facts: Facts) -> "Bright":
        points = [p for p in facts.journey.touchpoints if p.evidence] if facts.journey else []
        if self.spot or not points:
            return self
        best = max(points, key=lambda p: p.evidence.value if p.evidence else 0.0)
        others = tuple(Option(id=p.id, label=p.name) for p in points if p.id != best.id)
        return self.model_copy(update={"spot": best, "others": others})

    def missing(self) -> Line | None:
        return None if self.spot and self.others else line("A bright spot needs at least two touchpoints with scores.")

    def asks(self) -> tuple[AnyQuestion, ...]:
        return (_mechanism(), self._transfer(), _monday()) if self.spot else ()

    def opening(self) -> tuple[Block, ...]:
        return (*self._shown(), *self._voices()[:2])

    def tells(self, room: Room) -> tuple[Beat, ...]:
        told = sayings(_mechanism().label, room.said(_mechanism()))
        wanted = room.said(self._transfer())
        taken = (beat(bars(self.others, wanted)),) if wanted else ()
        monday = sayings(_monday().label, room.said(_monday()))
        found = (beat(*part) for part in (told, monday) if part)
        return beat(*self._shown(), *self._voices()[:2]), *taken, *found

    def mine(self, own: Room) -> tuple[Block, ...]:
        names = {option.id: option.label for option in self.others}
        picked = [id for vote in own.said(self._transfer()) for id in vote]
        return tuple(Says(text=line("You would take it to: {name}", name=names[id])) for id in picked)

    def _shown(self) -> tuple[Block, ...]:
        if not self.spot or not self.spot.evidence:
            return ()
        known = self.spot.evidence
        said = line(
            "Customers are happiest at “{name}”: {value} ({low} to {high}, n = {n}; {unit}).",
            name=self.spot.name,
            value=known.figure(known.value),
            low=known.figure(known.low),
            high=known.figure(known.high),
            n=known.n,
            unit=known.unit,
        )
        return (Says(text=said, strong=True),)

    def _voices(self) -> list[Voice]:
        """Good ones only; where nobody marked one, the best there is."""
        quotes = [q for q in self.spot.quotes if q.approved] if self.spot else []
        ranked = sorted(quotes, key=lambda q: -(q.score or 0))
        best = [q for q in ranked if q.kind == "positive" or (q.score or 0) >= GOOD] or ranked[:1]
        return [Voice(quote=quote, about=self.spot.name if self.spot else None) for quote in best]

    def _transfer(self) -> Pick:
        label = line("Where should we take it first?")
        return Pick(id="transfer", label=label, options=self.others)


def _mechanism() -> Words:
    example = Text(
        de="Ein fester Termin, eine Person, eine Erklärung.", en="One appointment, one person, one explanation."
    )
    label = line("What do we do differently there?")
    return Words(id="mechanism", label=label, most=200, lines=2, examples=(example,))


def _monday() -> Words:
    example = Text(
        de="Die Terminzusage aus dem Zählertausch für Umzüge übernehmen", en="Give movers the same appointment promise"
    )
    label = line("What of it can be copied by Monday?")
    return Words(id="monday", label=label, fewest=0, most=200, lines=2, examples=(example,))
