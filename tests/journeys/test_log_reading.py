"""Event logs of others: CSV and XES, told column by column, and one clear sentence for what is none."""

import gzip

import pytest

from outside_in import journeys
from outside_in.journeys.refusals import UnknownColumn

HEAD = "case_id,activity,timestamp\n"
XES = """<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{}</log>"""


@pytest.fixture
def log(tmp_path):
    def log(content, name="log.csv", **how):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return journeys.read_log(path, **how)

    return log


def refused(report, say):
    assert report.flow is None
    return journeys.sentence(report.problems[0]).message, say(journeys.sentence(report.problems[0]))


def trace(name, *events):
    told = "".join(
        f'<event><string key="concept:name" value="{what}"/><date key="time:timestamp" value="{when}"/>{more}</event>'
        for what, when, more in events
    )
    return f'<trace><string key="concept:name" value="{name}"/>{told}</trace>'


def test_columns_are_known_by_name_in_german_too(log):
    told = log(
        "Fallnummer;Ereignis;Zeitpunkt;Kanal\nA;Meldung;18.02.2026 07:59;Portal\nA;Antwort;20.02.2026 07:59;Brief\n"
    )
    assert told.columns == {"case": "Fallnummer", "activity": "Ereignis", "time": "Zeitpunkt", "channel": "Kanal"}
    assert told.flow.follows[0].median_wait_days == 2.0


def test_a_person_s_word_about_a_column_counts(log):
    rows = "a,b,c\n1,x,2026-01-01\n1,y,2026-01-03\n"
    assert log(rows).problems[0].code == "log-no-case-column"
    assert log(rows).header == ("a", "b", "c")
    assert log(rows, columns={"case": "a", "activity": "b", "time": "c"}).flow.cases == 1


def test_the_same_log_as_csv_and_as_xes_tells_the_same(log):
    lines = [
        ("A", "in", "2026-01-01T08:00:00"),
        ("A", "out", "2026-01-02T08:00:00"),
        ("B", "in", "2026-01-05T08:00:00"),
    ]
    csv = HEAD + "".join(f"{','.join(line)}\n" for line in lines)
    xes = XES.format(trace("A", *((w, t, "") for c, w, t in lines if c == "A")) + trace("B", ("in", lines[2][2], "")))
    packed = gzip.compress(xes.encode())
    told = [log(csv), log(xes, "log.xes"), log(packed, "log.xes.gz")]
    flows = [one.flow.model_copy(update={"file": ""}) for one in told]
    assert flows[0] == flows[1] == flows[2]
    assert flows[0].variants[0].path in {("in", "out"), ("in",)}


def test_of_an_xes_that_writes_starts_and_ends_only_ends_count(log):
    cycle = '<string key="lifecycle:transition" value="{}"/>'
    events = [("work", f"2026-01-0{day}", cycle.format(what)) for day, what in ((1, "start"), (2, "complete"))]
    assert log(XES.format(trace("A", *events)), "log.xes").flow.events == 1


def test_rows_that_cannot_be_read_are_counted_and_named(log):
    told = log(f"{HEAD}A,in,2026-01-01\nA,out,later\n,in,2026-01-01\nA,,2026-01-01\nA,out,2026-01-02\n")
    assert told.flow.events == 2
    assert told.flow.rejected == 3
    assert [(one.row, one.code) for one in told.problems] == [
        (3, "value-time"),
        (4, "log-no-case"),
        (5, "log-no-activity"),
    ]


def test_events_stand_in_order_of_time_whatever_the_file_s_order_was(log):
    told = log(f"{HEAD}A,third,2026-01-03\nB,first,2026-01-01\nA,first,2026-01-01\nA,second,2026-01-02\n")
    assert ("first", "second", "third") in {one.path for one in told.flow.variants}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("case_id,activity\nA,in\n", "when something happened"),
        ("case_id,timestamp\nA,2026-01-01\n", "what happened"),
        (HEAD, "no rows"),
        (f"{HEAD}A,in,yesterday\n", "row 2"),
        ("", "empty"),
    ],
    ids=["no times", "no activities", "no rows", "no time readable", "empty"],
)
def test_a_log_that_lacks_something_gets_one_sentence_that_says_what(log, say, content, words):
    assert words in refused(log(content), say)[1]


def test_times_with_and_without_a_zone_cannot_be_compared_and_the_row_is_named(log, say):
    mixed = f"{HEAD}A,in,2026-01-01T08:00:00+01:00\nA,out,2026-01-01T09:00:00\n"
    assert "row 3" in refused(log(mixed), say)[1]


def test_different_zones_are_the_same_clock(log):
    told = log(f"{HEAD}A,in,2026-01-01T08:00:00+01:00\nA,out,2026-01-02T08:00:00+02:00\n")
    assert told.flow.follows[0].median_wait_days == pytest.approx(23 / 24, abs=1e-4)


def test_an_entity_bomb_is_not_lit(log, say):
    bomb = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><log>&b;</log>'
    assert "entities" in refused(log(bomb, "log.xes"), say)[1]


@pytest.mark.parametrize("content", ["<log><trace><event></trace>", "<", b"\x1f\x8bno gzip at all"])
def test_broken_xes_is_damaged_and_nothing_else(log, content):
    told = log(content, "log.xes")
    assert told.flow is None
    assert told.problems[0].code in {"file-damaged", "file-type", "log-no-activity-column"}


def test_comments_in_a_column_of_activities_are_no_activities(log, say):
    rows = "".join(f"A,words of comment {n},2026-01-01\n" for n in range(2_001))
    assert "activity" in refused(log(HEAD + rows), say)[1]


def test_a_column_nobody_has_is_named(log):
    with pytest.raises(UnknownColumn):
        log(f"{HEAD}A,in,2026-01-01\n", columns={"case": "Vorgang"})
