"""The 30/60/90 report as a tagged PDF of one or two pages; no names, no league table."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from outside_in.domain.blocks import Block, Points
from outside_in.domain.follow_told import Section
from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Line, Say, Text
from outside_in.exports import telling
from outside_in.exports.clean import Clean
from outside_in.exports.files import Brand, File, named
from outside_in.exports.handout import FONT, compiled, printable_all

MOST = 700


def report(
    outcome: Outcome, told: Sequence[Section], days: int, say: Say, made: dt.datetime, brand: Brand | None = None
) -> File:
    say, brand = Clean(say, MOST), brand or Brand()
    title = say("Commitments after {n} days", n=days)
    data = {
        "title": title,
        "author": brand.name,
        "lang": say.language,
        "font": FONT,
        "under": " · ".join([say.value(outcome.title), *map(say, telling.occasion(outcome))]),
        "foot": say("For the group. No part of an appraisal, no ranking of people."),
        "notices": [say(notice) for notice in telling.notices(outcome)],
        "colours": {name: getattr(brand, name) for name in ("dk2", "lt2", "accent1", "accent2", "accent5")},
        "words": {"ours": "", "theirs": ""},
        "sections": [
            {"title": say(section.title), "blocks": [_block(block, say) for block in section.blocks]}
            for section in told
        ],
    }
    return File(named(outcome, "pdf", f"report-{days}"), "application/pdf", compiled(printable_all(data), made))


def _block(block: Block, say: Say) -> dict[str, Any]:
    table = block.table()
    if isinstance(block, Points):
        return {"kind": "list", "words": [], "items": [_cell(item, say) for item in block.items]}
    if table is None:
        return {"kind": "list", "words": [say(block.sentence())], "items": []}
    return {
        "kind": "table",
        "words": [say(block.sentence())],
        "columns": [2.4, *[1.4] * (len(table.columns) - 1)],
        "head": [say(column) for column in table.columns],
        "rows": [[_cell(cell, say) for cell in row] for row in table.rows],
    }


def _cell(cell: object, say: Say) -> str:
    return say(cell) if isinstance(cell, Line | Text) else say.value(cell)
