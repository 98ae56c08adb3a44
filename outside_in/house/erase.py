"""Deletion on request or when its time has come, with a certificate of what is gone."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from outside_in.domain.errors import Unknown
from outside_in.domain.follow import CHECKS, commitments, nameless
from outside_in.domain.people import OPERATOR
from outside_in.domain.workshop import Workshop
from outside_in.house import House
from outside_in.store.backup import backup

DAY = 86400.0
KEPT_DAYS = 180
"""A workshop and all that belongs to it, after its last check-in, or the last that happened in it."""
COMMENTS_DAYS = 90
"""Customers' comments, after the same; figures and themes stay."""
NAMES_DAYS = 30
"""Names under commitments, after the last check-in."""


def erase(
    house: House, *, participant: str | None = None, workshop: str | None = None, expired: bool = False
) -> dict[str, Any]:
    """Exactly one of the three; gives the certificate."""
    gone: list[str] = []
    files: list[str] = []
    if participant:
        gone = _participant(house, participant)
    for code in [workshop] if workshop else due(house, KEPT_DAYS) if expired else []:
        one, made = _workshop(house, code)
        gone, files = gone + one, files + made
    if expired:
        gone += [f"comments of workshop {code}" for code in _comments(house)]
        gone += [f"names in session {code}" for code in _names(house)]
    return _certificate(house, gone, files)


def _certificate(house: House, gone: list[str], files: list[str]) -> dict[str, Any]:
    house.database.log.note(OPERATOR, "erased")
    house.database.notebooks.tidy()
    clean = house.database.tidied()
    old, new = _backups(house) if gone else ([], None)
    at = dt.datetime.fromtimestamp(house.clock(), dt.UTC).isoformat(timespec="seconds")
    return {
        "format": "outside-in/erased/1",
        "at": at,
        "erased": gone,
        "files": [Path(path).name for path in _unlinked(house, files)] if gone else [],
        "log_emptied": clean,
        "backups": {"removed": old, "made": new},
        "elsewhere": "Copies that were made by hand, sent or taken home are not reached.",
    }


def _participant(house: House, who: str) -> list[str]:
    """A leader by id: the name, the commitments and whatever still carries the id."""
    found = []
    for code in house.sessions.codes():
        if who in house.sessions.of(code).joined:
            house.change(OPERATOR, code, lambda now: now.forget(OPERATOR, who))
            house.database.sessions.compact(code)
            found.append(f"leader in session {code}")
    if not found:
        raise Unknown(name=who)
    house.database.doors.forget(principal=who)
    return found


def _workshop(house: House, code: str) -> tuple[list[str], list[str]]:
    """What went, and the files that its work has left."""
    known = house.workshops.of(code.replace("-", "").upper())
    files = house.database.jobs.files(known.code)
    house.database.corpora.drop(known.code)
    house.database.jobs.drop(known.code)
    house.database.layers.drop(known.code)
    house.database.written.drop(known.code)
    for session in known.sessions:
        house.sessions.erase(session)
    house.workshops.erase(known.code)
    house.database.doors.forget(codes=(known.code, *known.sessions))
    return [f"workshop {known.code}", *(f"session {session}" for session in known.sessions)], files


def _comments(house: House) -> list[str]:
    late = unread(house)
    for code in late:
        for batch in house.workshops.of(code).batches:
            house.database.corpora.drop(code, batch.id)
    return late


def unread(house: House) -> list[str]:
    """Workshops whose comments have had their time; those of a sample are nobody's."""
    late = [code for code in due(house, COMMENTS_DAYS) if not house.workshops.of(code).sample]
    return [code for code in late if house.database.corpora.verbatims(code)]


def _names(house: House) -> list[str]:
    late = named(house)
    for code in late:
        house.database.sessions.compact(code, nameless)
    return late


def named(house: House) -> list[str]:
    """Sessions that nobody follows up any more and that still hold names."""
    late = (house.workshops.of(code) for code in due(house, NAMES_DAYS))
    sessions = [code for workshop in late for code in workshop.sessions]
    return [code for code in sessions if nameless(now := house.sessions.of(code)) != now]


def overdue(house: House) -> bool:
    """Whether anything has had its time."""
    return bool(due(house, KEPT_DAYS) or unread(house) or named(house))


def due(house: House, days: int) -> list[str]:
    """Workshops in which nothing has happened for so long."""
    today = dt.date.fromtimestamp(house.clock())
    every = (house.workshops.of(code) for code in house.workshops.codes())
    return [one.code for one in every if last_day(house, one) + dt.timedelta(days=days) < today]


def last_day(house: House, workshop: Workshop) -> dt.date:
    """Its date, its last file, its last session, its last check-in: whichever comes last."""
    sessions = [house.sessions.of(code) for code in workshop.sessions]
    times = [batch.at for batch in workshop.batches]
    times += [at for one in sessions for at in (one.started, one.ended, one.due) if at]
    days = [workshop.about.date, *map(dt.date.fromtimestamp, times)]
    days += [card.start + dt.timedelta(days=CHECKS[-1]) for one in sessions for card in commitments(one)]
    return max(days)


# files beside the database ----------------------------------------------------------------------


def _unlinked(house: House, files: Iterable[str]) -> list[str]:
    """Documents, uploads and what a sentence model said; never anything outside of our folder."""
    known = [*map(Path, files), *house.settings.vectors.glob("**/*")]
    ours = [path for path in known if path.is_file() and path.resolve().is_relative_to(house.settings.data.resolve())]
    for path in ours:
        path.unlink(missing_ok=True)
    return [str(path) for path in ours]


def _backups(house: House) -> tuple[list[str], str | None]:
    """Automatic backups hold what was erased: a new one takes the place of all of them."""
    before = sorted(house.settings.backups.glob("*.zip"))
    if not before:
        return [], None
    made = Path(backup(house.database, house.settings.backups)["file"]).name
    for path in before:
        path.unlink(missing_ok=True)
    return [path.name for path in before], made
