"""A client's brand out of their own files: colours and typeface of a PowerPoint, a sign as a picture."""

import base64
import zipfile
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from outside_in.domain.brand import HEX, Brand
from outside_in.domain.errors import BadInput

MEMBERS, THEME_BYTES, LOGO_BYTES, PIXELS = 5_000, 4_000_000, 300_000, 4_000
MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLOTS = ("dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class NoPowerPoint(BadInput):
    message = "“{file}” is no PowerPoint file with a theme. The documents keep the colours they have."
    code = "brand-file"


class NoLogo(BadInput):
    message = "“{file}” is no PNG or JPEG of at most 300 kB and {pixels} by {pixels} pixels."
    code = "brand-logo"


def from_powerpoint(data: bytes, file: str, known: Brand) -> Brand:
    """Only the theme is read, nothing else of the file is unpacked. Raises NoPowerPoint."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = [one for one in archive.infolist()[:MEMBERS] if one.filename.startswith("ppt/theme/theme")]
            first = min(names, key=lambda one: one.filename)
            if first.file_size > THEME_BYTES:
                raise NoPowerPoint(file=file)
            theme = fromstring(archive.read(first), forbid_dtd=True)
    except (
        zipfile.BadZipFile,
        ValueError,
        ParseError,
        DefusedXmlException,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        raise NoPowerPoint(file=file) from None
    found = {slot: value for slot in SLOTS if (value := _colour(theme.find(f".//{MAIN}{slot}")))}
    face = theme.find(f".//{MAIN}fontScheme/{MAIN}minorFont/{MAIN}latin")
    font = face.get("typeface", "") if face is not None else ""
    if not found:
        raise NoPowerPoint(file=file)
    return known.model_copy(update={**found, "font": font[:60] if font and not font.startswith("+") else known.font})


def _colour(slot: object) -> str:
    """As it is written, or as the system last painted it."""
    for child in slot if slot is not None else ():  # type: ignore[attr-defined]
        value = child.get("val", "") if child.tag == f"{MAIN}srgbClr" else child.get("lastClr", "")
        if HEX.fullmatch(value):
            return str(value).upper()
    return ""


def logo(data: bytes, file: str) -> str:
    """Base64; judged by its first bytes and the size they name, not by its name. Raises NoLogo."""
    if len(data) > LOGO_BYTES or not _small(data):
        raise NoLogo(file=file, pixels=PIXELS)
    return base64.b64encode(data).decode()


def _small(data: bytes) -> bool:
    if data.startswith(PNG) and len(data) > 33 and data[12:16] == b"IHDR":
        wide, high = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
        return 0 < wide <= PIXELS and 0 < high <= PIXELS and b"IEND" in data[-16:]
    return data.startswith(JPEG) and _jpeg_small(data)


def _jpeg_small(data: bytes) -> bool:
    """Walks from marker to marker to the one that names the size."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = (int.from_bytes(data[at + n : at + n + 2], "big") for n in (5, 7))
            return 0 < wide <= PIXELS and 0 < high <= PIXELS and b"\xff\xd9" in data[-64:]
        at += 2 + max(2, size)
    return False
