"""Connections: one that writes, many that read. What SQLite must be told is told here."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.pool import QueuePool

BUSY = 10_000
"""Milliseconds for which a connection waits while a backup tool or a virus scanner holds the lock."""
AWAY = 10.0
"""Seconds for which a call waits for a PostgreSQL that restarts."""
GONE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that fell silent without a word is given up after some ten seconds, not after two hours."""
READS = f"""
pragma busy_timeout = {BUSY}; pragma foreign_keys = on; pragma trusted_schema = off; pragma query_only = on;
"""
WRITES = f"""
pragma busy_timeout = {BUSY}; pragma foreign_keys = on; pragma trusted_schema = off;
pragma journal_mode = wal; pragma synchronous = full; pragma fullfsync = on;
pragma secure_delete = on; pragma journal_size_limit = 67108864;
"""
"""FULL, because NORMAL loses acknowledged answers when the power fails (docs/decisions/0003)."""


class Patience:
    """A server that was there and is not is waited for; one that never was is not."""

    def __init__(self) -> None:
        self._met = False

    def connect(self, dialect: Dialect, _record: Any, args: list[Any], named: dict[str, Any]) -> Any:
        until = time.monotonic() + (AWAY if self._met else 0.0)
        while True:
            try:
                made = dialect.connect(*args, **named)
            except dialect.loaded_dbapi.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
            else:
                self._met = True
                return made


def engine(url: str, *, writes: bool, patience: Patience | None = None) -> Engine:
    """
    A writer's transactions begin with the lock, so that what was read stays true until COMMIT.

    `patience` is for PostgreSQL: SQLite waits for a lock by itself and is never away.
    """
    many = (1, 0) if writes else (8, 24)
    size: dict[str, Any] = dict(zip(("pool_size", "max_overflow"), many, strict=True))
    given = make_url(url)
    if given.get_backend_name() == "postgresql":
        driver = given.set(drivername="postgresql+psycopg")
        level = "READ COMMITTED" if writes else "AUTOCOMMIT"
        named = {name: value for name, value in GONE.items() if name not in given.query}
        made = create_engine(driver, isolation_level=level, pool_pre_ping=True, connect_args=named, **size)
        if patience:
            event.listen(made, "do_connect", patience.connect)
        return made
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
