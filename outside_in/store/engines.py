"""Connections: one that writes, many that read. What SQLite must be told is told here."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

APPLICATION = 0x4F492D31  # “OI-1”: a file of ours says so
PRAGMAS = f"""
pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = on;
pragma foreign_keys = on; pragma busy_timeout = 10000; pragma secure_delete = on;
pragma trusted_schema = off; pragma journal_size_limit = 67108864; pragma application_id = {APPLICATION};
"""
"""FULL, because NORMAL loses acknowledged answers when the power fails (docs/decisions/0003)."""


def engine(url: str, *, writes: bool) -> Engine:
    """A writer's transactions begin with the lock, so that what was read stays true until COMMIT."""
    given = make_url(url)
    if given.get_backend_name() == "postgresql":
        driver = given.set(drivername="postgresql+psycopg")
        level = "READ COMMITTED" if writes else "AUTOCOMMIT"
        return create_engine(driver, pool_size=1 if writes else 8, max_overflow=0 if writes else 24, isolation_level=level)
    if given.database and given.database != ":memory:":
        Path(given.database).parent.mkdir(parents=True, exist_ok=True)
    size = 1 if writes else 8
    made = create_engine(
        given, poolclass=QueuePool, pool_size=size, max_overflow=0 if writes else 24, connect_args={"check_same_thread": False}
    )
    event.listen(made, "connect", _told)
    event.listen(made, "begin", _begin_now if writes else _begin)
    return made


def _told(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.executescript(PRAGMAS)


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_now(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
