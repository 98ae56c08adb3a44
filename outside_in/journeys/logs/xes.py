"""
Event logs as XES (IEEE 1849), read as a stream: one event in memory at a time.

An event becomes a row of cells like a line of a CSV file; its case's name is one more cell. Document types and entities
are refused before they are expanded.
"""

import gzip
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from outside_in.journeys.refusals import COLUMNS, FileDamaged, FileTooLarge, Refused, TooManyColumns, Unsafe
from outside_in.journeys.tables import Cell, Row, whole

CASE = "case:concept:name"
ZIPPED = b"\x1f\x8b"
UNPACKED = 4 * 1024**3
LOOKED_AT = 1_000
"""Events whose keys become columns."""


class Xes:
    encoding: str | None = "utf-8"
    separator: str | None = None

    def __init__(self, path: Path) -> None:
        self._path = path
        keys = (key for event in islice(self._events(), LOOKED_AT) for key in event)
        self._keys = list(dict.fromkeys((CASE, *keys)))
        if len(self._keys) > COLUMNS:
            raise Refused(TooManyColumns)

    def rows(self) -> Iterator[Row]:
        yield Row(1, list(self._keys))
        for number, event in enumerate(self._events(), 2):
            yield Row(number, [event.get(key) for key in self._keys])

    def _events(self) -> Iterator[dict[str, Cell]]:
        try:
            with _opened(self._path) as file:
                yield from _streamed(file)
        except DefusedXmlException:
            raise Refused(Unsafe) from None
        except (ParseError, EOFError, OSError):
            raise Refused(FileDamaged) from None


def is_xes(path: Path) -> bool:
    """Markup, or packed markup."""
    try:
        with _opened(path) as file:
            return file.read(4_096).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    except (EOFError, OSError):
        return False


def _streamed(file: IO[bytes]) -> Iterator[dict[str, Cell]]:
    trace, case, cases = None, "", 0
    for kind, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
        tag = element.tag.rpartition("}")[2]
        if kind == "start" and tag == "trace":
            trace, cases = element, cases + 1
            case = f"#{cases}"
        elif kind == "end" and tag == "event":
            name = _attributes(trace).get("concept:name") if trace is not None else None
            yield {CASE: name or case, **_attributes(element)}
            element.clear()
        elif kind == "end" and tag == "trace":
            element.clear()
            trace = None


def _attributes(element: Element) -> dict[str, Cell]:
    """Typed attributes are all read as text, as a CSV file would hold them."""
    pairs = ((child.get("key"), child.get("value")) for child in element)
    return {whole(key): whole(value) for key, value in pairs if key and value is not None}


class _Capped:
    """A packed file that unpacks without end is given up."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._left = file, UNPACKED

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            raise Refused(FileTooLarge)
        return chunk

    def __enter__(self) -> "_Capped":
        return self

    def __exit__(self, *_: Any) -> None:
        self._file.close()


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == ZIPPED
    opened = gzip.GzipFile(path) if packed else path.open("rb")
    return cast(IO[bytes], _Capped(cast(IO[bytes], opened)))
