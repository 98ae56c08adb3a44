"""What the letters of a cell mean. Decimals and dates are judged per column, never per cell."""

import datetime as dt
import math
import re
from collections.abc import Iterable
from typing import Literal

from outside_in.journeys.tables import Cell

Order = Literal["dmy", "mdy"]
AGREED = "1 1.0 ja j yes y true t wahr x richtig gekündigt abgewandert churned cancelled canceled"
DENIED = "0 0.0 nein n no false f falsch aktiv active bestand retained -"
YES, NO = frozenset(AGREED.split()), frozenset(DENIED.split())
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar jänner january",
            "feb februar feber february",
            "mar mär mrz märz march maerz",
            "apr april",
            "may mai",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "oct okt oktober october",
            "nov november",
            "dec dez dezember december",
        ),
        1,
    )
    for name in names.split()
}
DAY_ONE = dt.date(1899, 12, 30)
"""From which spreadsheets count days."""

_TIME = r"(?:[T ,]\s{0,3}(?:um )?\d{1,2}[:.h]\d{2}.{0,30})?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_TRIPLE = re.compile(rf"(\d{{1,2}})([./-]) ?(\d{{1,2}})\2 ?(\d{{4}}|\d{{2}}){_TIME}")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})\.?[ -]([A-Za-zäÄ]{{3,9}})\.?,?[ -](\d{{4}}){_TIME}")
_MONTH_DAY = re.compile(rf"([A-Za-zäÄ]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}")
_WEEKDAY = re.compile(r"[^\W\d_]{2,10}\.?,\s+(?=\d)")
_COMMA = re.compile(r"\d,\d{1,2}$|\d\.\d{3},\d|^\d+(?:\.\d{3}){2,}$")
_POINT = re.compile(r"\d\.\d{1,2}$|\d,\d{3}\.\d|^\d+(?:,\d{3}){2,}$")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:_\d{3})+(?:\.\d+)?")
_UNITS = re.compile(r"(?i)€|\$|£|%|\b(?:eur|euro|usd|gbp|chf|fr|jahre?|years?)\b\.?")
_LABELLED = re.compile(
    r"(?i)(\d{1,2}(?:[.,]\d+)?)\s*"
    r"(?:/\s*\d{1,2}|(?:von|of|out of|aus)\s+\d{1,2}|sterne?|stars?|punkte?|points?"
    r"|[-–—:=.]\s*[^\d\s].*|\([^)]*\))"
)


def text(cell: Cell) -> str:
    """As a person would read it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and abs(cell) < 1e15 and cell == int(cell):
        return str(int(cell))
    return str(cell)


class Decimals:
    """Whether a column writes its decimals with a comma: any `,5` settles it."""

    def __init__(self, comma: bool = False) -> None:
        self._usual = comma
        self._commas = self._points = 0

    def see(self, cell: Cell) -> None:
        if isinstance(cell, str):
            bare = _bare(cell)
            self._commas += bool(_COMMA.search(bare))
            self._points += bool(_POINT.search(bare))

    @property
    def comma(self) -> bool:
        if self._commas == self._points:
            return self._usual
        return self._commas > self._points


class Days:
    """Whether a column writes the day first: any first number above 12 settles it."""

    def __init__(self, order: Order = "dmy") -> None:
        self._usual = order
        self._dotted = self._dmy = self._mdy = 0

    def see(self, cell: Cell) -> None:
        if isinstance(cell, str) and (found := _TRIPLE.fullmatch(cell.strip())):
            self._dotted += found[2] == "."
            self._dmy += int(found[1]) > 12
            self._mdy += int(found[3]) > 12

    @property
    def order(self) -> Order:
        if self._dmy != self._mdy:
            return "dmy" if self._dmy > self._mdy else "mdy"
        return "dmy" if self._dotted else self._usual


def decimals(cells: Iterable[Cell], usual: bool = False) -> bool:
    column = Decimals(usual)
    for cell in cells:
        column.see(cell)
    return column.comma


def number(cell: Cell, comma: bool = False) -> float | None:
    """None for what is no number, infinity and not-a-number included."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _finite(cell)
    bare = _bare(cell)
    grouping, point = (".", ",") if comma else (",", ".")
    grouped = bare.replace(grouping, "_").replace(point, ".")
    if _GROUPED.fullmatch(grouped):
        return _finite(grouped.replace("_", ""))
    plain = bare.replace(",", ".") if bare.count(",") + bare.count(".") == 1 else bare
    return _finite(plain) if _NUMBER.fullmatch(plain) else None


def rating(cell: Cell, comma: bool = False) -> float | None:
    """A number, or what survey tools make of one: “10 – very likely”, “4/5”, “★★★”."""
    found = number(cell, comma)
    if found is not None or not isinstance(cell, str):
        return found
    bare = cell.strip()
    if bare and set(bare) <= set("★☆⭐\ufe0f"):
        return float(bare.count("★") + bare.count("⭐"))
    labelled = _LABELLED.fullmatch(bare[:200])
    return number(labelled[1], comma) if labelled else None


def date(cell: Cell, order: Order = "dmy") -> dt.date | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _serial(cell)
    bare = _WEEKDAY.sub("", cell.strip()[:80])
    try:
        return _written(bare, order)
    except ValueError:
        return None


def choice(cell: Cell) -> bool | None:
    bare = text(cell).strip().casefold()
    return True if bare in YES else False if bare in NO else None


def _bare(cell: str) -> str:
    """Without units and blanks; nothing so long is a number of anybody's."""
    if len(cell) > 60:
        return "…"
    return re.sub(r"[\s'’]", "", _UNITS.sub("", cell).replace("−", "-"))


def _finite(value: str | float) -> float | None:
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def _serial(value: float) -> dt.date | None:
    """Days since 1900, as a spreadsheet keeps a date that lost its format."""
    if not math.isfinite(value) or not 10_000 <= value < 110_000:
        return None
    return DAY_ONE + dt.timedelta(days=int(value))


def _written(bare: str, order: Order) -> dt.date | None:
    if found := _ISO.fullmatch(bare):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _TRIPLE.fullmatch(bare):
        first, second, year = int(found[1]), int(found[3]), _century(found[4])
        day, month = (first, second) if order == "dmy" else (second, first)
        return _day(year, month, day)
    if found := _DAY_MONTH.fullmatch(bare):
        return _day(int(found[3]), MONTHS.get(found[2].casefold(), 0), int(found[1]))
    if found := _MONTH_DAY.fullmatch(bare):
        return _day(int(found[3]), MONTHS.get(found[1].casefold(), 0), int(found[2]))
    if found := _COMPACT.fullmatch(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return _serial(float(bare.replace(",", "."))) if re.fullmatch(r"\d{5}(?:[.,]\d+)?", bare) else None


def _century(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _day(year: int, month: int, day: int) -> dt.date | None:
    return dt.date(year, month, day) if 1900 <= year <= 2100 else None
