"""
The value bridge: which leadership values carry which principle, how strongly, and how far it is lived.

Silent and hidden until it is closed; labels and figures after DOMAIN 6.4.
"""

from collections.abc import Iterable, Sequence
from statistics import fmean, median, pvariance
from typing import Literal, TypeVar

from outside_in.domain.blocks import Beat, Block, Grid, Links, Points, Quadrant, Says, Spread, beat
from outside_in.domain.bridging import Agreement, Cell, agreement, cells, empty, overlap, unnamed, weights
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.questions import AnyQuestion, Option, Scale, Weigh
from outside_in.domain.text import Figure, Line, Text, line
from outside_in.domain.values import FEWEST, Principle, Shelf, Value, own_values

LIVED = (1, 5)
T = TypeVar("T", Principle, Value)


class Bridge(Exercise):
    kind: Literal["bridge"] = "bridge"
    only: tuple[str, ...] = ()
    """Ids of the principles that are asked; empty: all. Three or four make a light version."""
    principles: tuple[Principle, ...] = ()
    values: tuple[Value, ...] = ()

    def stocked(self, shelf: Shelf) -> "Bridge":
        chosen = tuple(p for p in shelf.principles if not self.only or p.id in self.only)
        update = {"principles": self.principles or chosen, "values": self.values or shelf.values}
        return self.model_copy(update=update)

    def filled(self, facts: Facts) -> "Bridge":
        """A client's own values take the place of ours: that is what leaders recognise."""
        own = own_values(facts.values)
        return self.model_copy(update={"values": own}) if len(own) >= FEWEST else self

    def missing(self) -> Line | None:
        enough = self.principles and len(self.values) >= FEWEST
        return None if enough else line("The value bridge needs principles and at least five leadership values.")

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(question for p in self.principles for question in (self._carries(p), _lived(p)))

    def opening(self) -> tuple[Block, ...]:
        message = line(
            "Up to three values per principle, each with its strength. And how far is the principle lived here today?"
        )
        return Says(text=message, strong=True), Points(items=tuple(_named(value) for value in self.values))

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = {p.id: room.said(self._carries(p)) for p in self.principles}
        found = self.found(room)
        if not found:
            return ()
        ids = [value.id for value in self.values]
        agreed = (Says(text=_verdict(known)),) if (known := agreement(said, ids)) else ()
        return beat(self.grid(found), *agreed), self._carried(found, said), *self._lacking(found, room)

    def mine(self, own: Room) -> tuple[Block, ...]:
        return tuple(Says(text=text) for p in self.principles for text in self._own(p, own))

    def found(self, room: Room) -> tuple[Cell, ...]:
        said = {p.id: answers for p in self.principles if (answers := room.said(self._carries(p)))}
        return cells(said, [value.id for value in self.values])

    def lived(self, room: Room) -> dict[str, tuple[float, ...]]:
        """By principle, as far as it may be told."""
        return {p.id: tuple(sorted(said)) for p in self.principles if (said := room.said(_lived(p)))}

    def grid(self, found: Sequence[Cell]) -> Grid:
        """Rows and columns stand in the order of what they add up to."""
        by = {(cell.principle, cell.value): cell for cell in found}
        told = {cell.principle for cell in found}
        rows = _heaviest((p for p in self.principles if p.id in told), found, "principle")
        columns = _heaviest(self.values, found, "value")
        bare = empty(found)
        shown = tuple(
            Grid.Row(label=p.name, cells=tuple(_shown(by[p.id, v.id]) for v in columns), empty=p.id in bare)
            for p in rows
        )
        return Grid(rows=shown, columns=tuple(v.name for v in columns), n=max(cell.n for cell in found))

    def _carried(self, found: Sequence[Cell], said: dict[str, list[dict[str, int]]]) -> Beat:
        strong = sorted((c for c in found if c.state == "carrying"), key=lambda c: -c.strength)
        links = tuple(
            Links.Row(
                left=self._principle(c.principle).name,
                right=self._value(c.value).name,
                strength=c.strength,
                count=c.picked,
                low=c.low,
                high=c.high,
            )
            for c in strong
        )
        told = (*self._shared(said), *self._bare(empty(found)))
        return beat(Links(rows=links, n=max(c.n for c in found)), *(Says(text=text) for text in told))

    def _lacking(self, found: Sequence[Cell], room: Room) -> tuple[Beat, ...]:
        """Weight against how far it is lived, the cells that come first, and the white ones."""
        said = self.lived(room)
        lived = {id: fmean(answers) for id, answers in said.items()}
        total = weights(found)
        dots = tuple(
            Quadrant.Dot(label=p.name, x=lived[p.id], y=total[p.id], n=len(said[p.id]))
            for p in self.principles
            if p.id in lived and p.id in total
        )
        if not dots:
            return ()
        first = sorted((c for c in found if c.principle in lived), key=lambda c: -c.priority(lived[c.principle]))[:3]
        told = (self._first(c, lived[c.principle]) for c in first if c.strength)
        white = line(
            "White cells: {n} of {of} pairs of principle and value were named by nobody.",
            n=len(unnamed(found)),
            of=len(found),
        )
        return (
            beat(self._apart(said)),
            beat(Quadrant(dots=dots), *(Says(text=text) for text in told), Says(text=white)),
        )

    def _apart(self, said: dict[str, tuple[float, ...]]) -> Spread:
        """A dot per voter and principle: where the room lives in different companies."""
        rows = tuple(
            Spread.Row(label=p.name, values=said[p.id], median=median(said[p.id]))
            for p in self.principles
            if p.id in said
        )
        widest = max(rows, key=lambda row: pvariance(row.values))
        told = line(
            "How far it is lived: we differ most on “{label}” ({low} to {high}, n = {n}).",
            label=widest.label,
            low=Figure(value=min(widest.values)),
            high=Figure(value=max(widest.values)),
            n=len(widest.values),
        )
        return Spread(rows=rows, scale=LIVED, unit=line("Lived today, 1 to 5"), told=told, head=line("Principle"))

    def _first(self, cell: Cell, lived: float) -> Line:
        return line(
            "Work on this first: “{principle}” through “{value}” (strength {strength} of 3, lived {lived} of 5).",
            principle=self._principle(cell.principle).name,
            value=self._value(cell.value).name,
            strength=Figure(value=cell.strength, digits=1),
            lived=Figure(value=lived, digits=1),
        )

    def _shared(self, said: dict[str, list[dict[str, int]]]) -> list[Line]:
        shared = overlap(said, len(self.values))
        if shared is None:
            return []
        share, chance = (Figure(value=100 * one, unit="%") for one in shared)
        told = line(
            "Two of us share {share} of their picks; blind picks would share {chance}.", share=share, chance=chance
        )
        return [told]

    def _bare(self, ids: Sequence[str]) -> list[Line]:
        names = _joined([self._principle(id).name for id in ids])
        return (
            [line("Carried by no value: {names}. Nobody feels that this is leadership.", names=names)] if names else []
        )

    def _own(self, principle: Principle, own: Room) -> list[Line]:
        names = {value.id: value.name for value in self.values}
        lived = own.said(_lived(principle))
        return [
            line(
                "{principle}: you named {values}; lived today {lived} of 5.",
                principle=principle.name,
                values=_joined([names[id] for id in sorted(picks, key=lambda id: -picks[id])]),
                lived=int(lived[0]) if lived else None,
            )
            for picks in own.said(self._carries(principle))
        ]

    def _principle(self, id: str) -> Principle:
        return next(p for p in self.principles if p.id == id)

    def _value(self, id: str) -> Value:
        return next(value for value in self.values if value.id == id)

    def _carries(self, principle: Principle) -> Weigh:
        options = tuple(Option(id=value.id, label=value.name) for value in self.values)
        return Weigh(id=f"cx-{principle.id}", label=principle.name, hint=principle.definition, options=options)


