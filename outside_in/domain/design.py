"""
The journey as people plan it: order, names, owners, measures, assumptions; and where it lacks an owner or a measure.

As a table it has one row per touchpoint, the same on the page, in the XLSX template and in the JSON file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from outside_in.domain.errors import BadInput
from outside_in.domain.journey import Journey, Touchpoint
from outside_in.domain.mapping import Planned
from outside_in.domain.model import Model
from outside_in.domain.text import Line, Text, line

COLUMNS: dict[str, Line] = {
    "place": line("Place"),
    "de": line("Name in German"),
    "en": line("Name in English"),
    "phase_de": line("Phase, German"),
    "phase_en": line("Phase, English"),
    "labels": line("Called in the data"),
    "channels": line("Channels"),
    "backstage": line("Behind the scenes"),
    "accountable": line("Accountable (A)"),
    "responsible": line("Responsible (R)"),
    "consulted": line("Consulted (C)"),
    "informed": line("Informed (I)"),
    "kpi": line("Measure"),
    "target": line("Target"),
    "truth": line("Moment of truth"),
    "why": line("Why"),
    "assumed": line("Team assumption, −2 to +2"),
    "id": line("No."),
}
LISTS = ("labels", "channels", "accountable", "responsible", "consulted", "informed")
WORDS = ("backstage", "kpi", "target", "why")
YES = {"true", "1", "1.0", "x", "ja", "yes", "j", "y", "wahr", "✓"}
NO = {"", "false", "0", "0.0", "nein", "no", "n", "falsch", "-", "none", "nan"}
MOST, LETTERS, CONSULTED = 60, 300, 3


class BadRow(BadInput):
    message = "Row {row}, “{field}”: “{value}” cannot be read."
    code = "journey-row"


class NoName(BadInput):
    message = "Row {row} has no name."
    code = "journey-name"


class SamePlace(BadInput):
    message = "Rows {row} and {other} have the same place, {value}."
    code = "journey-place"


class TooManyPoints(BadInput):
    message = "A journey has at most {most} touchpoints."
    code = "journey-long"


class Design(Model):
    persona: str = ""
    """Whose way it is, in a few words; no invented biography."""
    segment: str = ""
    """The filter that makes a persona more than a hypothesis."""
    accountable: tuple[str, ...] = ()
    """For the journey as a whole."""
    points: tuple[Planned, ...]

    def rows(self) -> list[dict[str, Any]]:
        return [_row(place, point) for place, point in enumerate(self.points, 1)]

    def drawn(self) -> Journey:
        """Without any feedback: everything is assumed."""
        points = tuple(Touchpoint(id=p.id, name=p.name, emotion=p.assumed, plan=p) for p in self.points)
        return Journey(name=Text(de="Kundenreise", en="Customer journey"), touchpoints=points, persona=self.persona)

    def with_rows(self, rows: Iterable[Mapping[str, Any]]) -> "Design":
        """
        The same journey with what somebody typed; empty rows are dropped, the order is that of the places.

        Raises BadRow, NoName, SamePlace, TooManyPoints, each naming the row as it was given, 1 being the first.
        """
        taken = [_Typed(number, row) for number, row in enumerate(rows, 1) if any(map(_filled, row.values()))]
        if len(taken) > MOST:
            raise TooManyPoints(most=MOST)
        places: dict[float, int] = {}
        for one in taken:
            if (place := one.place) in places:
                raise SamePlace(row=places[place], other=one.number, value=f"{place:g}")
            places[place] = one.number
        ids: set[str] = set()
        points = []
        for one in sorted(taken, key=lambda one: one.place):
            point = one.point(ids)
            ids.add(point.id)
            points.append(point)
        return self.model_copy(update={"points": tuple(points)})


class _Typed:
    """One row as somebody typed it."""

    def __init__(self, number: int, row: Mapping[str, Any]) -> None:
        self.number, self._row = number, row

    @property
    def place(self) -> float:
        return self._number("place") if _filled(self._row.get("place")) else 1_000.0 + self.number

    def point(self, taken: set[str]) -> Planned:
        de, en = self._text("de"), self._text("en")
        if not (de or en):
            raise NoName(row=self.number)
        told = {name: self._list(name) for name in LISTS} | {name: self._text(name) for name in WORDS}
        phase_de, phase_en = self._text("phase_de"), self._text("phase_en")
        assumed = self._number("assumed") if _filled(self._row.get("assumed")) else None
        if assumed is not None and not -2 <= assumed <= 2:
            raise self._bad("assumed")
        return Planned.model_validate(
            {
                "id": self._id(en or de, taken),
                "name": Text(de=de or en, en=en or de),
                "phase": Text(de=phase_de or phase_en, en=phase_en or phase_de),
                "truth": self._yes("truth"),
                "assumed": assumed,
                **told,
            }
        )

    def _id(self, name: str, taken: set[str]) -> str:
        known = self._text("id")
        if known and known not in taken and re.fullmatch(r"[a-z0-9-]{1,60}", known):
            return known
        base = re.sub(r"[^a-z0-9]+", "-", _ascii(name.casefold())).strip("-")[:50] or "touchpoint"
        return next(one for n in range(1, MOST + 2) if (one := base if n == 1 else f"{base}-{n}") not in taken)

    def _text(self, name: str) -> str:
        cell = self._row.get(name)
        words = " ".join(str(cell).split()) if _filled(cell) else ""
        if len(words) > LETTERS:
            raise self._bad(name)
        return words

    def _list(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for one in self._text(name).split(";") if (part := one.strip())))

    def _yes(self, name: str) -> bool:
        said = str(self._row.get(name, "") if self._row.get(name) is not None else "").strip().casefold()
        if said not in YES | NO:
            raise self._bad(name)
        return said in YES

    def _number(self, name: str) -> float:
        try:
            found = float(str(self._row[name]).replace(",", ".").replace("−", "-"))
        except ValueError:
            raise self._bad(name) from None
        if found != found or abs(found) > 1_000:
            raise self._bad(name)
        return found

    def _bad(self, name: str) -> BadRow:
        return BadRow(row=self.number, field=COLUMNS[name], value=str(self._row.get(name))[:60])


def _filled(cell: Any) -> bool:
    return cell is not None and cell is not False and str(cell).strip() not in ("", "nan", "None")


def _ascii(plain: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        plain = plain.replace(umlaut, letters)
    return plain


def _row(place: int, point: Planned) -> dict[str, Any]:
    return {
        "place": place,
        "de": point.name.de,
        "en": point.name.en,
        "phase_de": point.phase.de,
        "phase_en": point.phase.en,
        **{name: "; ".join(getattr(point, name)) for name in LISTS},
        **{name: getattr(point, name) for name in WORDS},
        "truth": point.truth,
        "assumed": point.assumed,
        "id": point.id,
    }


class Gap(NamedTuple):
    """What a journey lacks; `grave` where it breaks a rule (DOMAIN 8.1, 9), else a warning."""

    point: Text | None
    why: Line
    grave: bool


def gaps(design: Design, journey: Journey | None) -> tuple[Gap, ...]:
    """Exactly one accountable person, a measure at every moment of truth, no more than three to be consulted."""
    measured = {p.id for p in journey.touchpoints if p.evidence} if journey else set()
    found = [_owners(None, design.accountable)]
    for point in design.points:
        has = bool(point.kpi) or point.id in measured
        found.append(_owners(point.name, point.accountable))
        if point.truth and not has:
            found.append(Gap(point.name, line("A moment of truth without a measure."), True))
        elif not has:
            found.append(
                Gap(point.name, line("No measure: neither customers' scores nor a figure of your own."), False)
            )
        if not point.responsible:
            found.append(Gap(point.name, line("Nobody is responsible for doing it."), False))
        if len(point.consulted) > CONSULTED:
            found.append(Gap(point.name, line("More than three have to be asked before anything happens."), False))
        if point.kpi and not point.target:
            found.append(Gap(point.name, line("A measure without a target."), False))
    return tuple(one for one in found if one)


def _owners(point: Text | None, accountable: Sequence[str]) -> Gap | None:
    if len(accountable) == 1:
        return None
    if not accountable:
        said = line("Nobody is accountable.") if point else line("Nobody is accountable for the journey as a whole.")
        return Gap(point, said, True)
    said = line("{n} are accountable, so nobody is: {names}.", n=len(accountable), names=", ".join(accountable))
    return Gap(point, said, True)


def mermaid(journey: Journey, language: str) -> str:
    """The journey as a Mermaid diagram; its scores run from 1 to 5, where 3 is neither good nor bad."""
    lines = ["journey", f"    title {_plain(getattr(journey.name, language))}"]
    phase = None
    for point in journey.touchpoints:
        section = getattr(point.plan.phase, language) if point.plan else ""
        if section and section != phase:
            phase = section
            lines.append(f"    section {_plain(section)}")
        score = 3 if point.emotion is None else round(point.emotion) + 3
        kind = "" if point.evidence else (" (angenommen)" if language == "de" else " (assumed)")
        who = _plain(journey.persona) or ("Kundschaft" if language == "de" else "Customers")
        lines.append(f"      {_plain(getattr(point.name, language))}{kind}: {score}: {who}")
    return "\n".join(lines) + "\n"


def _plain(words: str) -> str:
    """Colons, semicolons and hashes mean something in Mermaid, and a line is a line."""
    return " ".join(re.sub(r"[:;#\n\r]", " ", words).split())
