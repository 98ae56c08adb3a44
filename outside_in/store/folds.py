"""Sessions and workshops in SQL: a row with the version, and what happened since the opening."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from zlib import crc32

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Select, and_, bindparam, delete, func, insert, select, update

from outside_in.domain.fold import Event, Fold
from outside_in.store.promises import unknown
from outside_in.store.tables import events, folds
from outside_in.store.writer import Batch, Writer

F = TypeVar("F", bound=Fold)
OnChange = Callable[[str, str], None]

# Made once: a phone's run asks several of them, and putting one together costs more than running it.
NAMED = folds.c.code == bindparam("code"), folds.c.kind == bindparam("kind")
ROW = select(folds.c.version).where(*NAMED)
LOCKED = ROW.with_for_update()
OPENING = select(folds.c.opening).where(*NAMED)
LATER = (
    select(events.c.version, events.c.event)
    .where(events.c.code == bindparam("code"), events.c.version > bindparam("known"))
    .order_by(events.c.version)
)
ADVANCE = update(folds).where(folds.c.code == bindparam("named")).values(version=bindparam("reached"))


class Folds(Generic[F]):
    """Keeps the promises of `Store` on one database; several processes may share it."""

    def __init__(
        self,
        kind: str,
        model: type[F],
        event: TypeAdapter[Any],
        writer: Writer,
        readers: Engine,
        changed: OnChange,
    ) -> None:
        self._kind, self._model, self._event = kind, model, event
        self._writer, self._readers, self._changed = writer, readers, changed
        self._known: dict[str, F] = {}
        """What was read last; asked only together with the version in the row."""

    def open(self, fold: F) -> None:
        self._writer.write(lambda batch: self._open(batch, fold), fold.code)

    def codes(self) -> list[str]:
        named = select(folds.c.code).where(folds.c.kind == self._kind).order_by(folds.c.number)
        with self._readers.connect() as db:
            return list(db.scalars(named))

    def version(self, code: str) -> int:
        with self._readers.connect() as db:
            version = db.scalar(ROW, self._named(code))
        if version is None:
            raise unknown(self._kind, code)
        return int(version)

    def of(self, code: str) -> F:
        """As of now: another process may have written, so only what is new is read and folded."""
        with self._readers.connect() as db:
            return self._read(db, code, ROW)

    def reread(self, code: str) -> F:
        """From the first event on, whatever is in memory."""
        with self._readers.connect() as db:
            return self._caught_up(db, code, None)

    def change(self, code: str, decide: Callable[[F], Any]) -> F:
        return self._writer.write(lambda batch: self._change(batch, code, decide), code)

    def erase(self, code: str) -> None:
        """The whole thing is gone, with everything that happened to it."""
        self._writer.write(lambda batch: self._gone(batch, code), code)

    def compact(self, code: str, without: Callable[[F], F] = lambda fold: fold) -> None:
        """
        It is no longer made of events: nothing stands in them that it does not hold.

        `without` takes away what shall not be kept; nothing to take away, and it stays as it is.
        """
        self._writer.write(lambda batch: self._compact(batch, code, without), code)

    # on the writer's thread ---------------------------------------------

    def _compact(self, batch: Batch, code: str, without: Callable[[F], F]) -> None:
        before, pages = self._now(batch, code), self._pages(batch)
        fold = without(before)
        if fold != before:  # a new version, so that no process goes on with what it knows
            fold = fold.model_copy(update={"version": before.version + 1})
        pages.forget(code)
        pages.now[code] = pages.moved[code] = fold
        opening = fold.model_dump_json()
        row = update(folds).where(folds.c.code == code).values(opening=opening, digest=digest(code, opening))
        batch.db.execute(row)
        batch.db.execute(delete(events).where(events.c.code == code))
        batch.erased = True

    def _open(self, batch: Batch, fold: F) -> None:
        if batch.db.scalar(select(folds.c.code).where(folds.c.code == fold.code)) is not None:
            raise ValueError(f"{fold.code} names something else already")
        number, opening = batch.db.scalar(select(func.max(folds.c.number))) or 0, fold.model_dump_json()
        row = {"code": fold.code, "kind": self._kind, "version": fold.version, "number": number + 1}
        batch.db.execute(insert(folds).values(opening=opening, digest=digest(fold.code, opening), **row))
        batch.kept.append(lambda: self._changed(self._kind, fold.code))

    def _gone(self, batch: Batch, code: str) -> None:
        gone = delete(folds).where(folds.c.code == code, folds.c.kind == self._kind)
        if batch.db.execute(gone).rowcount:
            batch.db.execute(delete(events).where(events.c.code == code))
            self._pages(batch).drop(code)
            batch.erased = True
            batch.kept.append(lambda: self._forget(code))

    def _change(self, batch: Batch, code: str, decide: Callable[[F], Any]) -> F:
        """Decide first, write afterwards: a refusal has nothing to undo."""
        before = self._now(batch, code)
        happened = decide(before)
        if happened is None:
            return before
        after = before.after(happened, before.version + 1)
        pages = self._pages(batch)
        pages.add(code, after, happened)
        return after

    def _now(self, batch: Batch, code: str) -> F:
        pages = self._pages(batch)
        if code not in pages.now:
            pages.now[code] = self._read(batch.db, code, LOCKED)
        return pages.now[code]

    def _pages(self, batch: Batch) -> "_Pages[F]":
        if self not in batch.notes:
            batch.notes[self] = pages = _Pages(batch, self)
            batch.last.append(pages.write)
            batch.kept.append(pages.kept)
            batch.lost.append(self._known.clear)
        found: _Pages[F] = batch.notes[self]
        return found

    def _forget(self, code: str) -> None:
        self._known.pop(code, None)

    # reading ---------------------------------------------------------------

    def _named(self, code: str) -> dict[str, str]:
        return {"code": code, "kind": self._kind}

    def _read(self, db: Connection, code: str, row: Select[int]) -> F:
        known = self._known.get(code)  # before the row is asked, so that it cannot be ahead of it
        version = db.scalar(row, self._named(code))
        if version is None:  # erased, perhaps by another process
            self._forget(code)
            raise unknown(self._kind, code)
        if known is not None and known.version == version:
            return known
        if known is not None and known.version > version:  # an older backup was brought back
            known = None
        fold = self._caught_up(db, code, known)
        if known is not None and fold.version < version:  # compacted meanwhile: what is missing stands in the opening
            fold = self._caught_up(db, code, None)
        self._known[code] = fold
        return fold

    def _caught_up(self, db: Connection, code: str, known: F | None) -> F:
        fold = known or self._opening(db, code)
        for version, written in db.execute(LATER, {"code": code, "known": fold.version}):
            fold = fold.after(self._event.validate_json(written), version)
        return fold

    def _opening(self, db: Connection, code: str) -> F:
        opened = db.scalar(OPENING, self._named(code))
        if opened is None:
            raise unknown(self._kind, code)
        return self._model.model_validate_json(opened)


class _Pages(Generic[F]):
    """What one batch will make true, written with as few statements as possible."""

    def __init__(self, batch: Batch, store: Folds[F]) -> None:
        self._batch, self._store = batch, store
        self.now: dict[str, F] = {}
        self._rows: list[dict[str, Any]] = []
        self.moved: dict[str, F] = {}

    def add(self, code: str, after: F, happened: Event) -> None:
        if happened.erases:
            self._erase(code, dict(happened.erases))
        row = {
            "code": code,
            "version": after.version,
            "step": happened.step,
            "who": happened.who,
            "receipt": happened.receipt or None,
            "event": happened.model_dump_json(),
        }
        self._rows.append({**row, "digest": digest(*row.values())})
        self.now[code] = self.moved[code] = after

    def _erase(self, code: str, marks: dict[str, str]) -> None:
        """Whatever carries a receipt or a who: moves of a step are nobody's words and stay."""
        self._rows = [row for row in self._rows if not _marked(row, code, marks)]
        wanted = and_(events.c.code == code, *(events.c[name] == mark for name, mark in marks.items()))
        self._batch.db.execute(delete(events).where(wanted, events.c.who != ""))
        self._batch.erased = True

    def forget(self, code: str) -> None:
        self._rows = [row for row in self._rows if row["code"] != code]

    def drop(self, code: str) -> None:
        self.forget(code)
        self.now.pop(code, None)
        self.moved.pop(code, None)

    def write(self) -> None:
        if self._rows:
            self._batch.db.execute(insert(events), self._rows)
        for code, fold in self.moved.items():
            self._batch.db.execute(ADVANCE, {"named": code, "reached": fold.version})

    def kept(self) -> None:
        for code, fold in self.moved.items():
            self._store._known[code] = fold
            self._store._changed(self._store._kind, code)


def _marked(row: dict[str, Any], code: str, marks: dict[str, str]) -> bool:
    return row["code"] == code and row["who"] != "" and all(row[name] == mark for name, mark in marks.items())


def digest(*written: object) -> int:
    """What stands beside a row, so that a row the disk has changed is found out."""
    return crc32("\x1f".join(map(str, written)).encode())
