"""
Agreeing is not wanting: four statements of will against one of agreement (DOMAIN 12; own scale, not validated).

With `then`, the four are asked once more as they seem in hindsight (Howard 1980): self-ratings shift when the
yardstick does. Both pictures are shown; memory flatters, and that is said.
"""

from collections.abc import Sequence
from statistics import fmean, median, variance
from typing import Literal

from outside_in.domain.blocks import Beat, Block, Says, Shift, beat
from outside_in.domain.exercise import Exercise, Room
from outside_in.domain.noise import difference, median_interval
from outside_in.domain.questions import Battery, Option
from outside_in.domain.text import Figure, Line, Text, line

HIGH = 7
RELIABLE = 30
"""People from whom on Cronbach's α is worth printing."""
WILL = ("w1", "w2", "w3", "w4")
STATEMENTS = {
    "w1": Text(
        de="Ich will dieses Kundenthema voranbringen, auch wenn niemand nachfragt.",
        en="I want to move this customer issue forward even if nobody checks.",
    ),
    "w2": Text(
        de="Ich weiß, was mein nächster Schritt ist und wann ich ihn tue.",
        en="I know my next step and when I will take it.",
    ),
    "w3": Text(
        de="Ich setze dafür Zeit oder Mittel ein, die ich sonst anders nutzen würde.",
        en="I am putting in time or money I would otherwise use elsewhere.",
    ),
    "w4": Text(
        de="Ich stehe dafür ein, dass man mich am Ergebnis misst.",
        en="I am ready to be measured by the result.",
    ),
    "z": Text(
        de="Ich finde Kundenorientierung grundsätzlich richtig.",
        en="In principle I agree with customer focus.",
    ),
}
Answers = Sequence[tuple[int, ...]]


class Wanting(Exercise):
    kind: Literal["wanting"] = "wanting"
    part: Literal["before", "after"] = "after"
    then: bool = False

    def asks(self) -> tuple[Battery, ...]:
        return (_asked(self.part, self.then),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = room.said(_asked(self.part, self.then))
        if not said:
            return ()
        gap = [(float(answer[4]), _will(answer)) for answer in said]
        first = beat(_shift(line("I agree"), line("I want it"), gap), *(Says(text=t) for t in _caveats(said)))
        return first, *self._then(said), *self._since(room, said)

    def mine(self, own: Room) -> tuple[Block, ...]:
        return tuple(
            Says(text=line("You: agreeing {z} of 7, wanting {w} of 7.", z=answer[4], w=_one(_will(answer))))
            for answer in own.said(_asked(self.part, self.then))
        )

    def _then(self, said: Answers) -> tuple[Beat, ...]:
        if not self.then:
            return ()
        pairs = [(fmean(answer[5:9]), _will(answer)) for answer in said]
        warned = line("Hindsight flatters: people remember having wanted less than they said at the time.")
        return (beat(_shift(line("Before, in hindsight"), line("Now"), pairs), Says(text=warned)),)

    def _since(self, room: Room, said: Answers) -> tuple[Beat, ...]:
        """Two groups of answers that nobody can link: their means are compared, not persons."""
        earlier = room.said(_asked("before", False)) if self.part == "after" else []
        known = difference([_will(a) for a in earlier], [_will(a) for a in said]) if len(earlier) > 1 else None
        if not known:
            return ()
        figures = {"low": _signed(known[1].low), "high": _signed(known[1].high), "before": len(earlier), "n": len(said)}
        told = line(
            "Wanting, answered then and now: {change} points ({low} to {high}; {before} answers then, {n} now).",
            change=_signed(known[0]),
            **figures,
        )
        causes = line("A change between two dates is no proof of a cause.")
        return (beat(Says(text=told, strong=True), Says(text=causes)),)


def _asked(part: str, then: bool) -> Battery:
    statements = [Option(id=id, label=words) for id, words in STATEMENTS.items()]
    if then:
        statements += [Option(id=f"then-{id}", label=_hindsight(STATEMENTS[id])) for id in WILL]
    ends = Text(de="trifft gar nicht zu", en="not at all"), Text(de="trifft voll zu", en="fully")
    label = line("How far do these statements hold for you?")
    return Battery(id=f"wanting-{part}", label=label, statements=tuple(statements), high=HIGH, ends=ends)


def _hindsight(words: Text) -> Text:
    return Text(
        de=f"Aus heutiger Sicht, vor dem Workshop: {words.de}", en=f"As I see it now, before the workshop: {words.en}"
    )


def _will(answer: tuple[int, ...]) -> float:
    return fmean(answer[:4])


def _shift(before: Line, after: Line, pairs: Sequence[tuple[float, float]]) -> Shift:
    moved = [second - first for first, second in pairs]
    bounds = median_interval(moved)
    told = {"change": median(moved), "low": bounds.low, "high": bounds.high}
    return Shift(before=before, after=after, pairs=tuple(sorted(pairs)), scale=(1, HIGH), **told)


def _caveats(said: Answers) -> list[Line]:
    told = [line("“Wanting” is the mean of four statements of our own; the scale is not validated.")]
    if len(said) >= RELIABLE and (alpha := cronbach([answer[:4] for answer in said])) is not None:
        told.append(
            line("Cronbach's α of the four: {alpha} (n = {n}).", alpha=Figure(value=alpha, digits=2), n=len(said))
        )
    return told


def cronbach(rows: Sequence[Sequence[float]]) -> float | None:
    """k/(k−1) · (1 − Σ item variances / variance of the sums); None where nothing varies."""
    k, total = len(rows[0]), variance([sum(row) for row in rows])
    return k / (k - 1) * (1 - sum(map(variance, zip(*rows, strict=True))) / total) if total else None


def _one(value: float) -> Figure:
    return Figure(value=value, digits=1)


def _signed(value: float) -> Figure:
    return Figure(value=value, digits=1, signed=True)
