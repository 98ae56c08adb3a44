"""Whose colours, typeface and sign a document carries; what is too light to be read is darkened (WCAG 2.2, 1.4.3)."""

import colorsys
import re
from typing import NamedTuple

from outside_in.domain.errors import BadInput
from outside_in.domain.model import Model
from outside_in.domain.text import Line, line

READABLE, LARGE = 4.5, 3.0
"""Least contrast of text on white, and of large text and marks."""
DARKER = 0.96
HEX = re.compile(r"#?([0-9a-fA-F]{6})")


class NoColour(BadInput):
    message = "“{value}” is no colour. Please write it like #0B6E6E."
    code = "brand-colour"


class Brand(Model):
    """The colours are slots of an Office theme."""

    name: str = "Outside-In"
    font: str = "Inter"
    footer: str = ""
    dk2: str = "12355B"
    lt2: str = "F4F1EA"
    accent1: str = "0B6E6E"
    """The inside view, and the brand itself."""
    accent2: str = "C8401F"
    """The outside view."""
    accent3: str = "B98410"
    accent4: str = "5B7DB1"
    accent5: str = "6B7C8C"
    """What is only assumed, and everything quiet."""
    accent6: str = "7A4E7E"
    logo: str = ""
    """PNG or JPEG, as base64; stands on the first page of slides and protocol."""


class Mended(NamedTuple):
    """A colour that was too light to be read, and what is used in its place."""

    was: str
    now: str
    contrast: float

    def line(self) -> Line:
        return line(
            "#{was} is too light to be read on white (contrast {contrast}). We use #{now} instead.",
            was=self.was,
            now=self.now,
            contrast=f"{self.contrast:.1f}",
        )


def branded(name: str, main: str, second: str, known: Brand | None = None) -> tuple[Brand, tuple[Mended, ...]]:
    """
    The client's main colour is ink and inside view, the second the outside view; both readable on white.

    Raises NoColour.
    """
    known, mended = known or Brand(), []
    ink, inside, outside = (_read(main), _read(main), _read(second))
    told = {"accent1": (inside, READABLE), "accent2": (outside, LARGE), "dk2": (ink, 7.0)}
    colours = {}
    for slot, (colour, least) in told.items():
        colours[slot] = readable(colour, least)
        if colours[slot] != colour and slot != "dk2":
            mended.append(Mended(colour, colours[slot], contrast(colour)))
    return known.model_copy(update={"name": name or known.name, **colours}), tuple(mended)


def readable(colour: str, least: float) -> str:
    """The same hue, as dark as it has to be on white."""
    hue, light, rich = colorsys.rgb_to_hls(*_parts(colour))
    while contrast(colour) < least:
        light *= DARKER
        colour = "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, rich))
    return colour


def contrast(colour: str, ground: str = "FFFFFF") -> float:
    """1…21, by relative luminance (WCAG 2.2)."""
    lights = sorted((_luminance(colour), _luminance(ground)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _read(colour: str) -> str:
    found = HEX.fullmatch(colour.strip())
    if not found:
        raise NoColour(value=colour[:40])
    return found[1].upper()
