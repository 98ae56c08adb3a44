"""
The listening hour (DOMAIN F8): three expectations, real contacts, then what was wrong and what surprised.

Expectations stay with their author. Minutes add up to exposure hours, logged by leaders themselves.
"""

from statistics import median
from typing import Literal

from outside_in.domain.blocks import Beat, Block, Points, Says, Spread, beat
from outside_in.domain.exercise import Exercise, Room
from outside_in.domain.noise import median_interval
from outside_in.domain.questions import AnyQuestion, Number, Scale, Words
from outside_in.domain.tallies import sayings
from outside_in.domain.text import Figure, Line, Text, line

THREE = 3
MINUTES = 600


class Listen(Exercise):
    kind: Literal["listen"] = "listen"
    part: Literal["before", "after"]
    rules: tuple[Text, ...] = ()

    def asks(self) -> tuple[AnyQuestion, ...]:
        if self.part == "before":
            return tuple(_expected(n) for n in range(1, THREE + 1))
        return _wrong(), _minutes(), *(_surprise(n) for n in range(1, THREE + 1))

    def opening(self) -> tuple[Block, ...]:
        return (Points(items=self.rules),) if self.rules else ()

    def tells(self, room: Room) -> tuple[Beat, ...]:
        if self.part == "before":
            return (beat(Says(text=line("Your expectations are yours alone. You will see them again afterwards."))),)
        hours, wrong = room.said(_minutes()), room.said(_wrong())
        said = [words for n in range(1, THREE + 1) for words in room.said(_surprise(n))]
        told = (*((_exposure(hours),) if hours else ()), *((_mistaken(wrong),) if wrong else ()))
        words = sayings(line("What surprised us"), said)
        return *((beat(*told),) if told else ()), *((beat(*words),) if words else ())

    def mine(self, own: Room) -> tuple[Block, ...]:
        if self.part == "before":
            return ()
        said = [words for n in range(1, THREE + 1) for words in own.said(_expected(n))]
        return tuple(Says(text=line("You had expected: “{words}”", words=words)) for words in said)


def _exposure(minutes: list[float]) -> Block:
    hours = [m / 60 for m in minutes]
    told = line(
        "Hours with customers: {total} together, {median} in the median (n = {n}).",
        total=_one(sum(hours)),
        median=_one(median(hours)),
        n=len(hours),
    )
    return Says(text=told, strong=True)


def _mistaken(wrong: list[float]) -> Block:
    bounds = median_interval(wrong)
    told = line(
        "Wrong expectations: {median} of 3 in the median ({low} to {high}, n = {n}).",
        median=_one(median(wrong)),
        low=_one(bounds.low),
        high=_one(bounds.high),
        n=len(wrong),
    )
    row = Spread.Row(
        label=Text(de="Falsche Erwartungen", en="Wrong expectations"),
        values=tuple(sorted(map(float, wrong))),
        median=median(wrong),
    )
    return Spread(rows=(row,), scale=(0, THREE), unit=line("of three expectations"), told=told, head=line("Question"))


def _one(value: float) -> Figure:
    return Figure(value=value, digits=0 if value == int(value) else 1)


def _expected(n: int) -> Words:
    example = Text(de="Die meisten rufen wegen der Rechnung an.", en="Most will call about their bill.")
    label = line("Expectation {n}: what will customers talk about, and how?", n=n)
    return Words(id=f"expect-{n}", label=label, most=160, lines=1, examples=(example,))


def _wrong() -> Scale:
    return Scale(id="listen-wrong", label=line("How many of your three expectations were wrong?"), low=0, high=THREE)


def _minutes() -> Number:
    label = line("How many minutes did you listen to customers?")
    return Number(id="listen-minutes", label=label, low=0, high=MINUTES)


def _surprise(n: int) -> Words:
    example = Text(
        de="Niemand wollte Geld zurück, alle wollten eine Erklärung.",
        en="Nobody wanted money back, all wanted an explanation.",
    )
    label: Line = line("Surprise {n}", n=n)
    return Words(id=f"surprise-{n}", label=label, fewest=0, most=200, lines=1, examples=(example,))
