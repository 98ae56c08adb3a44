"""What the clock does: closes steps whose deadline has passed, backs up while a room is live, lets old things go."""

import logging
import threading
import time
from collections.abc import Callable

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
SET = 30.0
"""Seconds by which the clock on the wall may differ from the time that went by before it counts as set."""


class Keeper:
    def __init__(self, house: House, gone_by: Callable[[], float] = time.monotonic) -> None:
        """`gone_by` counts seconds and cannot be set."""
        self._house, self._stop = house, threading.Event()
        self._gone_by, self._looked = gone_by, (house.clock(), gone_by())
        self._running: set[tuple[str, str, float]] = set()
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
                self._mind_the_clock()
                deadlines(self._house)
                tidy(self._house)
                self._back_up()
                self._sweep()
            except Exception:  # a full disk, a database that is away: the next turn comes
                log.exception("the clock missed a turn")

    def _mind_the_clock(self) -> None:
        """
        Whoever sets it, or closes a laptop's lid, does not shorten or lengthen a step.

        Only what ran until then is moved, so that of several replicas one does it.
        """
        looked = self._house.clock(), self._gone_by()
        by = (looked[0] - self._looked[0]) - (looked[1] - self._looked[1])
        if abs(by) > SET:
            for code, step, until in self._running:
                self._house.sessions.change(
                    code, lambda now, step=step, until=until: now.set_clock(CLOCK, step, until, until + by)
                )
        self._looked, self._running = looked, running(self._house)

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


def running(house: House) -> set[tuple[str, str, float]]:
    """Open steps with a clock: session, step, and when it runs out."""
    return {
        (session.code, step.id, course.until)
        for session in map(house.sessions.of, house.sessions.codes())
        for step in session.plan.steps
        if (course := session.course(step.id)).phase is Phase.OPEN and course.until
    }


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
