"""
Where one theme run put the comments.

A layer never changes. A board names the layers it lies on, so every step on it can be taken back.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from outside_in.domain.feedback import CandidateTheme, Placed

NOWHERE = 65535
SURE = 1000
"""Confidence is kept in thousandths."""

Columns = Mapping[str, "array[int]"]


@dataclass(frozen=True)
class Layer:
    """Parallel columns; `leaf` counts into `leaves`."""

    id: str
    leaves: tuple[str, ...]
    rows: "array[int]"
    leaf: "array[int]"
    sure: "array[int]"

    @classmethod
    def of(cls, id: str, placed: Iterable[Placed]) -> "Layer":
        """A comment's leaf is its sub-theme, or its theme where that has none."""
        names: dict[str, int] = {}
        rows, leaf, sure = array("q"), array("H"), array("H")
        for one in placed:
            name = one.subtheme or one.theme
            rows.append(one.row)
            leaf.append(NOWHERE if name is None else names.setdefault(name, len(names)))
            sure.append(round(one.confidence * SURE))
        return cls(id, tuple(names), rows, leaf, sure)

    @classmethod
    def reopened(cls, id: str, leaves: Iterable[str], columns: Columns) -> "Layer":
        return cls(id, tuple(leaves), columns["rows"], columns["leaf"], columns["sure"])

    @property
    def columns(self) -> Columns:
        return {"rows": self.rows, "leaf": self.leaf, "sure": self.sure}

    def spots(self) -> Iterator[tuple[int, str | None, float]]:
        """Row, leaf, confidence."""
        for row, leaf, sure in zip(self.rows, self.leaf, self.sure, strict=True):
            yield row, None if leaf == NOWHERE else self.leaves[leaf], sure / SURE


class Cut(NamedTuple):
    """One number of themes out of a run; ids of its themes are leaves of its layer."""

    themes: tuple[CandidateTheme, ...]
    layer: Layer
