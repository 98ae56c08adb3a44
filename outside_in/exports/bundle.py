"""
A workshop as one portable file: a ZIP with a manifest, known member names and checksums.

The same state gives the same bytes, except for `created`. Reading trusts nothing, and every way
in which a file can be wrong ends in one sentence for a person.
"""

import datetime as dt
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any

from pydantic import BaseModel

from outside_in.domain.errors import BadInput
from outside_in.domain.outcome import Outcome
from outside_in.exports.files import File, named, packed

FORMAT, SCHEMA, MANIFEST = "outside-in/workshop", 1, "manifest.json"
NAME = re.compile(r"[a-z0-9_]+\.jsonl?")
MEMBERS, MEMBER_BYTES, TOTAL_BYTES, RATIO = 64, 256 << 20, 256 << 20, 200
SMALL = 1 << 20


class BundleRefused(BadInput):
    message = "The file is no workshop bundle, or it is damaged."
    code = "bundle"


class BundleTooNew(BundleRefused):
    message = "This bundle has schema {theirs}; this version reads up to schema {ours}. Please update first."
    code = "bundle-schema"


class BundleChanged(BundleRefused):
    message = "The part “{member}” of the bundle was changed or damaged: its checksum does not fit."
    code = "bundle-checksum"


class BundleIncomplete(BundleRefused):
    message = "The bundle lacks its part “{member}”."
    code = "bundle-missing"


class BundleForeign(BundleRefused):
    message = "The bundle holds a part that does not belong there: “{member}”."
    code = "bundle-foreign"


class BundleTooLarge(BundleRefused):
    message = "The bundle is too large when it is unpacked."
    code = "bundle-large"


def bundle(outcome: Outcome, parts: Mapping[str, bytes], made: dt.datetime, app: str) -> File:
    """`parts`: what the caller adds as it is, such as the session itself."""
    members = {**parts, "outcome.json": _outcome(outcome)}
    if outcome.audience == "internal":
        members["answers.jsonl"] = _lines(outcome.answers)
        members["receipts.jsonl"] = _lines(outcome.receipts)
        members["comments.jsonl"] = _lines(outcome.comments)
    return File(
        named(outcome, "zip"),
        "application/zip",
        packed([_manifest(members, made, app), *sorted(members.items())]),
    )


def _manifest(members: Mapping[str, bytes], made: dt.datetime, app: str) -> tuple[str, bytes]:
    files = {name: {"sha256": sha256(data).hexdigest(), "size": len(data)} for name, data in members.items()}
    told = {"format": FORMAT, "schema": SCHEMA, "app": app, "created": made.isoformat(), "files": files}
    return MANIFEST, _json(told, indent=1)


def _outcome(outcome: Outcome) -> bytes:
    return _json(outcome.model_dump(mode="json", serialize_as_any=True, exclude={"answers", "receipts", "comments"}))


def _lines(rows: Iterable[BaseModel]) -> bytes:
    return b"".join(_json(row.model_dump(mode="json")) + b"\n" for row in rows)


def _json(value: object, indent: int | None = None) -> bytes:
    """Escapes lone surrogates instead of failing at them."""
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=indent).encode()
    except UnicodeEncodeError:
        return json.dumps(value, sort_keys=True, indent=indent).encode()


def read_bundle(data: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and the parts, all of them checked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _checked(archive)
    except BundleRefused:
        raise
    except Exception as error:  # zipfile, zlib, struct and json each bring a family of errors
        raise BundleRefused from error


def _checked(archive: zipfile.ZipFile) -> tuple[dict[str, Any], dict[str, bytes]]:
    names = _names(archive)
    if MANIFEST not in names:
        raise BundleIncomplete(member=MANIFEST)
    manifest = json.loads(_take(archive, MANIFEST, SMALL))
    if manifest["format"] != FORMAT:
        raise BundleRefused
    if manifest["schema"] > SCHEMA:
        raise BundleTooNew(theirs=manifest["schema"], ours=SCHEMA)
    promised = manifest["files"]
    for name in sorted(set(promised) - names):
        raise BundleIncomplete(member=name)
    for name in sorted(names - {MANIFEST, *promised}):
        raise BundleForeign(member=name)
    return manifest, {name: _kept(archive, name, promise) for name, promise in promised.items()}


def _names(archive: zipfile.ZipFile) -> set[str]:
    members = archive.infolist()
    names = {member.filename for member in members}
    for name in sorted(names):
        if not NAME.fullmatch(name):
            raise BundleForeign(member=name[:80])
    bombs = any(m.file_size > max(SMALL, RATIO * m.compress_size) for m in members)
    if bombs or len(members) > MEMBERS or sum(m.file_size for m in members) > TOTAL_BYTES:
        raise BundleTooLarge
    if len(names) < len(members) or any(member.flag_bits & 1 for member in members):
        raise BundleRefused
    return names


def _kept(archive: zipfile.ZipFile, name: str, promise: Mapping[str, Any]) -> bytes:
    data = _take(archive, name, min(MEMBER_BYTES, promise["size"]))
    if len(data) != promise["size"] or sha256(data).hexdigest() != promise["sha256"]:
        raise BundleChanged(member=name)
    return data


def _take(archive: zipfile.ZipFile, name: str, cap: int) -> bytes:
    try:
        with archive.open(name) as member:  # the size in the header may lie: one byte past the cap tells
            return member.read(cap + 1)[: cap + 1]
    except zipfile.BadZipFile as damaged:
        raise BundleChanged(member=name) from damaged
