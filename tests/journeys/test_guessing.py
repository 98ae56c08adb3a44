"""Which column is which, and what its letters mean."""

import datetime as dt

import pytest

from outside_in.domain.mapping import Mapping
from outside_in.journeys import values
from outside_in.journeys.guess import scale_of

COMMENTS = [
    "Kommentar",
    "Bemerkung",
    "Freitext",
    "Rückmeldung",
    "Feedback",
    "Comment",
    "Verbatim",
    "Open-Ended Response",
    "comment",
    "KOMMENTARE",
    "Kunden-Kommentar",
    "Freitext (offen)",
]
NAMES = {
    "date": ["Datum", "Date", "Zeitstempel", "date", "Feedback-Datum", "created_at"],
    "score": ["Bewertung", "Punkte", "Score", "NPS", "Sterne", "Stars", "score_nps", "NPS-Score"],
    "channel": ["Kanal", "Channel", "Kontaktkanal"],
    "touchpoint": ["Kontaktpunkt", "Touchpoint", "touch point"],
    "segment": ["Segment", "Kundensegment"],
    "customer_id": ["Kundennummer", "Customer ID", "customer_id", "CustomerID", "Kunden-Nr."],
    "feedback_id": ["feedback_id", "Feedback-ID", "ResponseId", "ID"],
    "language": ["language", "Sprache", "lang"],
    "tenure_years": ["tenure_years", "Kundenjahre", "Kundendauer (Jahre)"],
    "revenue": ["revenue", "Umsatz", "revenue_eur", "Umsatz (EUR)"],
    "churned": ["churned", "gekündigt", "churned_12m"],
    "repeat_contact": ["repeat_contact", "Wiederkontakt", "repeat_contact_14d"],
}  # fmt: skip
VALUES = {"date": "01.02.2026", "score": "5", "tenure_years": "3", "revenue": "12,50",
          "churned": "ja", "repeat_contact": "nein"}  # fmt: skip


@pytest.mark.parametrize("name", COMMENTS)
def test_a_comment_column_is_known_by_its_name(name, read):
    assert read(f"Nr;{name}\n1;gut\n").columns["comment"] == name


@pytest.mark.parametrize(("field", "name"), [(f, name) for f in NAMES for name in NAMES[f]])
def test_every_other_column_too(field, name, read):
    value = VALUES.get(field, "A")
    reading = read(f"Kommentar;{name}\ngut;{value}\n")
    assert reading.columns == {"comment": "Kommentar", field: name}
    assert reading.rejected == 0


def test_prose_is_recognised_without_any_name(read):
    rows = "Nr,Was uns wichtig ist\n1,Die Rechnung kam zweimal und niemand weiß warum\n"
    assert read(rows).columns == {"comment": "Was uns wichtig ist"}


def test_a_birthday_is_no_date_of_feedback(read):
    assert "date" not in read("comment,Geburtsdatum\nx,01.02.1960\n").columns


def test_values_overrule_a_name_they_do_not_fit(read):
    rows = "comment,score\n" + "".join(f"x{n},{n * 10}\n" for n in range(2, 11))
    assert "score" not in read(rows).columns


def test_a_column_told_apart_by_a_person_wins(read):
    mapping = Mapping(columns={"comment": "b", "score": None})
    reading = read("comment,b,score\nx,y,3\n", mapping=mapping)
    assert reading.columns == {"comment": "b"}


def test_a_sentiment_column_counts_only_when_somebody_says_so(read):
    rows = "comment,score\na,-1\nb,0\nc,1\n"
    assert "score" not in read(rows).columns
    said = Mapping(columns={"score": "score"}, score={"scale": "nps"})
    reading = read(rows, mapping=said)
    assert [(one.row, one.code) for one in reading.problems] == [(2, "value-range")]


def test_an_effort_score_that_runs_the_other_way_is_turned_round(read):
    mapping = Mapping(score={"scale": "ces", "low_is_good": True})
    reading = read("comment,Aufwand (score)\nx,1\ny,7\n", mapping=mapping)
    assert [one.score for one in reading.verbatims] == [7, 1]


