"""
Which characters a font can print.

A tagged PDF refuses a character without a shape instead of leaving a hole. A customer's emoji must
not cost a workshop its protocol, so what the font lacks leaves a visible mark.
"""

import re
from functools import cache
from pathlib import Path
from struct import unpack_from

LACKS = "[?]"
"""Stands for one or more characters in a row."""
SPELLED = {"τ": "tau", "α": "alpha", "β": "beta"}
UNSEEN = re.compile("[\u200b-\u200d\ufe0e\ufe0f]")


def printable(words: str, font: Path) -> str:
    known = characters(font)
    seen = UNSEEN.sub("", words)
    kept = (c if ord(c) in known or c == "\n" else SPELLED.get(c, "\0") for c in seen)
    return re.sub("\0+", LACKS, "".join(kept))


@cache
def characters(font: Path) -> frozenset[int]:
    """Code points of the font's Unicode table (OpenType, `cmap` format 4)."""
    data = font.read_bytes()
    (tables,) = unpack_from(">H", data, 4)
    found = (unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(tables))
    start = next(offset for tag, _, offset, _ in found if tag == b"cmap")
    (encodings,) = unpack_from(">H", data, start + 2)
    for i in range(encodings):
        _, _, offset = unpack_from(">HHL", data, start + 4 + 8 * i)
        if unpack_from(">H", data, start + offset)[0] == 4:
            return frozenset(_segments(data, start + offset))
    raise ValueError(f"no Unicode table of format 4 in {font.name}")


def _segments(data: bytes, at: int) -> list[int]:
    (twice,) = unpack_from(">H", data, at + 6)
    n = twice // 2
    ends = unpack_from(f">{n}H", data, at + 14)
    starts = unpack_from(f">{n}H", data, at + 16 + twice)
    codes = [code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)]
    return [code for code in codes if code != 0xFFFF]
