"""The protocol as a tagged PDF: the same outcome and moment give the same bytes."""

import base64
import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import typst

from outside_in.domain.blocks import (
    Bars,
    Block,
    Curve,
    Estimates,
    Grid,
    Invitation,
    Links,
    Money,
    Pairs,
    Points,
    Promise,
    Quadrant,
    Sayings,
    Shift,
    Slope,
    Spread,
    TooFew,
    Tornado,
    Voice,
)
from outside_in.domain.outcome import Outcome, Part
from outside_in.domain.text import Figure, Line, Say, Text, line
from outside_in.exports import telling
from outside_in.exports.clean import Clean
from outside_in.exports.files import Brand, File, named
from outside_in.exports.glyphs import LACKS, printable
from outside_in.exports.tables import quartiles

HERE = Path(__file__).parent
FONTS = HERE.parent / "brand"
FONT = "Inter"
"""The one we ship; a brand's own font would have to be there when the PDF is made."""
MOST, QUOTES = 700, 3
Json = dict[str, Any]


def handout(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    told = printable_all(_Protocol(outcome, Clean(say, MOST), brand).data())
    if LACKS in json.dumps(told):
        note = say("{mark} stands for characters our font does not have; the workbook holds them.", mark=LACKS)
        told["sections"][-1]["blocks"][-1]["items"].append(note)
    return File(named(outcome, "pdf"), "application/pdf", compiled(told, made))


def compiled(told: Json, made: dt.datetime) -> bytes:
    """What PDF/UA forbids is an error, not a flaw."""
    data: bytes = typst.compile(
        HERE / "handout.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(told)},
        pdf_standards=["ua-1"],
        timestamp=int(made.timestamp()),
    )
    return data


def printable_all(told: Any) -> Any:
    match told:
        case str():
            return printable(told, FONTS / f"{FONT}-Regular.otf")
        case Mapping():
            return {key: printable_all(value) for key, value in told.items()}
        case list() | tuple():
            return [printable_all(value) for value in told]
    return told


class _Protocol:
    def __init__(self, outcome: Outcome, say: Say, brand: Brand) -> None:
        self.outcome, self.say, self.brand = outcome, say, brand

    def data(self) -> Json:
        title = self.say.value(self.outcome.title) or self.say("Workshop")
        client = [self.say(telling.client(self.outcome))] if self.outcome.client else []
        under = [*client, self.say.value(self.outcome.date), self.say(telling.audience(self.outcome))]
        sections = [
            *(self._part(part) for part in self.outcome.parts),
            self._journey(),
            self._themes(),
            self._commitments(),
            self._dates(),
            self._method(),
        ]
        return {
            "lang": self.say.language,
            "title": title,
            "author": self.brand.name,
            "font": FONT,
            "foot": " · ".join((self.brand.footer or self.brand.name, title, *client)),
            "under": " · ".join(under),
            "logo": list(base64.b64decode(self.brand.logo)) or None,
            "notices": [*map(self.say, telling.notices(self.outcome))],
            "colours": self.brand.model_dump(exclude={"name", "font", "footer", "logo"}),
            "words": {"ours": self.say("We guess"), "theirs": self.say("Customers say")},
            "sections": [section for section in sections if section and section["blocks"]],
        }

    # the steps ------------------------------------------------------------

    def _part(self, part: Part) -> Json:
        sections = telling.sections(part)
        blocks = [self._block(s.block, [*map(self.say, s.words)]) for s in sections if not isinstance(s.block, Promise)]
        return {"title": self.say(part.title), "blocks": [block for block in blocks if block]}

    def _block(self, block: Block | None, words: list[str]) -> Json | None:
        draw = DRAW.get(type(block))
        told = draw(self, block) if draw else None
        if told is None:
            said = [*words, *([self.say(block.sentence())] if isinstance(block, TooFew) else [])]
            return {"kind": "list", "items": said, "words": []} if said else None
        return {**told, "words": [*words, *told.get("words", [])]}

    def _pairs(self, block: Pairs) -> Json:
        low, high = block.scale
        ticks = [low, (low + high) / 2, high]
        return {
            "kind": "gaps",
            "alt": self.say(block.sentence()),
            "low": low,
            "high": high,
            "unit": self.say(block.unit),
            "ticks": [
                {"at": t, "told": self.say.value(Figure(value=t, digits=0 if t == int(t) else 1))} for t in ticks
            ],
            "rows": [self._pair(row) for row in block.rows],
        }

    def _pair(self, row: Pairs.Row) -> Json:
        known = row.outside
        told = self.say(
            "{ours} / {theirs} (n = {n})",
            ours=known.figure(row.inside),
            theirs=known.figure(known.value),
            n=known.n,
        )
        ends = {"from": known.low, "to": known.high}
        return {
            "name": self.say(row.label),
            "inside": row.inside,
            "outside": known.value,
            **ends,
            "told": told,
        }

    def _bars(self, block: Bars) -> Json:
        rows = [
            {
                "name": self.say(row.label),
                "count": row.count,
                "told": self.say(
                    "{count} of {n} ({low} to {high})",
                    count=row.count,
                    n=block.n,
                    low=Figure(value=100 * row.low, unit="%"),
                    high=Figure(value=100 * row.high, unit="%"),
                ),
            }
            for row in block.rows
        ]
        return {"kind": "bars", "alt": self.say(block.sentence()), "most": max(1, block.n), "rows": rows}

    def _spread(self, block: Spread) -> Json:
        """Median and quartiles: the lowest and the highest guess are somebody's."""
        heads = (
            block.head,
            line("Answers"),
            line("Lower quartile"),
            line("Median"),
            line("Upper quartile"),
        )
        rows = []
        for row in block.rows:
            q1, q3 = quartiles(row)
            figures = (Figure(value=x, digits=0 if x == int(x) else 1) for x in (q1, row.median, q3))
            rows.append([self._cell(cell) for cell in (row.label, len(row.values), *figures)])
        return {
            "kind": "table",
            "columns": [3, 1, 1.4, 1, 1.4],
            "head": [*map(self.say, heads)],
            "rows": rows,
        }

    def _grid(self, block: Grid) -> Json:
        """Heads stand upright, so that twelve values fit on a page."""
        rows = [
            {
                "name": self.say(row.label),
                "cells": [
                    {
                        "told": self.say.value(Figure(value=cell.strength, digits=1)) if cell.count else "",
                        "state": cell.state,
                        "strength": cell.strength,
                    }
                    for cell in row.cells
                ],
            }
            for row in block.rows
        ]
        legend = {
            "carrying": self.say("carrying: clearly beyond chance"),
            "contested": self.say("contested"),
            "rest": self.say("strength 0 to 3, n = {n}", n=block.n),
        }
        head = [*map(self.say, block.columns)]
        return {"kind": "grid", "alt": self.say(block.sentence()), "head": head, "rows": rows, "legend": legend}

    def _links(self, block: Links) -> Json | None:
        told = self._table(block) if block.rows else None
        if told:
            told["columns"] = [2.6, 2.6, 1.4, 1.4, 1.1, 1.1, 1.1]
        return told or {"kind": "list", "items": [self.say(block.sentence())]}

    def _table(self, block: Block) -> Json | None:
        table = block.table()
        if table is None:
            return None
        head = [self.say(column) for column in table.columns]
        rows = [[self._cell(cell) for cell in row] for row in table.rows]
        return {"kind": "table", "columns": [3, *[1.2] * (len(head) - 1)], "head": head, "rows": rows}

    def _money(self, block: Money) -> Json | None:
        """The chance stands above the figures: it is the message."""
        told = self._table(block)
        return told and {**told, "words": [self.say(block.sentence())]}

    def _cell(self, cell: object) -> str:
        return self.say(cell) if isinstance(cell, Line | Text) else self.say.value(cell)

    def _voice(self, block: Voice) -> Json:
        return {"kind": "voices", "items": [self._quote(block)]}

    def _quote(self, voice: Voice) -> Json:
        source = " · ".join(map(self.say, telling.origin(voice.quote, voice.about)))
        return {"text": self.say("“{words}”", words=voice.quote.text), "source": source}

    def _list(self, block: Sayings | Points) -> Json:
        return {"kind": "list", "items": [self._cell(item) for item in block.items]}

    def _nothing(self, block: Invitation) -> Json:  # noqa: ARG002 - it leads into a room that is over
        return {"kind": "list", "items": []}

    # the rest -------------------------------------------------------------

    def _section(self, title: str, *blocks: Json | None) -> Json:
        return {"title": title, "blocks": [{"words": [], **block} for block in blocks if block]}

    def _sheet(self, widths: list[float], head: tuple[Line, ...], rows: list[list[str]]) -> Json | None:
        said = [self.say(column) for column in head]
        return {"kind": "table", "columns": widths, "head": said, "rows": rows} if rows else None

    def _journey(self) -> Json | None:
        journey = self.outcome.journey
        if journey is None:
            return None
        rows = []
        for point in journey.touchpoints:
            known = self.say(telling.level(point.evidence)) if point.evidence else self.say("assumed")
            bad = "–" if point.negative is None else self.say.value(Figure(value=100 * point.negative, unit="%"))
            rows.append([self.say(point.name), known, bad, self.say.value(point.owner) or self.say("nobody yet")])
        head = line("Touchpoint"), line("Customers say"), line("Bad experiences"), line("Owner")
        return self._section(
            self.say("Customer journey: {name}", name=journey.name), self._sheet([3, 3, 1.7, 2.2], head, rows)
        )

    def _themes(self) -> Json:
        rows = [
            [
                self.say(t.label),
                self.say.value(t.size),
                self.say(telling.level(t.evidence)) if t.evidence else "–",
            ]
            for t in telling.themes(self.outcome)
        ]
        voices = [
            self._quote(Voice(quote=quote, about=theme.label))
            for theme in telling.themes(self.outcome)[:QUOTES]
            for quote in telling.voices(theme)[:2]
        ]
        title = self.say("What customers talk about")
        table = self._sheet([4, 1.4, 3], (line("Theme"), line("Comments"), line("Their score")), rows)
        return self._section(title, table, {"kind": "voices", "items": voices} if voices else None)

    def _commitments(self) -> Json:
        rows = [
            [
                self.say.value(p.owner) or self.say("A leader of this group"),
                self.say(telling.promised(p)),
                self.say.value(p.measure),
                self.say.value(p.due),
            ]
            for p in sorted(self.outcome.promises, key=lambda promise: promise.due)
        ]
        return self._section(
            self.say("Our commitments"),
            self._sheet([2.1, 4.4, 2.5, 1.7], (line("Owner"), line("Commitment"), line("Measure"), line("Due")), rows),
        )

    def _dates(self) -> Json:
        days = [(telling.first_steps(self.outcome), self.say("First steps are done"))]
        days += [(day, self.say("Check-in after {n} days", n=n)) for n, day in telling.checks(self.outcome)]
        return self._section(
            self.say("The next 90 days"),
            {"kind": "list", "items": [f"{self.say.value(d)}: {w}" for d, w in days]},
        )

    def _method(self) -> Json:
        held = [f"{self.say(s.step)}: {self.say(s.why)}" for s in self.outcome.suppressed]
        said = [*map(self.say, telling.method(self.outcome)), *held]
        said += [*map(self.say, (*telling.sources(self.outcome), *telling.marks(self.outcome)))]
        return self._section(self.say("How to read this"), {"kind": "list", "items": said})


DRAW: dict[type, Callable[[_Protocol, Any], Json | None]] = {
    Pairs: _Protocol._pairs,
    Bars: _Protocol._bars,
    Spread: _Protocol._spread,
    Slope: _Protocol._table,
    Curve: _Protocol._table,
    Estimates: _Protocol._table,
    Money: _Protocol._money,
    Tornado: _Protocol._table,
    Voice: _Protocol._voice,
    Sayings: _Protocol._list,
    Points: _Protocol._list,
    Invitation: _Protocol._nothing,
    Grid: _Protocol._grid,
    Links: _Protocol._links,
    Quadrant: _Protocol._table,
    Shift: _Protocol._table,
}
