"""
Be your own customer: predict minutes and steps, do one real errand, write down what happened (DOMAIN F7).

Two steps: the prediction is locked before the errand is done. One errand of one insider is no measurement, so
customers' own figures stand beside it.
"""

from collections.abc import Sequence
from statistics import median
from typing import Literal

from outside_in.domain.blocks import Beat, Block, Points, Says, Spread, beat
from outside_in.domain.evidence import Evidence
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.noise import median_interval
from outside_in.domain.questions import AnyQuestion, Number, Scale, Words
from outside_in.domain.tallies import sayings
from outside_in.domain.text import Figure, Line, Text, line

MINUTES, STEPS = 600, 60


class Errand(Exercise):
    kind: Literal["errand"] = "errand"
    part: Literal["before", "after"]
    task: Text
    touchpoint: str = ""
    """Id of the touchpoint the errand leads through; its customers' figure is set beside it."""
    rules: tuple[Text, ...] = ()
    known: Evidence | None = None

    def filled(self, facts: Facts) -> "Errand":
        point = facts.journey.touchpoint(self.touchpoint) if facts.journey else None
        return self.model_copy(update={"known": point.evidence}) if point and not self.known else self

    def asks(self) -> tuple[AnyQuestion, ...]:
        if self.part == "before":
            return _minutes(), _steps()
        return _minutes_log(), _steps_log(), _waits(), _repeats(), _effort(), _insider()

    def opening(self) -> tuple[Block, ...]:
        return Says(text=self.task, strong=True), *((Points(items=self.rules),) if self.rules else ())

    def tells(self, room: Room) -> tuple[Beat, ...]:
        if self.part == "before":
            return (beat(Says(text=line("Your predictions are locked. Now do the errand, then come back."))),)
        found = (
            _beside(room, _minutes(), _minutes_log(), line("minutes")),
            _beside(room, _steps(), _steps_log(), line("steps")),
        )
        shown = tuple(beat(*part) for part in found if part)
        felt = tuple(Says(text=text) for text in (*self._felt(room), *self._customers()))
        words = sayings(_insider().label, room.said(_insider()))
        return *shown, *((beat(*felt),) if felt else ()), *((beat(*words),) if words else ())

    def mine(self, own: Room) -> tuple[Block, ...]:
        pairs = ((line("minutes"), _minutes(), _minutes_log()), (line("steps"), _steps(), _steps_log()))
        return tuple(
            Says(text=line("You predicted {guess} {unit} and needed {real}.", guess=guess, real=real, unit=unit))
            for unit, before, after in pairs
            for guess, real in zip(own.said(before), own.said(after), strict=False)
        )

    def _felt(self, room: Room) -> list[Line]:
        effort, waits, repeats = room.said(_effort()), room.said(_waits()), room.said(_repeats())
        told = []
        if effort:
            bounds = median_interval(effort)
            figures = {"low": _one(bounds.low), "high": _one(bounds.high), "n": len(effort)}
            told.append(
                line(
                    "It was easy: median {median} of 7 ({low} to {high}, n = {n}).",
                    median=_one(median(effort)),
                    **figures,
                )
            )
        if waits and repeats:
            again = sum(times > 0 for times in repeats)
            told.append(
                line(
                    "Waiting: {wait} minutes in the median. {again} of {n} had to start something again.",
                    wait=_one(median(waits)),
                    again=again,
                    n=len(repeats),
                )
            )
        return told

    def _customers(self) -> list[Line]:
        if not self.known:
            return []
        known = self.known
        return [
            line(
                "Customers here: {value} ({low} to {high}, n = {n}; {unit}). They have no insider knowledge.",
                value=known.figure(known.value),
                low=known.figure(known.low),
                high=known.figure(known.high),
                n=known.n,
                unit=known.unit,
            )
        ]


def _beside(room: Room, before: Number, after: Number, unit: Line) -> tuple[Block, ...]:
    """Predicted above, needed below, on one scale; the median of each with its interval."""
    guesses, real = room.said(before), room.said(after)
    if not real:
        return ()
    rows = [_row(Text(de="Vorhergesagt", en="Predicted"), guesses)] if guesses else []
    rows.append(_row(Text(de="Tatsächlich", en="Needed"), real))
    bounds = median_interval(real)
    told = line(
        "Needed: {real} {unit} in the median ({low} to {high}, n = {n}).",
        real=_one(median(real)),
        unit=unit,
        low=_one(bounds.low),
        high=_one(bounds.high),
        n=len(real),
    )
    if guesses:
        told = line("Predicted: {guess} {unit}. {told}", guess=_one(median(guesses)), unit=unit, told=told)
    top = int(max(*guesses, *real)) + 1
    return (Spread(rows=tuple(rows), scale=(0, top), unit=unit, told=told, head=line("Errand")),)


def _row(label: Text, values: Sequence[float]) -> Spread.Row:
    return Spread.Row(label=label, values=tuple(sorted(map(float, values))), median=median(values))


def _one(value: float) -> Figure:
    return Figure(value=value, digits=0 if value == int(value) else 1)


def _minutes() -> Number:
    return Number(
        id="errand-minutes", label=line("How many minutes will it take you, all in all?"), low=0, high=MINUTES
    )


def _steps() -> Number:
    label = line("How many steps (calls, forms, letters, logins)?")
    return Number(id="errand-steps", label=label, low=0, high=STEPS)


def _minutes_log() -> Number:
    return Number(id="log-minutes", label=line("How many minutes did it take?"), low=0, high=MINUTES)


def _steps_log() -> Number:
    return Number(id="log-steps", label=line("How many steps were there?"), low=0, high=STEPS)


def _waits() -> Number:
    return Number(id="log-waits", label=line("How many of the minutes did you wait?"), low=0, high=MINUTES)


def _repeats() -> Number:
    label = line("How often did you have to start something again or tell it again?")
    return Number(id="log-repeats", label=label, low=0, high=STEPS)


def _effort() -> Scale:
    ends = Text(de="trifft gar nicht zu", en="not at all"), Text(de="trifft voll zu", en="fully")
    return Scale(id="log-effort", label=line("The company made it easy for me."), low=1, high=7, ends=ends)


def _insider() -> Words:
    example = Text(de="Ich wusste, welche Durchwahl weiterhilft.", en="I knew which extension would help.")
    label = line("Where did you use insider knowledge?")
    return Words(id="log-insider", label=label, fewest=0, most=200, lines=2, examples=(example,))
