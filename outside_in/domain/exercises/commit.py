"""Leaders commit: if this happens, then I do that, by then. Named only by opt-in."""

import datetime as dt
import re
from hashlib import sha256
from random import Random
from typing import Any, Literal

from pydantic import JsonValue

from outside_in.domain.blocks import Beat, Block, Points, Promise, Says, beat
from outside_in.domain.commitment import BARE_SCORE, QUARTER, bare_score, rules
from outside_in.domain.exercise import Exercise, Facts, Room, Values
from outside_in.domain.feedback import Theme
from outside_in.domain.journey import Journey
from outside_in.domain.questions import AnyQuestion, Day, Option, Pick, Scale, Words
from outside_in.domain.second import PAIR, Half
from outside_in.domain.text import Text, line

VISIBILITY = (
    Option(id="room", label=Text(de="diese Runde", en="this room")),
    Option(id="company", label=Text(de="das ganze Unternehmen", en="the whole company")),
    Option(id="facilitator", label=Text(de="nur die Moderation", en="the facilitator only")),
    Option(id="partner", label=Text(de="nur meine Partnerin oder mein Partner", en="my partner only")),
    Option(id="me", label=Text(de="nur ich", en="only me")),
)
PUBLIC = ("room", "company")
OWN = ("me", "partner")
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

MORE = line("Optional: theme, obstacle, partner, your name, who may see it")
OBSTACLE = Words(
    id="obstacle",
    label=line("What in yourself may stop you?"),
    fold=MORE,
    fewest=0,
    most=160,
    lines=1,
    examples=(Text(de="Der Montag ist schon voll", en="Mondays are full already"),),
)
PLAN = Words(
    id="plan",
    label=line("If that happens, then I will …"),
    fold=MORE,
    fewest=0,
    most=160,
    lines=1,
    examples=(Text(de="Ich lese sie im Zug", en="Read them on the train"),),
)
PARTNER = Words(id="partner", label=line("Your partner: who asks you about it?"), fold=MORE, fewest=0, most=60, lines=1)
GIVES = Words(id="gives", label=line("Time or money you give up for it"), fold=MORE, fewest=0, most=120, lines=1)
SURE = Scale(id="sure", label=line("How sure are you that you will keep it?"), fold=MORE, low=0, high=10)


