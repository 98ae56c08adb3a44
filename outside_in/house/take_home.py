"""Outcome → files: the session as it stands, cut for an audience, in any format."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from outside_in import __version__, exports
from outside_in.domain.feedback import Verbatim
from outside_in.domain.follow import hushed
from outside_in.domain.model import Model
from outside_in.domain.outcome import Audience, Comment, Outcome
from outside_in.domain.session import Session
from outside_in.domain.text import Language
from outside_in.domain.workshop import Workshop
from outside_in.exports import File
from outside_in.house import FIRST, House

Kind = TypeVar("Kind", bound=Model)


def outcome(house: House, code: str, audience: Audience, *, whole: bool = False) -> Outcome:
    session = house.sessions.of(code)
    comments = _comments(house, session.plan.workshop) if audience == "internal" else ()
    return Outcome.of(session, audience, comments, whole=whole)


class Wanted(Model):
    """What somebody wants to take home."""

    session: str
    formats: tuple[str, ...]
    audience: Audience
    language: Language


def pack(house: House, wanted: Wanted, tell: Callable[[float], None]) -> File:
    """One file; what comes as several (calendar, tables, several formats) comes as one ZIP."""
    files: list[File] = []
    for done, format in enumerate(wanted.formats):
        tell(done / len(wanted.formats))
        files += written(house, wanted.session, format, wanted.audience, wanted.language)
    name = "-".join(("outside-in", wanted.session.lower(), wanted.audience))
    return files[0] if len(files) == 1 else exports.zipped(files, f"{name}.zip")


def written(
    house: House, code: str, format: str, audience: Audience, language: Language, *, whole: bool = False
) -> tuple[File, ...]:
    """`whole`: for the operator, who has the database anyway; a facilitator's copy holds no answer of few."""
    said = house.speaker(language)
    made = dt.datetime.fromtimestamp(house.clock(), dt.UTC)
    left = outcome(house, code, audience, whole=whole)
    version = house.sessions.version(code)
    return tuple(
        exports.write(
            left,
            format,
            said,
            made=made,
            brand=house.workshops.of(left.workshop).brand,
            parts=_parts(house, code, audience, format, whole),
            app=__version__,
            sequence=version,
        )
    )


def export_all(
    house: House, code: str, to: Path, formats: tuple[str, ...] | None, audience: Audience, language: Language
) -> list[dict[str, Any]]:
    """Every wanted format as files in a folder; for the operator."""
    house.sessions.version(code)
    to.mkdir(parents=True, exist_ok=True)
    made = []
    for format in formats or exports.FORMATS:
        for file in written(house, code, format, audience, language, whole=True):
            path = (to / file.name).absolute()
            path.write_bytes(file.data)
            digest = sha256(file.data).hexdigest()
            made.append({"format": format, "path": str(path), "bytes": len(file.data), "sha256": digest})
    return made


def open_bundle(house: House, data: bytes) -> dict[str, Any]:
    """The workshop and its session again; codes that are taken get new ones."""
    _, members = exports.read_bundle(data)
    workshop, session = _held(members, "workshop.json", Workshop), _held(members, "session.json", Session)
    taken = {*house.sessions.codes(), *house.workshops.codes()}
    home = house.new_code() if workshop.code in taken else workshop.code
    code = house.new_code() if session.code in taken else session.code
    plan = session.plan.model_copy(update={"workshop": home})
    house.workshops.open(workshop.model_copy(update={"code": home, "sessions": (code,), "hosts": (FIRST,)}))
    house.sessions.open(session.model_copy(update={"code": code, "plan": plan, "hosts": (FIRST,)}))
    _comments_back(house, home, members.get("comments.jsonl", b""))
    return {"workshop": home, "codes": [code]}


def _held(members: Mapping[str, bytes], name: str, kind: type[Kind]) -> Kind:
    if name not in members:
        raise exports.BundleIncomplete(member=name)
    try:
        return kind.model_validate_json(members[name])
    except ValidationError as error:
        raise exports.BundleRefused from error


def _comments_back(house: House, workshop: str, lines: bytes) -> None:
    rows = [json.loads(line) for line in lines.splitlines() if line.strip()]
    if rows:
        verbatims = [Verbatim(row=r["row"], text=r["text"], **r["fields"]) for r in rows]
        house.database.corpora.add(workshop, "BUNDLE", verbatims)


def _parts(house: House, code: str, audience: Audience, format: str, whole: bool) -> Mapping[str, bytes]:
    """What a bundle needs to be opened again: the session and its workshop, as the store knows them."""
    if format != "json":
        return {}
    session = house.sessions.of(code)
    seen = session if whole else session.discreet()
    kept = hushed(seen) if audience == "internal" else session.without_answers()
    unread = set() if audience == "internal" else {"flow"}  # real cases with their numbers and unread words
    workshop = house.workshops.of(session.plan.workshop)
    return {
        "session.json": kept.model_dump_json().encode(),
        "workshop.json": workshop.model_dump_json(exclude={"earlier", "designs", *unread}).encode(),
    }


def _comments(house: House, workshop: str) -> tuple[Comment, ...]:
    return tuple(
        Comment(
            row=v.row,
            text=v.text,
            fields=v.model_dump(mode="json", exclude={"row", "text"}, exclude_defaults=True),
        )
        for v in house.database.corpora.verbatims(workshop)
    )
