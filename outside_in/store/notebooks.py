"""
A leader's own answers, sealed: only a request with the leader's cookie can open them.

Filed under a name that cannot be linked to the leader, without a time, in no order, and every
page as long as the next: an order or a length would lead from a page to an answer.
"""

import json
from collections.abc import Mapping
from secrets import randbits
from typing import Any

from sqlalchemy import Engine, bindparam, delete, select, text

from outside_in.store.seal import derived, seal, tag_of, unseal
from outside_in.store.tables import notes, tokens
from outside_in.store.writer import Batch, Writer

LENGTH = 2048
"""Bytes to which a page is filled up; a longer one to a multiple of it."""
COLUMNS = "notebook, step, sealed", ":notebook, :step, :sealed"
PUT = text("insert into notes ({}) values ({})".format(*COLUMNS))
PUT_ANYWHERE = text("insert into notes (rowid, {}) values (:place, {})".format(*COLUMNS))
"""SQLite numbers its rows as they come, unless it is told where they go."""
PAGE = notes.c.notebook == bindparam("notebook"), notes.c.step == bindparam("step")
READ, TAKE_OUT = select(notes.c.sealed).where(*PAGE), delete(notes).where(*PAGE)


class Notebooks:
    def __init__(self, writer: Writer, readers: Engine) -> None:
        self._writer, self._readers = writer, readers

    def keep(self, key: bytes, step: str, values: Mapping[str, Any]) -> None:
        sealed = seal(
            _page_key(key, step), _filled(json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        )
        row = {"notebook": _name(key), "step": _place(key, step), "sealed": sealed}

        def put(batch: Batch) -> None:
            batch.db.execute(TAKE_OUT, row)
            anywhere = batch.db.dialect.name == "sqlite"
            batch.db.execute(PUT_ANYWHERE if anywhere else PUT, {**row, "place": randbits(62)} if anywhere else row)

        self._writer.write(put)

    def read(self, key: bytes, step: str) -> dict[str, Any] | None:
        with self._readers.connect() as db:
            sealed = db.scalar(READ, {"notebook": _name(key), "step": _place(key, step)})
        plain = unseal(_page_key(key, step), sealed) if sealed else None
        return json.loads(plain) if plain else None

    def forget(self, key: bytes) -> None:
        gone = delete(notes).where(notes.c.notebook == _name(key))
        self._writer.write(lambda batch: batch.db.execute(gone) and None)

    def tidy(self) -> None:
        """Pages that nobody can open any more go, as far as that can be told: once no leader is left at all."""
        keys = select(tokens.c.hash).where(tokens.c.sealed.is_not(None)).limit(1)

        def gone(batch: Batch) -> None:
            if batch.db.scalar(keys) is None:
                batch.db.execute(delete(notes))
                batch.erased = True

        self._writer.write(gone)


def _name(key: bytes) -> str:
    return tag_of(key, "notebook")


def _filled(plain: bytes) -> bytes:
    return plain.ljust(-(-len(plain) // LENGTH) * LENGTH)


def _page_key(key: bytes, step: str) -> bytes:
    """One key per page: whoever moves a page elsewhere has moved something nobody can open."""
    return derived(key, f"notebook page {step}")


def _place(key: bytes, step: str) -> str:
    """Not the step's own name: how many leaders wrote about which step is nobody's business."""
    return tag_of(key, f"page {step}")
