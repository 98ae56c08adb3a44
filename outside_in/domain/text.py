"""
Words, before anybody says them.

Content is a `Text` in both languages. Our own sentences are English messages with a German
catalogue: a `Line` holds the message and what goes into it, and whoever shows it says it.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal, Protocol, get_args

from outside_in.domain.model import Model

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Text(Model):
    """One piece of content; a text without its translation cannot exist."""

    de: str
    en: str

    @classmethod
    def same(cls, words: str) -> "Text":
        """Words of a person, which stay in the language they were written in."""
        return cls(de=words, en=words)


class Figure(Model):
    """A number as it is to be read: `digits` after the comma, with its sign and its unit."""

    value: float
    digits: int = 0
    signed: bool = False
    unit: Literal["", "%", "€"] = ""


class Line(Model):
    """One of our own sentences; `many` is its plural form, chosen by the value `n`."""

    message: str
    many: str | None = None
    values: "Mapping[str, Line | Text | Figure | dt.date | int | float | str | None]" = {}


Line.model_rebuild()


def line(message: str, **values: Any) -> Line:
    return Line(message=message, values=values)


def lines(one: str, many: str, n: int, **values: Any) -> Line:
    return Line(message=one, many=many, values={"n": n, **values})


class Say(Protocol):
    """Somebody who speaks one language, its numbers and its dates."""

    @property
    def language(self) -> Language: ...

    def __call__(self, what: str | Text | Line, /, **values: object) -> str:
        """A message of ours, a piece of content, or a line with what goes into it."""
        ...

    def value(self, value: object) -> str:
        """Anything that may stand in a sentence or a table, as this language writes it."""
        ...
