"""A theme's effect on the score: other people's arithmetic, and what is held back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from outside_in.domain.effect import effects
from outside_in.domain.feedback import Placed, Verbatim
from outside_in.domain.measures import newcombe, welch

DAY = dt.date(2026, 1, 5)


def said(*groups, **same):
    """Comments of (theme, score, how often, fields), with the theme of each."""
    comments, placed = [], []
    for theme, score, times, *fields in groups:
        for _ in range(times):
            row = len(comments) + 2
            metric = None if score is None else "nps"
            more = {**same, **(fields[0] if fields else {})}
            comments.append(Verbatim(row=row, text="…", score=score, metric=metric, **more))
            placed.append(Placed(row=row, theme=theme))
    return comments, placed


def effect(theme, *groups, **same):
    return next(one for one in effects(*said(*groups, **same)) if one.theme == theme)


scores = st.lists(st.integers(0, 10), min_size=5, max_size=40)


@given(scores, scores)
def test_the_interval_of_a_difference_is_welchs(a, b):
    if len(set(a)) == len(set(b)) == 1:
        return
    ours = effect("t1", *(("t1", s, 1) for s in a), *(("t2", s, 1) for s in b)).difference
    theirs = stats.ttest_ind(a, b, equal_var=False).confidence_interval()
    assert ours.value == pytest.approx(sum(a) / len(a) - sum(b) / len(b), abs=1e-9)
    assert (ours.interval.low, ours.interval.high) == pytest.approx((theirs.low, theirs.high), abs=1e-6)


def test_two_groups_without_spread_have_a_difference_and_no_interval():
    told = effect("t1", ("t1", 2, 6), ("t2", 9, 6))
    assert (told.difference.value, told.difference.interval, told.difference.clear) == (-7, None, False)
    assert told.within.interval is None


def test_welch_needs_two_answers_on_each_side():
    with pytest.raises(ValueError, match="two answers"):
        welch(1, 0, 1, 2, 1, 9)


def test_a_theme_of_unhappy_customers_pulls_the_whole_down():
    told = effect("t1", ("t1", 1, 10), ("t1", 3, 10), ("t2", 8, 20), ("t2", 10, 20))
    assert (told.n, told.of, told.share) == (20, 60, pytest.approx(1 / 3))
    assert told.difference.clear
    assert told.pull == pytest.approx(20 / 3 - 9)
    assert told.bad.value == 1
    assert told.bad.interval == newcombe(20, 20, 0, 40)


def test_of_fewer_than_five_nothing_is_told():
    few = effects(*said(("t1", 3, 4), ("t2", 8, 20)))
    assert [one.theme for one in few] == ["t2"]
    told = effect("t1", ("t1", 3, 4), ("t1", None, 4), ("t2", 8, 20))
    assert told.n == 8
    assert (told.within, told.difference, told.bad, told.pull) == (None, None, None, None)


def test_without_scores_there_is_a_share_and_no_effect():
    told = effect("t1", ("t1", None, 10), ("t2", None, 30))
    assert (told.metric, told.share, told.difference) == (None, 0.25, None)


def test_two_scales_are_not_mixed():
    comments, placed = said(("t1", 9, 10), ("t2", 5, 10))
    comments[0] = comments[0].model_copy(update={"metric": "stars", "score": 1.0})
    told = next(one for one in effects(comments, placed) if one.theme == "t1")
    assert (told.metric, told.within.n, told.within.mean) == ("nps", 9, 9)


def test_touchpoints_are_told_with_the_largest_share_first_and_the_few_are_withheld():
    bill, shop, app = ({"touchpoint": name} for name in ("Bill", "Shop", "App"))
    told = effect(
        "t1", ("t1", 2, 10, bill), ("t2", 8, 10, bill), ("t1", 2, 5, shop), ("t2", 8, 45, shop),
        ("t1", 2, 2, app), ("t1", 2, 4, {"touchpoint": "Home"}),
    )  # fmt: skip
    assert [(part.name, part.n, part.of) for part in told.touchpoints.parts] == [("Bill", 10, 20), ("Shop", 5, 50)]
    assert told.touchpoints.withheld == 2


def test_what_one_withheld_part_holds_cannot_be_worked_out_from_the_others():
    told = effect(
        "t1", ("t1", 2, 10, {"segment": "A"}), ("t1", 2, 6, {"segment": "B"}), ("t1", 2, 2, {"segment": "C"}),
        ("t2", 9, 9, {"segment": "A"}),
    )  # fmt: skip
    assert [part.name for part in told.segments.parts] == ["A"]
    assert told.segments.withheld == 2


def test_a_theme_that_grows_is_told_in_time():
    months = [{"date": DAY.replace(month=m)} for m in range(1, 7)]
    groups = [("t1", 3, 5 + 5 * i, month) for i, month in enumerate(months)]
    told = effect("t1", *groups, *(("t2", 8, 60, month) for month in months)).trend
    assert told.unit == "week"  # one day of each month is one week
    assert [part.n for part in told.parts] == [5, 10, 15, 20, 25, 30]
    assert told.change.clear
    assert told.change.value > 0


def test_spans_too_thin_for_weeks_are_told_by_month():
    days = [DAY + dt.timedelta(days=2 * i) for i in range(90)]
    told = effect("t1", *(("t1", 3, 1, {"date": day}) for day in days), ("t2", 8, 20, {"date": DAY})).trend
    assert told.unit == "month"
    assert [part.name for part in told.parts][:2] == ["2026-01-01", "2026-02-01"]


def test_an_undated_theme_has_no_trend():
    assert effect("t1", ("t1", 3, 10), ("t2", 8, 10)).trend is None


def test_a_comment_nobody_placed_takes_no_part():
    comments, placed = said(("t1", 3, 10), (None, 8, 10))
    assert effects(comments, placed[:15])[0].of == 15
