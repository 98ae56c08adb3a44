"""What a language model answered and what it cost, by workshop; nothing is asked and paid twice."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Engine, delete, func, insert, select

from outside_in.store.tables import written
from outside_in.store.writer import Batch, Writer


class Answer(NamedTuple):
    tokens: int
    text: str | None
    """None: the answer was of no use, but it was paid for."""


class Written:
    def __init__(self, writer: Writer, readers: Engine, clock: Callable[[], float]) -> None:
        self._writer, self._readers, self._clock = writer, readers, clock

    def keep(self, workshop: str, ask: str, answer: Answer) -> None:
        """`ask` is the hash of all that was sent; what it cost before is added."""
        w = written.c
        mine = (w.workshop == workshop) & (w.ask == ask)

        def write(turn: Batch) -> None:
            before = turn.db.scalar(select(w.tokens).where(mine)) or 0
            row = {"workshop": workshop, "ask": ask, "at": self._clock(), "answer": answer.text}
            turn.db.execute(delete(written).where(mine))
            turn.db.execute(insert(written), {**row, "tokens": before + answer.tokens})

        self._writer.write(write)

    def known(self, workshop: str, ask: str) -> str | None:
        w = written.c
        with self._readers.connect() as db:
            return db.scalar(select(w.answer).where(w.workshop == workshop, w.ask == ask))

    def spent(self, workshop: str) -> int:
        """Tokens, over all calls of the workshop."""
        total = select(func.coalesce(func.sum(written.c.tokens), 0)).where(written.c.workshop == workshop)
        with self._readers.connect() as db:
            return int(db.scalar(total) or 0)

    def drop(self, workshop: str) -> None:
        gone = delete(written).where(written.c.workshop == workshop)
        self._writer.write(lambda turn: turn.db.execute(gone) and None)
