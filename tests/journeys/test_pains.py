"""Pain is reach × bad share × consequence, with bounds that decide what can be told apart (DOMAIN 8.2)."""

import datetime as dt

import pytest

from outside_in.domain.feedback import Verbatim
from outside_in.journeys import journey


def said(row, point, score, churned=None, day=None):
    date = dt.date(2026, 1, 1) + dt.timedelta(days=day) if day is not None else None
    return Verbatim(row=row, text="words", touchpoint=point, score=score, metric="nps", churned=churned, date=date)


def many(point, bad, good, start=0, **more):
    scores = [2] * bad + [10] * good
    return [said(start + n, point, score, **more) for n, score in enumerate(scores)]


def points(*groups):
    rows = [one.model_copy(update={"row": n}) for n, one in enumerate((v for group in groups for v in group), 2)]
    return {point.name.en: point for point in journey(rows).touchpoints}


def test_by_hand_without_churn_the_consequence_is_one():
    found = points(many("Bill", 30, 10), many("Portal", 6, 54))
    assert found["Bill"].pain.reach == pytest.approx(0.4)
    assert found["Bill"].pain.value == pytest.approx(0.4 * 0.75)
    assert found["Portal"].pain.consequence == 1
    assert found["Bill"].pain.low <= found["Bill"].pain.value <= found["Bill"].pain.high


def test_leaving_more_often_than_elsewhere_weighs_more():
    stay = many("Portal", 10, 30, churned=False)
    leave = many("Bill", 10, 30, churned=True)
    found = points(stay, leave)
    assert found["Bill"].pain.consequence == pytest.approx(2)
    assert found["Portal"].pain.value == 0


def test_points_whose_bounds_overlap_share_a_band():
    found = points(many("Bill", 90, 10), many("Move", 88, 12), many("Portal", 2, 98))
    assert [found[name].pain.band for name in ("Bill", "Move", "Portal")] == [1, 1, 2]


def test_a_moment_of_truth_is_met_by_many_who_suffer():
    found = points(many("Bill", 60, 20), many("Portal", 4, 96), many("Rare", 6, 0))
    assert found["Bill"].candidate
    assert not found["Rare"].candidate
    assert not found["Portal"].candidate


def test_fewer_than_five_scores_have_no_pain():
    assert points(many("Bill", 4, 0), many("Portal", 5, 5))["Bill"].pain is None


def test_a_later_half_that_is_worse_is_a_trend_with_its_bounds():
    before = [said(n, "Bill", 9 + n % 2, day=n) for n in range(10)]
    after = [said(n, "Bill", 2 + n % 2, day=30 + n) for n in range(10)]
    trend = points(before, after)["Bill"].trend
    assert trend.change == pytest.approx(-7)
    assert trend.low < trend.change < trend.high < 0
    assert trend.n == 20


def test_days_that_are_all_the_same_have_no_trend():
    assert points([said(n, "Bill", n % 3, day=0) for n in range(20)])["Bill"].trend is None
