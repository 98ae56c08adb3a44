"""
How much of what was promised is kept: for the group only, each share with its Wilson interval.

All commitments count (intention to treat): dropped, adapted and silent ones are not kept (DOMAIN 5.5).
"""

import datetime as dt
from collections.abc import Sequence
from statistics import median

from outside_in.domain.follow import CHECKS, STATUSES, Commitment, Status
from outside_in.domain.measures import Interval, wilson
from outside_in.domain.model import Model

FEWEST = 5
"""Leaders from which on a rate is shown."""


class Rate(Model):
    k: int
    n: int

    @property
    def share(self) -> float:
        return self.k / self.n

    @property
    def interval(self) -> Interval:
        return wilson(self.k, self.n)


class FollowThrough(Model):
    """None: nothing to divide by yet, or its day has not come."""

    made: int
    leaders: int
    kept: dict[int, Rate | None]
    """By days after the workshop."""
    on_time: Rate | None
    response: Rate | None
    evidence: Rate | None
    first_action_days: float | None
    living: Rate | None
    """Only of commitments with a living status; flatters, and is printed with that label or not at all."""
    adapted: int
    dropped: int
    silent: int
    """Nobody has said anything about them yet."""

    @classmethod
    def of(cls, made: Sequence[Commitment], today: dt.date) -> "FollowThrough | None":
        """None where too few leaders stand behind it; a rate of too few commitments is None, too."""
        leaders = len({(one.session, one.who) for one in made})
        if leaders < FEWEST:
            return None
        done = [one for one in made if one.done_on]
        due = [one for one in made if one.promise.due <= today]
        alive = [one for one in made if one.told and one.status not in ("dropped", "open")]
        asked = [(one, day) for one in made for day in one.asked if one.start + dt.timedelta(days=day) <= today]
        begun = [(one.begun_on - one.start).days for one in made if one.begun_on]
        return cls(
            made=len(made),
            leaders=leaders,
            kept={day: _kept(made, day, today) for day in CHECKS[1:]},
            on_time=_rate(sum(one.status == "done" for one in due), len(due)),
            response=_rate(sum(any(e.day == day for e in one.told) for one, day in asked), len(asked)),
            evidence=_rate(sum(any(e.evidence for e in one.told) for one in done), len(done)),
            first_action_days=median(begun) if len(begun) >= FEWEST else None,
            living=_rate(len(done), len(alive)),
            adapted=sum(one.status == "adapted" for one in made),
            dropped=sum(one.status == "dropped" for one in made),
            silent=sum(not one.told for one in made),
        )


def over_time(made: Sequence[Commitment], today: dt.date) -> dict[int, dict[Status, int]]:
    """By day that has come: how many commitments stood where, as known on that day."""
    start = max((one.start for one in made), default=today)
    days = [day for day in (0, *CHECKS) if start + dt.timedelta(days=day) <= today]
    now = max(0, (today - start).days)
    if made and now not in days:
        days.append(now)
    return {day: _counts([one.status_at(day) for one in made]) for day in sorted(days)}


def _counts(found: Sequence[Status]) -> dict[Status, int]:
    return {status: found.count(status) for status in STATUSES}


def _kept(made: Sequence[Commitment], day: int, today: dt.date) -> Rate | None:
    """Of those whose day has come; a later workshop of the same client waits for its own."""
    ready = [one for one in made if one.start + dt.timedelta(days=day) <= today]
    kept = [one for one in ready if one.done_on and one.done_on <= one.start + dt.timedelta(days=day)]
    return _rate(len(kept), len(ready))


def _rate(k: int, n: int) -> Rate | None:
    return Rate(k=k, n=n) if n >= FEWEST else None
