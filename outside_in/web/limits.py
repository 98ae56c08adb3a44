"""What is counted: wrong codes (right ones never, a whole room shares one address) and uploaded bytes."""

import time
from collections.abc import Callable
from threading import Lock

BURST, PER_SECOND = 60.0, 0.5
FORGOTTEN = 10_000
HOUR = 3600.0


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


class Quota:
    """Bytes an account may upload within an hour; they are held in memory until its visit ends."""

    def __init__(self, most: int = 500 << 20, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock, self._lock = most, clock, Lock()
        self._taken: dict[str, list[tuple[float, int]]] = {}

    def takes(self, account: str, size: int) -> bool:
        with self._lock:
            now = self._clock()
            recent = [(at, n) for at, n in self._taken.get(account, []) if now - at < HOUR]
            fits = sum(n for _, n in recent) + size <= self._most
            self._taken[account] = [*recent, (now, size)] if fits else recent
            return fits
