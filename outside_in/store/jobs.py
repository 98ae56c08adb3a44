"""Work for worker processes: a restart must not lose a job, a second worker must not take it twice."""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Literal

from sqlalchemy import Engine, RowMapping, delete, insert, or_, select, update

from outside_in.domain.model import Model
from outside_in.domain.people import Principal
from outside_in.domain.text import Line
from outside_in.store.tables import jobs
from outside_in.store.writer import Batch, Writer

State = Literal["queued", "running", "done", "failed", "cancelled"]
STALE = 60.0
"""Seconds without a word after which a worker counts as dead."""


class Job(Model):
    id: str
    workshop: str
    kind: str
    by: Principal
    args: dict[str, Any]
    state: State
    progress: float
    result: Any = None
    message: Line = Line(message="")


class Jobs:
    def __init__(self, writer: Writer, readers: Engine, clock: Callable[[], float]) -> None:
        self._writer, self._readers, self._clock = writer, readers, clock

    def add(self, kind: str, workshop: str, by: Principal, args: Mapping[str, Any]) -> str:
        id = secrets.token_hex(16)
        row = {
            "id": id,
            "kind": kind,
            "workshop": workshop,
            "asked_by": by.model_dump_json(),
            "args": json.dumps(dict(args)),
            "state": "queued",
            "progress": 0.0,
        }
        self._writer.write(lambda batch: batch.db.execute(insert(jobs), row) and None)
        return id

    def take(self, worker: str) -> Job | None:
        """The oldest job nobody works on, one that a dead worker left behind included."""
        with self._readers.connect() as db:
            waits = db.scalar(select(jobs.c.id).where(self._free()).limit(1))
        return self._writer.write(lambda batch: self._take(batch, worker)) if waits else None

    def _take(self, batch: Batch, worker: str) -> Job | None:
        oldest = select(jobs).where(self._free()).order_by(jobs.c.number).limit(1)
        row = batch.db.execute(oldest.with_for_update(skip_locked=True)).mappings().first()
        if row is None:
            return None
        mine = {"state": "running", "worker": worker, "taken": self._clock()}
        batch.db.execute(update(jobs).where(jobs.c.id == row["id"]).values(mine))
        return _job(row)

    def _free(self) -> Any:
        dead = (jobs.c.state == "running") & (jobs.c.taken < self._clock() - STALE)
        return or_(jobs.c.state == "queued", dead)

    def progress(self, id: str, share: float) -> None:
        self._set(id, "running", progress=round(share, 3), taken=self._clock())

    def done(self, id: str, result: Any) -> None:
        self._set(id, "running", state="done", progress=1.0, result=json.dumps(result, default=str))

    def fail(self, id: str, code: str, message: Line) -> None:
        self._set(id, "running", state="failed", code=code, message=message.model_dump_json())

    def cancel(self, id: str) -> None:
        with_state = jobs.c.state.in_(("queued", "running"))
        gone = update(jobs).where(jobs.c.id == id, with_state).values(state="cancelled")
        self._writer.write(lambda batch: batch.db.execute(gone) and None)

    def files(self, workshop: str) -> list[str]:
        """What its work has read and made, by path."""
        with self._readers.connect() as db:
            rows = db.execute(select(jobs).where(jobs.c.workshop == workshop)).mappings()
            found = [value for row in rows for value in (_job(row).args, _job(row).result) if isinstance(value, dict)]
        return [value["path"] for value in found if isinstance(value.get("path"), str)]

    def drop(self, workshop: str) -> None:
        def gone(batch: Batch) -> None:
            batch.db.execute(delete(jobs).where(jobs.c.workshop == workshop))
            batch.erased = True

        self._writer.write(gone)

    def cancelled(self, id: str) -> bool:
        job = self.job(id)
        return job is None or job.state == "cancelled"

    def job(self, id: str) -> Job | None:
        return self._first(select(jobs).where(jobs.c.id == id))

    def latest(self, workshop: str, kind: str) -> Job | None:
        mine = select(jobs).where(jobs.c.workshop == workshop, jobs.c.kind == kind)
        return self._first(mine.order_by(jobs.c.number.desc()).limit(1))

    def _first(self, wanted: Any) -> Job | None:
        with self._readers.connect() as db:
            row = db.execute(wanted).mappings().first()
        return _job(row) if row else None

    def _set(self, id: str, while_: State, **values: Any) -> None:
        """Only while it is still so: a cancelled job stays cancelled."""
        now = update(jobs).where(jobs.c.id == id, jobs.c.state == while_).values(values)
        self._writer.write(lambda batch: batch.db.execute(now) and None)


def _job(row: RowMapping) -> Job:
    return Job(
        id=row["id"],
        workshop=row["workshop"],
        kind=row["kind"],
        by=Principal.model_validate_json(row["asked_by"]),
        args=json.loads(row["args"]),
        state=row["state"],
        progress=row["progress"],
        result=json.loads(row["result"]) if row["result"] else None,
        message=Line.model_validate_json(row["message"]) if row["message"] else Line(message=""),
    )
