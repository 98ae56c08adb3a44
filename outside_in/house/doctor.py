"""Is all well? Settings, database, migrations, content, disk, optional parts: one sentence each."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Literal

from outside_in.domain.model import Model
from outside_in.domain.text import Line, line
from outside_in.house import House

ROOM = 500 << 20
"""Bytes on disk below which a workshop day gets tight."""
OPTIONAL = {
    "sentence_transformers": line("Sentence models"),
    "openai": line("Language models"),
    "psycopg": line("PostgreSQL"),
}


class Check(Model):
    id: str
    status: Literal["ok", "warn", "fail"]
    message: Line
    fix: Line | None = None


def checks(house: House, missing_settings: tuple[str, ...] = ()) -> list[Check]:
    """`missing_settings`: what the serving process found not to be in force."""
    return [
        *_settings(missing_settings),
        *_database(house),
        *_content(house),
        *_disk(house),
        *_optional(),
    ]


def _settings(missing: tuple[str, ...]) -> Iterator[Check]:
    if missing:
        yield Check(
            id="settings",
            status="fail",
            message=line("These settings are not in force: {names}.", names=", ".join(missing)),
            fix=line("Start with “python -m outside_in”."),
        )
    else:
        yield Check(id="settings", status="ok", message=line("All settings are in force."))


def _database(house: House) -> Iterator[Check]:
    problems = house.database.check()
    for problem in problems[:5]:
        yield Check(
            id="database",
            status="fail",
            message=line("The database is damaged: {what}", what=" ".join(problem.split())),
            fix=line("Restore the newest backup with “python -m outside_in restore”."),
        )
    if problems:
        return
    yield Check(id="database", status="ok", message=line("Every page and every event can be read."))
    behind = house.database.behind()
    yield Check(
        id="migrations",
        status="fail" if behind else "ok",
        message=line("The database has an older form.") if behind else line("The database is up to date."),
        fix=line("Start the server once.") if behind else None,
    )


def _content(house: House) -> Iterator[Check]:
    problems = house.library.problems()
    for problem in problems:
        yield Check(id="content", status="fail", message=problem.line, fix=line("Correct the file."))
    if not problems:
        yield Check(id="content", status="ok", message=line("All workshop content can be read."))


def _disk(house: House) -> Iterator[Check]:
    free = shutil.disk_usage(house.settings.data).free
    few = free < ROOM
    yield Check(
        id="disk",
        status="warn" if few else "ok",
        message=line("{n} MB are free on the disk.", n=free >> 20),
        fix=line("Make room before the workshop.") if few else None,
    )


def _optional() -> Iterator[Check]:
    for name, label in OPTIONAL.items():
        there = find_spec(name) is not None
        said = line("{name}: installed.", name=label) if there else line("{name}: not installed.", name=label)
        yield Check(id=f"optional-{name}", status="ok", message=said)
