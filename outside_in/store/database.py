"""One database: everything that is kept, behind one writer."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from outside_in.domain.events import SESSION_EVENT
from outside_in.domain.session import Session
from outside_in.domain.workshop import WORKSHOP_EVENT, Workshop
from outside_in.store.corpora import Corpora
from outside_in.store.doors import Doors
from outside_in.store.engines import Patience, engine, snapshot
from outside_in.store.folds import Folds
from outside_in.store.jobs import Jobs
from outside_in.store.layers import Layers
from outside_in.store.log import Log
from outside_in.store.migrate import HEAD, migrate, revision
from outside_in.store.notebooks import Notebooks
from outside_in.store.writer import Writer
from outside_in.store.written import Written

log = logging.getLogger(__name__)


class Database:
    """Built once per process. `migrated=False` leaves tables as they are: for whoever only looks."""

    def __init__(
        self,
        url: str,
        data: Path | None = None,
        *,
        clock: Callable[[], float] = time.time,
        migrated: bool = True,
    ) -> None:
        self.url, self.data = url, data
        patience = Patience()
        self._readers = engine(url, writes=False, patience=patience)
        if migrated:
            migrate(url, keep=data / "backups" if data else None)
        self._listeners: list[Callable[[str, str], None]] = []
        self._writer = Writer(engine(url, writes=True, patience=patience), tidy=migrated)
        both = self._writer, self._readers
        self.sessions: Folds[Session] = Folds("session", Session, SESSION_EVENT, *both, self._changed)
        self.workshops: Folds[Workshop] = Folds("workshop", Workshop, WORKSHOP_EVENT, *both, self._changed)
        self.doors = Doors(*both, clock)
        self.notebooks = Notebooks(*both)
        self.corpora = Corpora(*both)
        self.layers = Layers(*both)
        self.written = Written(*both, clock)
        self.jobs = Jobs(*both, clock)
        self.log = Log(*both, clock)
        self._watch: Connection | None = None
        self._watching = Lock()

    def on_change(self, listener: Callable[[str, str], None]) -> None:
        """Told kind and code after every commit, on the writer's thread."""
        self._listeners.append(listener)

    def stamp(self) -> int:
        """Changes when anybody has written, this process or another; cheap enough for four times a second."""
        if self._readers.dialect.name == "postgresql":
            with self._readers.connect() as db:
                return int(db.scalar(text("select hashtext(pg_current_snapshot()::text)")) or 0)
        with self._watching:
            if self._watch is None:
                self._watch = self._readers.connect()
            stamp = int(self._watch.exec_driver_sql("pragma data_version").scalar() or 0)
            self._watch.rollback()
            return stamp

    def behind(self) -> bool:
        """Whether the tables are of an older form than this program's."""
        with self._readers.connect() as db:
            return revision(db) != HEAD

    def alive(self) -> bool:
        """By a connection of its own, which waits for nobody: a server that restarts is not alive."""
        try:
            with snapshot(self.url) as db:
                return db.scalar(text("select 1")) == 1
        except SQLAlchemyError:
            return False

    def check(self) -> list[str]:
        """What cannot be read; empty: every page and every event is as it was written."""
        from outside_in.store.check import problems

        return problems(self)

    def tidied(self, seconds: float = 10.0) -> bool:
        """Whether no file of the database holds any more what was erased before."""
        return self._writer.tidied(seconds)

    def close(self) -> None:
        self._writer.close()
        with self._watching:
            if self._watch is not None:
                self._watch.close()
        self._readers.dispose()

    def _changed(self, kind: str, code: str) -> None:
        for listener in self._listeners:
            try:
                listener(kind, code)
            except Exception:  # what is saved is saved, and the writer goes on
                log.exception("a listener failed")
