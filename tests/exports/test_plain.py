import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.exports import write, zipped
from outside_in.exports.plain import harmless
from outside_in.journeys.checks import ESCAPED
from tests.exports import readers
from tests.exports.samples import MADE, outcome


def tables(say, audience="internal", **more):
    separator = more.pop("separator", ",")
    return {f.name: f.data for f in write(outcome(audience, **more), "csv", say, made=MADE, separator=separator)}


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+49 30", "-x", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "  =1", "\t=1", "\r=1", "\0x", "'=1"],
)
def test_what_a_spreadsheet_would_calculate_gets_one_apostrophe(words):
    assert harmless(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "Preis = 3", "a@b", "'s war gut", "5 − 3"])
def test_everything_else_stays_as_it_is(words):
    assert harmless(words) == words


@given(st.text(max_size=30))
def test_taking_off_one_apostrophe_gives_back_what_was_there(words):
    written = harmless(words)
    assert (ESCAPED.sub("", written, count=1) if ESCAPED.match(written) else written) == words


def test_a_table_opens_in_excel_with_umlauts(german):
    assert tables(german)["votes_agg.csv"].startswith("\ufeff".encode())


def test_numbers_and_dates_are_written_for_programs(german):
    head, first, *_ = readers.rows(tables(german)["commitments.csv"])
    assert first[head.index("due")] == "2027-01-21"
    head, first, *_ = readers.rows(tables(german)["predictions_agg.csv"])
    assert first[head.index("low")] == "1.0"


def test_german_excel_gets_semicolons_on_request(german):
    head = readers.rows(tables(german, separator=";")["themes.csv"], ";")[0]
    assert head[:3] == ["id", "theme", "size"]


def test_comments_are_a_table_of_their_own_for_the_internal_audience_only(german):
    head, first = readers.rows(tables(german)["comments.csv"])
    assert head == ["row", "text", "score", "date"]
    assert first == ["2", "'=1+1 war nicht die Antwort", "3", "2026-09-03"]
    assert "comments.csv" not in tables(german, "board")


def test_several_files_become_one_zip_with_the_same_bytes_every_time(german):
    files = write(outcome(), "csv", german, made=MADE)
    one, two = zipped(files, "tables.zip"), zipped(files, "tables.zip")
    assert one == two
    assert readers.members(one.data)["themes.csv"] == tables(german)["themes.csv"]


def test_internal_bundles_hold_answers_receipts_and_comments(german):
    data = write(outcome(), "json", german, made=MADE, parts={"session.json": b'{"a": 1}'})[0].data
    members = readers.members(data)
    assert json.loads(members["answers.jsonl"]) == {
        "step": "predict",
        "item": "repair",
        "value": 20,
        "test": False,
    }
    assert json.loads(members["receipts.jsonl"]) == {"step": "predict", "receipt": "ab" * 32}
    assert json.loads(members["comments.jsonl"])["text"] == "=1+1 war nicht die Antwort"
    assert members["session.json"] == b'{"a": 1}'


def test_other_audiences_get_none_of_them(german):
    members = readers.members(write(outcome("board"), "json", german, made=MADE)[0].data)
    assert sorted(members) == ["manifest.json", "outcome.json"]


def test_the_outcome_in_a_bundle_is_written_with_all_its_blocks(german):
    told = json.loads(readers.members(write(outcome(), "json", german, made=MADE)[0].data)["outcome.json"])
    assert told["parts"][0]["beats"][1]["blocks"][0]["rows"][0]["inside"] == 31
    assert "answers" not in told
