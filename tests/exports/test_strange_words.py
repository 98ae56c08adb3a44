"""Names and words from everywhere: every document comes, opens again and holds no more than words."""

import pytest

from tests.exports import readers
from tests.exports.samples import outcome

STRANGE = {
    "right to left": "שרה כהן ‮ العربية",
    "emoji": "👩‍👩‍👧 Ada 🏳️‍🌈 Lovelace 🎉",
    "endless": "Zuständigkeit " * 1_500,
    "one word": "W" * 20_000,
    "formula": '=HYPERLINK("https://evil.example";"klick")',
    "markup": '<script>alert(1)</script> *fett* #panic("x") $a^2$ \\n BEGIN:VALARM',
    "lines": "eins\nzwei\r\nDTSTART:20260101\n\tdrei",
}
OPENED = {
    "pptx": readers.deck_words,
    "xlsx": readers.book_words,
    "pdf": readers.pdf_words,
    "docx": readers.letter_words,
}


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("format", OPENED)
def test_whatever_people_write_the_document_comes_and_opens_again(written, format, words):
    made = written(outcome(words=words, title=words, client=words), format)
    assert len(OPENED[format](made)) > 100


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
def test_no_word_becomes_a_line_of_a_calendar(written, words):
    strange = readers.events(written(outcome(words=words, title=words, client=words), "ics"))
    plain = readers.events(written(outcome(), "ics"))
    assert [(str(e["uid"]), e["dtstart"].dt, sorted(e)) for e in strange] == [
        (str(e["uid"]), e["dtstart"].dt, sorted(e)) for e in plain
    ]


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
def test_no_cell_of_a_workbook_runs(written, words):
    book = readers.book(written(outcome(words=words, title=words, client=words), "xlsx"))
    running = [
        cell.coordinate
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and "evil" in str(cell.value)
    ]
    assert running == []
