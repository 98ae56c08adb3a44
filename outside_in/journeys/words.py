"""What the import says about a file and its rows, in the reader's language."""

import csv
import io
import re

from outside_in.domain.feedback import Refusal, Report
from outside_in.domain.mapping import Problem, Reading
from outside_in.domain.text import Line, Say, line
from outside_in.journeys.refusals import CELL_LETTERS, KINDS

SENTENCES: dict[str, Line] = {
    "comment-empty": line("The row holds neither a comment nor a valid score."),
    "comment-too-long": line("The text is longer than {letters} characters.", letters=CELL_LETTERS),
    "value-number": line("“{value}” is not a number."),
    "value-range": line("{value} is not between {low} and {high}."),
    "value-date": line("“{value}” is not a date we can read."),
    "value-choice": line("“{value}” is neither yes nor no."),
    "value-time": line("“{value}” is not a time we can read."),
    "log-no-case": line("The row does not say which case it belongs to."),
    "log-no-activity": line("The row does not say what happened."),
    "row-too-many-cells": line("The row has {cells} cells, but the header only {columns}."),
    "row-control-characters": line("The row holds invisible control characters."),
    "duplicate-id": line("The number “{value}” already stands in row {first}."),
}
REASONS: dict[str, Line] = {
    "quote-open": line("A quotation mark is opened in this row and never closed."),
    "too-long": line("The row is too long to be read."),
}
"""Where one code covers more than one mishap."""
RISKY = re.compile(r"'*\s*[=+\-@\t\r\n\0＝＋－＠]")
AMOUNT = re.compile(r"[-+]?\d+(?:[.,]\d+)*")


def report(reading: Reading, say: Say) -> Report:
    """The report of CONTRACT, section 4."""
    return Report(
        accepted=reading.accepted,
        rejected=reading.rejected,
        redacted=reading.redacted,
        encoding=reading.encoding,
        separator=reading.separator,
        columns={str(field): column for field, column in reading.columns.items()},
        errors=tuple(_refusal(problem, say) for problem in reading.problems),
    )


def sentence(problem: Problem) -> Line:
    """Why, for whoever speaks the reader's language."""
    if problem.code in KINDS:
        return line(KINDS[problem.code].message, **problem.values)
    known = REASONS.get(problem.reason) or SENTENCES[problem.code]
    return line(known.message, **{"value": problem.value or "", **known.values, **problem.values})


def rejected_rows_csv(reading: Reading, say: Say) -> bytes:
    """Rejected rows as they stood in the file, each with its reasons, to be repaired there."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=reading.separator or ",", lineterminator="\r\n")
    table.writerow([say(line("Row")), say(line("Reason")), *map(harmless, reading.header)])
    for row in reading.rejected_rows:
        reasons = " ".join(say(sentence(problem)) for problem in row.problems)
        table.writerow([row.row, harmless(reasons), *map(harmless, row.cells)])
    return written.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """Text a spreadsheet would run gets an apostrophe; the import takes exactly one off again."""
    return f"'{cell}" if RISKY.match(cell) and not AMOUNT.fullmatch(cell) else cell


def _refusal(problem: Problem, say: Say) -> Refusal:
    return Refusal(
        row=problem.row,
        column=problem.column,
        value=problem.value,
        code=problem.code,
        message=say(sentence(problem)),
    )
