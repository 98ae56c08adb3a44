"""The poster for the wall: what a phone scans is the room's own address, and everything on it can be read aloud."""

import datetime as dt
from io import BytesIO

import pytest
from pypdf import PdfReader

from outside_in.domain.brand import Brand
from outside_in.exports.papers import poster
from tests.exports.samples import MADE

DAY = dt.date(2026, 11, 27)


@pytest.fixture
def made(say):
    return poster("ABCD2345", "http://192.168.1.20:8501", "Blick von außen", DAY, say, MADE, Brand()).data


def test_it_is_one_page_with_address_and_code_in_words(made):
    (page,) = PdfReader(BytesIO(made)).pages
    words = " ".join(page.extract_text().split())
    assert "192.168.1.20:8501" in words
    assert "ABCD-2345" in words


def test_a_screen_reader_is_told_where_the_picture_leads(made):
    reader = PdfReader(BytesIO(made))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in made or "/Metadata" in reader.trailer["/Root"]
