"""The parts of a house, and the two ways in which anything in it changes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from random import Random, SystemRandom

from outside_in.content import Library, Speaker, library
from outside_in.domain.errors import NotAllowed
from outside_in.domain.events import SessionEvent
from outside_in.domain.people import Principal
from outside_in.domain.session import Session
from outside_in.domain.text import Language
from outside_in.domain.workshop import Workshop, WorkshopEvent
from outside_in.house.hub import Hub
from outside_in.house.settings import Settings
from outside_in.store import Database, Store

FIRST = "first"
"""The account that exists from the first start on; the set-up link gives it a password."""
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""31 letters without 0 O 1 I L; eight of them make a join code (39.6 bit)."""


@dataclass
class Parts:
    settings: Settings
    database: Database
    library: Library = field(default_factory=library)
    clock: Callable[[], float] = time.time
    chance: Random = field(default_factory=SystemRandom)

    @property
    def sessions(self) -> Store[Session]:
        return self.database.sessions

    @property
    def workshops(self) -> Store[Workshop]:
        return self.database.workshops

    @cached_property
    def hub(self) -> Hub:
        return Hub(self.database)

    def speaker(self, language: Language) -> Speaker:
        return speaker(language)

    def new_code(self) -> str:
        return "".join(self.chance.choice(LETTERS) for _ in range(8))

    # changes: the door is asked again, because an open tab outlives a withdrawn token ------

    def change(self, by: Principal, code: str, decide: Callable[[Session], SessionEvent | None]) -> Session:
        self._still(by)
        return self.sessions.change(code, decide)

    def prepare(self, by: Principal, code: str, decide: Callable[[Workshop], WorkshopEvent | None]) -> Workshop:
        self._still(by)
        return self.workshops.change(code, decide)

    def _still(self, by: Principal) -> None:
        if not self.database.doors.active(by):
            raise NotAllowed


@cache
def speaker(language: Language) -> Speaker:
    return Speaker(language)
