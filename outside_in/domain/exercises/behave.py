"""One behaviour per link that carries: by what would people notice that a principle is lived? (DOMAIN F10)"""

from collections.abc import Sequence
from typing import Literal

from outside_in.domain.blocks import Beat, Block, Says, beat
from outside_in.domain.bridging import Cell, cells
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.questions import Option, Weigh, Words
from outside_in.domain.tallies import sayings
from outside_in.domain.text import Line, Text, line
from outside_in.domain.values import FEWEST, Principle, Shelf, Value, own_values


class Behave(Exercise):
    """Stands after a value bridge and looks back at it; names the links that carry beside what was written."""

    kind: Literal["behave"] = "behave"
    only: tuple[str, ...] = ()
    principles: tuple[Principle, ...] = ()
    values: tuple[Value, ...] = ()

    def stocked(self, shelf: Shelf) -> "Behave":
        chosen = tuple(p for p in shelf.principles if not self.only or p.id in self.only)
        update = {"principles": self.principles or chosen, "values": self.values or shelf.values}
        return self.model_copy(update=update)

    def filled(self, facts: Facts) -> "Behave":
        own = own_values(facts.values)
        return self.model_copy(update={"values": own}) if len(own) >= FEWEST else self

    def asks(self) -> tuple[Words, ...]:
        return tuple(_behaviour(p) for p in self.principles)

    def check(self, own: Room) -> None:
        super().check(own)
        if not any(words for p in self.principles for words in own.said(_behaviour(p))):
            raise _behaviour(self.principles[0]).refuse()

    def opening(self) -> tuple[Block, ...]:
        said = line(
            "Choose the links you hold most strongly. One behaviour each that others can see; leave the rest blank."
        )
        return (Says(text=said, strong=True),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        found = self._links(room)
        carried = {cell.principle for cell in found}
        first = sorted(self.principles, key=lambda p: p.id not in carried)
        told = [self._told(p, [c for c in found if c.principle == p.id], room) for p in first]
        return tuple(beat(*blocks) for blocks in told if blocks) or (
            beat(Says(text=line("Nothing has been approved for the stage."))),
        )

    def mine(self, own: Room) -> tuple[Block, ...]:
        return tuple(
            Says(text=line("{principle}: “{words}”", principle=p.name, words=words))
            for p in self.principles
            for words in own.said(_behaviour(p))
            if words
        )

    def _told(self, principle: Principle, carried: Sequence[Cell], room: Room) -> tuple[Block, ...]:
        return sayings(self._heading(principle, carried), room.said(_behaviour(principle)))

    def _heading(self, principle: Principle, carried: Sequence[Cell]) -> Line:
        names = {value.id: value.name for value in self.values}
        by = [names[cell.value] for cell in sorted(carried, key=lambda c: -c.strength)]
        if not by:
            return line("{principle}: no value carries it yet", principle=principle.name)
        joined = Text(de=", ".join(name.de for name in by), en=", ".join(name.en for name in by))
        return line("{principle}, carried by {values}", principle=principle.name, values=joined)

    def _links(self, room: Room) -> list[Cell]:
        """Of the bridge this step looks back at; none where too few built it."""
        options = tuple(Option(id=value.id, label=value.name) for value in self.values)
        said = {p.id: room.said(Weigh(id=f"cx-{p.id}", label=p.name, options=options)) for p in self.principles}
        found = cells({id: answers for id, answers in said.items() if answers}, [option.id for option in options])
        return [cell for cell in found if cell.state == "carrying"]


def _behaviour(principle: Principle) -> Words:
    example = Text(
        de="Ich rufe jede Woche einen Menschen zurück, der sich beschwert hat.",
        en="Every week I call back somebody who complained.",
    )
    label = line("“{principle}”: what would others see you do?", principle=principle.name)
    return Words(
        id=f"do-{principle.id}",
        label=label,
        hint=principle.definition,
        fewest=0,
        most=160,
        lines=1,
        examples=(example,),
    )
