"""
One thread writes for everybody who waits.

Whoever comes while a batch is being written shares the next COMMIT: three hundred phones cost a
few disk flushes, and nobody hears “saved” before theirs.
"""

import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from outside_in.store.engines import AWAY, BUSY
from outside_in.store.promises import Unsure

log = logging.getLogger(__name__)
R = TypeVar("R")
Work = Callable[["Batch"], Any]
TOGETHER = 256
TIDY_AGAIN = 0.05
"""Seconds until the log is emptied again, when a reader was in the way."""
FROZEN = 5
"""Seconds after which PostgreSQL takes the turn from a replica that stands still in the middle of it."""


class Batch:
    """One transaction: its connection, and what its turns want done at its end."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.last: list[Callable[[], None]] = []
        """Run once, before COMMIT: one INSERT for the events of a whole batch."""
        self.kept: list[Callable[[], None]] = []
        """Run once it is certain that the batch was kept."""
        self.lost: list[Callable[[], None]] = []
        self.notes: dict[Any, Any] = {}
        self.erased = False
        self.ended = False
        """Whether COMMIT has been said; what happens to the database from then on leaves it open what was kept."""


class Turn:
    def __init__(self, work: Work, key: str) -> None:
        self.work, self.key = work, key
        self.done: Future[Any] = Future()


class Writer:
    def __init__(self, engine: Engine, *, tidy: bool = True) -> None:
        """`tidy`: whoever wrote before may have died between deleting and emptying the log."""
        self._engine = engine
        self._turns: SimpleQueue[Turn | None] = SimpleQueue()
        self._untidy = tidy and engine.dialect.name == "sqlite"
        self._closed = False
        self._door = Lock()
        if engine.dialect.name == "postgresql":
            event.listen(engine, "connect", _let_go)
        self._thread = Thread(target=self._write_forever, name="the one writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Batch], R], key: str = "") -> R:
        """
        Run `work` on the writer's thread and return what it returns, once that is committed.

        What it raises is raised here and harms nobody else in the batch: a `work` decides first
        and writes afterwards. It may be run again when somebody else's spoiled the first try, or
        the server went away before COMMIT; if it went away during COMMIT, Unsure is raised.
        Turns of one `key` keep their order.
        """
        return self.post(work, key).result()

    def post(self, work: Callable[[Batch], R], key: str = "") -> "Future[R]":
        """The same, for whoever need not wait."""
        turn = Turn(work, key)
        with self._door:
            if self._closed:
                raise RuntimeError("this database has been closed")
            self._turns.put(turn)
        return turn.done

    def tidied(self, seconds: float) -> bool:
        """Whether the log holds nothing any more of what was erased; waits so long for readers to end."""
        until = time.monotonic() + seconds
        while self._untidy and time.monotonic() < until:
            time.sleep(TIDY_AGAIN)
        return not self._untidy

    def close(self) -> None:
        """Everything that waits is written first."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._turns.put(None)
        self._thread.join(5)
        self._engine.dispose()

    def _write_forever(self) -> None:
        last = False
        while not last:
            turns = self._gather()
            last = None in turns
            if going := [turn for turn in turns if turn]:
                self._write(going)
            if self._untidy:
                self._tidy()

    def _gather(self) -> list[Turn | None]:
        turns: list[Turn | None] = []
        with suppress(Empty):
            turns.append(self._turns.get(timeout=TIDY_AGAIN if self._untidy else None))
            while len(turns) < TOGETHER and turns[-1]:
                turns.append(self._turns.get_nowait())
        return turns

    def _write(self, turns: list[Turn]) -> None:
        """In order of their keys, so that two replicas never wait for each other in a circle."""
        turns = sorted(turns, key=lambda turn: turn.key)
        try:
            results = self._commit(turns)
        except Exception as error:
            if len(turns) > 1 and _somebodys(error):
                for turn in turns:
                    self._write([turn])
                return
            results = [(None, error)] * len(turns)
        for turn, (result, refusal) in zip(turns, results, strict=True):  # only now does anybody hear “saved”
            if refusal:
                turn.done.set_exception(refusal)
            else:
                turn.done.set_result(result)

    def _commit(self, turns: list[Turn]) -> list[tuple[Any, Exception | None]]:
        """Again as long as the server went away before COMMIT: then it is certain that nothing was kept."""
        until = time.monotonic() + AWAY
        while True:
            try:
                return self._once(turns)
            except DBAPIError as error:
                if not error.connection_invalidated or time.monotonic() > until:
                    raise

    def _once(self, turns: list[Turn]) -> list[tuple[Any, Exception | None]]:
        batch = None
        try:
            with self._engine.begin() as db:
                batch = Batch(db)
                results = [_take(turn, batch) for turn in turns]
                for finish in batch.last:
                    finish()
                batch.ended = True
        except Exception as error:  # a full disk, a lost server: nothing was kept
            for forget in batch.lost if batch else ():
                forget()
            if batch and batch.ended and isinstance(error, DBAPIError) and error.connection_invalidated:
                raise Unsure from error
            raise
        self._untidy |= batch.erased and self._engine.dialect.name == "sqlite"
        for tell in batch.kept:
            tell()
        return results

    def _tidy(self) -> None:
        """
        The log holds what was deleted, until no reader needs it.

        Never waits: while a backup reads, three hundred phones would wait with it.
        """
        with suppress(SQLAlchemyError, sqlite3.Error), self._engine.connect() as db:
            raw = db.connection.driver_connection
            assert raw
            raw.execute("pragma busy_timeout = 0")
            try:
                self._untidy = bool(raw.execute("pragma wal_checkpoint(truncate)").fetchone()[0])
            finally:
                raw.execute(f"pragma busy_timeout = {BUSY}")


def _take(turn: Turn, batch: Batch) -> tuple[Any, Exception | None]:
    try:
        return turn.work(batch), None
    except SQLAlchemyError:
        raise
    except Exception as refusal:
        return None, refusal


def _let_go(connection: Any, _record: Any) -> None:
    """Whoever is stopped, or cut off, while it holds a session's row would hold it for all replicas."""
    connection.execute(f"set idle_in_transaction_session_timeout = '{FROZEN}s'")
    connection.commit()


def _somebodys(error: Exception) -> bool:
    """Whether one turn spoiled it for all (a receipt that is taken, a deadlock), not disk or server."""
    if getattr(getattr(error, "orig", None), "sqlstate", None) in ("40001", "40P01"):
        return True
    return not isinstance(error, (OperationalError, InterfaceError, Unsure))
