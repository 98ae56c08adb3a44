"""
Five ways to ask what customers did, and how good the answers were (DOMAIN 3.2): a number, a level with its
range, a chance, a top three, a share of a hundred points. Truths are frozen when the plan is.
"""

from collections.abc import Sequence
from statistics import fmean, median
from typing import Annotated, Literal

from pydantic import Field

from outside_in.domain.blocks import Beat, Pairs, Says, Spread, beat
from outside_in.domain.evidence import Evidence
from outside_in.domain.exercise import Facts, Room
from outside_in.domain.forecasts import brier, interval_score, skill, top_overlap, total_variation
from outside_in.domain.journey import Touchpoint
from outside_in.domain.measures import wilson
from outside_in.domain.model import Model
from outside_in.domain.noise import redrawn
from outside_in.domain.questions import AnyQuestion, Chance, Number, Option, Pick, Range, Scale, Share
from outside_in.domain.tallies import bars, percent
from outside_in.domain.text import Figure, Line, Text, line

TOP = 3
UNKNOWN = 0.25
"""Brier score of somebody who says 50 % to everything."""


class Known(Model):
    """Something with a truth that can be predicted."""

    id: str
    name: Text
    truth: Evidence


class Amount(Model):
    """NUM: of a hundred customers at a touchpoint, how many had a bad experience."""

    type: Literal["amount"] = "amount"
    most: int = 3
    points: tuple[Known, ...] = ()
    average: float | None = None

    def filled(self, facts: Facts) -> "Amount":
        found = [Known(id=p.id, name=p.name, truth=e) for p in _points(facts) if (e := _bad(p))]
        if self.points or not found:
            return self
        asked = sum(k.truth.n for k in found)
        average = sum(k.truth.value * k.truth.n for k in found) / asked
        return self.model_copy(update={"points": _ends(found, self.most), "average": average})

    def ready(self) -> bool:
        return bool(self.points)

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(self._question(p) for p in self.points)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = [(p, answers) for p in self.points if (answers := room.said(self._question(p)))]
        if not said:
            return ()
        pairs = _pairs(said)
        told = (*_biased(said), *_skilled(said, self.average), *_wise(said))
        return beat(_spread(said)), beat(pairs, *(Says(text=text) for text in told))

    def mine(self, own: Room) -> tuple[Line, ...]:
        return tuple(_own(p, guess) for p in self.points for guess in own.said(self._question(p)))

    def _question(self, point: Known) -> Number:
        label = line("“{name}”: of 100 customers, how many had a bad experience?", name=point.name)
        return Number(id=f"bad-{point.id}", label=label, low=0, high=100)


class Level(Model):
    """INT: a score with the range one is 80 % sure of."""

    type: Literal["level"] = "level"
    most: int = 2
    points: tuple[Known, ...] = ()
    average: float | None = None

    def filled(self, facts: Facts) -> "Level":
        found = [Known(id=p.id, name=p.name, truth=p.evidence) for p in _points(facts) if p.evidence]
        if self.points or not found or not facts.journey:
            return self
        overall = facts.journey.overall.value if facts.journey.overall else None
        return self.model_copy(update={"points": _ends(found, self.most), "average": overall})

    def ready(self) -> bool:
        return bool(self.points)

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(question for p in self.points for question in (self._best(p), self._range(p)))

    def refused(self, own: Room) -> AnyQuestion | None:
        """A range that does not hold its own best guess."""
        for p in self.points:
            ((low, high),), (best,) = own.said(self._range(p)), own.said(self._best(p))
            if not low <= best <= high:
                return self._range(p)
        return None

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = [(p, answers) for p in self.points if (answers := room.said(self._best(p)))]
        if not said:
            return ()
        told = (*_biased(said), *_skilled(said, self.average), *self._ranges(room))
        return beat(_spread(said)), beat(_pairs(said), *(Says(text=text) for text in told))

    def mine(self, own: Room) -> tuple[Line, ...]:
        return tuple(_own(p, guess) for p in self.points for guess in own.said(self._best(p)))

    def _ranges(self, room: Room) -> list[Line]:
        """Coverage with Wilson's bounds, and the interval score: width plus ten times the miss."""
        given = [(p, r) for p in self.points for r in room.said(self._range(p))]
        if not given:
            return []
        hits = sum(low <= p.truth.value <= high for p, (low, high) in given)
        bounds, say = wilson(hits, len(given)), given[0][0].truth.figure
        score = fmean(interval_score(low, high, p.truth.value) for p, (low, high) in given)
        return [
            line(
                "{share} of the ranges meant to be 80 % sure contain the truth ({low} to {high}, n = {n}).",
                share=percent(hits / len(given)),
                low=percent(bounds.low),
                high=percent(bounds.high),
                n=len(given),
            ),
            line(
                "Mean interval score: {score} (width plus ten times the miss; smaller is better).",
                score=_plain(say(score)),
            ),
        ]

    def _best(self, point: Known) -> Scale:
        low, high = point.truth.scale
        label = line("{item}: what do your customers say?", item=point.name)
        return Scale(id=f"level-{point.id}", label=label, hint=point.truth.unit, low=low, high=high, step=_step(point))

    def _range(self, point: Known) -> Range:
        low, high = point.truth.scale
        label = line("{item}: your range, 80 % sure", item=point.name)
        return Range(id=f"level-{point.id}-range", label=label, low=low, high=high, step=_step(point))


