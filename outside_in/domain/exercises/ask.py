"""Questions from a content file, each told by its standard summary: a variant without code."""

from collections import Counter
from statistics import median
from typing import Annotated, Any, Literal

from pydantic import Field

from outside_in.domain.blocks import Bars, Beat, Block, Sayings, Says, beat
from outside_in.domain.exercise import Exercise, Room
from outside_in.domain.measures import wilson
from outside_in.domain.model import Model
from outside_in.domain.questions import AnyQuestion, Option, Pick, Scale, Words
from outside_in.domain.text import Figure, Text, line


class Rating(Model):
    """How far somebody agrees, 1 to `high`."""

    kind: Literal["rating"] = "rating"
    id: str
    label: Text
    high: int = 7
    ends: tuple[Text, Text]

    def question(self) -> Scale:
        return Scale(id=self.id, label=self.label, low=1, high=self.high, ends=self.ends)

    def told(self, room: Room) -> tuple[Block, ...]:
        said = room.said(self.question())
        if not said:
            return ()
        message = line(
            "“{label}”: median {median} of {high} (lowest {low}, highest {top}, n = {n}).",
            label=self.label,
            median=Figure(value=median(said), digits=1),
            high=self.high,
            low=min(said),
            top=max(said),
            n=len(said),
        )
        return (Says(text=message),)


class Choice(Model):
    """One or more of a few options."""

    kind: Literal["choice"] = "choice"
    id: str
    label: Text
    options: tuple[Option, ...]
    most: int = 1

    def question(self) -> Pick:
        return Pick(id=self.id, label=self.label, options=self.options, most=self.most)

    def told(self, room: Room) -> tuple[Block, ...]:
        said = room.said(self.question())
        if not said:
            return ()
        counts = Counter(id for ids in said for id in ids)
        rows = tuple(_bar(option, counts[option.id], len(said)) for option in self.options)
        return Says(text=self.label, strong=True), Bars(rows=rows, n=len(said))


class Free(Model):
    """A few words; blank is allowed, the stage shows what was approved."""

    kind: Literal["free"] = "free"
    id: str
    label: Text
    examples: tuple[Text, ...] = ()

    def question(self) -> Words:
        return Words(id=self.id, label=self.label, fewest=0, examples=self.examples)

    def told(self, room: Room) -> tuple[Block, ...]:
        said = tuple(words for words in room.said(self.question()) if words)
        return (Says(text=self.label, strong=True), Sayings(items=said)) if said else ()


Item = Annotated[Rating | Choice | Free, Field(discriminator="kind")]


class Ask(Exercise):
    kind: Literal["ask"] = "ask"
    questions: tuple[Item, ...]

    def again(self, suffix: str) -> "Ask":
        renamed = (item.model_copy(update={"id": f"{item.id}{suffix}"}) for item in self.questions)
        return self.model_copy(update={"questions": tuple(renamed)})

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(item.question() for item in self.questions)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        blocks = tuple(block for item in self.questions for block in item.told(room))
        return (beat(*blocks),) if blocks else ()


def _bar(option: Option, count: int, n: int) -> Any:
    bounds = wilson(count, n)
    return Bars.Row(label=option.label, count=count, low=bounds.low, high=bounds.high)
