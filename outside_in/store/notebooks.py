"""
A leader's own answers, sealed: only a request with the leader's cookie can open them.

Filed under a name that cannot be linked to the leader, without a time.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, delete, insert, select

from outside_in.store.seal import derived, seal, tag_of, unseal
from outside_in.store.tables import notes
from outside_in.store.writer import Batch, Writer


class Notebooks:
    def __init__(self, writer: Writer, readers: Engine) -> None:
        self._writer, self._readers = writer, readers

    def keep(self, key: bytes, step: str, values: Mapping[str, Any]) -> None:
        sealed = seal(_page_key(key, step), json.dumps(values).encode())
        row = {"notebook": _name(key), "step": _place(key, step), "sealed": sealed}

        def put(batch: Batch) -> None:
            before = notes.c.notebook == row["notebook"], notes.c.step == row["step"]
            batch.db.execute(delete(notes).where(*before))
            batch.db.execute(insert(notes), row)

        self._writer.write(put)

    def read(self, key: bytes, step: str) -> dict[str, Any] | None:
        this = notes.c.notebook == _name(key), notes.c.step == _place(key, step)
        wanted = select(notes.c.sealed).where(*this)
        with self._readers.connect() as db:
            sealed = db.scalar(wanted)
        plain = unseal(_page_key(key, step), sealed) if sealed else None
        return json.loads(plain) if plain else None

    def forget(self, key: bytes) -> None:
        gone = delete(notes).where(notes.c.notebook == _name(key))
        self._writer.write(lambda batch: batch.db.execute(gone) and None)


def _name(key: bytes) -> str:
    return tag_of(key, "notebook")


def _page_key(key: bytes, step: str) -> bytes:
    """One key per page: whoever moves a page elsewhere has moved something nobody can open."""
    return derived(key, f"notebook page {step}")


def _place(key: bytes, step: str) -> str:
    """Not the step's own name: how many leaders wrote about which step is nobody's business."""
    return tag_of(key, f"page {step}")
