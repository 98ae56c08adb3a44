"""What a writer may be asked about a theme, and what it may answer."""

from typing import Literal

from outside_in.domain.model import Model
from outside_in.domain.text import Language, Text

Stance = Literal["pain", "praise", "wish", "mixed"]


class Said(Model):
    """One redacted comment as it is sent; `id` is ours and says nothing about the customer."""

    id: str
    text: str


class Ask(Model):
    """All a writer gets to see of one theme."""

    theme: str
    keywords: tuple[str, ...]
    comments: tuple[Said, ...]
    neighbours: tuple[str, ...] = ()
    """Names of the other themes, so that this one is told apart from them."""


class Worded(Model):
    """An answer that keeps the rules; `evidence` are ids out of the ask."""

    label: Text
    description: Text | None = None
    stance: Stance | None = None
    evidence: tuple[str, ...] = ()
    tokens: int = 0


class Draft(Model):
    """A leader's own sentence, and what it answers; both as they would be sent, redacted."""

    text: str
    about: tuple[str, ...]
    language: Language


class Offered(Model):
    """Another way to say it, for whoever asked and nobody else."""

    text: str
    tokens: int = 0


class Wording(Model):
    """A proposal, never more: a person accepts it or does not."""

    label: Text
    description: Text | None = None
    stance: Stance | None = None
    evidence: tuple[int, ...] = ()
    """Rows of the comments that carry it."""
    model: str = ""
