"""The command line's way of a feedback file: judged, or stored."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from outside_in import journeys
from outside_in.content import library
from outside_in.domain.errors import Unknown
from outside_in.domain.feedback import Report
from outside_in.domain.flow import Part
from outside_in.domain.mapping import Mapping, Preset, Reading
from outside_in.domain.model import Model
from outside_in.domain.people import OPERATOR
from outside_in.domain.text import Say
from outside_in.domain.workshop import About, Workshop
from outside_in.house import FIRST, House
from outside_in.house.piles import NothingTaken
from outside_in.house.tasks import draw, stored

Tell = Callable[[float], None]
AGENDA = "90-minutes"


class Given(Model):
    path: Path
    mapping: Path | None = None
    preset: str | None = None


class Taken(Model):
    report: Report
    document: dict[str, Any]


def dry_run(given: Given, say: Say, preview: int | None, tell: Tell) -> Taken:
    """What the file would come to; needs no database."""
    return _taken(_read(given, tell), say, preview)


def store(house: House, given: Given, workshop: str | None, say: Say, preview: int | None, tell: Tell) -> Taken:
    """One batch of the workshop, or of a new one named after the file."""
    reading = _read(given, tell)
    taken = _taken(reading, say, preview)
    if not reading.accepted:
        return taken
    code = _known(house, workshop) if workshop else _new(house, given.path.stem, say).code
    stored(house, OPERATOR, code, reading)
    draw(house, OPERATOR, code, {}, tell)
    return taken.model_copy(update={"document": {**taken.document, "workshop": code}})


def journeys_of(path: Path, columns: dict[Any, str | None], *, progress: Tell, say: Say) -> dict[str, Any]:
    """The `outside-in/journeys/1` document of an event log; a column of None is guessed."""
    told: dict[Part, str | None] = {part: name for part, name in columns.items() if name}
    report = journeys.read_log(path, columns=told, progress=progress)
    if report.flow is None:
        raise NothingTaken(why=say(journeys.sentence(report.problems[0])))
    document: dict[str, Any] = journeys.flow_document(report.flow)
    return document


def _read(given: Given, tell: Tell) -> Reading:
    mapping = journeys.mapping_from_json(given.mapping.read_bytes()) if given.mapping else Mapping()
    return journeys.read(
        given.path, mapping=mapping, presets=library().presets, preset=_preset(given.preset), progress=tell
    )


def _preset(name: str | None) -> Preset | None:
    if name is None:
        return None
    for preset in library().presets:
        if preset.id == name:
            return preset
    raise Unknown(name=name)


def _taken(reading: Reading, say: Say, preview: int | None) -> Taken:
    report = journeys.report(reading, say)
    document = json.loads(report.model_dump_json())
    if preview is not None:
        document["preview"] = [
            {"row": v.row, "comment": v.text, "redacted": list(v.redacted)} for v in reading.verbatims[:preview]
        ]
    return Taken(report=report, document=document)


def _known(house: House, wanted: str) -> str:
    """By code, or by its title."""
    for code in house.workshops.codes():
        if wanted.upper().replace("-", "") == code or house.workshops.of(code).about.title == wanted:
            return code
    raise Unknown(name=wanted)


def _new(house: House, title: str, say: Say) -> Workshop:
    today = dt.date.fromtimestamp(house.clock())
    about = About(title=title[:120] or "–", language=say.language, date=today)
    workshop = Workshop(code=house.new_code(), hosts=(FIRST,), about=about, steps=house.library.agenda(AGENDA).steps)
    house.workshops.open(workshop)
    return workshop
