"""
Predict – reveal: leaders commit to a number and a range before they see what customers said.

Scores after DOMAIN 3.2: bias, coverage of the 80 % ranges, skill against “every touchpoint
gets the company-wide level”.
"""

from random import Random
from statistics import median
from typing import Literal

from pydantic import JsonValue

from outside_in.domain.blocks import Beat, Block, Pairs, Points, Says, Spread, Voice, beat
from outside_in.domain.evidence import Evidence
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.feedback import Quote
from outside_in.domain.forecasts import skill
from outside_in.domain.measures import wilson
from outside_in.domain.model import Model
from outside_in.domain.questions import AnyQuestion, Range, Scale
from outside_in.domain.text import Figure, Line, Text, line

STEP = {"nps": 5, "csat": 5, "ces": 0.1, "stars": 0.1}


class Item(Model):
    """A touchpoint customers rated; the truth is frozen here before anybody guesses."""

    id: str
    name: Text
    truth: Evidence
    quote: Quote | None = None


class Predict(Exercise):
    kind: Literal["predict"] = "predict"
    most: int = 5
    """So many touchpoints are asked; the worst, the best, and the ones most customers meet."""
    items: tuple[Item, ...] = ()
    average: Evidence | None = None
    """All touchpoints together: what somebody would say who knows only the average."""

    def filled(self, facts: Facts) -> "Predict":
        if self.items or not facts.journey:
            return self
        chosen = _chosen(facts, self.most)
        return self.model_copy(update={"items": chosen, "average": facts.journey.overall})

    def missing(self) -> Line | None:
        if self.items:
            return None
        return line("No touchpoint has enough scored feedback to be predicted.")

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(question for item in self.items for question in (_level(item), _range(item)))

    def opening(self) -> tuple[Block, ...]:
        message = line("What do your customers say? Answer for them, not as a customer yourself.")
        return Says(text=message, strong=True), Points(items=tuple(item.name for item in self.items))

    def check(self, own: Room) -> None:
        super().check(own)
        for item in self.items:
            ((low, high),), (best,) = own.said(_range(item)), own.said(_level(item))
            if not low <= best <= high:
                raise _range(item).refuse()

    def rehearse(self, chance: Random) -> dict[str, JsonValue]:
        """A range is drawn around the level it belongs to."""
        answers: dict[str, JsonValue] = {}
        for item in self.items:
            best = _level(item).read(_level(item).rehearse(chance))
            low, high = _range(item).read(_range(item).rehearse(chance))
            answers |= {_level(item).id: best, _range(item).id: [min(low, best), max(high, best)]}
        return answers

    def tells(self, room: Room) -> tuple[Beat, ...]:
        known = [(item, room.said(_level(item))) for item in self.items]
        known = [(item, guesses) for item, guesses in known if guesses]
        if not known:
            return ()
        pairs = Pairs(rows=tuple(_pair(item, guesses) for item, guesses in known))
        voices = (beat(Voice(quote=item.quote, about=item.name)) for item, _ in known if item.quote)
        summary = beat(pairs, *self._summary(room, pairs))
        return beat(_spread(known)), beat(pairs), *voices, summary

    def mine(self, own: Room) -> tuple[Block, ...]:
        return tuple(self._own(item, own) for item in self.items if own.said(_level(item)))

    def _summary(self, room: Room, pairs: Pairs) -> tuple[Block, ...]:
        rosier = sum(row.gap > 0 and not row.noise for row in pairs.rows)
        said = [
            Says(
                text=line("Rosier than customers in {n} of {of} points.", n=rosier, of=len(pairs.rows)),
                strong=True,
            )
        ]
        if covered := self._covered(room):
            said.append(Says(text=covered))
        if self.average and (gained := self._skill(pairs)) is not None:
            said.append(Says(text=gained))
        return tuple(said)

    def _covered(self, room: Room) -> Line | None:
        hits = [low <= item.truth.value <= high for item in self.items for low, high in room.said(_range(item))]
        n = len(hits)
        if not n:
            return None
        bounds = wilson(sum(hits), n)
        return line(
            "{share} of the ranges meant to be 80 % sure contain the truth ({low} to {high}, n = {n}).",
            share=_percent(sum(hits) / n),
            low=_percent(bounds.low),
            high=_percent(bounds.high),
            n=n,
        )

    def _skill(self, pairs: Pairs) -> Line | None:
        assert self.average
        truths = [row.outside.value for row in pairs.rows]
        gained = skill(truths, [row.inside for row in pairs.rows], self.average.value).skill
        level = self.average.figure(self.average.value)
        if gained is None:
            return None
        if gained > 0:
            return line("Better than knowing only the company-wide level of {level}.", level=level)
        return line("Not better than knowing only the company-wide level of {level}.", level=level)

    def _own(self, item: Item, own: Room) -> Block:
        (guess,), truth = own.said(_level(item)), item.truth
        ranges = own.said(_range(item))
        inside = bool(ranges) and ranges[0][0] <= truth.value <= ranges[0][1]
        verdict = line("inside your range") if inside else line("outside your range")
        return Says(
            text=line(
                "{item}: you {yours}, customers {theirs} ({low} to {high}, n = {n}); {verdict}.",
                item=item.name,
                yours=truth.figure(guess),
                theirs=truth.figure(truth.value),
                low=truth.figure(truth.low),
                high=truth.figure(truth.high),
                n=truth.n,
                verdict=verdict,
            )
        )


def _chosen(facts: Facts, most: int) -> tuple[Item, ...]:
    """Worst and best first, then by reach; shown in the order of the journey."""
    assert facts.journey
    points = [p for p in facts.journey.touchpoints if p.evidence and p.evidence.n >= Exercise.fewest]
    ranked = sorted(points, key=lambda p: p.evidence.value if p.evidence else 0.0)
    first = [*ranked[:1], *ranked[-1:], *sorted(points, key=lambda p: -p.n)]
    wanted = list(dict.fromkeys(point.id for point in first))[:most]
    return tuple(
        Item(
            id=p.id,
            name=p.name,
            truth=p.evidence,
            quote=next((q for q in p.quotes if q.approved), None),
        )
        for p in points
        if p.id in wanted and p.evidence
    )


def _level(item: Item) -> Scale:
    low, high = item.truth.scale
    label = line("{item}: what do your customers say?", item=item.name)
    return Scale(id=item.id, label=label, hint=item.truth.unit, low=low, high=high, step=STEP[item.truth.metric])


def _range(item: Item) -> Range:
    low, high = item.truth.scale
    label = line("{item}: your range, 80 % sure", item=item.name)
    return Range(id=f"{item.id}-range", label=label, low=low, high=high, step=STEP[item.truth.metric])


def _spread(known: list[tuple[Item, list[float]]]) -> Spread:
    rows = tuple(
        Spread.Row(label=item.name, values=tuple(sorted(map(float, guesses))), median=median(guesses))
        for item, guesses in known
    )
    return Spread(rows=rows, scale=known[0][0].truth.scale, unit=known[0][0].truth.unit)


def _pair(item: Item, guesses: list[float]) -> Pairs.Row:
    return Pairs.Row(label=item.name, inside=median(guesses), inside_n=len(guesses), outside=item.truth)


def _percent(share: float) -> Figure:
    return Figure(value=100 * share, unit="%")
