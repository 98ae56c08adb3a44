"""Customers' comments per workshop, batch by batch, and where each stands among the themes."""

from collections.abc import Sequence
from itertools import islice

from sqlalchemy import Engine, delete, func, insert, select, update

from outside_in.domain.feedback import Placed, Verbatim
from outside_in.store.folds import digest
from outside_in.store.tables import batches, places, verbatims
from outside_in.store.writer import Batch, Writer

BLOCK = 10_000_000
"""`Verbatim.row` is unique within a workshop: number of the batch × BLOCK + row of the spreadsheet."""
AT_ONCE = 1_000
"""Rows per turn of the writer, so that an answer in a live room never waits for a file."""


class Corpora:
    def __init__(self, writer: Writer, readers: Engine) -> None:
        self._writer, self._readers = writer, readers

    def add(self, workshop: str, batch: str, rows: Sequence[Verbatim]) -> None:
        """Written piece by piece, visible all at once with the last."""
        number = self._writer.write(lambda turn: self._begin(turn, workshop, batch))
        try:
            total = self._fill(workshop, batch, number, rows)
        except Exception:
            self.drop(workshop, batch)
            raise
        mine = update(batches).where(batches.c.workshop == workshop, batches.c.id == batch)
        done = mine.values(complete=True, digest=total)
        self._writer.write(lambda turn: turn.db.execute(done) and None)

    def drop(self, workshop: str, batch: str | None = None) -> None:
        """
        One batch, or all of the workshop's feedback; its places go with it.

        A batch leaves its number behind: what a person has approved by row must never be found
        under the same row in another file.
        """

        def gone(turn: Batch) -> None:
            rows = delete(verbatims).where(verbatims.c.workshop == workshop)
            turn.db.execute(rows.where(verbatims.c.batch == batch) if batch else rows)
            mine, stood = batches.c.workshop == workshop, delete(places).where(places.c.workshop == workshop)
            if batch:
                turn.db.execute(stood.where(places.c.row.between(*self._rows(turn, workshop, batch))))
                turn.db.execute(update(batches).where(mine, batches.c.id == batch).values(complete=False))
            else:
                turn.db.execute(stood)
                turn.db.execute(delete(batches).where(mine))
            turn.erased = True

        self._writer.write(gone)

    def verbatims(self, workshop: str) -> list[Verbatim]:
        whole = select(batches.c.id).where(batches.c.workshop == workshop, batches.c.complete)
        v = verbatims.c
        wanted = select(v.body).where(v.workshop == workshop, v.batch.in_(whole)).order_by(v.row)
        with self._readers.connect() as db:
            return [Verbatim.model_validate_json(body) for body in db.scalars(wanted)]

    def place(self, workshop: str, placed: Sequence[Placed]) -> None:
        rows = [{"workshop": workshop, **p.model_dump()} for p in placed]

        def put(turn: Batch) -> None:
            turn.db.execute(delete(places).where(places.c.workshop == workshop))
            if rows:
                turn.db.execute(insert(places), rows)

        self._writer.write(put)

    def placed(self, workshop: str) -> list[Placed]:
        wanted = select(places.c.row, places.c.theme, places.c.subtheme, places.c.confidence)
        with self._readers.connect() as db:
            rows = db.execute(wanted.where(places.c.workshop == workshop).order_by(places.c.row)).mappings()
            return [Placed.model_validate(dict(row)) for row in rows]

    def _fill(self, workshop: str, batch: str, number: int, rows: Sequence[Verbatim]) -> int:
        total, every = 0, iter(rows)
        while some := list(islice(every, AT_ONCE)):
            ready = [_row(workshop, batch, number, verbatim) for verbatim in some]
            total += sum(digest(row["row"], row["body"]) for row in ready)
            self._writer.write(lambda turn, ready=ready: turn.db.execute(insert(verbatims), ready) and None)
        return total

    def _rows(self, turn: Batch, workshop: str, batch: str) -> tuple[int, int]:
        mine = select(batches.c.number).where(batches.c.workshop == workshop, batches.c.id == batch)
        first = int(turn.db.scalar(mine) or 0) * BLOCK
        return first, first + BLOCK - 1

    def _begin(self, turn: Batch, workshop: str, batch: str) -> int:
        last = turn.db.scalar(select(func.max(batches.c.number)).where(batches.c.workshop == workshop))
        number = 0 if last is None else int(last) + 1
        turn.db.execute(insert(batches).values(workshop=workshop, id=batch, number=number, complete=False))
        return number


def _row(workshop: str, batch: str, number: int, verbatim: Verbatim) -> dict[str, object]:
    row = number * BLOCK + verbatim.row
    body = verbatim.model_copy(update={"row": row}).model_dump_json(exclude_defaults=True)
    return {"workshop": workshop, "batch": batch, "row": row, "body": body}