@pytest.mark.parametrize(
    ("name", "counts", "metric"),
    [
        ("score_nps", {3: 1}, "nps"),
        ("Zufriedenheit", {3: 5, 5: 9}, "csat"),
        ("Zufriedenheit", {3: 5, 9: 9}, "nps"),
        ("score_ces", {3: 5}, "ces"),
        ("Sterne", {}, "stars"),
        ("Bewertung", {1: 3, 5: 2}, "stars"),
        ("Bewertung", {0: 3, 5: 2}, "nps"),
        ("Bewertung", {1: 30, 7: 30}, "ces"),
        ("Bewertung", {1: 500, 5: 499, 55: 1}, "stars"),
    ],
)
def test_the_scale_follows_the_name_and_the_values(name, counts, metric):
    assert scale_of(name, counts) == metric


@pytest.mark.parametrize(
    ("cell", "comma", "number"),
    [
        ("1.234,56", True, 1234.56),
        ("1,234.56", False, 1234.56),
        ("1.234", True, 1234),
        ("1.234", False, 1.234),
        ("12,5", True, 12.5),
        ("12.5", True, 12.5),
        ("€ 99,90", True, 99.9),
        ("1'234.50 CHF", False, 1234.5),
        ("−3", False, -3),
        ("1 234", False, 1234),
        (7, True, 7),
        ("", False, None),
        ("abc", False, None),
        ("1.2.3", False, None),
        ("nan", False, None),
        (float("inf"), False, None),
        ("9" * 500, False, None),
        (True, False, None),
    ],
)
def test_numbers(cell, comma, number):
    assert values.number(cell, comma) == number


@pytest.mark.parametrize(
    ("cells", "comma"),
    [
        (["1,5", "2"], True),
        (["1.5", "2"], False),
        (["1.234,50", "1.5"], False),
        (["1", "2"], False),
    ],
)
def test_decimals_are_judged_by_the_whole_column(cells, comma):
    assert values.decimals(cells) is comma


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2026-03-04", "mdy", dt.date(2026, 3, 4)),
        ("2026-03-04T10:11:12Z", "dmy", dt.date(2026, 3, 4)),
        ("04.03.2026", "dmy", dt.date(2026, 3, 4)),
        ("4.3.26", "dmy", dt.date(2026, 3, 4)),
        ("04.03.2026 10:11", "dmy", dt.date(2026, 3, 4)),
        ("03/04/2026", "mdy", dt.date(2026, 3, 4)),
        ("04/03/2026", "dmy", dt.date(2026, 3, 4)),
        ("4. März 2026", "dmy", dt.date(2026, 3, 4)),
        ("March 4, 2026", "dmy", dt.date(2026, 3, 4)),
        ("Mi, 04.03.2026", "dmy", dt.date(2026, 3, 4)),
        ("20260304", "dmy", dt.date(2026, 3, 4)),
        ("46085", "dmy", dt.date(2026, 3, 4)),
        (46085.5, "dmy", dt.date(2026, 3, 4)),
        ("31.02.2026", "dmy", None),
        ("13/13/2026", "mdy", None),
        ("04.03.0026", "dmy", None),
        ("bald", "dmy", None),
        ("4. Brumaire 2026", "dmy", None),
        (float("nan"), "dmy", None),
        (12, "dmy", None),
    ],
)
def test_dates(cell, order, day):
    assert values.date(cell, order) == day


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["01/02/2026", "13/02/2026"], "dmy"),
        (["01/02/2026", "02/13/2026"], "mdy"),
        (["01.02.2026"], "dmy"),
        (["01/02/2026"], "mdy"),
    ],
)
def test_the_order_of_days_is_judged_by_the_whole_column(cells, order):
    column = values.Days("mdy")
    for cell in cells:
        column.see(cell)
    assert column.order == order


@pytest.mark.parametrize(
    ("cell", "rating"),
    [("10 - Sehr wahrscheinlich", 10), ("4/5", 4), ("3 Sterne", 3), ("★★★☆☆", 3), ("7", 7),
     ("gut", None), ("", None)],
)  # fmt: skip
def test_ratings_with_words_around_them(cell, rating):
    assert values.rating(cell) == rating


@pytest.mark.parametrize(
    ("cell", "said"),
    [("ja", True), ("Nein", False), ("TRUE", True), (0, False), (1.0, True), (True, True),
     ("vielleicht", None)],
)  # fmt: skip
def test_yes_and_no(cell, said):
    assert values.choice(cell) is said
