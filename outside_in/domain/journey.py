"""The way through a company, and how sure we are of every step of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import Quote
from outside_in.domain.mapping import Planned
from outside_in.domain.model import Model
from outside_in.domain.text import Text


class Pain(Model):
    """Reach × share of bad experiences × consequence (DOMAIN 8.2), with 95 % bounds by bootstrap."""

    value: float
    low: float
    high: float
    reach: float
    """Share of all comments with a touchpoint that speak of this one."""
    consequence: float
    """How often customers leave here beside all; 1 where nobody's leaving is known."""
    band: int
    """1 is the worst; points on one band cannot be told apart."""


class Trend(Model):
    """Mean score of the later half of the period minus that of the earlier half, with 95 % bounds (Welch)."""

    since: dt.date
    change: float
    low: float
    high: float
    n: int


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
    plan: Planned | None = None
    """What a person wrote down about it."""
    labels: Mapping[str, int] = {}
    """What it is called in the file, and how often; labels of fewer than five are left out."""
    pain: Pain | None = None
    trend: Trend | None = None
    candidate: bool = False
    """For a moment of truth, estimated: many meet it, and many of them suffer."""

    @property
    def provenance(self) -> Literal["measured", "assumed"]:
        return "measured" if self.evidence else "assumed"


class Journey(Model):
    id: str = "journey"
    name: Text
    touchpoints: tuple[Touchpoint, ...]
    overall: Evidence | None = None
    source: str = ""
    persona: str = ""
    segment: str = ""
    """Whose way it is: customers of this segment only; empty for everybody."""

    def touchpoint(self, id: str) -> Touchpoint | None:
        return next((point for point in self.touchpoints if point.id == id), None)
