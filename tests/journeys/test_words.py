"""What the import says, and the file with what it did not take."""

import csv
import io
import string

import pytest

from outside_in import journeys
from outside_in.domain.mapping import Problem
from outside_in.journeys.refusals import FILE_BYTES, KINDS, refusal
from outside_in.journeys.words import REASONS, SENTENCES, harmless, sentence

ROW_CODES = {
    "comment-empty", "comment-too-long", "value-number", "value-range", "value-date",
    "value-choice", "row-too-many-cells", "row-control-characters", "duplicate-id",
}  # fmt: skip
FILE_CODES = {
    "file-empty", "file-type", "file-damaged", "file-encrypted", "file-too-large",
    "file-too-many-columns", "file-no-comment-column", "file-no-rows",
}  # fmt: skip
LOG_CODES = {
    "log-no-case-column", "log-no-activity-column", "log-no-time-column", "log-mixed-zones",
    "log-too-many-activities", "log-no-events", "file-unsafe",
}  # fmt: skip
EVENT_CODES = {"value-time", "log-no-case", "log-no-activity"}
BAD = (
    'id,comment,score,date,churned,revenue\n1,"=cmd()",99,2026-13-01,x2,abc\n1,ok,3,,,\n1,b,4,,,\n'
    "2,c\0,3,,,\n3,,,,,\n4,d,3,,,,surplus\n5," + "x" * 20_001 + ",3,,,\n"
)


def test_there_is_a_sentence_for_every_code():
    assert set(SENTENCES) == ROW_CODES | EVENT_CODES
    assert set(KINDS) == FILE_CODES | LOG_CODES


def test_every_sentence_finds_the_values_it_names(read, say):
    reading = read(BAD)
    assert {one.code for one in reading.problems} == ROW_CODES
    for error in journeys.report(reading, say).errors:
        assert error.message
        assert "{" not in error.message


@pytest.mark.parametrize("code", sorted(FILE_CODES))
def test_every_refusal_finds_the_values_it_names(code, say):
    error = refusal(code, "x.csv")
    assert "x.csv" in say(error.line)


def test_a_reason_of_its_own_has_words_of_its_own(say):
    problem = Problem(row=3, code="comment-too-long", reason="quote-open")
    assert say(sentence(problem)) == REASONS["quote-open"].message


def test_the_report_has_the_shape_of_the_contract(read, say):
    report = journeys.report(read(BAD), say).model_dump(mode="json")
    assert list(report) == [
        "accepted", "rejected", "redacted", "encoding", "separator", "columns", "errors",
    ]  # fmt: skip
    assert (report["accepted"], report["rejected"]) == (1, 6)
    assert report["errors"][0] == {
        "row": 2, "column": "score", "value": "99", "code": "value-range",
        "message": "99 is not between 0 and 10.",
    }  # fmt: skip


def test_only_the_first_thousand_errors_are_told_and_all_are_counted(read, say):
    report = journeys.report(read("comment,score\nfine,3\n" + "bad,x\n" * 1_500), say)
    assert (report.rejected, len(report.errors)) == (1_500, 1_000)


def test_redacted_words_are_counted_by_kind(read, say):
    reading = read("comment\nMail an a@b.de und c@d.de\nFrau Huber war nett\n")
    assert journeys.report(reading, say).redacted == {"email": 2, "name": 1}
    assert [one.text for one in reading.verbatims] == [
        "Mail an [email] und [email]",
        "Frau [name] war nett",
    ]


def test_errors_show_no_more_of_a_comment_than_may_be_stored(read, say):
    long = "Frau Huber und a@b.de " * 2_000
    surplus = "x,3,Frau Huber"
    reading = read(f"comment,score\nx,3\n{long},3\n{surplus}\n")
    values = [error.value for error in journeys.report(reading, say).errors]
    assert len(values) == 2
    assert not any("Huber" in value or "a@b.de" in value for value in values)


def test_rejected_rows_come_back_with_their_reasons(read, say):
    content = journeys.rejected_rows_csv(read(BAD), say)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Row", "Reason", "id", "comment"]
    assert [row[0] for row in rows[1:]] == ["2", "4", "5", "6", "7", "8"]
    assert rows[1][3] == "'=cmd()"
    assert "99 is not between 0 and 10." in rows[1][1]
    assert "“2026-13-01” is not a date we can read." in rows[1][1]


@pytest.mark.parametrize("text", ["=1+1", "+a", "-a", "@x", "\tx", " =x", "'=x", "''=x", "＝x"])
def test_what_was_made_harmless_is_read_back_exactly(text, read):
    assert harmless(text) == "'" + text
    written = io.StringIO()
    csv.writer(written).writerows([["comment", "score"], [harmless(text), 3]])
    assert read(written.getvalue()).verbatims[0].text == text.strip()


@pytest.mark.parametrize("text", ["-5", "+3", "-1,5", "plain", "'tis fine", ""])
def test_what_is_harmless_stays_as_it_is(text):
    assert harmless(text) == text


def test_sentences_name_only_values_that_exist():
    for line in (*SENTENCES.values(), *REASONS.values()):
        names = {name for _, name, _, _ in string.Formatter().parse(line.message) if name}
        assert names <= {"value", "low", "high", "cells", "columns", "letters", "first"}


def test_the_limit_is_the_contracts():
    assert FILE_BYTES == 256 * 1024 * 1024
