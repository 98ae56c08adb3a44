"""Connections: one that writes, many that read. What SQLite must be told is told here."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

BUSY = 10_000
"""Milliseconds for which a connection waits while a backup tool or a virus scanner holds the lock."""
READS = f"""
pragma busy_timeout = {BUSY}; pragma foreign_keys = on; pragma trusted_schema = off; pragma query_only = on;
"""
WRITES = f"""
pragma busy_timeout = {BUSY}; pragma foreign_keys = on; pragma trusted_schema = off;
pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = on;
pragma secure_delete = on; pragma journal_size_limit = 67108864;
"""
"""FULL, because NORMAL loses acknowledged answers when the power fails (docs/decisions/0003)."""


def engine(url: str, *, writes: bool) -> Engine:
    """A writer's transactions begin with the lock, so that what was read stays true until COMMIT."""
    many = (1, 0) if writes else (8, 24)
    size: dict[str, Any] = dict(zip(("pool_size", "max_overflow"), many, strict=True))
    given = make_url(url)
    if given.get_backend_name() == "postgresql":
        driver = given.set(drivername="postgresql+psycopg")
        level = "READ COMMITTED" if writes else "AUTOCOMMIT"
        return create_engine(driver, isolation_level=level, pool_pre_ping=True, **size)
    if path := file_of(url):
        path.parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(given, poolclass=QueuePool, connect_args={"check_same_thread": False}, **size)
    event.listen(made, "connect", _writing if writes else _reading)
    event.listen(made, "begin", _begin_now if writes else _begin)
    return made


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """One moment of all tables, however long somebody reads; others go on writing."""
    reads = engine(url, writes=False)
    still = {"isolation_level": "REPEATABLE READ"} if reads.dialect.name == "postgresql" else {}
    try:
        with reads.connect().execution_options(**still) as db, db.begin():
            yield db
    finally:
        reads.dispose()


def file_of(url: str) -> Path | None:
    """Where SQLite keeps it; None on a server."""
    given = make_url(url)
    return Path(given.database) if given.get_backend_name() == "sqlite" and given.database else None


def _reading(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.executescript(READS)


def _writing(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    connection.executescript(WRITES)


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_now(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
