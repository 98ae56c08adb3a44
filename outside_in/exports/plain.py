"""Tables as CSV. No cell of it is ever a formula."""

import csv
import datetime as dt
import re
from io import StringIO
from typing import Literal

from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Line, Say, Text
from outside_in.exports.clean import Clean
from outside_in.exports.files import File
from outside_in.exports.tables import Sheet, Value, sheets

LIVE = re.compile(r"'*\s*[=+\-@\t\r\n\0＝＋－＠]")
"""
What makes a spreadsheet calculate, also behind blanks (OWASP ASVS 1.2.10); behind apostrophes, too,
so that taking off exactly one always gives back what was there.
"""
MOST = 20_000


def tables(outcome: Outcome, say: Say, separator: Literal[",", ";"] = ",") -> list[File]:
    """One file per table, also for an empty one: whoever reads them finds the same names every time."""
    return [
        File(f"{sheet.key}.csv", "text/csv; charset=utf-8", _written(sheet, Clean(say, MOST), separator))
        for sheet in sheets(outcome)
    ]


def _written(sheet: Sheet, say: Say, separator: str) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(harmless(column.key) for column in sheet.columns)
    writer.writerows([_cell(value, say) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Value, say: Say) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dt.date():
            return value.isoformat()
        case Text() | Line():
            return harmless(say(value))
        case str():
            return harmless(say.value(value))
    return value


def harmless(words: str) -> str:
    """With a leading apostrophe where a spreadsheet would calculate; our import takes it off again."""
    return f"'{words}" if LIVE.match(words) else words
