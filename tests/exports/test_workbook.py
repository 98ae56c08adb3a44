import datetime as dt

from tests.exports import readers
from tests.exports.samples import HOSTILE, outcome


def test_every_sheet_has_headers_for_people_and_keys_for_programs(written):
    sheet = readers.book(written(outcome(), "xlsx"))["Commitments"]
    assert [cell.value for cell in sheet[1]][:3] == ["Nr.", "Verantwortlich", "Wenn"]
    assert [cell.value for cell in sheet[2]][:3] == ["id", "owner", "if"]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref


def test_dates_are_dates_and_numbers_are_numbers(written):
    book = readers.book(written(outcome(), "xlsx"))
    due = {cell.value: cell.column for cell in book["Commitments"][2]}["due"]
    assert book["Commitments"].cell(3, due).value == dt.datetime(2027, 1, 21)
    gap = {cell.value: cell.column for cell in book["Predictions_agg"][2]}["gap"]
    assert book["Predictions_agg"].cell(5, gap).value == 58


def test_single_guesses_are_absent(written):
    keys = [cell.value for cell in readers.book(written(outcome(), "xlsx"))["Predictions_agg"][2]]
    assert {"median", "q1", "q3"} <= set(keys)
    assert not {"min", "max", "values"} & set(keys)


def test_comments_are_for_the_internal_audience_only(written):
    assert "comments" in readers.book(written(outcome("internal"), "xlsx")).sheetnames
    assert "comments" not in readers.book(written(outcome("participants"), "xlsx")).sheetnames


def test_no_cell_is_a_formula_or_a_link(written):
    for words in HOSTILE:
        book = readers.book(written(outcome(words=words, title=words), "xlsx"))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_twenty_thousand_characters_are_all_there(written):
    long = "Wort" * 5000
    assert long in readers.book_words(written(outcome(words=long), "xlsx"))


def test_sheets_print_on_one_page_across_with_their_headers(written):
    sheet = readers.book(written(outcome(), "xlsx"))["Journey"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
