"""Silent writing: everybody at once, nobody sees who; the room reads what was approved."""

from typing import Literal

from outside_in.domain.blocks import Beat, Block, Sayings, Says, beat
from outside_in.domain.exercise import Exercise, Room
from outside_in.domain.questions import Words
from outside_in.domain.text import Text, line


class Write(Exercise):
    kind: Literal["write"] = "write"
    item: str = "words"
    question: Text
    hint: Text | None = None
    examples: tuple[Text, ...] = ()

    def asks(self) -> tuple[Words, ...]:
        return (self._words(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = room.said(self._words())
        if not said:
            return (beat(Says(text=line("Nothing has been approved for the stage."))),)
        return (beat(Sayings(items=tuple(said))),)

    def mine(self, own: Room) -> tuple[Block, ...]:
        return tuple(Says(text=line("You wrote: “{words}”", words=w)) for w in own.said(self._words()))

    def _words(self) -> Words:
        return Words(id=self.item, label=self.question, hint=self.hint, examples=self.examples)
