"""The way through a company, and how sure we are of every step of it."""

from collections.abc import Mapping
from typing import Literal

from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import Quote
from outside_in.domain.model import Model
from outside_in.domain.text import Text


class Touchpoint(Model):
    """One interaction on the journey. Without evidence it is assumed, and must look so."""

    id: str
    name: Text
    n: int = 0
    evidence: Evidence | None = None
    emotion: float | None = None
    """−2 … +2, the level stretched over its own axis (NPS −100 … 100); None without evidence."""
    negative: float | None = None
    """Share of bad experiences, 0…1; None where fewer than five scores stand behind it."""
    negative_low: float | None = None
    negative_high: float | None = None
    """Wilson bounds of `negative`."""
    themes: Mapping[str, int] = {}
    """Comments per theme id; themes of fewer than five are left out."""
    quotes: tuple[Quote, ...] = ()
    owner: str = ""

    @property
    def provenance(self) -> Literal["measured", "assumed"]:
        return "measured" if self.evidence else "assumed"


class Journey(Model):
    id: str = "journey"
    name: Text
    touchpoints: tuple[Touchpoint, ...]
    overall: Evidence | None = None
    source: str = ""

    def touchpoint(self, id: str) -> Touchpoint | None:
        return next((point for point in self.touchpoints if point.id == id), None)
