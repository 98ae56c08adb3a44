"""A log's rows as columns of numbers: one integer per case and activity, one float per time."""

from array import array
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outside_in.domain.flow import Part
from outside_in.domain.mapping import Problem
from outside_in.journeys import values
from outside_in.journeys.header import Header, read_header
from outside_in.journeys.logs.columns import Places, moment, places
from outside_in.journeys.logs.xes import Xes, is_xes
from outside_in.journeys.refusals import (
    CELL_LETTERS,
    MEGABYTE,
    FileTooLarge,
    MixedZones,
    NoEvents,
    NoRows,
    Refused,
    TooManyActivities,
)
from outside_in.journeys.tables import Cell, Row, Table, is_blank, open_table

EVENTS = 5_000_000
ACTIVITIES = 2_000
PROBLEMS = 1_000
SAMPLE = 2_000
LOOK = 20_000
"""Rows between two words about how far it is."""
DONE = frozenset(("", "complete"))
"""Of a log that writes the start and the end of everything, only ends are events."""
LIFECYCLE = "lifecycle:transition"

Codes = NDArray[np.int64]


class Events(NamedTuple):
    """In order of case and time; codes point into the lists of names."""

    case: Codes
    activity: Codes
    at: NDArray[np.float64]
    """Days since 1970."""
    channel: Codes
    actor: Codes
    score: NDArray[np.float64]
    row: Codes
    cases: list[str]
    activities: list[str]
    channels: list[str]
    actors: list[str]
    words: Mapping[int, str]
    """By row: what was said there, as it stands in the file."""


class Source:
    """A log that has been opened: its header is known, its rows are read once."""

    def __init__(self, path: Path, limit: int, said: Mapping[Part, str | None]) -> None:
        if path.stat().st_size > limit:
            raise Refused(FileTooLarge, megabytes=limit // MEGABYTE, rows=EVENTS)
        self._table: Table = Xes(path) if is_xes(path) else open_table(path, limit)
        self.header: Header = read_header(self._table, ())
        self._said = said
        self.problems: list[Problem] = []
        self.rejected = 0

    @property
    def places(self) -> Places:
        return places(self.header, self._said)

    def columns(self) -> dict[Part, str]:
        return {part: self.header.names[at] for part, at in self.places.items()}

    def rows(self) -> Iterator[Row]:
        return (row for row in self._table.rows() if row.number > self.header.last and not row.blank)

    def events(self) -> Iterator[int | Events]:
        """Numbers of rows read so far, and at the end the events."""
        where, order = self.places, self._order()
        column = _Columns(self.header.names, where, order)
        ends = self._ends()
        number = 0
        for number, row in enumerate(self.rows(), 1):
            if number > EVENTS:
                raise Refused(FileTooLarge, rows=EVENTS)
            if ends is not None and str(_cell(row, ends) or "").lower() not in DONE:
                continue
            if (problem := column.take(row)) is not None:
                self.rejected += 1
                if len(self.problems) < PROBLEMS:
                    self.problems.append(problem)
            if number % LOOK == 0:
                yield number
        if not number:
            raise Refused(NoRows)
        if not len(column.at):
            raise Refused(NoEvents, row=self.problems[0].row if self.problems else self.header.last + 1)
        yield column.events()

    def _order(self) -> values.Order:
        days, at = values.Days(), self.places["time"]
        for row in islice(self.rows(), SAMPLE):
            days.see(_cell(row, at))
        return days.order

    def _ends(self) -> int | None:
        """The place of the column that tells starts from ends, where the log writes both."""
        at = self.header.find(LIFECYCLE)
        if at is None:
            return None
        written = {str(_cell(row, at) or "").lower() for row in islice(self.rows(), SAMPLE)}
        return at if "complete" in written else None


class _Columns:
    def __init__(self, names: tuple[str, ...], where: Places, order: values.Order) -> None:
        self._names, self._where, self._order = names, where, order
        self._case, self._activity, self._time = where["case"], where["activity"], where["time"]
        self._codes: dict[Part, dict[str, int]] = {part: {} for part in ("case", "activity", "channel", "actor")}
        self._kept: dict[Part, array[int]] = {part: array("q") for part in self._codes}
        self.at, self._score, self._row = array("d"), array("d"), array("q")
        self._words: dict[int, str] = {}
        self._zoned: dict[bool, int] = {}

    def take(self, row: Row) -> Problem | None:
        if row.flaw:
            return Problem(row=row.number, code="comment-too-long", reason=row.flaw)
        case, activity = _text(row, self._case), _text(row, self._activity)
        if not case or not activity:
            part: Part = "activity" if case else "case"
            return Problem(row=row.number, column=self._names[self._where[part]], code=f"log-no-{part}")
        when = moment(_cell(row, self._time), self._order)
        if when is None:
            shown = _text(row, self._time)[:80]
            return Problem(row=row.number, column=self._names[self._time], value=shown, code="value-time")
        self._zone(when[1], row.number)
        self.at.append(when[0] / 86_400)
        self._row.append(row.number)
        self._put("case", case)
        self._put("activity", activity)
        self._rest(row)
        return None

    def _rest(self, row: Row) -> None:
        for part in ("channel", "actor"):
            self._put(part, _text(row, self._where[part])[:80] if part in self._where else "")  # type: ignore[index]
        score = values.rating(_cell(row, self._where["score"])) if "score" in self._where else None
        self._score.append(float("nan") if score is None else score)
        if "comment" in self._where and (words := _text(row, self._where["comment"])):
            self._words[row.number] = words[:CELL_LETTERS]

    def _put(self, part: Part, name: str) -> None:
        codes = self._codes[part]
        code = codes.setdefault(name, len(codes))
        if part == "activity" and code >= ACTIVITIES:
            raise Refused(TooManyActivities, column=self._names[self._activity], most=ACTIVITIES)
        self._kept[part].append(code)

    def _zone(self, named: bool, row: int) -> None:
        self._zoned.setdefault(named, row)
        if len(self._zoned) == 2:
            raise Refused(MixedZones, row=max(self._zoned.values()))

    def events(self) -> Events:
        """Ties keep the order of the file."""
        whole = {part: np.frombuffer(codes, np.int64) for part, codes in self._kept.items()}
        at = np.frombuffer(self.at, np.float64)
        order = np.lexsort((at, whole["case"]))
        return Events(
            case=whole["case"][order],
            activity=whole["activity"][order],
            at=at[order],
            channel=whole["channel"][order],
            actor=whole["actor"][order],
            score=np.frombuffer(self._score, np.float64)[order],
            row=np.frombuffer(self._row, np.int64)[order],
            cases=list(self._codes["case"]),
            activities=list(self._codes["activity"]),
            channels=list(self._codes["channel"]),
            actors=list(self._codes["actor"]),
            words=self._words,
        )


def _cell(row: Row, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _text(row: Row, at: int) -> str:
    cell = _cell(row, at)
    if isinstance(cell, str):
        return " ".join(cell.split())
    return "" if is_blank(cell) else values.text(cell)
