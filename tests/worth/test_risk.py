"""What becomes of a case when its inputs are ranges."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from outside_in.domain.worth import Range
from outside_in.domain.worth_told import chances
from outside_in.worth import business_case, monte_carlo, tornado
from outside_in.worth.risk import triangular
from tests.worth.examples import R6, cases

RANGES = {
    "causal_share": Range(low=0.2, best=0.5, high=0.8),
    "churn_cut": Range(low=0, best=0.012, high=0.02),
    "failure_cut": Range(low=0.05, best=0.25, high=0.4),
    "churn": Range(low=0.09, best=0.11, high=0.13),
    "margin_rate": Range(low=0.10, best=0.12, high=0.14),
    "contact_cost": Range(low=5, best=7, high=9),
    "failure_share": Range(low=0.3, best=0.45, high=0.6),
    "realisation": Range(low=0.5, best=0.8, high=1),
    "one_off": Range(low=150_000, best=180_000, high=270_000),
}


def constant(value):
    return Range(low=value, best=value, high=value)


@given(cases)
@settings(max_examples=50)
def test_ranges_without_width_reproduce_the_point_estimate_exactly(case):
    ranges = {name: constant(getattr(case, name)) for name in RANGES}
    risk, npv = monte_carlo(case, ranges, seed=1, draws=50), business_case(case).npv
    assert (risk.p10, risk.p50, risk.p90, risk.best_guess) == (npv, npv, npv, npv)
    assert risk.chance == (npv > 0)


@given(cases)
@settings(max_examples=30)
def test_many_draws_at_once_are_many_cases_one_by_one(case):
    low, high = 0.2 * case.churn, case.churn
    ranges = {"churn": Range(low=low, best=low, high=high)}
    luck = np.random.default_rng(3).random(7)
    drawn = np.broadcast_to(triangular(luck, ranges["churn"]), 7)
    alone = [business_case(case.but(churn=float(churn))).npv for churn in drawn]
    risk = monte_carlo(case, ranges, seed=3, draws=7)
    assert risk.p50 == pytest.approx(np.percentile(alone, 50), abs=1e-3)


def test_skewed_ranges_pull_the_middle_below_the_best_guess():
    risk = monte_carlo(R6, RANGES, seed=0)
    assert risk.p10 < risk.p50 < risk.best_guess < risk.p90
    assert risk.best_guess == pytest.approx(13_052.75, abs=0.01)
    assert 0.1 < risk.chance < 0.5


def test_a_seed_repeats_itself_however_the_ranges_were_listed():
    backwards = dict(reversed(RANGES.items()))
    assert monte_carlo(R6, RANGES, seed=7) == monte_carlo(R6, backwards, seed=7)
    assert monte_carlo(R6, RANGES, seed=7).p50 != monte_carlo(R6, RANGES, seed=8).p50


def test_effects_that_succeed_together_spread_further():
    alone, together = (monte_carlo(R6, RANGES, seed=5, together=on) for on in (False, True))
    assert together.p90 - together.p10 > alone.p90 - alone.p10


def test_draws_are_those_of_numpys_triangular():
    ours = triangular(np.random.default_rng(2).random(1000), Range(low=1, best=2, high=6))
    assert ours == pytest.approx(np.random.default_rng(2).triangular(1, 2, 6, 1000))


@given(st.floats(-100, 100), st.floats(0, 100), st.floats(0, 100))
def test_draws_stay_within_their_range(low, rise, fall):
    one = Range(low=low, best=low + rise, high=low + rise + fall)
    drawn = np.asarray(triangular(np.linspace(0, 1, 50), one))
    assert drawn.min() >= one.low - 1e-9
    assert drawn.max() <= one.high + 1e-9


def test_the_largest_swing_stands_on_top():
    bars = tornado(R6, RANGES)
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    assert {bar.input for bar in bars} == set(RANGES)
    assert bars[0].input == "churn_cut"


def test_a_bar_moves_one_input_and_leaves_the_others_at_their_best_guess():
    ranges = {"causal_share": Range(low=0, best=0.5, high=1), "contact_cost": Range(low=5, best=8, high=9)}
    bars = {bar.input: bar for bar in tornado(R6, ranges)}
    expected = business_case(R6.but(causal_share=0, contact_cost=8)).npv
    assert bars["causal_share"].low == pytest.approx(expected)


def test_without_ranges_there_is_nothing_to_fear_and_nothing_to_learn():
    risk = monte_carlo(R6, {}, seed=0)
    assert risk.tornado == ()
    assert risk.p10 == risk.p90 == risk.best_guess


@pytest.mark.parametrize("ranges", [{"mood": constant(1)}, {"churn": Range(low=0, best=0.1, high=2)}])
def test_ranges_no_case_can_be_computed_with_are_refused(ranges):
    with pytest.raises(ValueError):
        monte_carlo(R6, ranges, seed=0)


def test_no_draws_are_no_chance():
    with pytest.raises(ValueError):
        monte_carlo(R6, RANGES, seed=0, draws=0)


def test_a_range_out_of_order_is_refused():
    with pytest.raises(ValidationError):
        Range(low=2, best=1, high=3)


def test_ten_thousand_draws_are_there_before_anybody_looks_up():
    start = time.process_time()
    monte_carlo(R6, RANGES, seed=0)
    assert time.process_time() - start < 1


def test_the_chances_are_told_in_one_sentence():
    said = chances(monte_carlo(R6, RANGES, seed=0))
    assert said.values["low"].value < said.values["middle"].value < said.values["high"].value
    assert 0 < said.values["chance"].value < 100
