"""Customers' own words, what was found in them, and what a person made of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from outside_in.domain.evidence import Evidence, Metric
from outside_in.domain.model import Model
from outside_in.domain.text import Text
from outside_in.domain.wording import Stance, Wording

RedactedKind = Literal[
    "email",
    "phone",
    "iban",
    "card",
    "url",
    "ip",
    "plate",
    "address",
    "birthdate",
    "reference",
    "name",
]


class Verbatim(Model):
    """One accepted row of a feedback file; the text is redacted before it gets here."""

    row: int
    """As in a spreadsheet: the header is row 1."""
    text: str = ""
    redacted: tuple[RedactedKind, ...] = ()
    doubtful: bool = False
    """Holds capitalised words nobody knows: such a quote comes first in the review queue."""
    feedback_id: str = ""
    customer_id: str = ""
    date: dt.date | None = None
    touchpoint: str = ""
    channel: str = ""
    language: str = ""
    score: float | None = None
    metric: Metric | None = None
    segment: str = ""
    tenure_years: float | None = None
    revenue: float | None = None
    churned: bool | None = None
    left_on: dt.date | None = None
    """Known only of customers who left."""
    repeat_contact: bool | None = None


class Refusal(Model):
    """Why one cell, one row or a whole file (`row` is None) was not taken."""

    row: int | None
    column: str | None = None
    value: str | None = None
    code: str
    message: str


class Report(Model):
    """What reading a file came to; the shape of CONTRACT, section 4."""

    accepted: int = 0
    rejected: int = 0
    redacted: Mapping[str, int] = {}
    encoding: str | None = None
    separator: str | None = None
    columns: Mapping[str, str] = {}
    errors: tuple[Refusal, ...] = ()


class Quote(Model):
    row: int
    text: str
    kind: Literal["typical", "dissent", "positive", "extreme"] = "typical"
    score: float | None = None
    touchpoint: str = ""
    date: dt.date | None = None
    approved: bool = False
    """A person has read it and lets it reach the projector."""


class CandidateTheme(Model):
    """Found by a machine: a node of the tree. Sub-themes name their parent."""

    id: str
    parent: str | None = None
    label: Text
    keywords: tuple[str, ...] = ()
    size: int
    quotes: tuple[Quote, ...] = ()
    dissent: Quote | None = None


class Placed(Model):
    """Where one comment stands; `theme` is None when it is too far from all of them."""

    row: int
    theme: str | None
    subtheme: str | None = None
    confidence: float = 0.0


class Found(Model):
    """What one theme run came to; the source of `outside-in/themes/1`."""

    rows: int
    language: Mapping[str, float]
    encoder: str
    seed: int
    stability: float | None
    unassigned: int
    themes: tuple[CandidateTheme, ...]
    comments: tuple[Placed, ...]
    note: str = ""
    """One sentence when something fell back, else empty."""


class Theme(Model):
    """Chosen and shaped by a person: a set of sub-themes (`leaves`) with a label and a place."""

    id: str
    leaves: tuple[str, ...]
    label: Text
    keywords: tuple[str, ...] = ()
    size: int
    status: Literal["candidate", "selected", "hidden"] = "candidate"
    quotes: tuple[Quote, ...] = ()
    dissent: Quote | None = None
    evidence: Evidence | None = None
    """Score of the comments in it; None when too few carry one."""
    pinned: bool = False
    shaped: bool = False
    """A person named, merged, split or searched it."""
    queries: tuple[str, ...] = ()
    """Searches whose finds belong to it, later ones included."""
    description: Text | None = None
    stance: Stance | None = None
    wording: Wording | None = None
    """What a writer proposes."""

    @property
    def kept(self) -> bool:
        """A person's work, which no later run and no other number of themes takes apart."""
        return self.pinned or self.shaped or self.status == "selected"


Fields = Mapping[str, str]
"""Feedback field → name of the column in the file."""
