"""
What can be asked, as data.

Phones draw questions, paper prints them, a rehearsal answers them. What belongs to one
figure is one question: an anonymous step keeps the answers to each apart from the others.
"""

import datetime as dt
import math
from functools import cache
from random import Random
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import JsonValue, TypeAdapter, ValidationError

from outside_in.domain.errors import BadAnswer
from outside_in.domain.model import Model
from outside_in.domain.text import Line, Text

V = TypeVar("V")


class Question(Model, Generic[V]):
    """One input; `id` is also the item in files and the key on the phone."""

    id: str
    label: Line | Text
    hint: Line | Text | None = None
    moderated: ClassVar[bool] = False
    """Free words: shown to a room only after the facilitator has approved them."""

    def read(self, raw: JsonValue) -> V:
        """What was answered; whatever a browser sends ends here, as a value or as BadAnswer."""
        raise NotImplementedError

    def rehearse(self, chance: Random) -> JsonValue:
        """What somebody could answer: for dry runs, demos and tests."""
        raise NotImplementedError

    def refuse(self) -> BadAnswer:
        return BadAnswer(question=self.label)


class Steps(Question[V], Generic[V]):
    """Numbers from `low` to `high` in steps; whole numbers stay whole."""

    low: float
    high: float
    step: float = 1

    def _number(self, value: float) -> float:
        if not self.low <= value <= self.high:
            raise self.refuse()
        return int(value) if value == int(value) else round(value, 3)

    def _some(self, chance: Random) -> float:
        steps = chance.randint(0, round((self.high - self.low) / self.step))
        return self._number(self.low + steps * self.step)


class Scale(Steps[float]):
    """One number; `ends` name both ends in words."""

    ends: tuple[Line | Text, Line | Text] | None = None

    def read(self, raw: JsonValue) -> float:
        return self._number(parsed(float, raw, self))

    def rehearse(self, chance: Random) -> JsonValue:
        return self._some(chance)


class Range(Steps[tuple[float, float]]):
    """Low and high of an interval the leader believes in; together they are one figure."""

    def read(self, raw: JsonValue) -> tuple[float, float]:
        low, high = map(self._number, parsed(tuple[float, float], raw, self))
        if low > high:
            raise self.refuse()
        return low, high

    def rehearse(self, chance: Random) -> JsonValue:
        low, high = sorted(self._some(chance) for _ in range(2))
        return [low, high]


class NotBetween(BadAnswer):
    message = "“{question}”: your best guess lies outside your range."
    code = "bad-range"


class Estimate(Steps[tuple[float, float, float]]):
    """Low, best guess and high of one number: a belief with its range, one figure."""

    unit: str = ""

    def read(self, raw: JsonValue) -> tuple[float, float, float]:
        low, best, high = map(self._number, parsed(tuple[float, float, float], raw, self))
        if low > high:
            raise self.refuse()
        if not low <= best <= high:
            raise NotBetween(question=self.label)
        return low, best, high

    def rehearse(self, chance: Random) -> JsonValue:
        low, best, high = sorted(self._some(chance) for _ in range(3))
        return [low, best, high]


class Number(Scale):
    """Typed in, where a slider would be too coarse or too long."""


class Chance(Scale):
    """How sure somebody is of a statement, in percent; 50 says “I don't know”."""

    low: float = 0
    high: float = 100
    step: float = 5


class Option(Model):
    id: str
    label: Text


class Pick(Question[tuple[str, ...]]):
    """From `fewest` to `most` of the options; all of them in order is a ranking."""

    options: tuple[Option, ...]
    fewest: int = 1
    most: int = 1
    start: str = ""
    """Chosen until somebody chooses; for what most people want."""

    @property
    def ranking(self) -> bool:
        return self.fewest == self.most == len(self.options) > 1

    def read(self, raw: JsonValue) -> tuple[str, ...]:
        picked = parsed(tuple[str, ...], raw, self)
        known = {option.id for option in self.options}
        if len(set(picked)) != len(picked) or not known.issuperset(picked):
            raise self.refuse()
        if not self.fewest <= len(picked) <= self.most:
            raise self.refuse()
        return picked

    def rehearse(self, chance: Random) -> JsonValue:
        many = chance.randint(max(self.fewest, min(1, self.most)), self.most)
        return [option.id for option in chance.sample(self.options, min(many, len(self.options)))]


