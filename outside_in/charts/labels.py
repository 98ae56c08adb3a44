"""Words on a chart: short enough, on several lines, and never taken for anything but words."""

import textwrap
import unicodedata
from collections.abc import Iterable

LINES = 2
SAME = "\u200b"
"""Invisible; tells two rows apart that people named alike."""


def wrapped(words: str, width: int, lines: int = LINES) -> str:
    """On at most so many lines, which the chart breaks at the line feeds."""
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in words[:500])
    short = textwrap.wrap(clean, width, max_lines=lines, placeholder=" …")
    return "\n".join(short) or "–"


def distinct(labels: Iterable[str]) -> list[str]:
    seen: dict[str, int] = {}
    told = []
    for label in labels:
        seen[label] = seen.get(label, -1) + 1
        told.append(label + SAME * seen[label])
    return told
