"""Outcome → files. Every format takes the blocks it can use; the audience has cut the outcome before."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Literal

from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Say
from outside_in.exports.bundle import SCHEMA, BundleIncomplete, BundleRefused, read_bundle
from outside_in.exports.files import Brand, File, UnknownFormat, zipped

__all__ = [
    "FORMATS",
    "SCHEMA",
    "Brand",
    "BundleIncomplete",
    "BundleRefused",
    "File",
    "UnknownFormat",
    "read_bundle",
    "write",
    "zipped",
]

FORMATS = ("pptx", "xlsx", "pdf", "docx", "ics", "csv", "json")


def write(
    outcome: Outcome,
    format: str,
    say: Say,
    *,
    made: dt.datetime,
    brand: Brand | None = None,
    parts: Mapping[str, bytes] | None = None,
    app: str = "",
    separator: Literal[",", ";"] = ",",
    sequence: int = 0,
) -> list[File]:
    """
    One format, in the language of `say`: one file, or several for calendar and tables.

    `parts` and `app` concern the bundle, `separator` the tables, `sequence` the calendar: it must
    grow from one export of a session to the next.
    """
    brand = brand or Brand()
    writers: dict[str, Callable[[], list[File]]] = {
        "pptx": lambda: [_slides(outcome, say, made, brand)],
        "xlsx": lambda: [_workbook(outcome, say, made, brand)],
        "pdf": lambda: [_handout(outcome, say, made, brand)],
        "docx": lambda: [_agreement(outcome, say, made, brand)],
        "ics": lambda: _calendars(outcome, say, made, brand, sequence),
        "csv": lambda: _tables(outcome, say, separator),
        "json": lambda: [_bundle(outcome, parts or {}, made, app)],
    }
    if format not in writers:
        raise UnknownFormat(name=format, known=", ".join(FORMATS))
    return writers[format]()


def _slides(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    from outside_in.exports.slides import slides

    return slides(outcome, say, made, brand)


def _workbook(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    from outside_in.exports.workbook import workbook

    return workbook(outcome, say, made, brand)


def _handout(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    from outside_in.exports.handout import handout

    return handout(outcome, say, made, brand)


def _agreement(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    from outside_in.exports.agreement import agreement

    return agreement(outcome, say, made, brand)


def _calendars(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand, sequence: int) -> list[File]:
    from outside_in.exports.calendar import calendars

    return calendars(outcome, say, made, brand, sequence)


def _tables(outcome: Outcome, say: Say, separator: Literal[",", ";"]) -> list[File]:
    from outside_in.exports.plain import tables

    return tables(outcome, say, separator)


def _bundle(outcome: Outcome, parts: Mapping[str, bytes], made: dt.datetime, app: str) -> File:
    from outside_in.exports.bundle import bundle

    return bundle(outcome, parts, made, app)
