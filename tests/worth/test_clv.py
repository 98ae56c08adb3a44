"""What one customer is worth: three variants that must never be mixed up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.domain.worth import Segment
from outside_in.worth import by_segment, lifetime_value, monthly_churn, moving, yearly_churn

shares = st.floats(0, 1)
rates = st.floats(0, 0.5)


def summed(margin, retention, discount, years):
    """The definitions, term by term."""
    return (
        sum(margin * retention**t / (1 + discount) ** t for t in range(years)),
        sum(margin * retention ** (t - 1) / (1 + discount) ** t for t in range(1, years + 1)),
        sum(margin * retention**t / (1 + discount) ** t for t in range(1, years + 1)),
    )


@given(shares, rates, st.integers(0, 60))
def test_the_closed_formula_is_the_sum_of_the_years(retention, discount, years):
    clv = lifetime_value(100, retention, discount, years)
    assert (clv.now, clv.end, clv.retained) == pytest.approx(summed(100, retention, discount, years))


@given(st.floats(0, 0.95), st.floats(0.01, 0.5))
def test_a_long_horizon_comes_close_to_the_infinite_one(retention, discount):
    long, endless = (lifetime_value(100, retention, discount, years) for years in (2000, None))
    assert (long.now, long.end, long.retained) == pytest.approx((endless.now, endless.end, endless.retained))


@given(shares, rates, st.integers(1, 30))
def test_later_margins_are_worth_less(retention, discount, years):
    clv = lifetime_value(100, retention, discount, years)
    assert clv.now + 1e-9 >= clv.end >= clv.retained - 1e-9


def test_the_multiple_of_gupta_and_lehmann():
    assert lifetime_value(1, 0.8, 0.1).retained == pytest.approx(2.67, abs=0.005)


def test_who_never_leaves_is_worth_a_margin_a_year():
    assert lifetime_value(100, 1, 0, 7).now == 700


def test_who_never_leaves_and_is_never_discounted_has_no_end():
    with pytest.raises(ValueError):
        lifetime_value(100, 1, 0)


@pytest.mark.parametrize(
    ("retention", "discount", "years"), [(1.1, 0.1, 3), (-0.1, 0.1, 3), (0.5, -1, 3), (0.5, 0.1, -1)]
)
def test_impossible_lives_are_refused(retention, discount, years):
    with pytest.raises(ValueError):
        lifetime_value(100, retention, discount, years)


def test_segments_keep_their_names_and_one_variant():
    segments = {"loyal": Segment(margin=100, retention=0.9), "new": Segment(margin=80, retention=0.5)}
    worth = by_segment(segments, 0.08, "now", 5)
    assert worth == {
        "loyal": lifetime_value(100, 0.9, 0.08, 5).now,
        "new": lifetime_value(80, 0.5, 0.08, 5).now,
    }


def test_moving_customers_counts_only_what_was_caused():
    assert moving(200, 0.5, before=240, after=508) == 26_800
    assert moving(200, 0.5, before=508, after=240) == -26_800


@given(st.floats(0, 0.99))
def test_churn_by_the_month_and_by_the_year_are_one(yearly):
    assert yearly_churn(monthly_churn(yearly)) == pytest.approx(yearly, abs=1e-12)
