"""Excel workbooks from strangers: counted before they are opened, streamed when they are."""

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from outside_in.journeys.refusals import (
    MEGABYTE,
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileTooLarge,
    FileType,
    Refused,
)
from outside_in.journeys.tables import Cell, Row, is_blank

UNPACKED = 256 * MEGABYTE
RATIO = 200
MEMBERS = 1_000
WIDEST = 300
"""Columns read of a row; more than the header may have, so that the surplus shows."""
ROWS_READ = 1_048_577


class Workbook:
    """
    The first sheet with anything in it; formulas count as the values they had when saved.

    Reading a workbook is slow, so what was read once is kept in a file of its own for the
    second time.
    """

    encoding: str | None = None
    separator: str | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept: IO[str] | None = None
        check_package(path)

    def rows(self) -> Iterator[Row]:
        if self._kept is None:
            return self._read_and_keep()
        self._kept.seek(0)
        return (Row(*json.loads(line)) for line in self._kept)

    def _read_and_keep(self) -> Iterator[Row]:
        kept = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - outlives this call
        for row in _rows(self.path):
            kept.write(json.dumps(row[:2], ensure_ascii=True) + "\n")
            yield row
        self._kept = kept


def check_package(path: Path) -> None:
    """Nothing is unpacked before the list of members has been believed."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused(FileDamaged) from None
    if any(member.flag_bits & 1 for member in members):
        raise Refused(FileEncrypted)
    _check_size(members, path.stat().st_size)
    names = {member.filename for member in members}
    if any(name.startswith(("/", "\\")) or ".." in name for name in names):
        raise Refused(FileDamaged)
    if not any(name.startswith("xl/workbook") for name in names):
        raise Refused(FileType)


def _check_size(members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS or unpacked > UNPACKED or unpacked > RATIO * max(packed, 1):
        raise Refused(FileTooLarge)


def _rows(path: Path) -> Iterator[Row]:
    from openpyxl import load_workbook

    try:
        with path.open("rb") as file:  # a file, not a name: the extension means nothing
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            yield from _first_filled(book)
    except (MemoryError, Refused):
        raise
    except Exception as error:  # openpyxl lets any error of zip, XML and numbers through
        raise Refused(FileDamaged) from error


def _first_filled(book: Any) -> Iterator[Row]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # a file may claim fewer rows than it has
        anything = False
        for row in _sheet_rows(sheet):
            anything = anything or not row.blank
            yield row
        if anything:
            return
    raise Refused(FileEmpty)


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    read = sheet.iter_rows(max_col=WIDEST, max_row=ROWS_READ, values_only=True)
    for number, values in enumerate(read, 1):
        yield Row(number, _cells(values))


def _cells(values: tuple[Any, ...]) -> list[Cell]:
    cells = [_cell(value) for value in values]
    while cells and is_blank(cells[-1]):
        cells.pop()
    return cells


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value.replace("_x000D_", "")  # what Excel makes of a carriage return
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    return str(value)
