"""
Real voices: a drawn set of customers' own words, the one that stays, its cause, the decision behind it.

After DOMAIN F4: drawn at random within each theme, never hand-picked, and the rule is shown.
"""

from collections.abc import Iterable
from itertools import chain, zip_longest
from random import Random
from typing import Literal

from outside_in.domain.blocks import Beat, Block, Says, Voice, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.feedback import Quote
from outside_in.domain.model import Model
from outside_in.domain.questions import AnyQuestion, Option, Pick, Words
from outside_in.domain.tallies import bars, sayings
from outside_in.domain.text import Line, Text, line

FEWEST, GOOD = 6, 2
"""So many voices are needed at least; so many of them are good ones, where there are any."""
BEGINNING = 48
CAUSES = (
    Option(id="process", label=Text(de="Ablauf", en="Process")),
    Option(id="information", label=Text(de="Information", en="Information")),
    Option(id="behaviour", label=Text(de="Verhalten", en="Behaviour")),
    Option(id="promise", label=Text(de="Zusage", en="Promise")),
    Option(id="technology", label=Text(de="Technik", en="Technology")),
)


class Drawn(Model):
    quote: Quote
    theme: Text


class Voices(Exercise):
    kind: Literal["voices"] = "voices"
    most: int = 10
    drawn: tuple[Drawn, ...] = ()
    out_of: int = 0
    """Released quotes from which they were drawn."""

    def filled(self, facts: Facts) -> "Voices":
        if self.drawn:
            return self
        strata = [[Drawn(quote=q, theme=theme.label) for q in theme.quotes if q.approved] for theme in facts.themes]
        strata += [[Drawn(quote=t.dissent, theme=t.label)] for t in facts.themes if t.dissent and t.dissent.approved]
        drawn = _drawn(strata, self.most, Random(facts.date.isoformat()))
        return self.model_copy(update={"drawn": drawn, "out_of": sum(map(len, strata))})

    def missing(self) -> Line | None:
        if len(self.drawn) >= FEWEST:
            return None
        return line("Real voices need at least six quotes that a person has released, from selected themes.")

    def asks(self) -> tuple[AnyQuestion, ...]:
        return self._stays(), _cause(), _decision()

    def opening(self) -> tuple[Block, ...]:
        read = Says(text=line("Read in silence. Which one stays with you?"), strong=True)
        return read, Says(text=self.rule()), *(Voice(quote=one.quote, about=one.theme) for one in self.drawn)

    def rule(self) -> Line:
        good = sum(map(_good, self.drawn))
        return line(
            "Drawn at random within each theme, not chosen: {n} of {of} released quotes, {good} of them good ones.",
            n=len(self.drawn),
            of=self.out_of,
            good=good,
        )

    def tells(self, room: Room) -> tuple[Beat, ...]:
        votes = room.said(self._stays())
        if not votes:
            return ()
        by = {str(one.quote.row): sum(str(one.quote.row) in vote for vote in votes) for one in self.drawn}
        top = sorted(self.drawn, key=lambda one: -by[str(one.quote.row)])[:2]
        stayed = (beat(Voice(quote=one.quote, about=one.theme)) for one in top if by[str(one.quote.row)])
        causes = (beat(bars(CAUSES, said)),) if (said := room.said(_cause())) else ()
        words = sayings(_decision().label, room.said(_decision()))
        told = (beat(*words),) if words else ()
        return *stayed, beat(bars(self._options(), votes), Says(text=self.rule())), *causes, *told

    def mine(self, own: Room) -> tuple[Block, ...]:
        picked = [id for vote in own.said(self._stays()) for id in vote]
        return tuple(Voice(quote=one.quote, about=one.theme) for one in self.drawn if str(one.quote.row) in picked)

    def _options(self) -> tuple[Option, ...]:
        return tuple(Option(id=str(one.quote.row), label=Text.same(_beginning(one.quote.text))) for one in self.drawn)

    def _stays(self) -> Pick:
        return Pick(id="stays", label=line("Which voice stays with you?"), options=self._options())


def _cause() -> Pick:
    return Pick(id="cause-of-voice", label=line("What is behind it?"), options=CAUSES)


def _decision() -> Words:
    example = Text(de="Umzüge bearbeitet, wer gerade Zeit hat.", en="Moves are handled by whoever has time.")
    label = line("Which decision or rule of ours produced it?")
    return Words(id="decision", label=label, fewest=0, most=200, lines=2, examples=(example,))


def _drawn(strata: list[list[Drawn]], most: int, chance: Random) -> tuple[Drawn, ...]:
    """One from each theme in turn; then good ones take the places of the last, until there are enough."""
    for stratum in strata:
        chance.shuffle(stratum)
    chance.shuffle(strata)
    queue = _once(one for one in chain.from_iterable(zip_longest(*strata)) if one)
    kept, waiting = queue[:most], [one for one in queue[most:] if _good(one)]
    lacking = max(0, GOOD - sum(map(_good, kept)))
    if spare := waiting[:lacking]:
        common = [one for one in kept if not _good(one)]
        kept = [one for one in kept if one not in common[-len(spare) :]] + spare
    return tuple(kept)


def _once(found: Iterable[Drawn]) -> list[Drawn]:
    return list({one.quote.row: one for one in found}.values())


def _good(one: Drawn) -> bool:
    return one.quote.kind == "positive" or (one.quote.score is not None and one.quote.score >= 9)


def _beginning(words: str) -> str:
    clean = " ".join(words.split())
    return clean if len(clean) <= BEGINNING else clean[:BEGINNING].rsplit(" ", 1)[0] + " …"
