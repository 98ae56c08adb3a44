"""Who does the work that falls apart into parts: this process, or a cluster."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol


class Hands(Protocol):
    def each(self, work: Callable[..., Any], shared: Any, parts: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """
        `work(shared, *part)` for every part, in the order of the parts.

        The parts are the same whoever works, so the results are too.
        """
        ...


class Own:
    """This process, one part after the other."""

    def each(self, work: Callable[..., Any], shared: Any, parts: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        return (work(shared, *part) for part in parts)


OWN = Own()
