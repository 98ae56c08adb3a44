import datetime as dt

import pytest

from outside_in.exports import write
from tests.exports import readers
from tests.exports.samples import MADE, outcome


@pytest.fixture
def files(german):
    return write(outcome(leaders=3), "ics", german, made=MADE, sequence=4)


def test_there_is_a_file_per_commitment_and_one_with_all(files):
    assert [file.name for file in files] == [
        "outside-in-abcdefgh-internal-commitment-1.ics",
        "outside-in-abcdefgh-internal-commitment-2.ics",
        "outside-in-abcdefgh-internal-commitment-3.ics",
        "outside-in-abcdefgh-internal-all.ics",
    ]


def test_a_leader_gets_first_step_due_date_and_check_ins_as_whole_days(files):
    days = [event["dtstart"].dt for event in readers.events(files[0].data)]
    start = outcome().date
    assert days == sorted([start + dt.timedelta(n) for n in (7, 14, 30, 60, 90)] + [dt.date(2027, 1, 21)])


def test_a_second_export_updates_instead_of_doubling(files, german):
    again = write(outcome(leaders=3), "ics", german, made=MADE, sequence=5)
    uids = [[str(event["uid"]) for event in readers.events(file.data)] for file in (files[0], again[0])]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 6
    assert {int(event["sequence"]) for event in readers.events(again[0].data)} == {5}


def test_the_same_promise_has_the_same_uid_alone_and_together(files):
    alone = {str(event["uid"]) for event in readers.events(files[1].data)}
    together = {str(event["uid"]) for event in readers.events(files[-1].data)}
    assert len(alone & together) == 2


def test_no_customers_words_and_no_names_stand_in_a_calendar(files):
    text = b"".join(file.data for file in files).decode()
    assert "Hakan" not in text
    assert "zuständig" not in text


def test_line_breaks_of_people_add_no_event(german):
    hostile = outcome(leaders=1, words="eins\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:zwei")
    data = write(hostile, "ics", german, made=MADE)[0].data
    assert len(readers.events(data)) == 6
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