class Likely(Model):
    """BIN: how sure one is of a statement that is true or false; too close to call earns nobody a score."""

    type: Literal["likely"] = "likely"
    over: int = Field(default=33, ge=1, le=99)
    """Percent of customers."""
    point: Known | None = None

    def filled(self, facts: Facts) -> "Likely":
        found = [Known(id=p.id, name=p.name, truth=e) for p in _points(facts) if (e := _bad(p))]
        if self.point or not found:
            return self
        return self.model_copy(update={"point": max(found, key=lambda k: k.truth.n)})

    def ready(self) -> bool:
        return self.point is not None

    def asks(self) -> tuple[AnyQuestion, ...]:
        return (self._question(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = room.said(self._question())
        if not said or self.point is None:
            return ()
        row = Spread.Row(label=self.point.name, values=tuple(sorted(map(float, said))), median=median(said))
        spread = Spread(
            rows=(row,), scale=(0, 100), unit=line("percent sure"), told=self._claim(), head=line("Statement")
        )
        return beat(spread), beat(spread, *(Says(text=text) for text in self._judged(said)))

    def mine(self, own: Room) -> tuple[Line, ...]:
        if self.point is None or (outcome := self._outcome) is None:
            return ()
        return tuple(
            line("You were {sure} sure; it is {told}.", sure=percent(sure / 100), told=_truth(outcome))
            for sure in own.said(self._question())
        )

    @property
    def _outcome(self) -> int | None:
        """1 true, 0 false, None where the customers' own interval holds the threshold."""
        assert self.point
        known = self.point.truth
        return None if known.low <= self.over <= known.high else int(known.value > self.over)

    def _judged(self, said: Sequence[float]) -> list[Line]:
        assert self.point
        known, outcome = self.point.truth, self._outcome
        figures = {
            key: known.figure(getattr(known, key)).model_copy(update={"unit": "%"}) for key in ("value", "low", "high")
        }
        told = line("Customers: {value} ({low} to {high}, n = {n}).", n=known.n, **figures)
        if outcome is None:
            return [told, line("Too close to call: nobody was right or wrong.")]
        room = brier([median(said) / 100], [outcome])
        bounds = redrawn([said], lambda c: brier([median(c[0]) / 100], [outcome]))
        score = line(
            "It is {told}. Brier score of the room's median: {score} ({low} to {high}, n = {n}); 0.25 is “don't know”.",
            told=_truth(outcome),
            score=Figure(value=room, digits=2),
            low=Figure(value=bounds.low if bounds else room, digits=2),
            high=Figure(value=bounds.high if bounds else room, digits=2),
            n=len(said),
        )
        return [told, score]

    def _claim(self) -> Line:
        assert self.point
        return line(
            "At “{name}”, more than {over} of customers had a bad experience.",
            name=self.point.name,
            over=percent(self.over / 100),
        )

    def _question(self) -> Chance:
        hint = line("How sure are you, in percent? 50 means: no idea.")
        return Chance(id=f"likely-{self.point.id if self.point else ''}", label=self._claim(), hint=hint)


class TopThree(Model):
    """RANK: the three touchpoints with most bad experiences."""

    type: Literal["top"] = "top"
    points: tuple[Known, ...] = ()

    def filled(self, facts: Facts) -> "TopThree":
        found = [Known(id=p.id, name=p.name, truth=e) for p in _points(facts) if (e := _bad(p))]
        return self if self.points else self.model_copy(update={"points": tuple(found)})

    def ready(self) -> bool:
        return len(self.points) > TOP

    def asks(self) -> tuple[AnyQuestion, ...]:
        return (self._question(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        votes = room.said(self._question())
        if not votes:
            return ()
        counted = bars(self._question().options, votes)
        return (beat(counted), beat(counted, *(Says(text=text) for text in self._judged(votes))))

    def mine(self, own: Room) -> tuple[Line, ...]:
        right = {p.id for p in self._worst()}
        return tuple(
            line("You had {n} of the customers' top three.", n=len(right & set(vote)))
            for vote in own.said(self._question())
        )

    def _judged(self, votes: Sequence[tuple[str, ...]]) -> list[Line]:
        def figure(columns: Sequence[Sequence[tuple[str, ...]]]) -> float:
            counts = [sum(p.id in vote for vote in columns[0]) for p in self.points]
            return top_overlap([p.truth.value for p in self.points], counts, TOP)

        bounds, share = redrawn([votes], figure), figure([votes])
        worst = self._worst()
        names = Text(de=", ".join(p.name.de for p in worst), en=", ".join(p.name.en for p in worst))
        found = line(
            "Our three hold {hits} of them ({low} to {high} if the room were drawn again, n = {n}).",
            hits=round(share * TOP),
            low=round((bounds.low if bounds else share) * TOP),
            high=round((bounds.high if bounds else share) * TOP),
            n=len(votes),
        )
        return [line("The customers' top three: {names}.", names=names), found]

    def _worst(self) -> list[Known]:
        return sorted(self.points, key=lambda p: -p.truth.value)[:TOP]

    def _question(self) -> Pick:
        options = tuple(Option(id=p.id, label=p.name) for p in self.points)
        label = line("At which three touchpoints do most customers have a bad experience?")
        return Pick(id="top-three", label=label, options=options, fewest=TOP, most=TOP)


class Split(Model):
    """SHARE: a hundred comments, spread over themes."""

    type: Literal["split"] = "split"
    most: int = 5
    themes: tuple[Known, ...] = ()

    def filled(self, facts: Facts) -> "Split":
        largest = sorted(facts.themes, key=lambda t: -t.size)[: self.most]
        total = sum(theme.size for theme in largest)
        if self.themes or total == 0:
            return self
        found = (
            Known(id=t.id, name=t.label, truth=_mentions(t.size, total)) for t in sorted(largest, key=lambda t: t.id)
        )
        return self.model_copy(update={"themes": tuple(found)})

    def ready(self) -> bool:
        return len(self.themes) > 2

    def asks(self) -> tuple[AnyQuestion, ...]:
        return (self._question(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = room.said(self._question())
        if not said:
            return ()
        columns = [(t, [answer[t.id] for answer in said]) for t in self.themes]
        return beat(_spread(columns)), beat(_pairs(columns), Says(text=self._moved(said)))

    def mine(self, own: Room) -> tuple[Line, ...]:
        return tuple(
            line("Of your 100 points, {points} would have to move.", points=Figure(value=self._distance([answer])))
            for answer in own.said(self._question())
        )

    def _distance(self, answers: Sequence[dict[str, float]]) -> float:
        """Total variation between the room's mean shares and the customers'; no bias, it is 0 by construction."""
        means = [fmean(answer[t.id] for answer in answers) for t in self.themes]
        return total_variation([t.truth.value for t in self.themes], means)

    def _moved(self, said: Sequence[dict[str, float]]) -> Line:
        bounds, moved = redrawn([said], lambda c: self._distance(c[0])), self._distance(said)
        return line(
            "{points} of our 100 points would have to move ({low} to {high}, n = {n}).",
            points=Figure(value=moved),
            low=Figure(value=bounds.low if bounds else moved),
            high=Figure(value=bounds.high if bounds else moved),
            n=len(said),
        )

    def _question(self) -> Share:
        options = tuple(Option(id=t.id, label=t.name) for t in self.themes)
        label = line("Of 100 comments on these themes, how many fall on each?")
        return Share(id="split", label=label, options=options, hint=line("Other totals are converted to 100."))


AnyItem = Annotated[Amount | Level | Likely | TopThree | Split, Field(discriminator="type")]
Said = Sequence[tuple[Known, Sequence[float]]]


def _points(facts: Facts) -> tuple[Touchpoint, ...]:
    return facts.journey.touchpoints if facts.journey else ()


def _bad(point: Touchpoint) -> Evidence | None:
    known, low, high = point.evidence, point.negative_low, point.negative_high
    if known is None or point.negative is None or low is None or high is None:
        return None
    figures = {"value": 100 * point.negative, "low": 100 * low, "high": 100 * high}
    return Evidence(metric="share", n=known.n, period=known.period, source=known.source, **figures)


def _mentions(size: int, total: int) -> Evidence:
    bounds = wilson(size, total)
    return Evidence(metric="mentions", value=100 * size / total, n=total, low=100 * bounds.low, high=100 * bounds.high)


def _ends(found: Sequence[Known], most: int) -> tuple[Known, ...]:
    """Best first, because a start with strength opens ears; then the worst, then by number of customers."""
    ranked = sorted(found, key=lambda k: k.truth.value, reverse=found[0].truth.metric != "share")
    wanted = [ranked[0], ranked[-1], *sorted(found, key=lambda k: -k.truth.n)]
    return tuple({known.id: known for known in wanted}.values())[:most]


def _pairs(said: Said) -> Pairs:
    rows = (Pairs.Row(label=k.name, inside=median(v), inside_n=len(v), outside=k.truth) for k, v in said)
    return Pairs(rows=tuple(rows))


def _spread(said: Said) -> Spread:
    rows = (Spread.Row(label=k.name, values=tuple(sorted(map(float, v))), median=median(v)) for k, v in said)
    known = said[0][0].truth
    return Spread(rows=tuple(rows), scale=known.scale, unit=known.unit)


def _biased(said: Said) -> list[Line]:
    """Mean of guess minus truth over points and leaders, with the room drawn again."""
    truths, columns = [k.truth.value for k, _ in said], [values for _, values in said]

    def figure(drawn: Sequence[Sequence[float]]) -> float:
        return fmean(fmean(column) - truth for column, truth in zip(drawn, truths, strict=True))

    bounds, say = redrawn(columns, figure), said[0][0].truth.figure
    if bounds is None:
        return []
    told = {"bias": _signed(say(figure(columns))), "low": _signed(say(bounds.low)), "high": _signed(say(bounds.high))}
    return [
        line(
            "Our guesses minus the customers' figures: {bias} ({low} to {high}, n = {n}).",
            n=min(map(len, columns)),
            **told,
        )
    ]


def _skilled(said: Said, average: float | None) -> list[Line]:
    truths, columns = [k.truth.value for k, _ in said], [values for _, values in said]

    def figure(drawn: Sequence[Sequence[float]]) -> float | None:
        return skill(truths, [median(column) for column in drawn], average or 0.0).skill

    value, bounds = figure(columns), redrawn(columns, figure)
    if average is None or value is None or bounds is None or len(said) < 2:
        return []
    names = {"skill": value, "low": bounds.low, "high": bounds.high}
    told = {name: Figure(value=number, digits=2, signed=True) for name, number in names.items()}
    return [line("Skill against “everybody gets the average”: {skill} ({low} to {high}; 0 is no better).", **told)]


def _wise(said: Said) -> list[Line]:
    """The median of independent guesses beats most of them: a reason to pool, and nobody's fault."""
    beaten = sum(
        abs(guess - k.truth.value) > abs(median(values) - k.truth.value) for k, values in said for guess in values
    )
    n = sum(len(values) for _, values in said)
    return [
        line("Together we are closer than {share} of the single guesses (n = {n}).", share=percent(beaten / n), n=n)
    ]


def _own(known: Known, guess: float) -> Line:
    truth = known.truth
    figures = {"theirs": truth.figure(truth.value), "low": truth.figure(truth.low), "high": truth.figure(truth.high)}
    if truth.low <= guess <= truth.high:
        return line(
            "{item}: you {yours}, customers {theirs} ({low} to {high}, n = {n}); within measurement noise.",
            item=known.name,
            yours=truth.figure(guess),
            n=truth.n,
            **figures,
        )
    return line(
        "{item}: you {yours}, customers {theirs} ({low} to {high}, n = {n}).",
        item=known.name,
        yours=truth.figure(guess),
        n=truth.n,
        **figures,
    )


def _step(known: Known) -> float:
    low, high = known.truth.scale
    return 5 if high - low >= 100 else 0.1


def _truth(outcome: int) -> Line:
    return line("true") if outcome else line("false")


def _signed(figure: Figure) -> Figure:
    return figure.model_copy(update={"signed": True})


def _plain(figure: Figure) -> Figure:
    return figure.model_copy(update={"signed": False})
