"""A form that was sent twice, by a double tap or an impatient reload, counts once."""

import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Any

KEPT = 60.0
"""Seconds in which the second one gets what the first one got."""


class Once:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._done: dict[str, tuple[float, Future[Any]]] = {}

    def ticket(self) -> str:
        return secrets.token_urlsafe(16)

    def __call__(self, ticket: str, work: Callable[[], Any]) -> Any:
        """What `work` gives; without a ticket it is done every time."""
        if not ticket:
            return work()
        with self._lock:
            now = self._clock()
            self._done = {name: (at, done) for name, (at, done) in self._done.items() if now - at < KEPT}
            first = ticket not in self._done
            _, result = self._done.setdefault(ticket, (now, Future()))
        if first:
            self._do(ticket, work, result)
        return result.result(KEPT)

    def _do(self, ticket: str, work: Callable[[], Any], result: "Future[Any]") -> None:
        try:
            result.set_result(work())
        except Exception as error:  # refused: the corrected form may be sent with the same ticket
            result.set_exception(error)
            with self._lock:
                self._done.pop(ticket, None)
