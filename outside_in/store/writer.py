"""
One thread writes for everybody who waits.

Whoever comes while a batch is being written shares the next COMMIT: three hundred phones cost a
few disk flushes, and nobody hears “saved” before theirs.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)
R = TypeVar("R")
Work = Callable[["Batch"], Any]
TOGETHER = 256
TIDY_AGAIN = 0.05
"""Seconds until the log is emptied again, when a reader was in the way."""


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


class Turn:
    def __init__(self, work: Work, key: str) -> None:
        self.work, self.key = work, key
        self.done: Future[Any] = Future()


class Writer:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turns: SimpleQueue[Turn | None] = SimpleQueue()
        self._untidy = engine.dialect.name == "sqlite"  # whoever wrote before may have died while tidying
        self._closed = False
        self._thread = Thread(target=self._write_forever, name="the one writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Batch], R], key: str = "") -> R:
        """
        Run `work` on the writer's thread and return what it returns, once that is committed.

        What it raises is raised here and harms nobody else in the batch: a `work` decides first
        and writes afterwards. Turns of one `key` keep their order.
        """
        turn = Turn(work, key)
        self._turns.put(turn)
        result: R = turn.done.result()
        return result

    def close(self) -> None:
        """Everything that waits is written first."""
        if not self._closed:
            self._closed = True
            self._turns.put(None)
            self._thread.join(5)

    def _write_forever(self) -> None:
        while True:
            turns = self._gather()
            going = [turn for turn in turns if turn]
            if going:
                self._write(going)
            if self._untidy:
                self._tidy()
            if len(going) < len(turns):
                return

    def _gather(self) -> list[Turn | None]:
        turns: list[Turn | None] = []
        with suppress(Empty):
            turns.append(self._turns.get(timeout=TIDY_AGAIN if self._untidy else None))
            while len(turns) < TOGETHER:
                turns.append(self._turns.get_nowait())
        return turns

    def _write(self, turns: list[Turn]) -> None:
        """In order of their keys, so that two replicas never wait for each other in a circle."""
        turns = sorted(turns, key=lambda turn: turn.key)
        batch = None
        try:
            with self._engine.begin() as db:
                batch = Batch(db)
                results = [self._take(turn, batch) for turn in turns]
                for finish in batch.last:
                    finish()
        except Exception as error:  # a full disk, a lost server: nothing was kept
            for forget in batch.lost if batch else ():
                forget()
            results = [(None, error)] * len(turns)
        else:
            self._untidy |= batch.erased and db.dialect.name == "sqlite"
            for tell in batch.kept:
                tell()
        for turn, (result, refusal) in zip(turns, results, strict=True):  # only now does anybody hear “saved”
            if refusal:
                turn.done.set_exception(refusal)
            else:
                turn.done.set_result(result)

    def _take(self, turn: Turn, batch: Batch) -> tuple[Any, Exception | None]:
        try:
            return turn.work(batch), None
        except SQLAlchemyError:
            raise
        except Exception as refusal:
            return None, refusal

    def _tidy(self) -> None:
        """The log holds what was deleted, until no reader needs it."""
        with suppress(SQLAlchemyError), self._engine.connect() as db:
            raw = db.connection.driver_connection
            assert raw
            self._untidy = bool(raw.execute("pragma wal_checkpoint(truncate)").fetchone()[0])
