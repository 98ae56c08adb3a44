"""
Things that never change in place.

Somebody acts, the thing as it is *now* decides what happened, the store remembers it,
and the next thing is this one plus that. Sessions and workshops are such things.
"""

from collections.abc import Mapping
from typing import Any, Self

from outside_in.domain.model import Model


class Event(Model):
    """What happened. `step`, `who` and `receipt` are also columns, so that an erasure finds them."""

    kind: str
    step: str = ""
    who: str = ""
    receipt: str = ""

    @property
    def erases(self) -> Mapping[str, str]:
        """
        Marks (`step` or `who`) of the earlier events this one replaces; empty: none.

        The store deletes those rows in the transaction that remembers this event. The event
        holds what must stay, so a replica that saw them all folds to the same thing.
        """
        return {}


class Fold(Model):
    """A thing made of events. `version` is its row's, never a count: erased events leave gaps."""

    code: str
    version: int = 0

    def after(self, event: Any, version: int) -> Self:
        raise NotImplementedError
