"""Reads everything once: pages, rows, events; for the doctor and before a start."""

from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from outside_in.domain.errors import WorkshopError
from outside_in.store.engines import engine

if TYPE_CHECKING:
    from outside_in.store.database import Database


def problems(database: "Database") -> list[str]:
    try:
        return [*_pages(database), *_folds(database)]
    except SQLAlchemyError as error:
        return [str(getattr(error, "orig", error))]


def _pages(database: "Database") -> list[str]:
    readers = engine(database.url, writes=False)
    try:
        with readers.connect() as db:
            if readers.dialect.name != "sqlite":
                return []
            said = [str(row[0]) for row in db.exec_driver_sql("pragma integrity_check")]
            return [] if said == ["ok"] else said[:10]
    finally:
        readers.dispose()


def _folds(database: "Database") -> list[str]:
    found = []
    for store in (database.sessions, database.workshops):
        for code in store.codes():
            try:
                store.of(code)
            except (ValidationError, WorkshopError, ValueError, KeyError) as error:
                found.append(f"{code}: {type(error).__name__}")
    return found
