"""The workbook: every table with typed cells. No text in it is ever a formula or a link."""

import datetime as dt
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import xlsxwriter

from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Line, Say, Text, line
from outside_in.exports import money_sheet, telling
from outside_in.exports.clean import Clean
from outside_in.exports.files import Brand, File, named
from outside_in.exports.tables import Column, Kind, Sheet, Value, sheets

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 32_000
"""Characters a cell can hold, rounded down."""
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS: dict[Kind, int] = {
    "text": 20,
    "long": 40,
    "int": 11,
    "number": 11,
    "amount": 14,
    "share": 11,
    "date": 12,
    "flag": 11,
}
ROW, TALLEST = 15, 400
"""Height of one line and of the tallest row, in points."""
FORMATS: dict[Kind, str] = {
    "int": "#,##0",
    "number": "#,##0.0",
    "amount": "#,##0.##",
    "share": "0.0%",
    "date": "yyyy-mm-dd",
}
NAMES = {
    "commitments": "Commitments",
    "predictions_agg": "Predictions_agg",
    "themes": "Themes",
    "verbatims": "Verbatims",
    "journey": "Journey",
    "votes_agg": "Votes_agg",
    "orders_agg": "Orders_agg",
    "principle_value": "PrincipleXValue",
    "ratings_agg": "Ratings_agg",
    "statements": "Statements",
    "contributions": "Contributions",
    "owner_gaps": "OwnerGaps",
    "suppression_log": "SuppressionLog",
    "ranges_agg": "Ranges_agg",
    "worth_agg": "Worth_agg",
    "tornado_agg": "Tornado_agg",
    "comments": "comments",
}
"""Names of sheets stay the same in both languages: formulas of others point at them."""


def workbook(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand) -> File:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **TEXT_ONLY})
    said = Clean(say, MOST)
    book.set_properties(
        {"title": said.value(outcome.title)[:200], "author": brand.name, "created": made.replace(tzinfo=None)}
    )
    writer = _Writer(book, said, brand)
    writer.readme(outcome)
    for sheet in sheets(outcome):
        writer.sheet(sheet)
    if outcome.calculation:
        money_sheet.write(book, writer.money(), said, outcome.calculation)
    book.close()
    return File(named(outcome, "xlsx"), MEDIA, out.getvalue())


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, say: Say, brand: Brand) -> None:
        self.book, self.say, self.brand = book, say, brand
        ink, quiet, alert = (f"#{colour}" for colour in (brand.dk2, brand.accent5, brand.accent2))
        self.head = self._format(bold=True, font_color="#FFFFFF", bg_color=ink, text_wrap=True)
        self.keys = self._format(italic=True, font_color=quiet, font_size=9)
        self.title = self._format(bold=True, font_size=18, font_color=ink)
        self.alert = self._format(bold=True, font_color=alert, text_wrap=True)
        self.kinds = {kind: self._format(**self._shape(kind)) for kind in WIDTHS}

    def _format(self, **shape: Any) -> Any:
        return self.book.add_format({"font_name": self.brand.font, "valign": "top", **shape})

    def money(self) -> money_sheet.Look:
        free = {"bg_color": "#FFF7D6", "border": 1, "border_color": "#C9B458"}
        return money_sheet.Look(
            head=self.head,
            title=self.title,
            keys=self.keys,
            words=self.kinds["long"],
            amount=self._format(num_format="#,##0.00"),
            share=self._format(num_format="0.00%"),
            own_amount=self._format(num_format="#,##0.00", **free),
            own_share=self._format(num_format="0.00%", **free),
        )

    @staticmethod
    def _shape(kind: Kind) -> dict[str, Any]:
        return {"num_format": FORMATS[kind]} if kind in FORMATS else {"text_wrap": True}

    def readme(self, outcome: Outcome) -> None:
        page = self.book.add_worksheet("README")
        page.hide_gridlines(2)
        page.set_column(0, 0, 110)
        keys = line("Row 1 of every sheet is for people, row 2 holds keys for programs.")
        plain = self.kinds["long"]
        rows: list[tuple[Value, Any]] = [
            (outcome.title, self.title),
            *((words, plain) for words in telling.occasion(outcome)),
            *((notice, self.alert) for notice in telling.notices(outcome)),
            (telling.audience(outcome), plain),
            ("", None),
            (line("How to read this"), self.head),
            *((words, plain) for words in (*telling.method(outcome), keys)),
            ("", None),
            (line("Where the figures come from"), self.head),
            *((words, plain) for words in (*telling.sources(outcome), *telling.marks(outcome))),
        ]
        for at, (words, format) in enumerate(rows):
            page.set_row(at, 28 if at == 0 else self._tall([(110, words)]))
            page.write_string(at, 0, self._said(words), format)
        self._print(page, len(rows), 1)

    def sheet(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(NAMES[sheet.key])
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, WIDTHS[column.kind])
            page.write_string(0, at, self._said(column.header), self.head)
            page.write_string(1, at, column.key, self.keys)
        widths = [WIDTHS[column.kind] for column in sheet.columns]
        page.set_row(0, self._tall(zip(widths, (column.header for column in sheet.columns), strict=True)))
        for row, cells in enumerate(sheet.rows, 2):
            page.set_row(row, self._tall(zip(widths, cells, strict=True)))

            for at, (column, value) in enumerate(zip(sheet.columns, cells, strict=True)):
                self._cell(page, row, at, column, value)
        page.freeze_panes(2, 0)
        page.autofilter(1, 0, max(1, len(sheet.rows) + 1), len(sheet.columns) - 1)
        page.set_header(f"&L{_header(self._said(sheet.title))}")
        page.repeat_rows(0, 1)
        self._print(page, len(sheet.rows) + 2, len(sheet.columns))

    def _tall(self, cells: Iterable[tuple[int, Value]]) -> float:
        """Programs do not agree on when a wrapped row grows by itself."""
        said = ((width, self._said(v)) for width, v in cells if isinstance(v, str | Text | Line))
        counts = (sum(1 + int(len(part) * 1.1 / width) for part in words.split("\n")) for width, words in said)
        return min(TALLEST, ROW * max(counts, default=1))

    def _cell(self, page: Any, row: int, at: int, column: Column, value: Value) -> None:
        format = self.kinds[column.kind]
        match value:
            case None | "":
                page.write_blank(row, at, None, format)
            case bool():
                page.write_boolean(row, at, value, format)
            case int() | float():
                page.write_number(row, at, value, format)
            case dt.date():
                page.write_datetime(row, at, dt.datetime.combine(value, dt.time()), format)
            case _:
                page.write_string(row, at, self._said(value), format)

    def _said(self, value: Value) -> str:
        return self.say(value) if isinstance(value, Text | Line) else self.say.value(value)

    @staticmethod
    def _print(page: Any, rows: int, columns: int) -> None:
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.print_area(0, 0, max(0, rows - 1), columns - 1)
        page.set_footer("&R&P / &N")


def _header(words: str) -> str:
    """In a page header, & begins a code."""
    return words.replace("&", "&&")[:120]
