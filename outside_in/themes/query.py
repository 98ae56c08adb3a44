"""
Search in comments: `Rechnung AND (hoch OR teuer) NOT "keine Ahnung"`.

Words beside each other must all be there. A word is found wherever it begins a word, from four
letters on also inside compounds; a phrase is found word for word.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from outside_in.domain.errors import BadInput
from outside_in.domain.feedback import Verbatim

Holds = Callable[[str], bool]

_TOKEN = re.compile(r'"([^"]*)"|„([^“”"]*)[“”"]|“([^”]*)”|([()])|([^\s()"„“]+)')
_OR, _AND, _NOT = {"OR", "ODER"}, {"AND", "UND"}, {"NOT", "NICHT"}
_INSIDE = 4
"""From so many letters on a word is also found inside others."""


class UnclearQuery(BadInput):
    message = "The search “{query}” is not complete. Try words, AND, OR and “a phrase”."
    code = "query-unclear"


def search(query: str, comments: Sequence[Verbatim]) -> tuple[int, ...]:
    """Rows of the comments that fit, in their order."""
    holds = understood(query)
    return tuple(comment.row for comment in comments if holds(_plain(comment.text)))


def understood(query: str) -> Holds:
    reading = _Reading(query)
    holds = reading.either()
    if reading.left:
        raise UnclearQuery(query=query)
    return holds


class _Reading:
    """Reads a query from left to right; `left` is what is still to be read."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.left = [_token(*found.groups()) for found in _TOKEN.finditer(query)]

    def either(self) -> Holds:
        ways = [self._all()]
        while self._next() in _OR:
            self.left.pop(0)
            ways.append(self._all())
        return ways[0] if len(ways) == 1 else lambda text: any(way(text) for way in ways)

    def _all(self) -> Holds:
        parts = [self._one()]
        while self.left and self._next() not in _OR | {")"}:
            if self._next() in _AND:
                self.left.pop(0)
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else lambda text: all(part(text) for part in parts)

    def _one(self) -> Holds:
        if not self.left or self._next() in _OR | _AND | {")"}:
            raise UnclearQuery(query=self.query)
        kind, word = self.left.pop(0)
        if kind == "word" and word in _NOT:
            inner = self._one()
            return lambda text: not inner(text)
        if kind == "sign":
            return self._bracket()
        return _found(word, whole=kind == "phrase")

    def _bracket(self) -> Holds:
        inner = self.either()
        if self._next() != ")":
            raise UnclearQuery(query=self.query)
        self.left.pop(0)
        return inner

    def _next(self) -> str:
        kind, word = self.left[0] if self.left else ("", "")
        return "" if kind == "phrase" else word


def _token(straight: str, low: str, curly: str, sign: str, word: str) -> tuple[str, str]:
    if sign or word:
        return ("sign", sign) if sign else ("word", word)
    return "phrase", straight or low or curly or ""


def _found(word: str, *, whole: bool) -> Holds:
    plain = _plain(word.rstrip("*"))
    if not plain:
        return lambda _: True
    begins = rf"(?<!\w){re.escape(plain)}" + (r"(?!\w)" if whole else "")
    inside = not whole and len(plain) >= _INSIDE
    pattern = re.compile(re.escape(plain) if inside else begins)
    return lambda text: pattern.search(text) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
