"""Wrong codes cost time; right ones never do. Three hundred phones of one room share one address."""

import time
from collections.abc import Callable
from threading import Lock

BURST, PER_SECOND = 60.0, 0.5
FORGOTTEN = 10_000


class WrongTries:
    """A bucket per address: 60 wrong tries at once, then 30 a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, address: str) -> int:
        """Count one wrong try; seconds to wait, 0 while there is room."""
        with self._lock:
            now = self._clock()
            left, since = self._left.get(address, (BURST, now))
            left = min(BURST, left + (now - since) * PER_SECOND)
            if len(self._left) > FORGOTTEN:
                self._left.clear()
            if left < 1:
                self._left[address] = left, now
                return int((1 - left) / PER_SECOND) + 1
            self._left[address] = left - 1, now
            return 0
