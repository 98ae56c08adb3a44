"""
Where things live between two clicks: five promises, kept by every store.

1. *Open*: a code names one thing; an unknown one is Unknown (UnknownCode for sessions).
2. *Version* grows with every change and is cheap enough to be asked all the time.
3. *Of*: what is handed out is frozen, complete, and the same on every replica that has caught up.
4. *Change*: one turn at a time; the thing as it is **now** decides; a refusal leaves no trace; it
   returns after the COMMIT. A database that went away in the middle of it leaves both possible:
   Unsure.
5. *Erasing*: what an event erases is gone from every row, every replica and, when their window
   ends, every backup.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

from outside_in.domain.errors import Unknown, UnknownCode
from outside_in.domain.fold import Fold

F = TypeVar("F", bound=Fold)
R = TypeVar("R")


class Unsure(Exception):
    """The database went away between COMMIT and its answer: it may be kept, it may not."""


def surely(act: Callable[[], R]) -> R:
    """For what done twice changes as much as once, because a receipt or what was seen stands in it."""
    try:
        return act()
    except Unsure:
        return act()


class Store(Protocol[F]):
    def open(self, fold: F) -> None: ...

    def codes(self) -> list[str]:
        """In the order in which they were opened."""
        ...

    def version(self, code: str) -> int: ...

    def of(self, code: str) -> F: ...

    def erase(self, code: str) -> None:
        """The whole thing is gone, with everything that happened to it."""
        ...

    def change(self, code: str, decide: Callable[[F], Any]) -> F:
        """
        Let the thing as it is *now* decide what happened; None means “already so”.

        `decide` runs on another thread: it looks at nothing but what it is given.
        """
        ...


def unknown(kind: str, code: str) -> Unknown:
    shown = f"{code[:4]}-{code[4:]}" if len(code) == 8 else code or "–"
    return UnknownCode(name=shown) if kind == "session" else Unknown(name=shown)


class MemoryStore(Generic[F]):
    """Keeps the promises without a disk; for tests and dry runs."""

    def __init__(self, kind: str = "session") -> None:
        self._kind = kind
        self._folds: dict[str, F] = {}
        self._turn = Lock()

    def open(self, fold: F) -> None:
        if fold.code in self._folds:
            raise ValueError(f"{fold.code} names something else already")
        self._folds[fold.code] = fold

    def codes(self) -> list[str]:
        return list(self._folds)

    def version(self, code: str) -> int:
        return self.of(code).version

    def of(self, code: str) -> F:
        if code not in self._folds:
            raise unknown(self._kind, code)
        return self._folds[code]

    def erase(self, code: str) -> None:
        self._folds.pop(code, None)

    def change(self, code: str, decide: Callable[[F], Any]) -> F:
        with self._turn:
            before = self.of(code)
            happened = decide(before)
            if happened is not None:
                self._folds[code] = before.after(happened, before.version + 1)
            return self._folds[code]
