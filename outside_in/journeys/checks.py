"""Row by row: accepted as a verbatim, or rejected with every reason there is."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from outside_in.domain.feedback import Verbatim
from outside_in.domain.mapping import Field, Problem, Scale
from outside_in.domain.measures import ANSWERS
from outside_in.journeys import values
from outside_in.journeys.guess import Places
from outside_in.journeys.redaction import Redactor
from outside_in.journeys.refusals import CELL_LETTERS
from outside_in.journeys.tables import Cell, Row, is_blank

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
"""They show nothing, and would hide an address from whoever looks for one."""
ESCAPED = re.compile(r"'(?='*\s{0,50}[=+\-@\t\r\n\0＝＋－＠])")
"""The apostrophe our own CSV files put before what a spreadsheet would run."""
SHOWN = 80
PLAIN: tuple[Field, ...] = (
    "feedback_id", "customer_id", "touchpoint", "channel", "language", "segment",
)  # fmt: skip
AMOUNTS: tuple[Field, ...] = ("tenure_years", "revenue")
DATES: tuple[Field, ...] = ("date", "left_on")


class Habits(NamedTuple):
    """How the columns of this file write what they hold."""

    scale: Scale
    order: values.Order
    comma: dict[Field, bool]
    escaped: bool
    """Whether the file may carry our apostrophes: CSV does, a workbook needs none."""


class Checks:
    """Knows the ids it has seen: asked row by row, in the file's order."""

    def __init__(self, names: tuple[str, ...], places: Places, habits: Habits, redactor: Redactor) -> None:
        self._names, self._habits = names, habits
        self._places = dict(sorted(places.items(), key=lambda item: item[1]))
        self._redact = redactor
        self._seen: dict[str, int] = {}

    def judge(self, row: Row) -> Verbatim | list[Problem]:
        if problems := list(self._shape(row)):
            return problems
        found: dict[str, object] = {"row": row.number}
        problems = [*self._read(row, found)]
        problems += self._said_anything(row, found)
        if problems:
            return problems
        if found.get("feedback_id"):
            self._seen[str(found["feedback_id"])] = row.number
        return Verbatim.model_validate(found)

    def _shape(self, row: Row) -> Iterator[Problem]:
        if row.flaw:
            shown = values.text(row.cells[0] if row.cells else "")
            yield self._problem(row, "comment", shown, "comment-too-long", reason=row.flaw)
            return
        surplus = [cell for cell in row.cells[len(self._names) :] if not is_blank(cell)]
        if surplus:
            yield Problem(
                row=row.number,
                value=self._told(values.text(surplus[0])),
                code="row-too-many-cells",
                values={"cells": len(row.cells), "columns": len(self._names)},
            )
        for at, cell in enumerate(row.cells[: len(self._names)]):
            if isinstance(cell, str) and CONTROL.search(cell):
                yield Problem(
                    row=row.number,
                    column=self._names[at],
                    value=self._told(cell),
                    code="row-control-characters",
                )
                return

    def _read(self, row: Row, found: dict[str, object]) -> Iterator[Problem]:
        for field in self._places:
            cell = self._cell(row, field)
            if is_blank(cell):
                continue
            if isinstance(cell, str) and len(cell) > CELL_LETTERS:
                yield self._problem(row, field, cell, "comment-too-long")
            elif field != "comment":
                yield from self._read_one(row, field, cell, found)

    def _read_one(self, row: Row, field: Field, cell: Cell, found: dict[str, object]) -> Iterator[Problem]:
        if field in PLAIN:
            plain = found[field] = _clean(values.text(cell))
            if field == "feedback_id" and plain in self._seen:
                first = self._seen[plain]
                yield self._problem(row, field, cell, "duplicate-id", first=first)
        elif field == "score":
            yield from self._score(row, cell, found)
        elif field in DATES:
            day = found[field] = values.date(cell, self._habits.order)
            if day is None:
                yield self._problem(row, field, cell, "value-date")
        elif field in AMOUNTS:
            yield from self._amount(row, field, cell, found)
        else:
            said = found[field] = values.choice(cell)
            if said is None:
                yield self._problem(row, field, cell, "value-choice")

    def _score(self, row: Row, cell: Cell, found: dict[str, object]) -> Iterator[Problem]:
        metric = self._habits.scale.scale or "nps"
        low, high = ANSWERS[metric]
        score = values.rating(cell, self._habits.comma.get("score", False))
        if score is None:
            yield self._problem(row, "score", cell, "value-number")
        elif not low <= score <= high:
            yield self._problem(row, "score", cell, "value-range", low=low, high=high)
        else:
            turned = low + high - score if self._habits.scale.low_is_good else score
            found.update(score=turned, metric=metric)

    def _amount(self, row: Row, field: Field, cell: Cell, found: dict[str, object]) -> Iterator[Problem]:
        amount = found[field] = values.number(cell, self._habits.comma.get(field, False))
        if amount is None:
            yield self._problem(row, field, cell, "value-number")
        elif field == "tenure_years" and not 0 <= amount <= 120:
            yield self._problem(row, field, cell, "value-range", low=0, high=120)

    def _said_anything(self, row: Row, found: dict[str, object]) -> Iterator[Problem]:
        """Redacts only what has a chance to be stored."""
        cell = self._cell(row, "comment")
        words = "" if is_blank(cell) else _clean(values.text(cell))
        if words and len(words) <= CELL_LETTERS:
            redacted = self._redact(words)
            found.update(text=redacted.text, redacted=redacted.kinds, doubtful=redacted.doubtful)
        elif not words and found.get("score") is None:
            yield self._problem(row, "comment", cell, "comment-empty")

    def _cell(self, row: Row, field: Field) -> Cell:
        at = self._places[field]
        cell = row.cells[at] if at < len(row.cells) else None
        if self._habits.escaped and isinstance(cell, str):
            return ESCAPED.sub("", cell, count=1) if cell.startswith("'") else cell
        return cell

    def _problem(self, row: Row, field: Field, cell: Cell, code: str, reason: str = "", **more: object) -> Problem:
        value = values.text(cell)
        return Problem(
            row=row.number,
            column=self._names[self._places[field]],
            value=self._told(value) if field == "comment" else _shown(value),
            code=code,
            reason=reason,
            values=more,
        )

    def _told(self, words: str) -> str:
        """What a report may repeat of somebody's words: no more than would be stored."""
        return _shown(self._redact(_clean(words[:400])).text)


def _clean(words: str) -> str:
    composed = unicodedata.normalize("NFC", words.translate(UNSEEN))
    return composed.replace("\r\n", "\n").replace("\r", "\n").strip()


def _shown(value: str) -> str:
    """Short, and with control characters written out."""
    visible = CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", value)
    return visible if len(visible) <= SHOWN else f"{visible[: SHOWN - 1]}…"
