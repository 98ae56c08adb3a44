"""Who did what, and when; never what was said. Kept apart from what happened in a room."""

from collections.abc import Callable

from sqlalchemy import Engine, delete, insert, select

from outside_in.domain.model import Model
from outside_in.domain.people import Principal
from outside_in.store.tables import log
from outside_in.store.writer import Writer

KEPT = 365 * 86400.0


class Entry(Model):
    at: float
    role: str
    principal: str
    what: str
    code: str


class Log:
    def __init__(self, writer: Writer, readers: Engine, clock: Callable[[], float]) -> None:
        self._writer, self._readers, self._clock = writer, readers, clock

    def note(self, by: Principal, what: str, code: str = "") -> None:
        """A leader is never named: who answered is nobody's business."""
        who = "" if by.role == "leader" else by.id
        row = {"at": self._clock(), "role": by.role, "principal": who, "what": what[:80], "code": code}
        self._writer.write(lambda batch: batch.db.execute(insert(log), row) and None)

    def entries(self, code: str | None = None) -> list[Entry]:
        """Oldest first; of one session or workshop, or all."""
        wanted = select(log.c.at, log.c.role, log.c.principal, log.c.what, log.c.code).order_by(log.c.number)
        with self._readers.connect() as db:
            rows = db.execute(wanted if code is None else wanted.where(log.c.code == code)).mappings()
            return [Entry.model_validate(dict(row)) for row in rows]

    def expire(self) -> int:
        """Twelve months are enough; gives the number of entries that went."""
        old = delete(log).where(log.c.at < self._clock() - KEPT)
        return self._writer.write(lambda batch: batch.db.execute(old).rowcount)
