"""Files as strangers send them, each with what must come of it."""

import codecs
import io
import json
import random
import zipfile
from typing import NamedTuple

import pytest
from openpyxl import Workbook

from outside_in.domain.mapping import Mapping, Preset
from outside_in.domain.text import Text


class Expected(NamedTuple):
    accepted: int
    rejected: int = 0
    errors: tuple = ()
    """Row and code."""
    encoding: str | None = "utf-8"
    separator: str | None = ","


def refused(code):
    return Expected(0, 0, ((None, code),), None, None)


QUALTRICS = Preset(
    id="qualtrics",
    title=Text.same("Qualtrics"),
    signature=(("ResponseId",), ("StartDate",)),
    header_lines=3,
    mark='{"ImportId"',
    columns={"feedback_id": ("ResponseId",), "date": ("RecordedDate", "StartDate")},
)
MONKEY = Preset(
    id="surveymonkey",
    title=Text.same("SurveyMonkey"),
    signature=(("Respondent ID",), ("Collector ID",)),
    header_lines=2,
    columns={"comment": ("Open-Ended Response",), "feedback_id": ("Respondent ID",)},
)
GERMAN = (
    "Kundennummer;Datum;Kommentar;Bewertung;Umsatz\r\n"
    "4711;03.02.2026;Schöne Grüße, alles gut;9;1.234,50\r\n"
    "4712;17.02.2026;Müde Hotline;3;99,90\r\n"
)
PROSE = "comment,score\nThe line went dead twice,3\nAll is well,9\n"


