"""What the clock does: closes steps whose deadline has passed, backs up while a room is live, lets old things go."""

import logging
import threading

from outside_in.domain.people import CLOCK
from outside_in.domain.plan import Phase
from outside_in.house import House
from outside_in.house.erase import DAY, erase, overdue
from outside_in.store.backup import backup

log = logging.getLogger(__name__)
TURN = 5.0
"""Seconds between two looks at the clock."""
BACKUP_EVERY = 600.0
LEFT_BEHIND = 86400.0
KEPT = 12
"""Automatic backups that stay."""


class Keeper:
    def __init__(self, house: House) -> None:
        self._house, self._stop = house, threading.Event()
        self._backed_up, self._stamp = house.clock(), house.database.stamp()
        self._swept = 0.0
        self._thread = threading.Thread(target=self._turn, name="the clock", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _turn(self) -> None:
        while not self._stop.wait(TURN):
            try:
                deadlines(self._house)
                tidy(self._house)
                self._back_up()
                self._sweep()
            except Exception:  # a full disk, a database that is away: the next turn comes
                log.exception("the clock missed a turn")

    def _sweep(self) -> None:
        """Once a day what has had its time goes."""
        if 0 <= self._house.clock() - self._swept < DAY:
            return
        self._swept = self._house.clock()
        self._house.database.log.expire()
        if overdue(self._house):
            erase(self._house, expired=True)

    def _back_up(self) -> None:
        now, stamp = self._house.clock(), self._house.database.stamp()
        if 0 <= now - self._backed_up < BACKUP_EVERY or stamp == self._stamp:  # less than nothing: a clock set back
            return
        self._backed_up, self._stamp = now, stamp
        folder = self._house.settings.backups
        backup(self._house.database, folder)
        for old in sorted(folder.glob("*.zip"))[:-KEPT]:
            old.unlink(missing_ok=True)


def tidy(house: House) -> None:
    """Documents and uploads that nobody came back for."""
    for folder in (house.settings.exports, house.settings.uploads):
        for path in folder.glob("*"):
            if path.stat().st_mtime < house.clock() - LEFT_BEHIND:
                path.unlink(missing_ok=True)


def deadlines(house: House) -> None:
    """The host's moves of steps and sessions that end on a deadline, through the same change as the host's."""
    for code in house.sessions.codes():
        session, at = house.sessions.of(code), house.clock()
        for step in session.plan.steps:
            course = session.course(step.id)
            due = step.reveal == "on_deadline" and course.until and course.until < at
            due = due or (session.pace == "self" and session.due is not None and session.due < at)
            if due and course.phase is Phase.OPEN:
                house.sessions.change(code, lambda now, step=step, at=at: now.close(CLOCK, step.id, at, house.chance))
