"""
Takes persons, addresses and numbers out of comments, German and English, without any model.

Finders run from the most certain to the least; a later one never touches what an earlier one
took. A bare surname without any cue stays, which is why a person looks at every quote before
a room does: `doubtful` says where to look first.
"""

from collections.abc import Iterator
from typing import NamedTuple

from outside_in.domain.feedback import RedactedKind
from outside_in.journeys import names, patterns
from outside_in.journeys.doubts import Doubts


class Span(NamedTuple):
    start: int
    end: int
    kind: RedactedKind


class Redacted(NamedTuple):
    text: str
    kinds: tuple[RedactedKind, ...] = ()
    """One for every place, in the text's order."""
    doubtful: bool = False


class Redactor:
    """`doubts` may know the words that are common in this very file."""

    def __init__(self, doubts: Doubts | None = None) -> None:
        self._doubts = doubts or Doubts()

    def __call__(self, text: str) -> Redacted:
        spans = find(text)
        kept = _replaced(text, spans)
        return Redacted(kept, tuple(span.kind for span in spans), self._doubts.about(kept))


def redact(text: str) -> str:
    return _replaced(text, find(text))


def find(text: str) -> list[Span]:
    """What has to go, in the text's order, without overlaps."""
    spans: list[Span] = []
    for span in _candidates(text):
        end = span.start + len(text[span.start : span.end].rstrip(" .,;:!?/-\n\t"))
        free = not any(span.start < one.end and one.start < end for one in spans)
        if span.start < end and free:
            spans.append(Span(span.start, end, span.kind))
    return sorted(spans)


def _candidates(text: str) -> Iterator[Span]:
    for kind, start, end in patterns.find(text):
        yield Span(start, end, kind)
    for start, end in names.find(text):
        yield Span(start, end, "name")


def _replaced(text: str, spans: list[Span]) -> str:
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
    return "".join(pieces) + text[at:]
