"""The journey in the feedback."""

import datetime as dt

from outside_in import journeys
from outside_in.domain.feedback import Placed, Verbatim
from outside_in.domain.mapping import Planned
from outside_in.domain.measures import wilson
from outside_in.domain.text import Text

INVOICE = Planned(
    id="invoice",
    name=Text(de="Rechnung", en="Invoice"),
    labels=("Abrechnung", "billing"),
)
MOVING = Planned(id="moving", name=Text(de="Umzug", en="Moving"))
LONG = "A comment that is long enough to be shown to a room full of leaders, number {}."


def said(row, touchpoint="Rechnung", score=5.0, **more):
    return Verbatim(
        row=row,
        text=LONG.format(row),
        touchpoint=touchpoint,
        score=score,
        metric="nps",
        **more,
    )


def names(journey):
    return [point.name.de for point in journey.touchpoints]


def test_planned_touchpoints_keep_their_order_and_may_be_silent():
    journey = journeys.journey([said(2), said(3)], [MOVING, INVOICE])
    assert [(point.id, point.n, point.provenance) for point in journey.touchpoints] == [
        ("moving", 0, "assumed"),
        ("invoice", 2, "assumed"),
    ]


def test_labels_spellings_and_slips_find_their_touchpoint():
    labels = ["Rechnung", "RECHNUNG ", "billing", "Abrechnungg", "abrechnung", "Invoice"]
    journey = journeys.journey([said(n, label) for n, label in enumerate(labels, 2)], [INVOICE])
    assert [(point.id, point.n) for point in journey.touchpoints] == [("invoice", 6)]


def test_what_nobody_planned_follows_under_its_commonest_spelling():
    labels = ["Störung", "störung", "Störung", "Rechnung"]
    journey = journeys.journey([said(n, label) for n, label in enumerate(labels, 2)], [INVOICE])
    assert names(journey) == ["Rechnung", "Störung"]
    assert journey.touchpoints[1].id == "stoerung"


def test_customers_own_dates_order_an_unplanned_journey():
    rows = []
    for n in range(6):
        for day, label in ((3, "Rechnung"), (1, "Anfrage"), (2, "Vertrag")):
            rows.append(said(len(rows) + 2, label, customer_id=f"c{n}", date=dt.date(2026, 5, day)))
    assert names(journeys.journey(rows)) == ["Anfrage", "Vertrag", "Rechnung"]


def test_without_dates_touchpoints_stand_as_they_first_appear():
    rows = [said(2, "Vertrag"), said(3, "Anfrage"), said(4, "Vertrag")]
    assert names(journeys.journey(rows)) == ["Vertrag", "Anfrage"]


def test_a_touchpoint_says_how_sure_it_is():
    day = dt.date(2026, 1, 1)
    rows = [said(n, score=score, date=day) for n, score in enumerate((0, 3, 6, 9, 10), 2)]
    journey = journeys.journey(rows, [INVOICE], source="export.csv")
    (point,) = journey.touchpoints
    assert (round(point.evidence.value, 6), point.evidence.n) == (-20, 5)
    assert (point.evidence.period, point.evidence.source) == ("2026-01-01", "export.csv")
    bounds = wilson(3, 5)
    assert (point.negative, point.negative_low, point.negative_high) == (
        0.6, bounds.low, bounds.high,
    )  # fmt: skip
    assert point.emotion == -0.4, "the level on its own axis, from −2 to +2"
    assert journey.overall == point.evidence


def test_too_few_answers_give_neither_figure_nor_quote():
    (point,) = journeys.journey([said(n) for n in range(2, 6)], [INVOICE]).touchpoints
    assert (point.n, point.evidence, point.emotion, point.negative) == (4, None, None, None)
    assert point.quotes == ()


def test_themes_of_fewer_than_five_stay_out_of_the_mix():
    rows = [said(n) for n in range(2, 11)]
    placed = [Placed(row=n, theme="t1" if n < 7 else "t2") for n in range(2, 11)]
    (point,) = journeys.journey(rows, [INVOICE], placed).touchpoints
    assert point.themes == {"t1": 5}


def test_quotes_are_one_typical_one_extreme_one_positive_of_three_customers():
    rows = [
        said(2, score=5, customer_id="a"),
        said(3, score=0, customer_id="a"),
        said(4, score=1, customer_id="b"),
        said(5, score=10, customer_id="b"),
        said(6, score=9, customer_id="c"),
    ]
    placed = [Placed(row=2, theme="t1", confidence=0.9), Placed(row=6, theme="t1", confidence=0.2)]
    (point,) = journeys.journey(rows, [INVOICE], placed).touchpoints
    assert [(one.kind, one.row) for one in point.quotes] == [
        ("typical", 2), ("extreme", 4), ("positive", 6),
    ]  # fmt: skip


def test_quotes_are_neither_too_short_nor_too_long():
    short = [said(n).model_copy(update={"text": "ok"}) for n in range(2, 9)]
    endless = [said(n).model_copy(update={"text": "x" * 281}) for n in range(9, 16)]
    (point,) = journeys.journey(short + endless, [INVOICE]).touchpoints
    assert point.quotes == ()


def test_a_theme_has_the_level_of_its_comments():
    rows = [said(n, score=n) for n in range(2, 9)]
    evidence = journeys.theme_evidence(rows, {2, 3, 4, 5, 6})
    assert (evidence.value, evidence.n) == (-100, 5)
    assert journeys.theme_evidence(rows, {2, 3}) is None


def test_two_scales_are_never_mixed():
    rows = [said(n, score=9) for n in range(2, 8)]
    rows += [said(n, score=1).model_copy(update={"metric": "stars"}) for n in range(8, 11)]
    (point,) = journeys.journey(rows, [INVOICE]).touchpoints
    assert (point.evidence.metric, point.evidence.n, point.n) == ("nps", 6, 9)


def test_an_empty_file_is_an_empty_journey():
    assert journeys.journey([]).touchpoints == ()