def workbook(rows, prepare=None):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if prepare:
        prepare(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


GOOD_BOOK = workbook([["Kommentar", "Punkte"], ["Sehr gut", 9], ["Nie wieder", 1]])


def package(members, flags=0):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    raw = written.getvalue()
    if flags:  # bit 0 of the flags in every central record: encrypted
        raw = raw.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    return raw


def noise(size, seed=3):
    return random.Random(seed).randbytes(size)


def claiming(rows_claimed, rows):
    """A workbook whose sheet says that it ends after a few rows."""
    read = zipfile.ZipFile(io.BytesIO(workbook(rows)))
    members = {name: read.read(name) for name in read.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    start, _, rest = members[sheet].partition(b'<dimension ref="')
    members[sheet] = start + b'<dimension ref="A1:B' + str(rows_claimed).encode() + b'"' + (rest.partition(b'"')[2])
    return package(members)


def jsonl(*items):
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


CASES = {
    # encodings and separators
    "German Excel": (GERMAN.encode("cp1252"), Expected(2, 0, (), "cp1252", ";")),
    "German Mac": (GERMAN.encode("mac_roman"), Expected(2, 0, (), "mac_roman", ";")),
    "UTF-8": (GERMAN.encode(), Expected(2, 0, (), "utf-8", ";")),
    "UTF-8 with BOM": (GERMAN.encode("utf-8-sig"), Expected(2, 0, (), "utf-8-sig", ";")),
    "UTF-16 with BOM": (GERMAN.encode("utf-16"), Expected(2, 0, (), "utf-16", ";")),
    "UTF-16 big": (
        codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"),
        Expected(2, 0, (), "utf-16", ";"),
    ),
    "UTF-16 without BOM": (GERMAN.encode("utf-16-le"), Expected(2, 0, (), "utf-16", ";")),
    "the first umlaut comes late": (
        ("comment\n" + "plain words\n" * 20_000 + "später\n").encode("cp1252"),
        Expected(20_001, 0, (), "cp1252", ","),
    ),
    "one foreign byte in UTF-8": (
        "comment,score\nÄrger über Öl,3\nschön\n".encode() + "für\n".encode("cp1252"),
        Expected(3),
    ),
    "tabs": (PROSE.replace(",", "\t"), Expected(2, separator="\t")),
    "pipes": (PROSE.replace(",", "|"), Expected(2, separator="|")),
    "sep line": ("sep=;\ncomment;score\nfine, really;9\n;99\n", Expected(
        1, 1, ((3, "value-range"), (3, "comment-empty")), separator=";"
    )),
    "sep line with BOM": (
        "\ufeffsep=|\r\ncomment|score\r\nfine|9\r\n",
        Expected(1, encoding="utf-8-sig", separator="|"),
    ),
    "old Mac line ends": (PROSE.replace("\n", "\r"), Expected(2)),
    "one column with commas": ("comment\nWell, well, well\nNo\nYes, but\n", Expected(3)),
    "one quoted column": ('"Kommentar"\n"Gut, aber teuer"\n"Nein"\n', Expected(2)),
    "no line end at the end": (PROSE.rstrip(), Expected(2)),
    # shape of rows
    "line breaks in quotes": (
        'comment,score\r\n"first\r\nsecond\r\nthird",3\r\nplain,11\r\n',
        Expected(1, 1, ((3, "value-range"),)),
    ),
    "doubled quotes": ('comment,score\n"He said ""never""",3\n', Expected(1)),
    "fewer cells": ("comment,score,segment\nonly words\nwords,3\n", Expected(2)),
    "more cells": (
        "comment,score\nwords,3,surplus\nwords,4\n",
        Expected(1, 1, ((2, "row-too-many-cells"),)),
    ),
    "more cells, all blank": ("comment,score\nwords,3,,\nwords,4\n", Expected(2)),
    "100,000 cells in one row": (
        "comment,score\n" + "x," * 100_000 + "x\nwords,4\n",
        Expected(1, 1, ((2, "row-too-many-cells"),)),
    ),
    "blank rows": ("comment,score\n\nfirst,3\n , \nlast,99\n\n", Expected(
        1, 1, ((5, "value-range"),)
    )),
    "blank first line": ("\ncomment,score\nfirst,3\nlast,99\n", Expected(
        1, 1, ((4, "value-range"),)
    )),
    "a forgotten closing quote at the end": (
        'comment,score\ngood,9\n"never closed,3\nbad,2\nworse,1\n',
        Expected(3, 1, ((3, "comment-too-long"),)),
    ),
    "a forgotten closing quote far from the end": (
        'comment,score\n"never closed,3\n' + "bad,2\n" * 3_000,
        Expected(3_000, 1, ((2, "comment-too-long"),)),
    ),
    "a comment of 300 lines": (
        'comment,score\n"' + "line\n" * 300 + '",3\nlast,99\n',
        Expected(1, 1, ((3, "value-range"),)),
    ),
    "a comment of 20,000 letters": ("comment\n" + "x" * 20_000 + "\n", Expected(1)),
    "a comment of 20,001 letters": (
        "comment,score\n" + "x" * 20_001 + ",3\nfine,4\n",
        Expected(1, 1, ((2, "comment-too-long"),)),
    ),
    "a cell of 131,073 letters": (
        "comment,score\nfine,4\n" + "x" * 131_073 + ",3\nfine,4\n",
        Expected(2, 1, ((3, "comment-too-long"),)),
    ),
    "a cell of 9 MB": (
        "comment,score\nfine,4\n" + "x" * 9_000_000 + ",3\nfine,4\n",
        Expected(2, 1, ((3, "comment-too-long"),)),
    ),
    "NUL": (
        "comment,score\nwo\0rds,3\nfine,4\n",
        Expected(1, 1, ((2, "row-control-characters"),)),
    ),
    "NUL in a column nobody maps": (
        "comment,other\nwords,\0\nfine,4\n",
        Expected(1, 1, ((2, "row-control-characters"),)),
    ),
    "bell and escape": (
        "comment\n\x1b[31mred\n\x07\nfine\n",
        Expected(1, 2, ((2, "row-control-characters"), (3, "row-control-characters"))),
    ),
    "emoji, zalgo, right to left": (
        "comment,score\n👩‍👩‍👧 gut,9\nz̷̢a̸l̵g̴o̷,3\nمرحبا بالعالم,5\n",
        Expected(3),
    ),
    # values
    "comment missing, score there": ("comment,score\n,9\n,\nx,\n", Expected(2)),
    "comment and score missing": (
        "comment,score,segment\n,,A\n  ,,B\nx,1,C\n",
        Expected(1, 2, ((2, "comment-empty"), (3, "comment-empty"))),
    ),
    "one error per bad value": (
        "comment,score,date,churned\nx,abc,31.02.2026,maybe\ny,5,01.02.2026,ja\n",
        Expected(1, 1, ((2, "value-number"), (2, "value-date"), (2, "value-choice"))),
    ),
    "scores beyond the scale": (
        "comment,nps\na,-1\nb,0\nc,10\nd,11\n",
        Expected(2, 2, ((2, "value-range"), (5, "value-range"))),
    ),
    "scores that are no finite numbers": (
        "comment,nps\na,nan\nb,inf\nc,1e999\nd,5\n",
        Expected(1, 3, ((2, "value-number"), (3, "value-number"), (4, "value-number"))),
    ),
    "American dates": (
        "comment,date\na,02/13/2026\nb,02/03/2026\nc,13/02/2026\nd,02/14/2026\n",
        Expected(3, 1, ((4, "value-date"),)),
    ),
    "equal comments": ("comment\nsame\nsame\nsame\n", Expected(3)),
    "equal ids": (
        "id,comment\n1,a\n2,b\n1,c\n1,d\n",
        Expected(2, 2, ((4, "duplicate-id"), (5, "duplicate-id"))),
    ),
    "somebody's sentiment is none of our scales": (
        "comment,score\na,-1\nb,0\nc,1\nd,-1\ne,1\nf,0\n",
        Expected(6),
    ),
    # headers
    "equal column names": ("Kommentar,Kommentar,Punkte\nzuerst,danach,3\n", Expected(1)),
    "200 columns": (
        "comment," + ",".join(f"c{n}" for n in range(199)) + "\nwords\nmore\n",
        Expected(2),
    ),
    "201 columns": (
        "comment," + ",".join(f"c{n}" for n in range(200)) + "\nwords\n",
        refused("file-too-many-columns"),
    ),
    "100,000 columns": (
        ",".join(f"c{n}" for n in range(100_000)) + "\n" + "1," * 99_999 + "1\n",
        refused("file-too-many-columns"),
    ),
    "a header of 9 MB": ("column," * 1_300_000 + "\n1\n", refused("file-too-many-columns")),
    "no comment column": (
        "id,city,score\n1,Köln,3\n2,Bonn,4\n3,Trier,9\n",
        refused("file-no-comment-column"),
    ),
    "numbers only": ("a,b\n1,2\n3,4\n", refused("file-no-comment-column")),
    "a header and nothing else": ("comment,score\n", refused("file-no-rows")),
    "a header and blank rows": ("comment,score\n\n , \n,\n", refused("file-no-rows")),
    "Qualtrics": (
        "StartDate,ResponseId,Q1,Q2_TEXT\n"
        'Start Date,Response ID,"How likely would you recommend us?",What could be better?\n'
        '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}",'
        '"{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"\n'
        "2026-03-01 10:11:12,R_1,3,The invoice came twice and nobody could say why\n"
        "2026-03-02 10:11:12,R_2,12,Everything went well from the first call on\n",
        Expected(1, 1, ((5, "value-range"),)),
    ),
    "SurveyMonkey": (
        "Respondent ID,Collector ID,End Date,What could be better?\n"
        ",,,Open-Ended Response\n"
        "118,7,02/28/2026,Answer the phone\n"
        "118,7,02/29/2026,Nothing\n",
        Expected(1, 1, ((4, "duplicate-id"), (4, "value-date"))),
    ),
    # not ours
    "empty": (b"", refused("file-empty")),
    "only a BOM": (codecs.BOM_UTF8, refused("file-empty")),
    "only blank lines": (b"\r\n \n\t\n", refused("file-empty")),
    "random bytes": (noise(50_000), refused("file-type")),
    "few random bytes": (noise(300, seed=8), refused("file-type")),
    "PDF": (b"%PDF-1.7\n1 0 obj\n", refused("file-type")),
    "PNG": (b"\x89PNG\r\n\x1a\n" + noise(200), refused("file-type")),
    "gzip": (b"\x1f\x8b\x08\0" + noise(200), refused("file-type")),
    "HTML": (b"<!DOCTYPE html><html><table><tr><td>comment", refused("file-type")),
    "XML": (b'<?xml version="1.0"?><a>comment</a>', refused("file-type")),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), refused("file-type")),
    "Excel with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        refused("file-encrypted"),
    ),
    "one JSON document": (b'[{"comment": "a"}]', refused("file-type")),
    "a Word document": (package({"word/document.xml": "<a/>"}), refused("file-type")),
    # workbooks
    "workbook": (GOOD_BOOK, Expected(2, 0, (), None, None)),
    "truncated workbook": (GOOD_BOOK[: len(GOOD_BOOK) // 2], refused("file-damaged")),
    "workbook with broken members": (
        package({"xl/workbook.xml": "<a", "[Content_Types].xml": "<Types/>"}),
        refused("file-damaged"),
    ),
    "zip bomb": (
        package({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b"0" * 30_000_000}),
        refused("file-too-large"),
    ),
    "1,001 members": (
        package({f"xl/workbook{n}.xml": str(n) for n in range(1_001)}),
        refused("file-too-large"),
    ),
    "encrypted members": (package({"xl/workbook.xml": "<a/>"}, flags=1), refused("file-encrypted")),
    "a way out of the package": (
        package({"xl/workbook.xml": "<a/>", "../evil": "x"}),
        refused("file-damaged"),
    ),
    "an empty workbook": (workbook([]), refused("file-empty")),
    "a sheet that lies about its size": (
        claiming(2, [["comment", "score"], *[["words", 3]] * 50]),
        Expected(50, 0, (), None, None),
    ),
    "typed cells": (
        workbook(
            [
                ["Kommentar", "Punkte", "gekündigt", "Umsatz"],
                ["gut", 9.0, True, 12.5],
                ["schlecht", "x", False, 3],
                [None, None, None, None],
                [12345, 11, None, None],
            ]
        ),
        Expected(1, 2, ((3, "value-number"), (5, "value-range")), None, None),
    ),
    "a cell at the far end": (
        workbook(
            [["comment", "score"], ["words", 3]],
            lambda book: book.active.cell(row=900, column=16_384, value="far"),
        ),
        Expected(1, 0, (), None, None),
    ),
    "data on the second sheet": (
        workbook([], lambda book: book.create_sheet().append(["comment"])
                 or book.worksheets[1].append(["words"])),
        Expected(1, 0, (), None, None),
    ),
    # JSON lines
    "JSON lines": (
        jsonl({"comment": "gut", "score": 9}, {"score": 12}, {"comment": "x", "id": None}),
        Expected(2, 1, ((3, "value-range"), (3, "comment-empty")), "utf-8", None),
    ),
    "JSON lines, cut off": (jsonl({"comment": "gut"}) + b'{"comm', refused("file-damaged")),
    "JSON lines with half a letter": (b'{"comment": "a \\ud83d b"}\n', Expected(1, 0, (), "utf-8", None)),
    "JSON lines, nested": (jsonl({"comment": {"de": "gut"}}), Expected(1, 0, (), "utf-8", None)),
    "deep JSON": (b'{"comment": ' + b"[" * 100_000, refused("file-damaged")),
    # Parquet
    "Parquet, cut off": (b"PAR1" + noise(300), refused("file-damaged")),
    "Parquet with a secret footer": (b"PARE" + noise(300), refused("file-encrypted")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_file_ends_as_it_must(name, read):
    content, expected = CASES[name]
    reading = read(content, presets=(QUALTRICS, MONKEY))
    errors = tuple((problem.row, problem.code) for problem in reading.problems)
    assert Expected(reading.accepted, reading.rejected, errors, reading.encoding, reading.separator) == expected
    assert len(reading.verbatims) == reading.accepted


def test_there_are_enough_of_them():
    assert len(CASES) >= 60


def test_german_excel_is_understood_cell_by_cell(read):
    first, second = read(GERMAN.encode("cp1252")).verbatims
    assert first.text == "Schöne Grüße, alles gut"
    assert (first.customer_id, first.revenue, first.score, first.metric) == (
        "4711", 1234.5, 9, "nps",
    )  # fmt: skip
    assert (str(first.date), str(second.date)) == ("2026-02-03", "2026-02-17")
    assert second.revenue == 99.9


def test_qualtrics_keeps_its_row_numbers_and_its_questions_guide_the_mapping(read):
    content, _ = CASES["Qualtrics"]
    reading = read(content, presets=(QUALTRICS, MONKEY))
    assert reading.preset == "qualtrics"
    assert reading.columns == {
        "comment": "Q2_TEXT", "feedback_id": "ResponseId", "date": "StartDate", "score": "Q1",
    }  # fmt: skip
    assert [one.row for one in reading.verbatims] == [4]


def test_equal_column_names_are_told_apart(read):
    mapping = Mapping(columns={"comment": "Kommentar (2)"})
    reading = read("Kommentar,Kommentar,Punkte\nzuerst,danach,3\n", mapping=mapping)
    assert reading.header == ("Kommentar", "Kommentar (2)", "Punkte")
    assert [one.text for one in reading.verbatims] == ["danach"]


def test_typed_cells_of_a_workbook_keep_their_meaning(read):
    import datetime as dt

    content = workbook([["Kommentar", "Datum", "Umsatz"], ["gut", dt.date(2026, 3, 4), 12.5], ["x", 46085, "3,5"]])
    first, second = read(content).verbatims
    assert first.date == second.date == dt.date(2026, 3, 4)
    assert (first.revenue, second.revenue) == (12.5, 3.5)


def test_formulas_count_as_what_they_showed(read):
    content = workbook([["comment", "note"], ["words and more words", "=1+1"]])
    assert read(content).accepted == 1


def test_parquet_is_read_like_the_others(read, tmp_path):
    import pandas as pd

    pd.DataFrame({"comment": ["gut", None, "zu lang"], "score": [9, 10, 11]}).to_parquet(tmp_path / "x")
    reading = read((tmp_path / "x").read_bytes())
    assert (reading.accepted, reading.rejected, reading.encoding) == (2, 1, None)
    assert [(one.row, one.code) for one in reading.problems] == [(4, "value-range")]


def test_a_parquet_file_cut_off_at_its_end_is_damaged(read, tmp_path):
    import pandas as pd

    pd.DataFrame({"comment": ["gut"] * 100}).to_parquet(tmp_path / "x")
    reading = read((tmp_path / "x").read_bytes()[:-20])
    assert [one.code for one in reading.problems] == ["file-damaged"]
