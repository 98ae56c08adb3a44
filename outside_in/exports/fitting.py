"""How much room words take. Estimated on the safe side, since no program tells before it prints."""

import re
import unicodedata

POINTS, LEADING = 72, 1.22
BREAKS = re.compile(r"(?<=[-\u200b])|\s+")
"""Where a line may end."""
NARROW, WIDE = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMWGOQ@%&—…")


def width(words: str, size: float) -> float:
    """In inches."""
    return sum(_share(c) for c in words) * size / POINTS


def _share(c: str) -> float:
    if c in NARROW:
        return 0.36
    if c in WIDE:
        return 0.92
    if unicodedata.east_asian_width(c) in "WF":
        return 1.1
    return 0.7 if c.isupper() else 0.57


def lines(words: str, size: float, across: float) -> int:
    """How many lines a program will make of it."""
    return sum(_broken(paragraph, size, across) for paragraph in words.split("\n"))


def _broken(paragraph: str, size: float, across: float) -> int:
    count, used, blank = 1, 0.0, width(" ", size)
    for word in BREAKS.split(paragraph):
        long = width(word, size)
        if used and used + blank + long > across:
            count, used = count + 1, 0.0
        if long > across:
            count += int(long / across)
            used = long % across
        else:
            used += long + (blank if used else 0.0)
    return count


def height(paragraphs: list[str], size: float, across: float, gap: float = 0.0) -> float:
    """In inches; `gap` in points between paragraphs."""
    n = sum(lines(words, size, across) for words in paragraphs)
    return n * size * LEADING / POINTS + max(0, len(paragraphs) - 1) * gap / POINTS


def fitted(
    paragraphs: list[str], across: float, down: float, most: float, least: float, gap: float = 0.0
) -> tuple[list[str], float]:
    """The largest size at which all of it fits; where even the least does not, the words are cut."""
    size = most
    while size > least and not _fits(paragraphs, size, across, down, gap):
        size -= 1
    return _cut(paragraphs, size, across, down, gap), size


def _fits(paragraphs: list[str], size: float, across: float, down: float, gap: float) -> bool:
    """No line too many, and no word broken in two."""
    longest = max((width(word, size) for words in paragraphs for word in BREAKS.split(words)), default=0.0)
    return longest <= across and height(paragraphs, size, across, gap=gap) <= down


def _cut(paragraphs: list[str], size: float, across: float, down: float, gap: float) -> list[str]:
    kept = list(paragraphs)
    while kept and height(kept, size, across, gap=gap) > down:
        last = kept[-1]
        if len(last) > 40:
            kept[-1] = last[: int(len(last) * 0.85)].rstrip(" …") + "…"
        elif len(kept) > 1:
            kept.pop()
            kept[-1] = kept[-1].rstrip("… ") + " …"
        else:
            break
    return kept
