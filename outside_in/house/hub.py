"""
How far each session is, for whoever follows it; says only a revision, never what changed.

Phones are woken one after the other: woken together, their pages would queue for the interpreter
and everyone would wait for the last. The stage is told at most four times a second.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator

from outside_in.domain.errors import WorkshopError
from outside_in.domain.session import Session
from outside_in.store import Database

log = logging.getLogger(__name__)

AUDIENCES = "phones", "stage", "desk"
WAKES_PER_SECOND = 150
STAGE_EVERY = 0.25
HEARTBEAT = 15.0
"""Seconds; carries the revision, so that a phone that slept notices."""
TOGETHER = 0.02
"""Seconds in which changes are gathered: what many leaders send within a moment is looked at once."""
GLANCE = 0.25
"""How often another process's writes are looked for, in seconds."""


class Hub:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._told: dict[str, int] = {}
        self._redrawn: dict[str, float] = {}
        self._looking: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen: int | None = None
        """How the database was when it was last looked at; None: look again, whatever it says."""

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._database.on_change(self._changed)
        self._keep(loop.create_task(self._glance()))

    def stop(self) -> None:
        self._loop = None
        for task in self._tasks:
            task.cancel()

    def revision(self, topic: str) -> int:
        """`phones:CODE` counts moves, `stage:CODE` and `desk:CODE` every change."""
        audience, _, code = topic.partition(":")
        return _revision(audience, self._database.sessions.of(code))

    def watching(self, topic: str) -> int:
        """How many hold a line to this process; of several replicas each knows its own."""
        return len(self._listeners.get(topic, ()))

    async def stream(self, topic: str) -> AsyncIterator[str]:
        """Server-sent events: the revision at once, at every change, and now and then."""
        changed = asyncio.Event()
        self._listeners[topic].add(changed)
        try:
            while True:
                self._told[topic] = revision = await asyncio.to_thread(self.revision, topic)
                yield f"data: {revision}\n\n"
                try:
                    await asyncio.wait_for(changed.wait(), HEARTBEAT)
                except TimeoutError:
                    continue
                changed.clear()
        finally:
            self._listeners[topic].discard(changed)

    def _changed(self, kind: str, code: str) -> None:
        """Called by the writer after each commit, on its thread."""
        if kind == "session" and self._loop:
            self._loop.call_soon_threadsafe(self._look, code)

    def _look(self, code: str) -> None:
        if self._loop and code not in self._looking and any(self.watching(f"{one}:{code}") for one in AUDIENCES):
            self._looking.add(code)
            self._keep(self._loop.create_task(self._wake_if_new(code)))

    async def _wake_if_new(self, code: str) -> None:
        await asyncio.sleep(TOGETHER)
        self._looking.discard(code)  # before reading: what happens from here on is looked at again
        try:
            session = await asyncio.to_thread(self._database.sessions.of, code)
        except WorkshopError:  # erased meanwhile: nobody needs to be told
            return
        except Exception:
            self._fault()
            return
        for audience in AUDIENCES:
            topic, revision = f"{audience}:{code}", _revision(audience, session)
            if self.watching(topic) and self._told.get(topic) != revision:
                self._told[topic] = revision
                (self._wake_phones if audience == "phones" else self._wake_stage)(topic)

    def _wake_phones(self, topic: str) -> None:
        assert self._loop
        for place, listener in enumerate(list(self._listeners[topic])):
            self._loop.call_later(place / WAKES_PER_SECOND, listener.set)

    def _wake_stage(self, topic: str) -> None:
        assert self._loop
        now = self._loop.time()
        due = max(now, self._redrawn.get(topic, 0.0) + STAGE_EVERY)
        self._redrawn[topic] = due
        for listener in list(self._listeners[topic]):
            self._loop.call_at(due, listener.set)

    async def _glance(self) -> None:
        """
        Other processes write to the same database: the command line, further replicas.

        There is no line that could break and be missed: after a fault everything is simply looked at again.
        """
        while True:
            await asyncio.sleep(GLANCE)
            try:
                seen = await asyncio.to_thread(self._database.stamp)
            except Exception:
                self._fault()
                continue
            if seen != self._seen:
                self._seen = seen
                for code in {topic.partition(":")[2] for topic, who in self._listeners.items() if who}:
                    self._look(code)

    def _fault(self) -> None:
        """The database is away; whoever comes first says so, and it is looked at until it is back."""
        if self._seen is not None:
            log.exception("the database cannot be looked at")
        self._seen = None

    def _keep(self, task: "asyncio.Task[None]") -> None:
        """The loop holds tasks weakly; a forgotten one may vanish half-way."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _revision(audience: str, session: Session) -> int:
    """Phones follow what concerns every one of them, stage and console every change."""
    return session.moved if audience == "phones" else session.version
