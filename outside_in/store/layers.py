"""What theme runs found, by workshop: written once, never changed, read as plain columns of numbers."""

import json
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Engine, delete, insert, select

from outside_in.store.tables import layers
from outside_in.store.writer import Batch, Writer


class Sheet(NamedTuple):
    told: Any
    """Whatever JSON can say."""
    columns: Mapping[str, "array[int]"]


class Layers:
    def __init__(self, writer: Writer, readers: Engine) -> None:
        self._writer, self._readers = writer, readers

    def put(self, workshop: str, id: str, sheet: Sheet) -> None:
        """A second time: the same again, as a job that is done twice does it."""
        row = {"workshop": workshop, "id": id, "body": packed(sheet)}
        mine = delete(layers).where(layers.c.workshop == workshop, layers.c.id == id)

        def write(turn: Batch) -> None:
            turn.db.execute(mine)
            turn.db.execute(insert(layers), row)

        self._writer.write(write)

    def get(self, workshop: str, id: str) -> Sheet | None:
        wanted = select(layers.c.body).where(layers.c.workshop == workshop, layers.c.id == id)
        with self._readers.connect() as db:
            body = db.scalar(wanted)
        return None if body is None else unpacked(bytes(body))

    def ids(self, workshop: str) -> list[str]:
        wanted = select(layers.c.id).where(layers.c.workshop == workshop).order_by(layers.c.id)
        with self._readers.connect() as db:
            return list(db.scalars(wanted))

    def drop(self, workshop: str, ids: Sequence[str] | None = None) -> None:
        """These, or all of the workshop's."""
        gone = delete(layers).where(layers.c.workshop == workshop)
        if ids is not None:
            gone = gone.where(layers.c.id.in_(ids))
        self._writer.write(lambda turn: turn.db.execute(gone) and None)


def packed(sheet: Sheet) -> bytes:
    """A line of JSON, then the columns as they lie in memory."""
    head = {
        "order": sys.byteorder,
        "columns": [[name, column.typecode, len(column)] for name, column in sheet.columns.items()],
        "told": sheet.told,
    }
    body = b"".join(column.tobytes() for column in sheet.columns.values())
    return zlib.compress(json.dumps(head, ensure_ascii=False).encode() + b"\n" + body, 3)


def unpacked(body: bytes) -> Sheet:
    line, _, rest = zlib.decompress(body).partition(b"\n")
    head, at = json.loads(line), 0
    columns: dict[str, array[int]] = {}
    for name, kind, length in head["columns"]:
        column: array[int] = array(kind)
        end = at + length * column.itemsize
        column.frombytes(rest[at:end])
        if head["order"] != sys.byteorder:
            column.byteswap()
        columns[name], at = column, end
    return Sheet(head["told"], columns)
