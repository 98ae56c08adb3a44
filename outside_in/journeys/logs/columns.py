"""Which column of a log is which, and what its times mean."""

import datetime as dt
import re
from collections.abc import Mapping

from outside_in.domain.flow import PARTS, Part
from outside_in.journeys import values
from outside_in.journeys.guess import folded
from outside_in.journeys.header import Header
from outside_in.journeys.refusals import (
    NoActivityColumn,
    NoCaseColumn,
    NoTimeColumn,
    Refused,
    UnknownColumn,
)
from outside_in.journeys.tables import Cell

NAMES: dict[Part, tuple[str, ...]] = {
    "case": (
        "case concept name", "case id", "caseid", "case", "fall", "fall id", "fallnummer", "vorgang", "vorgang id",
        "vorgangsnummer", "trace", "trace id", "ticket", "ticket id", "ticketnummer", "auftrag", "auftragsnummer",
        "claim id", "order id", "kundennummer", "customer id", "customer", "kunde",
    ),
    "activity": (
        "concept name", "activity", "aktivitaet", "activity name", "ereignis", "event", "event name", "schritt",
        "step", "task", "vorgangsschritt", "was", "action", "status",
    ),
    "time": (
        "time timestamp", "timestamp", "zeitstempel", "time", "zeit", "zeitpunkt", "datum", "date", "event time",
        "complete timestamp", "completed at", "start timestamp", "created at", "erstellt am", "wann",
    ),
    "channel": ("channel", "kanal", "kontaktkanal", "medium"),
    "actor": ("actor", "akteur", "org resource", "resource", "org role", "rolle", "bearbeiter", "wer", "user"),
    "score": ("score", "bewertung", "nps", "score nps", "csat", "ces", "rating"),
    "comment": ("comment", "kommentar", "bemerkung", "freitext", "verbatim", "note", "text"),
}  # fmt: skip
LACKING = {"case": NoCaseColumn, "activity": NoActivityColumn, "time": NoTimeColumn}
CUSTOMER = frozenset(("kunde", "kundin", "kunden", "kundschaft", "customer", "client", "caller", "anrufer"))
"""What an actor is called who is the customer."""
_MOMENT = re.compile(
    r"(?P<day>.*?\d)[T ,]{1,3}(?:um )?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?.*"
)
EPOCH = dt.datetime(1970, 1, 1)
EPOCH_UTC = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Places = dict[Part, int]


def places(header: Header, said: Mapping[Part, str | None]) -> Places:
    """Said by a person, else by name, the commonest name first; Refused where case, activity or time is missing."""
    found: Places = {}
    for part, column in said.items():
        if column is None:
            continue
        if (at := header.find(column)) is None:
            raise Refused(UnknownColumn, column=column)
        found[part] = at
    plain = [folded(name) for name in header.names]
    for part in PARTS:
        if part in said:
            continue
        free = (plain.index(name) for name in NAMES[part] if name in plain and plain.index(name) not in found.values())
        if (at := next(free, None)) is not None:
            found[part] = at
    for part, refusal in LACKING.items():
        if part not in found:
            raise Refused(refusal)
    return found


def moment(cell: Cell, order: values.Order) -> tuple[float, bool] | None:
    """Seconds since 1970, and whether a time zone was named; None for what is no time."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _counted(float(cell))
    if not isinstance(cell, str) or not (bare := cell.strip()[:80]):
        return None
    try:
        found = dt.datetime.fromisoformat(bare)
    except ValueError:
        return _written(bare, order)
    if found.tzinfo:
        return (found - EPOCH_UTC).total_seconds(), True
    return (found - EPOCH).total_seconds(), False


def _counted(value: float) -> tuple[float, bool] | None:
    """A spreadsheet's days, or seconds or milliseconds since 1970."""
    if 10_000 <= value < 110_000:
        return (value - (EPOCH.date() - values.DAY_ONE).days) * 86_400, False
    if 1e8 <= value < 1e11:
        return value, True
    return (value / 1_000, True) if 1e11 <= value < 1e14 else None


def _written(bare: str, order: values.Order) -> tuple[float, bool] | None:
    found = _MOMENT.fullmatch(bare)
    day = values.date(found["day"] if found else bare, order)
    if day is None:
        return None
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second")) if found else (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    if found and re.search(r"\b[ap]\.?m\b", bare, re.IGNORECASE):
        hour = hour % 12 + 12 * bool(re.search(r"\bp\.?m\b", bare, re.IGNORECASE))
    return (dt.datetime.combine(day, dt.time(hour, minute, second)) - EPOCH).total_seconds(), False
