"""Themes of a pile of comments in files, without a database: one file, a folder of parts, or a pattern."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from glob import glob
from pathlib import Path
from typing import Any, Literal

from outside_in import journeys, themes
from outside_in.content import library
from outside_in.domain.errors import BadInput
from outside_in.domain.feedback import Verbatim
from outside_in.domain.mapping import Field, Preset, Reading
from outside_in.domain.mapping import Mapping as Columns
from outside_in.domain.model import Model
from outside_in.domain.text import Say

Tell = Callable[[float], None]
KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".jsonl")
HOLLOW = ("file-empty", "file-no-rows")
"""What many systems write beside the parts that hold something."""


class NothingTaken(BadInput):
    message = "{why}"
    code = "file"


class NoParts(BadInput):
    message = "“{where}” holds no file with comments (CSV, XLSX, Parquet or JSONL)."
    code = "file-no-parts"


class NoFile(BadInput):
    message = "There is no file “{where}”."
    code = "file-missing"


class Asked(Model):
    """What the themes command was told."""

    where: str
    text: str | None = None
    encoder: Literal["builtin", "sentence-transformers"] = "builtin"
    model: str | None = None
    themes: int | None = None
    seed: int = 0
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None
    cache: Path | None = None


class Told(Model):
    document: dict[str, Any]
    """`outside-in/themes/1`"""
    note: str
    """One sentence where something fell back, else empty."""


def themes_of(asked: Asked, say: Say, progress: Tell) -> Told:
    with _hands(asked) as hands:
        comments = _comments(asked, hands, say, lambda share: progress(0.3 * share))
        found = themes.find_themes(
            comments,
            encoder=asked.encoder,
            model=asked.model,
            themes=asked.themes,
            seed=asked.seed,
            cache=asked.cache,
            hands=hands,
            progress=lambda share: progress(0.3 + 0.7 * share),
        )
    return Told(document=themes.to_json(found), note=say(found.note) if found.note else "")


def _hands(asked: Asked) -> AbstractContextManager[themes.Hands]:
    return themes.cluster(asked.scheduler) if asked.engine == "dask" else nullcontext(themes.OWN)


def parts_of(where: str) -> list[Path]:
    """The files of a folder or a pattern, part 2 before part 10; a single file is its own part."""
    place = Path(where)
    if place.is_dir():
        files = [file for file in place.rglob("*") if file.suffix.lower() in KINDS]
    elif not place.exists() and glob(where, recursive=True):
        files = [Path(name) for name in glob(where, recursive=True)]
    elif place.exists():
        return [place.absolute()]
    else:
        raise NoFile(where=where)
    parts = [file.absolute() for file in files if file.is_file() and not file.name.startswith((".", "_"))]
    if not parts:
        raise NoParts(where=where)
    return sorted(parts, key=_counting)


def _counting(file: Path) -> list[tuple[int, str]]:
    """Digits by their value."""
    return [(int(word), "") if word.isdigit() else (-1, word) for word in re.split(r"(\d+)", str(file)) if word]


def _comments(asked: Asked, hands: themes.Hands, say: Say, tell: Tell) -> list[Verbatim]:
    """Of all parts, with rows counted on as if they were one sheet."""
    first, *others = parts_of(asked.where)
    columns: dict[Field, str | None] = {"comment": asked.text} if asked.text else {}
    alone = _one(asked, columns, first, hands, tell if not others else lambda _: None)
    readings: Iterable[Reading] = [alone]
    if others:
        known = Columns(columns={**alone.columns, **columns}) if alone.accepted else Columns(columns=columns)
        rest = hands.each(_read, (known, library().presets), ((part,) for part in others))
        readings = _counted([alone], rest, 1 + len(others), tell)
    comments = _joined(readings, say)
    if not comments:
        raise NothingTaken(why=_why(alone, say))
    return comments


def _one(asked: Asked, columns: Mapping[Field, str | None], part: Path, hands: themes.Hands, tell: Tell) -> Reading:
    given = Columns(columns=columns)
    if asked.engine == "local":
        return journeys.read(part, mapping=given, presets=library().presets, progress=tell)
    return next(iter(hands.each(_read, (given, library().presets), [(part,)])))


def _read(shared: tuple[Columns, Sequence[Preset]], part: Path) -> Reading:
    """Where the worker stands, so the part must be in its reach too."""
    return journeys.read(part, mapping=shared[0], presets=shared[1])


def _counted(first: list[Reading], rest: Iterable[Reading], of: int, tell: Tell) -> Iterable[Reading]:
    for done, reading in enumerate((*first, *rest), 1):
        tell(done / of)
        yield reading


def _joined(readings: Iterable[Reading], say: Say) -> list[Verbatim]:
    comments: list[Verbatim] = []
    before = 0
    for reading in readings:
        if not reading.accepted and reading.problems and reading.problems[0].row is None:
            if reading.problems[0].code in HOLLOW:
                continue
            raise NothingTaken(why=_why(reading, say))
        comments += [_moved(one, before) for one in reading.verbatims if one.text]
        before += _last(reading) - 1
    return comments


def _moved(comment: Verbatim, before: int) -> Verbatim:
    return comment.model_copy(update={"row": comment.row + before}) if before else comment


def _last(reading: Reading) -> int:
    rows = [one.row for one in reading.verbatims] + [one.row for one in reading.problems if one.row]
    return max([*rows, 1 + reading.accepted + reading.rejected])


def _why(reading: Reading, say: Say) -> str:
    first = next(iter(journeys.report(reading, say).errors), None)
    if first is None:
        return say("No row can be taken.")
    if first.row is None:
        return first.message
    return say(
        "No comment of “{file}” can be read. Row {row}: {why}", file=reading.file, row=first.row, why=first.message
    )
