"""Reads everything once: pages, rows, events; for the doctor and before a start."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from outside_in.domain.errors import WorkshopError
from outside_in.store.engines import file_of, snapshot
from outside_in.store.folds import digest
from outside_in.store.migrate import HEAD, revision
from outside_in.store.tables import batches, events, folds, verbatims

if TYPE_CHECKING:
    from outside_in.store.database import Database

MANY = 10
"""So many problems are enough to know that it is damaged."""


def problems(database: "Database") -> list[str]:
    """Empty: every page and every row is as it was written, and every event can be folded."""
    if found := damage(database.url):
        return found
    try:
        return _misfits(database)
    except SQLAlchemyError as error:
        return [_said(error)]


def damage(url: str) -> list[str]:
    """Without touching it, and without expecting any form: pages, and digests where there are some."""
    if (file := file_of(url)) and not file.exists():
        return []
    try:
        with snapshot(url) as db:
            return (_pages(db) or [*_rows(db), *_batches(db)])[:MANY]
    except SQLAlchemyError as error:
        return [_said(error)]


def _pages(db: Connection) -> list[str]:
    if db.dialect.name != "sqlite":
        return []
    said = [str(row[0]) for row in db.exec_driver_sql("pragma integrity_check")]
    return [] if said == ["ok"] else said


def _rows(db: Connection) -> Iterator[str]:
    """None: written before there were digests."""
    if revision(db) != HEAD:
        return
    e = events.c
    for code, opening, known in db.execute(select(folds.c.code, folds.c.opening, folds.c.digest)):
        if known not in (None, digest(code, opening)):
            yield f"{code}: changed on disk"
    written = select(e.digest, e.code, e.version, e.step, e.who, e.receipt, e.event)
    for known, *row in db.execute(written.execution_options(yield_per=500)):
        if known not in (None, digest(*row)):
            yield f"{row[0]} {row[1]}: changed on disk"


def _batches(db: Connection) -> Iterator[str]:
    if revision(db) != HEAD:
        return
    v, b = verbatims.c, batches.c
    whole = select(b.workshop, b.id, b.digest).where(b.complete)
    known = {(workshop, id): total for workshop, id, total in db.execute(whole)}
    written = select(v.workshop, v.batch, v.row, v.body).order_by(v.workshop, v.batch)
    rows = db.execute(written.execution_options(yield_per=500))
    some = groupby(rows, lambda row: (row[0], row[1]))
    totals = {key: sum(digest(row, body) for *_, row, body in mine) for key, mine in some}
    for (workshop, id), total in known.items():
        if total not in (None, totals.get((workshop, id), 0)):
            yield f"{workshop} {id}: comments changed on disk"


def _misfits(database: "Database") -> list[str]:
    if database.behind():
        return []
    found = []
    for store in (database.sessions, database.workshops):
        for code in store.codes():
            try:
                version, fold = store.version(code), store.reread(code)
            except (ValidationError, WorkshopError, ValueError, KeyError) as error:
                found.append(f"{code}: {type(error).__name__}")
                continue
            if fold.version < version:
                found.append(f"{code}: {version - fold.version} missing")
    return found[:MANY]


def _said(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", error))
