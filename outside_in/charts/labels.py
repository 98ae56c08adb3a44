"""Words on a chart: short enough, on several lines, and never taken for anything but words."""

import re
import textwrap
import unicodedata
from collections.abc import Iterable

LONGEST = 30
"""A word up to this length is not broken, however narrow the label is."""
SAME = "\u200b"
"""Invisible; tells two rows apart that people named alike."""


def wrapped(words: str, width: int, lines: int = 2) -> str:
    """On at most so many lines, which the chart breaks at the line feeds."""
    clean = _clean(words)
    longest = max(map(len, re.split(r"[\s-]", clean)), default=0)
    room = max(width, min(longest, LONGEST))
    return "\n".join(textwrap.wrap(clean, room, max_lines=lines, placeholder=" …")) or "–"


def distinct(labels: Iterable[str]) -> list[str]:
    seen: dict[str, int] = {}
    told = []
    for label in labels:
        seen[label] = seen.get(label, -1) + 1
        told.append(label + SAME * seen[label])
    return told


def _clean(words: str) -> str:
    """One line without invisible characters; nobody reads more than a few hundred on a chart."""
    seen = (c for c in " ".join(words[:500].split()) if unicodedata.category(c) not in ("Cc", "Cf"))
    return "".join(seen)