class Commit(Exercise):
    """Whoever promises wants it to be seen, so one promise is enough to show it."""

    kind: Literal["commit"] = "commit"
    privacy = "named"
    fewest = 1
    start: dt.date = dt.date(2000, 1, 1)
    about: tuple[Option, ...] = ()
    """Themes and touchpoints a commitment may answer."""
    points: tuple[Option, ...] = ()
    likely: tuple[str, str] = ("", "")
    """Theme and touchpoint that are chosen until somebody chooses."""
    more: bool = False
    """Sessions opened before there was an optional part go on without it."""

    def filled(self, facts: Facts) -> "Commit":
        themes = tuple(Option(id=f"theme-{t.id}", label=t.label) for t in facts.themes)
        points = facts.journey.touchpoints if facts.journey else ()
        touchpoints = tuple(Option(id=f"at-{p.id}", label=p.name) for p in points)
        known = {
            "start": facts.date,
            "about": (*themes, *touchpoints),
            "points": touchpoints,
            "likely": _likely(facts.themes, facts.journey),
            "more": True,
        }
        return self.model_copy(update=known)

    def asks(self) -> tuple[AnyQuestion, ...]:
        about = (self._about(),) if self.about else ()
        if not self.more:
            return WHEN, THEN, *about, MEASURE, FIRST, self._due(), OWNER, SHOWN
        point = (self._point(),) if self.points else ()
        told = OBSTACLE, PLAN, PARTNER, GIVES, SURE, _folded(OWNER), _folded(SHOWN)
        return WHEN, THEN, MEASURE, FIRST, self._due(), *map(_folded, about), *point, *told, *PAIR

    def check(self, own: Room) -> None:
        super().check(own)
        for row in own.rows(self.asks()):
            if bool(row.get("when2")) != bool(row.get("then2")):
                raise Half

    def rehearse(self, chance: Random) -> dict[str, JsonValue]:
        blank = {question.id: "" for question in PAIR} if self.more else {}
        shown: list[JsonValue] = [chance.choice(("room", "room", "company", "me"))]
        return {**super().rehearse(chance), **blank, "owner": "", "shown": shown}

    def tells(self, room: Room) -> tuple[Beat, ...]:
        """One card per beat: that is the read-out."""
        cards = [card for cards in self.pledges(room) for card in cards if card.shown in PUBLIC]
        return tuple(beat(card) for card in sorted(cards, key=lambda card: card.due)) or (
            beat(Says(text=line("No commitment is visible to the room."))),
        )

    def mine(self, own: Room) -> tuple[Block, ...]:
        return tuple(card for cards in self.pledges(own) for card in cards)

    def advise(self, own: Room) -> tuple[Block, ...]:
        found: list[Block] = []
        for card in (card for cards in self.pledges(own) for card in cards) if self.more else ():
            judged = rules(card, self.start)
            hints = [rule.hint for rule in judged if not rule.met]
            hints += [BARE_SCORE] if bare_score(card.measure) else []
            met = sum(rule.met for rule in judged)
            found.append(Says(text=line("Only you see this: {n} of 6 things that make a commitment hold.", n=met)))
            found += [Points(items=tuple(hints))] if hints else []
        return tuple(found)

    def hushed(self, values: Values) -> Values:
        """An answer that leaves the house: what not even the facilitator may see keeps its places, not its words."""
        if Room.of_one(values).said(SHOWN)[0][0] not in OWN:
            return values
        words = {q.id for q in self.asks() if isinstance(q, Words)}
        return {id: ("–" if raw else raw) if id in words else raw for id, raw in values.items()}

    def nameless(self, values: Values) -> Values:
        """The same commitment under nobody's name."""
        return {id: "" if raw and id in (OWNER.id, PARTNER.id) else raw for id, raw in values.items()}

    def pledges(self, room: Room) -> tuple[tuple[Promise, ...], ...]:
        """
        Answer by answer, its one or two cards.

        A card's id comes from its words: calendars must find it again when others are gone.
        """
        rows = room.rows(self.asks())
        names = [sha256(repr(sorted(row.items())).encode()).hexdigest()[:10] for row in rows]
        again = [names[:place].count(name) for place, name in enumerate(names)]
        return tuple(self._cards(f"{name}{n or ''}", row) for name, n, row in zip(names, again, rows, strict=True))

    def _about(self) -> Pick:
        label = line("Which theme or touchpoint does it answer?")
        return Pick(id="about", label=label, options=self.about, start=self.likely[0])

    def _point(self) -> Pick:
        label = line("At which touchpoint is it to be felt?")
        return Pick(id="point", label=label, fold=MORE, options=self.points, fewest=0, start=self.likely[1])

    def _due(self) -> Day:
        label = line("Visible by (at most 90 days)")
        return Day(id="due", label=label, earliest=self.start, latest=self.start + QUARTER)

    def _cards(self, id: str, row: dict[str, Any]) -> tuple[Promise, ...]:
        first = self._card(id, row)
        if not row.get("when2"):
            return (first,)
        second = {
            "when": _bare(row["when2"]),
            "then": _bare(row["then2"]),
            "measure": row["measure2"],
            "first_step": row["first2"],
        }
        return first, first.model_copy(update={"id": f"{id}b", "obstacle": "", "plan": "", "sure": None, **second})

    def _card(self, id: str, row: dict[str, Any]) -> Promise:
        labels = {option.id: option.label for option in self.about}
        return Promise(
            id=id,
            when=_bare(row["when"]),
            then=_bare(row["then"]),
            about=labels.get(next(iter(row.get("about", ())), "")),
            point=labels.get(next(iter(row.get("point", ())), "")),
            measure=row["measure"],
            first_step=row["first"],
            due=row["due"],
            owner=row["owner"],
            obstacle=row.get("obstacle", ""),
            plan=row.get("plan", ""),
            partner=row.get("partner", ""),
            gives=row.get("gives", ""),
            sure=row.get("sure"),
            shown=row["shown"][0],
        )


def _bare(words: str) -> str:
    """The sentence frame says “if” and “then” already; many type them all the same."""
    return re.sub(r"^(wenn|if|when|dann|then)\b[\s,:…]*", "", words, flags=re.IGNORECASE) or words


def _folded(question: AnyQuestion) -> AnyQuestion:
    return question.model_copy(update={"fold": MORE})


def _likely(themes: tuple[Theme, ...], journey: Journey | None) -> tuple[str, str]:
    """The largest theme, and the touchpoint where most comments about it come from."""
    if not themes:
        return "", ""
    top = max(themes, key=lambda theme: theme.size)
    points = journey.touchpoints if journey else ()
    most = max(points, key=lambda point: point.themes.get(top.id, 0), default=None)
    return f"theme-{top.id}", f"at-{most.id}" if most and most.themes.get(top.id) else ""
