"""The files of a session, downloaded on its outcomes page and opened again; single answers as its operator has them."""

import csv
import json
import zipfile
from collections import defaultdict
from io import BytesIO, StringIO

import icalendar
import openpyxl
import pptx
import pypdf
from docx import Document

AUDIENCES = {"board": "Vorstand", "participants": "Teilnehmende", "internal": "Intern"}


class Takeaways:
    """`tab`: a signed-in facilitator's."""

    def __init__(self, tab, server, code, folder):
        self._tab, self._known = tab, {}
        self._server, self._code, self._folder = server, code, folder
        tab.goto(f"{server.address}/outcomes?code={code}")

    def file(self, format, audience="participants"):
        """Pressed by a person, for these people."""
        if (format, audience) not in self._known:
            self._known[format, audience] = self._pressed(format, audience)
        return self._known[format, audience]

    def _pressed(self, format, audience):
        self._tab.get_by_role("radiogroup").get_by_text(AUDIENCES[audience], exact=True).click()
        button = self._tab.locator(f".st-key-export-{format} a[href*='audience={audience}']")
        with self._tab.expect_download() as download:
            button.click()
        return download.value.path().read_bytes()

    # opened again ---------------------------------------------------------------------------

    def answers(self):
        """By item, without their order; simulated ones are others'."""
        found = defaultdict(list)
        for row in self._lines("answers.jsonl"):
            assert row["test"] is False
            found[row["item"]].append(row["value"])
        return found

    def receipts(self):
        return [row["receipt"] for row in self._lines("receipts.jsonl")]

    def comments(self):
        """A facilitator's own."""
        with zipfile.ZipFile(BytesIO(self.file("json", "internal"))) as bundle:
            return [json.loads(line) for line in bundle.read("comments.jsonl").splitlines()]

    def traced(self):
        """Items of which a facilitator takes single answers home."""
        with zipfile.ZipFile(BytesIO(self.file("json", "internal"))) as bundle:
            return {json.loads(line)["item"] for line in bundle.read("answers.jsonl").splitlines()}

    def _lines(self, member):
        wanted = ("export", self._code, "--to", self._folder, "--formats", "json", "--audience", "internal")
        if member not in self._known:
            with zipfile.ZipFile(self._server.run(*wanted)["files"][0]["path"]) as bundle:
                self._known[member] = [json.loads(line) for line in bundle.read(member).splitlines()]
        return self._known[member]

    def tables(self):
        """By table, its rows by the keys of its columns; every cell is text."""
        with zipfile.ZipFile(BytesIO(self.file("csv"))) as archive:
            return {name.removesuffix(".csv"): rows(archive.read(name)) for name in archive.namelist()}

    def words(self, format):
        return {"pptx": self._slides, "pdf": self._pages, "docx": self._paper}[format]()

    def _slides(self):
        found = []
        for slide in self._deck().slides:
            found += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            tables = [shape.table for shape in slide.shapes if shape.has_table]
            found += [cell.text for table in tables for row in table.rows for cell in row.cells]
        return "\n".join(found)

    def charts(self):
        """The numbers behind every native chart, series by series."""
        shapes = [shape for slide in self._deck().slides for shape in slide.shapes if shape.has_chart]
        return [[list(series.values) for series in shape.chart.plots[0].series] for shape in shapes]

    def _deck(self):
        return pptx.Presentation(BytesIO(self.file("pptx")))

    def _pages(self):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(self.file("pdf"))).pages)

    def _paper(self):
        paper = Document(BytesIO(self.file("docx")))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)

    def workbook(self):
        """By sheet, its rows by their keys, which stand in its second row."""
        book = openpyxl.load_workbook(BytesIO(self.file("xlsx")))
        found = {}
        for sheet in book.worksheets[1:]:
            _, keys, *cells = sheet.iter_rows(values_only=True)
            found[sheet.title.lower()] = [dict(zip(keys, row, strict=True)) for row in cells]
        return found

    def calendars(self):
        """By name of the file, what its entries say."""
        with zipfile.ZipFile(BytesIO(self.file("ics"))) as archive:
            return {name: entries(archive.read(name)) for name in archive.namelist()}


def rows(data):
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def entries(data):
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return [f"{event['SUMMARY']} {event.get('DESCRIPTION', '')}" for event in events]
