"""Opens what was written, and gives back its words."""

import csv
import io
import zipfile

from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader


def slides(data):
    return Presentation(io.BytesIO(data)).slides


def shapes(data):
    return [shape for page in slides(data) for shape in page.shapes]


def charts(data):
    return [shape.chart for shape in shapes(data) if shape.has_chart]


def deck_words(data):
    found = []
    for page in slides(data):
        for shape in page.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text.replace("\v", "\n"))
            if shape.has_table:
                found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                plot = shape.chart.plots[0]
                found += [str(category) for category in plot.categories]
                found += [series.name for series in plot.series]
    return "\n".join(found)


def notes(data):
    return [page.notes_slide.notes_text_frame.text for page in slides(data)]


def book(data):
    return load_workbook(io.BytesIO(data))


def book_words(data):
    cells = (cell.value for sheet in book(data) for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(value) for value in cells if value is not None)


def pdf_words(data):
    """On one line: where a page breaks its lines is not what is asked here."""
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def letter_words(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def events(data):
    return Calendar.from_ical(data).walk("VEVENT")


def rows(data, separator=","):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


WORDS = {"pptx": deck_words, "xlsx": book_words, "pdf": pdf_words, "docx": letter_words}
