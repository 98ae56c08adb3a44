"""What kind of file it is, by its content: the extension means nothing."""

import codecs
import csv
from pathlib import Path
from typing import Literal, NamedTuple

from outside_in.journeys.refusals import FileEmpty, FileEncrypted, FileType, Refused

Kind = Literal["csv", "xlsx", "parquet", "jsonl"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ\x90",
    b"{\\rtf",
    b"SQLite format 3",
    b"\x28\xb5\x2f\xfd",
)
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a")
UMLAUTS = "äöüßÄÖÜ"
MARKS = ";,\t|"
NO_MARK = "\x1f"
"""Splits nothing: the file has one column."""


class Encoding(NamedTuple):
    name: str
    """As the report calls it."""
    codec: str
    errors: str = "strict"


def kind(path: Path) -> Kind:
    """Refuses what is certainly none of ours; text of any shape counts as CSV."""
    with path.open("rb") as file:
        head = file.read(65_536)
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        _refuse_blank(path)
    if head.startswith(b"PK"):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PARE"):
        raise Refused(FileEncrypted)
    if head.startswith(OLE):
        raise Refused(FileEncrypted if _protected(path) else FileType)
    if head.startswith(FOREIGN) or head.lstrip().lower().startswith(MARKUP):
        raise Refused(FileType)
    return _text_kind(head)


def encoding(path: Path) -> Encoding:
    """
    Judged by the whole file: the first umlaut may come late.

    Valid UTF-8 beyond ASCII hardly ever happens by chance, so a file that is mostly UTF-8 stays
    UTF-8, and its few foreign bytes are read as Windows would.
    """
    with path.open("rb") as file:
        head = file.read(4_096)
    if head.startswith(codecs.BOM_UTF8):
        return Encoding("utf-8-sig", "utf-8-sig", "windows")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16", "utf-16", "replace")
    if wide := _wide(head):
        return Encoding("utf-16", wide, "replace")
    return _narrow(path)


def separator(lines: list[str]) -> tuple[str, int]:
    """The separator of the first lines, and how many of them are no rows."""
    first = lines[0].strip("\ufeff\r\n") if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    scores = {mark: _regularity(lines, mark) for mark in MARKS}
    best = max(scores, key=lambda mark: scores[mark])
    return (best if scores[best][0] >= 0.5 else NO_MARK), 0


def _refuse_blank(path: Path) -> None:
    """A file may begin with a lot of nothing and still be a file."""
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            if chunk.strip(b" \t\r\n\xef\xbb\xbf"):
                return
    raise Refused(FileEmpty)


def _protected(path: Path) -> bool:
    """A workbook with a password is an OLE file that holds a stream of this name."""
    name = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as file:
        return any(name in chunk for chunk in iter(lambda: file.read(1 << 22), b""))


def _text_kind(head: bytes) -> Kind:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        raise Refused(FileType)  # one JSON document instead of a line per comment
    if start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}")):
        return "jsonl"
    return "csv"


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: every second byte of European text is NUL."""
    half = len(head) // 2
    low, high = head[0 : 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    if half >= 2 and high > 0.6 * half and low < 0.1 * half:
        return "utf-16-le"
    if half >= 2 and low > 0.6 * half and high < 0.1 * half:
        return "utf-16-be"
    return ""


class _Count:
    """Of bytes and letters, over the whole file."""

    def __init__(self) -> None:
        self.size = self.controls = self.foreign = self.wide = 0
        self.windows = self.mac = 0
        self.kinds: set[int] = set()

    def take(self, chunk: bytes, text: str) -> None:
        self.size += len(chunk)
        found = len(chunk) - len(chunk.translate(None, CONTROLS))
        if found:
            self.controls += found
            self.kinds |= set(chunk) & set(CONTROLS)
        if not chunk.isascii():
            self._beyond_ascii(chunk, text)

    def _beyond_ascii(self, chunk: bytes, text: str) -> None:
        others = text.encode("ascii", "ignore")
        bad = len(text) - len(text.encode("utf-8", "ignore").decode("utf-8"))
        self.foreign += bad
        self.wide += len(text) - len(others) - bad
        self.windows += sum(chunk.count(byte) for byte in UMLAUTS.encode("cp1252"))
        self.mac += sum(chunk.count(byte) for byte in UMLAUTS.encode("mac_roman"))

    @property
    def binary(self) -> bool:
        share = self.controls / max(1, self.size)
        return share > 0.3 or (self.foreign > 0 and share > 0.05 and len(self.kinds) > 2)


def _narrow(path: Path) -> Encoding:
    count = _Count()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            count.take(chunk, decoder.decode(chunk))
    if decoder.decode(b"", final=True):
        count.foreign += 1
    if count.binary:
        raise Refused(FileType)
    if not count.foreign or count.wide > 2 * count.foreign:
        return Encoding("utf-8", "utf-8", "windows")
    name = "mac_roman" if count.mac > 2 * count.windows else "cp1252"
    return Encoding(name, name, "replace")


def _regularity(lines: list[str], mark: str) -> tuple[float, int]:
    """
    How sure it is that the mark separates. A header without it rules it out; one in which a
    blank follows is rather a sentence, and then most rows must have its number of cells.
    """
    rows = [row for row in csv.reader(lines, delimiter=mark) if row]
    widths = [len(row) for row in rows]
    if not widths or widths[0] < 2:
        return 0.0, 0
    common = max(set(widths), key=widths.count)
    share = max(widths.count(widths[0]), widths.count(common) if common > 1 else 0) / len(widths)
    prose = any(cell.startswith(" ") for cell in rows[0])
    return (share if prose else 0.5 + share / 2), widths[0]


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("windows", _as_windows)
