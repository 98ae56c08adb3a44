"""The lines above the data: names of columns, and which survey tool wrote them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from outside_in.domain.mapping import Preset
from outside_in.journeys.refusals import COLUMNS, FileEmpty, Refused, TooManyColumns
from outside_in.journeys.tables import Row, Table
from outside_in.journeys.values import text


class Header(NamedTuple):
    names: tuple[str, ...]
    """Told apart: a repeated name gets “ (2)”."""
    hints: tuple[str, ...]
    """What further header lines say about a column, such as the question asked."""
    last: int
    """Number of the last header row."""
    preset: Preset | None = None

    def find(self, column: str) -> int | None:
        """Its place, also when the spelling is not quite the file's, or a hint is meant."""
        for names in (self.names, self.hints):
            if column in names:
                return names.index(column)
        plain = [_plain(name) for name in (*self.names, *self.hints)]
        wanted = _plain(column)
        return plain.index(wanted) % len(self.names) if wanted and wanted in plain else None


def read_header(table: Table, presets: Sequence[Preset], chosen: Preset | None = None) -> Header:
    """`chosen` is taken at its word; otherwise the presets look for their signature."""
    top = list(islice(_from_first_filled(table.rows()), 4))
    if not top:
        raise Refused(FileEmpty)
    names = _names(top[0])
    preset = chosen or next((one for one in presets if _signed(one, names)), None)
    lines = _header_lines(top, preset, names) if preset else 1
    hints = _hints(top[1:lines], len(names))
    return Header(_told_apart(names, hints), hints, top[lines - 1].number, preset)


def _from_first_filled(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        if not row.blank:
            yield row
            break
    yield from rows


def _names(row: Row) -> list[str]:
    if row.flaw == "too-long":
        raise Refused(TooManyColumns)
    names = [" ".join(text(cell).split())[:300] for cell in row.cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > COLUMNS:
        raise Refused(TooManyColumns)
    return names


def _signed(preset: Preset, names: Sequence[str]) -> bool:
    there = {_plain(name) for name in names}
    return all(any(_plain(one) in there for one in group) for group in preset.signature)


def _header_lines(top: list[Row], preset: Preset, names: list[str]) -> int:
    """Somebody may have deleted the extra lines before they saved the file."""
    if preset.mark:
        marked = [at for at, row in enumerate(top, 1) if _marked(row, preset.mark)]
        return min(marked[0], preset.header_lines) if marked else 1
    if preset.header_lines == 1 or len(top) < 2:
        return 1
    signed = {_plain(one) for group in preset.signature for one in group}
    places = [at for at, name in enumerate(names) if _plain(name) in signed]
    second = [text(cell).strip() for cell in top[1].cells]
    return 2 if not any(second[at] for at in places if at < len(second)) else 1


def _marked(row: Row, mark: str) -> bool:
    return any(text(cell).lstrip().startswith(mark) for cell in row.cells)


def _hints(rows: list[Row], width: int) -> tuple[str, ...]:
    hints = [""] * width
    for row in rows:
        for at, cell in enumerate(row.cells[:width]):
            words = " ".join(text(cell).split())[:300]
            if words and not words.startswith("{") and words not in hints[at]:
                hints[at] = f"{hints[at]} {words}".strip()
    return tuple(hints)


def _told_apart(names: list[str], hints: Sequence[str]) -> tuple[str, ...]:
    taken: set[str] = set(names)
    seen: set[str] = set()
    unique = []
    for at, name in enumerate(names):
        base = name or hints[at] or f"Column {at + 1}"
        fresh, count = base, 2
        while fresh in seen or (fresh != name and fresh in taken):
            fresh, count = f"{base} ({count})", count + 1
        seen.add(fresh)
        unique.append(fresh)
    return tuple(unique)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