class Share(Question[dict[str, float]]):
    """A hundred points over all options. Whoever gives more or fewer has said shares all the same."""

    options: tuple[Option, ...]

    def read(self, raw: JsonValue) -> dict[str, float]:
        given = parsed(dict[str, float], raw, self)
        total = sum(given.values())
        if set(given) != {option.id for option in self.options} or not 0 < total < math.inf:
            raise self.refuse()
        if min(given.values()) < 0:
            raise self.refuse()
        return {id: 100 * points / total for id, points in given.items()}

    def rehearse(self, chance: Random) -> JsonValue:
        points = [chance.randint(1, 20) for _ in self.options]
        return {option.id: n for option, n in zip(self.options, points, strict=True)}


class Weigh(Question[dict[str, int]]):
    """Up to `most` of the options, each with its strength, 1 to `strongest`; none at all is an answer, too."""

    options: tuple[Option, ...]
    most: int = 3
    strongest: int = 3

    def read(self, raw: JsonValue) -> dict[str, int]:
        given = parsed(dict[str, int], raw, self)
        known = {option.id for option in self.options}
        if not known.issuperset(given) or len(given) > self.most:
            raise self.refuse()
        if not all(1 <= strength <= self.strongest for strength in given.values()):
            raise self.refuse()
        return given

    def rehearse(self, chance: Random) -> JsonValue:
        """The earlier an option stands, the more often it is named: a room without any view shows nothing."""
        wanted = sorted(self.options, key=lambda o: chance.random() * (1 + self.options.index(o)))
        many = min(chance.randint(1, self.most), len(wanted))
        return {option.id: chance.randint(1, self.strongest) for option in wanted[:many]}


class Battery(Question[tuple[int, ...]]):
    """Statements on one scale, 1 to `high`; together they are one figure, so they stay one answer."""

    statements: tuple[Option, ...]
    high: int = 7
    ends: tuple[Line | Text, Line | Text]

    def read(self, raw: JsonValue) -> tuple[int, ...]:
        given = parsed(tuple[int, ...], raw, self)
        if len(given) != len(self.statements) or not all(1 <= told <= self.high for told in given):
            raise self.refuse()
        return given

    def rehearse(self, chance: Random) -> JsonValue:
        return [chance.randint(1, self.high) for _ in self.statements]


class Words(Question[str]):
    """Free words, at most `most` characters; blank is an answer only where `fewest` is 0."""

    moderated = True
    fewest: int = 1
    most: int = 280
    lines: int = 3
    examples: tuple[Text, ...] = ()

    def read(self, raw: JsonValue) -> str:
        value = parsed(str, raw or "", self).strip()
        if not self.fewest <= len(value) <= self.most or any(c < " " and c not in "\n\t" for c in value):
            raise self.refuse()
        return value

    def rehearse(self, chance: Random) -> JsonValue:
        return chance.choice(self.examples).de if self.examples else "Ein Probetext."


class Day(Question[dt.date]):
    earliest: dt.date
    latest: dt.date

    def read(self, raw: JsonValue) -> dt.date:
        value = parsed(dt.date, raw, self)
        if not self.earliest <= value <= self.latest:
            raise self.refuse()
        return value

    def rehearse(self, chance: Random) -> JsonValue:
        span = (self.latest - self.earliest).days
        return (self.earliest + dt.timedelta(days=chance.randint(0, span))).isoformat()


def parsed(kind: Any, raw: JsonValue, question: Question[Any]) -> Any:
    try:
        return _adapter(kind).validate_python(raw)
    except ValidationError as error:
        raise question.refuse() from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Built once per kind of value: five hundred answers at once would wait for it."""
    return TypeAdapter(kind)


AnyQuestion = Question[Any]