def _lived(principle: Principle) -> Scale:
    label = line("“{principle}”: how far is this lived here today?", principle=principle.name)
    ends = line("hardly at all"), line("fully")
    return Scale(id=f"cx-{principle.id}-lived", label=label, low=LIVED[0], high=LIVED[1], ends=ends)


def _verdict(known: Agreement) -> Line:
    """Krippendorff's own thresholds, in words; no pass or fail."""
    told = {name: Figure(value=getattr(known, name), digits=2) for name in ("alpha", "low", "high")}
    if known.alpha >= 0.8:
        return line("We see it alike: α = {alpha} ({low} to {high}, n = {n}).", n=known.n, **told)
    if known.alpha >= 0.667:
        return line("We tend to see it alike: α = {alpha} ({low} to {high}, n = {n}).", n=known.n, **told)
    return line(
        "Our views differ, which makes it a good topic: α = {alpha} ({low} to {high}, n = {n}).", n=known.n, **told
    )


def _heaviest(items: Iterable[T], found: Sequence[Cell], of: Literal["principle", "value"]) -> list[T]:
    """In the order of the strength that their cells add up to, the largest first."""
    return sorted(items, key=lambda one: -sum(c.strength for c in found if getattr(c, of) == one.id))


def _shown(cell: Cell) -> Grid.Spot:
    return Grid.Spot(strength=cell.strength, count=cell.picked, state=cell.state)


def _named(value: Value) -> Text:
    if not value.sentence.de:
        return value.name
    return Text(de=f"{value.name.de}: {value.sentence.de}", en=f"{value.name.en}: {value.sentence.en}")


def _joined(names: Sequence[Text]) -> Text | None:
    if not names:
        return None
    return Text(de=", ".join(name.de for name in names), en=", ".join(name.en for name in names))
