"""Deletion on request or when its time has come, with a certificate of what is gone."""

import datetime as dt
from typing import Any

from outside_in.domain.errors import Unknown
from outside_in.domain.people import OPERATOR
from outside_in.house import House

DAY = 86400.0
KEPT_DAYS = 180
"""A workshop and all that belongs to it, after its date."""


def erase(
    house: House, *, participant: str | None = None, workshop: str | None = None, expired: bool = False
) -> dict[str, Any]:
    """Exactly one of the three; gives the certificate."""
    gone: list[str] = []
    if participant:
        gone = _participant(house, participant)
    elif workshop:
        gone = _workshop(house, workshop)
    elif expired:
        gone = [one for code in _expired(house) for one in _workshop(house, code)]
    house.database.log.note(OPERATOR, "erased")
    at = dt.datetime.fromtimestamp(house.clock(), dt.UTC).isoformat(timespec="seconds")
    return {"format": "outside-in/erased/1", "at": at, "erased": gone}


def _participant(house: House, who: str) -> list[str]:
    """A leader by id: the name, the commitments and whatever still carries the id."""
    found = []
    for code in house.sessions.codes():
        if who in house.sessions.of(code).joined:
            house.change(OPERATOR, code, lambda now: now.forget(OPERATOR, who))
            found.append(f"leader in session {code}")
    if not found:
        raise Unknown(name=who)
    house.database.doors.revoke_all(who)
    return found


def _workshop(house: House, code: str) -> list[str]:
    known = house.workshops.of(code.replace("-", "").upper())
    house.database.corpora.drop(known.code)
    house.database.jobs.drop(known.code)
    house.database.layers.drop(known.code)
    house.database.written.drop(known.code)
    for session in known.sessions:
        house.sessions.erase(session)
    house.workshops.erase(known.code)
    return [f"workshop {known.code}", *(f"session {session}" for session in known.sessions)]


def _expired(house: House) -> list[str]:
    today = dt.date.fromtimestamp(house.clock())
    last = today - dt.timedelta(days=KEPT_DAYS)
    return [code for code in house.workshops.codes() if house.workshops.of(code).about.date < last]
