"""Outcome → files: the session as it stands, cut for an audience, in any format."""

import datetime as dt
from collections.abc import Mapping

from outside_in import exports
from outside_in.domain.outcome import Audience, Comment, Outcome
from outside_in.domain.text import Language
from outside_in.exports import File
from outside_in.house import House


def outcome(house: House, code: str, audience: Audience) -> Outcome:
    session = house.sessions.of(code)
    comments = _comments(house, session.plan.workshop) if audience == "internal" else ()
    return Outcome.of(session, audience, comments)


def take(house: House, code: str, format: str, audience: Audience, language: Language) -> File:
    """One file per format; what comes as several (calendar, tables) comes as one ZIP."""
    files = written(house, code, format, audience, language)
    return files[0] if len(files) == 1 else exports.zipped(files, f"{code.lower()}-{format}.zip")


def written(
    house: House, code: str, format: str, audience: Audience, language: Language
) -> tuple[File, ...]:
    said = house.speaker(language)
    made = dt.datetime.fromtimestamp(house.clock(), dt.UTC)
    left = outcome(house, code, audience)
    return tuple(exports.write(left, format, said, made=made, parts=_parts(house, code, audience, format)))


def _parts(house: House, code: str, audience: Audience, format: str) -> Mapping[str, bytes]:
    """What a bundle needs to be opened again: the session and its workshop, as the store knows them."""
    if format != "json":
        return {}
    session = house.sessions.of(code)
    kept = session if audience == "internal" else session.without_answers()
    workshop = house.workshops.of(session.plan.workshop)
    return {
        "session.json": kept.model_dump_json().encode(),
        "workshop.json": workshop.model_dump_json(exclude={"earlier"}).encode(),
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
