"""Which column of a file means what, what a reading came to, and where a journey is planned to go."""

from collections.abc import Mapping as Items
from typing import Any, Literal, get_args

from pydantic import Field as Limited

from outside_in.domain.evidence import Metric
from outside_in.domain.feedback import Verbatim
from outside_in.domain.model import Model
from outside_in.domain.text import Text

Field = Literal[
    "comment",
    "feedback_id",
    "customer_id",
    "date",
    "touchpoint",
    "channel",
    "language",
    "score",
    "segment",
    "tenure_years",
    "revenue",
    "churned",
    "left_on",
    "repeat_contact",
]
FIELDS: tuple[Field, ...] = get_args(Field)


class Scale(Model):
    scale: Metric | None = None
    low_is_good: bool = False
    """Older effort questions run the other way; such scores are turned round when they are read."""


class Mapping(Model):
    """The content of a MAP.json. What it does not say is guessed; a column of None stays out."""

    columns: Items[Field, str | None] = {}
    score: Scale = Scale()


class Preset(Model):
    """How one survey tool writes its files; recognised by the names in its header."""

    id: str
    title: Text
    signature: tuple[tuple[str, ...], ...]
    """One name of every group must stand in the header (tools translate their headers)."""
    header_lines: int = 1
    mark: str = ""
    """What some cell of the last header line begins with, if that tells it from data."""
    columns: Items[Field, tuple[str, ...]] = {}
    """Names of the field's column, best first."""
    score: Scale = Scale()


class Problem(Model):
    """Why a cell, a row or a whole file was not taken, before anybody says it."""

    row: int | None
    column: str | None = None
    value: str | None = None
    code: str
    reason: str = ""
    """Picks the sentence where one code covers more than one mishap."""
    values: Items[str, Any] = {}


class Rejected(Model):
    """A row as it stood in the file, for the person who is to repair it there. Never stored."""

    row: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


class Guess(Model):
    """One field, the column it probably is, and what stands there."""

    column: str
    samples: tuple[str, ...] = ()


class Preview(Model):
    """What a file looks like before anything is decided."""

    encoding: str | None = None
    separator: str | None = None
    preset: str | None = None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    """The first rows below the header, as they stand there."""
    guesses: Items[Field, Guess] = {}
    score: Scale = Scale()
    fingerprint: str
    """Of the header: a mapping made once can be remembered for the next file like it."""


class Reading(Model):
    """What reading a whole file came to."""

    file: str
    encoding: str | None = None
    separator: str | None = None
    preset: str | None = None
    header: tuple[str, ...] = ()
    columns: Items[Field, str] = {}
    score: Scale = Scale()
    accepted: int = 0
    rejected: int = 0
    verbatims: tuple[Verbatim, ...] = ()
    redacted: Items[str, int] = {}
    problems: tuple[Problem, ...] = ()
    """The first 1,000."""
    rejected_rows: tuple[Rejected, ...] = ()
    """As many as fit; `rejected` counts all."""


class Planned(Model):
    """A touchpoint of the planned journey: what systems call it, who stands behind it, what is expected there."""

    id: str
    name: Text
    labels: tuple[str, ...] = ()
    """What it is called in customers' feedback and in event logs."""
    phase: Text = Text(de="", en="")
    channels: tuple[str, ...] = ()
    backstage: str = ""
    """What happens behind it that customers do not see."""
    accountable: tuple[str, ...] = ()
    """Who answers for it; more than one is a mistake that is shown, not hidden."""
    responsible: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    kpi: str = ""
    target: str = ""
    truth: bool = False
    """A moment of truth, by a person's decision."""
    why: str = ""
    assumed: float | None = Limited(default=None, ge=-2, le=2)
    """How the team believes customers feel here; an assumption wherever it is shown."""
