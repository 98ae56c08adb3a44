"""Leaders commit: if this happens, then I do that, by then. Named only by opt-in."""

import datetime as dt
from hashlib import sha256
from typing import Any, Literal

from outside_in.domain.blocks import Beat, Block, Promise, Says, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.questions import AnyQuestion, Day, Option, Pick, Words
from outside_in.domain.text import Text, line

LATEST = dt.timedelta(days=90)
VISIBILITY = (
    Option(id="room", label=Text(de="diese Runde", en="this room")),
    Option(id="facilitator", label=Text(de="nur die Moderation", en="the facilitator only")),
    Option(id="me", label=Text(de="nur ich", en="only me")),
)
WHEN = Words(
    id="when",
    label=line("If … (the situation)"),
    most=160,
    lines=2,
    examples=(Text(de="ich montags die Wochenzahlen öffne", en="I open the weekly figures on Mondays"),),
)
THEN = Words(
    id="then",
    label=line("… then I will … (what you do)"),
    most=160,
    lines=2,
    examples=(Text(de="lese ich zuerst fünf Kommentare", en="read five comments first"),),
)
MEASURE = Words(
    id="measure",
    label=line("How others can tell (measure, from → to)"),
    most=120,
    lines=1,
    examples=(Text(de="Nachfragen je Umzug: 2,1 → 1,5", en="Repeat contacts per move: 2.1 → 1.5"),),
)
FIRST = Words(
    id="first",
    label=line("First step within seven days"),
    most=160,
    lines=2,
    examples=(Text(de="Termin mit der Hotline vereinbaren", en="Arrange a visit to the hotline"),),
)
OWNER = Words(id="owner", label=line("Your name (only if you want it shown)"), fewest=0, most=60, lines=1)
SHOWN = Pick(id="shown", label=line("Who may see this?"), options=VISIBILITY, start="room")


class Commit(Exercise):
    """Whoever promises wants it to be seen, so one promise is enough to show it."""

    kind: Literal["commit"] = "commit"
    privacy = "named"
    fewest = 1
    start: dt.date = dt.date(2000, 1, 1)
    about: tuple[Option, ...] = ()
    """Themes and touchpoints a commitment may answer."""

    def filled(self, facts: Facts) -> "Commit":
        themes = tuple(Option(id=f"theme-{t.id}", label=t.label) for t in facts.themes)
        points = facts.journey.touchpoints if facts.journey else ()
        touchpoints = tuple(Option(id=f"at-{p.id}", label=p.name) for p in points)
        return self.model_copy(update={"start": facts.date, "about": (*themes, *touchpoints)})

    def asks(self) -> tuple[AnyQuestion, ...]:
        about = (self._about(),) if self.about else ()
        return WHEN, THEN, *about, MEASURE, FIRST, self._due(), OWNER, SHOWN

    def tells(self, room: Room) -> tuple[Beat, ...]:
        """One card per beat: that is the read-out."""
        rows = [row for row in room.rows(self.asks()) if row["shown"] == ("room",)]
        cards = self._cards(rows)
        return tuple(beat(card) for card in sorted(cards, key=lambda card: card.due)) or (
            beat(Says(text=line("No commitment is visible to the room."))),
        )

    def mine(self, own: Room) -> tuple[Block, ...]:
        return tuple(self._cards(own.rows(self.asks())))

    def _about(self) -> Pick:
        return Pick(id="about", label=line("Which theme or touchpoint does it answer?"), options=self.about)

    def _due(self) -> Day:
        label = line("Visible by (at most 90 days)")
        return Day(id="due", label=label, earliest=self.start, latest=self.start + LATEST)

    def _cards(self, rows: list[dict[str, Any]]) -> list[Promise]:
        """A card's id comes from its words: calendars must find it again when others are gone."""
        names = [sha256(repr(sorted(row.items())).encode()).hexdigest()[:10] for row in rows]
        again = [names[:place].count(name) for place, name in enumerate(names)]
        return [self._card(f"{name}{n or ''}", row) for name, n, row in zip(names, again, rows, strict=True)]

    def _card(self, id: str, row: dict[str, Any]) -> Promise:
        labels = {option.id: option.label for option in self.about}
        return Promise(
            id=id,
            when=row["when"],
            then=row["then"],
            about=labels.get(next(iter(row.get("about", ())), "")),
            measure=row["measure"],
            first_step=row["first"],
            due=row["due"],
            owner=row["owner"],
        )
