"""A file as rows of cells, whatever it was: streamed, twice if need be, never whole in memory."""

import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from outside_in.journeys import sniff
from outside_in.journeys.refusals import FileDamaged, FileTooLarge, Refused
from outside_in.journeys.sniff import Encoding

Cell = str | int | float | bool | None
LINE = 4_200_000
"""Letters; 200 cells of 20,000 fit in."""
SPAN = 400
"""Lines. A cell with more line breaks is a quotation somebody forgot to close."""


class Row(NamedTuple):
    number: int
    """As in a spreadsheet."""
    cells: list[Cell]
    flaw: str = ""
    """Why the row could not be taken apart."""

    @property
    def blank(self) -> bool:
        return not self.flaw and all(is_blank(cell) for cell in self.cells)


class Table(Protocol):
    encoding: str | None
    separator: str | None

    def rows(self) -> Iterator[Row]:
        """From the top, the header being the first one; may be asked for again."""
        ...


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def open_table(path: Path, limit: int) -> Table:
    if path.stat().st_size > limit:
        raise Refused(FileTooLarge, megabytes=limit // (1024 * 1024))
    kind = sniff.kind(path)
    if kind == "xlsx":
        from outside_in.journeys.workbooks import Workbook

        return Workbook(path)
    if kind == "parquet":
        from outside_in.journeys.parquet import ParquetTable

        return ParquetTable(path)
    return JsonLines(path) if kind == "jsonl" else Csv(path)


class Csv:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._encoding = sniff.encoding(path)
        self._mark, self._skip = sniff.separator(list(self._first_lines()))
        self.encoding: str | None = self._encoding.name
        self.separator: str | None = "," if self._mark == sniff.NO_MARK else self._mark

    def rows(self) -> Iterator[Row]:
        lines = islice(_lines(self.path, self._encoding), self._skip, None)
        for number, (cells, flaw) in enumerate(_records(lines, self._mark), 1):
            yield Row(number, list(cells), flaw)

    def _first_lines(self) -> Iterator[str]:
        letters = 0
        for line in islice(_lines(self.path, self._encoding), 60):
            yield line[:100_000]
            if (letters := letters + len(line)) > 400_000:
                return


class JsonLines:
    """One object per line. The first line is row 2: there is no header to be row 1."""

    separator: str | None = None

    def __init__(self, path: Path) -> None:
        self.path = path
        self._encoding = sniff.encoding(path)
        self.encoding: str | None = self._encoding.name
        self._keys = list(dict.fromkeys(key for _, item in self._objects() for key in item))

    def rows(self) -> Iterator[Row]:
        yield Row(1, [whole(key) for key in self._keys])
        for number, item in self._objects():
            yield Row(number, [_plain(item.get(key)) for key in self._keys])

    def _objects(self) -> Iterator[tuple[int, dict[str, object]]]:
        for number, line in enumerate(_lines(self.path, self._encoding), 2):
            yield number, _object(line) if line.strip() else {}


def _object(line: str) -> dict[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise Refused(FileDamaged) from None
    if not isinstance(found, dict):
        raise Refused(FileDamaged)
    return found


def _plain(value: object) -> Cell:
    if isinstance(value, str):
        return whole(value)
    if value is None or isinstance(value, int | float | bool):
        return value
    return whole(json.dumps(value, ensure_ascii=False))


def whole(text: str) -> str:
    """JSON can hold half a letter, which nothing can write down again."""
    return text.encode("utf-8", "replace").decode()


class _LineTooLong(Exception):
    pass


class _QuoteOpen(Exception):
    pass


def _lines(path: Path, encoding: Encoding) -> Iterator[str]:
    """A line beyond all measure ends early, without its line break: whoever reads on can tell."""
    with path.open(encoding=encoding.codec, errors=encoding.errors, newline="") as file:
        while line := file.readline(LINE):
            yield line
            while len(line) == LINE and line[-1] not in "\r\n":
                line = file.readline(LINE)


class _Feed:
    """Lines for the CSV reader; remembers those of the current row, to be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []
        self.row: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self.row.append(line)
        if len(line) >= LINE and line[-1] not in "\r\n":
            raise _LineTooLong
        if len(self.row) > 1 and (len(self.row) > SPAN or sum(map(len, self.row)) > LINE):
            raise _QuoteOpen
        return line

    def unclosed(self) -> bool:
        """Whether the file ended inside a quotation that began in an earlier line."""
        if len(self.row) < 2 or sum(line.count('"') for line in self.row) % 2 == 0:
            return False
        return self._at_end()

    def _at_end(self) -> bool:
        if not self._again:
            self._again.extend(islice(self._lines, 1))
        return not self._again

    def go_on_after_first(self) -> None:
        self._again += reversed(self.row[1:])


def _records(lines: Iterator[str], mark: str) -> Iterator[tuple[list[str], str]]:
    """Cells and flaw of every row. A forgotten quotation mark costs one row, not the rest."""
    csv.field_size_limit(2 * LINE)
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=mark)
    while True:
        feed.row.clear()
        try:
            cells, flaw = next(reader), ""
        except StopIteration:
            return
        except _LineTooLong:
            cells, flaw = [feed.row[-1][:100]], "too-long"
        except (_QuoteOpen, csv.Error):
            cells, flaw = [], "quote-open"
        if not flaw and feed.unclosed():
            cells, flaw = [], "quote-open"
        if flaw == "quote-open":
            cells = next(csv.reader(feed.row[:1], delimiter=mark), [])
            feed.go_on_after_first()
        if flaw:
            reader = csv.reader(feed, delimiter=mark)
        yield cells, flaw
