"""How a value map moves from one workshop of a client to the next."""

import datetime as dt
from collections.abc import Mapping

from outside_in.domain.bridging import Cell
from outside_in.domain.measures import Interval, newcombe
from outside_in.domain.model import Model
from outside_in.domain.noise import difference


class Map(Model):
    """What one session's value bridge came to, as far as its room may know it."""

    code: str
    step: str
    title: str
    date: dt.date
    cells: tuple[Cell, ...]
    lived: Mapping[str, tuple[float, ...]] = {}
    """Answers by principle, in no order."""

    def carrying(self) -> set[tuple[str, str]]:
        return {(cell.principle, cell.value) for cell in self.cells if cell.state == "carrying"}


class Moved(Model):
    """A cell whose share of namings changed by more than chance; persons are not linked."""

    principle: str
    value: str
    before: float
    after: float
    change: Interval


class Movement(Model):
    new: tuple[tuple[str, str], ...]
    """Principle and value that carry now and did not."""
    gone: tuple[tuple[str, str], ...]
    clear: tuple[Moved, ...]
    lived: Mapping[str, tuple[float, Interval]]
    """By principle: how much more it is lived, with the bounds of the difference."""


def movement(before: Map, after: Map) -> Movement:
    one, two = before.carrying(), after.carrying()
    both = [(cell, later) for cell in before.cells for later in after.cells if _same(cell, later)]
    moved = (_moved(cell, later) for cell, later in both)
    lived = {
        id: known
        for id, answers in before.lived.items()
        if len(answers) > 1 and len(after.lived.get(id, ())) > 1 and (known := difference(answers, after.lived[id]))
    }
    return Movement(
        new=tuple(sorted(two - one)), gone=tuple(sorted(one - two)), clear=tuple(m for m in moved if m), lived=lived
    )


def _same(one: Cell, two: Cell) -> bool:
    return (one.principle, one.value) == (two.principle, two.value)


def _moved(before: Cell, after: Cell) -> Moved | None:
    """Newcombe's interval of the difference leaves out 0."""
    bounds = newcombe(after.picked, after.n, before.picked, before.n)
    if bounds.low <= 0 <= bounds.high:
        return None
    shares = before.picked / before.n, after.picked / after.n
    return Moved(principle=before.principle, value=before.value, before=shares[0], after=shares[1], change=bounds)
