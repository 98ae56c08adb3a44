"""What an export is made of and made into."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple

from outside_in.domain.brand import Brand
from outside_in.domain.errors import BadInput
from outside_in.domain.outcome import Outcome

__all__ = ["Brand", "File", "UnknownFormat", "named", "packed", "slug", "zipped"]
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every member of a ZIP: the same content gives the same bytes on any day."""


class File(NamedTuple):
    name: str
    media_type: str
    data: bytes


class UnknownFormat(BadInput):
    message = "We do not write “{name}”. Possible are: {known}."
    code = "unknown-format"


def named(outcome: Outcome, extension: str, part: str = "") -> str:
    """A name of ids, never of titles: people put anything into titles."""
    words = "-".join(filter(None, ("outside-in", outcome.code, outcome.audience, part)))
    return f"{slug(words)}.{extension}"


def slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "x"


def zipped(files: Iterable[File], name: str) -> File:
    """Several files as one, for a browser that takes one."""
    members = [(file.name, file.data) for file in files]
    return File(name, "application/zip", packed(members))


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            member = zipfile.ZipInfo(name, LONG_AGO)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(member, data)
    return out.getvalue()
