"""The business case: sums that add up, clamps that hold, break-evens that break even."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from outside_in.domain.business import net_present_value
from outside_in.domain.worth import SYMBOLS, Assumptions
from outside_in.domain.worth_told import assumed, verdict
from outside_in.worth import break_even, business_case
from tests.worth.examples import R6, R7, cases


@given(cases)
def test_levers_add_up_to_the_benefit_and_years_to_the_cash(case):
    worth = business_case(case)
    levers = worth.levers.retention + worth.levers.revenue + worth.levers.service
    counted = worth.pv_residual if case.residual else 0
    assert worth.pv_benefit == pytest.approx(levers + counted, abs=1e-3)
    assert worth.npv == pytest.approx(worth.pv_benefit - worth.pv_cost, abs=1e-3)
    assert worth.cumulated == pytest.approx(sum(year.cash for year in worth.years) - case.one_off, abs=1e-3)


@given(cases)
def test_stocks_only_shrink_and_saving_never_loses_a_customer(case):
    before = case.customers
    for year in business_case(case).years:
        assert year.stock_without <= year.stock_with + 1e-6
        assert year.stock_with <= before + 1e-6
        before = year.stock_with


@given(cases)
def test_the_residual_never_changes_the_years(case):
    with_it, without = (business_case(case.but(residual=on)) for on in (True, False))
    assert (with_it.years, with_it.payback) == (without.years, without.payback)
    assert with_it.pv_residual == without.pv_residual
    assert with_it.npv - without.npv == pytest.approx(without.pv_residual, abs=1e-3)


@given(cases)
def test_without_any_effect_the_cost_is_lost(case):
    worth = business_case(case.but(churn_cut=0, revenue_effect=0, failure_cut=0))
    assert worth.pv_benefit == 0
    assert worth.npv == -worth.pv_cost
    assert worth.pv_residual == 0


def test_churn_cannot_be_cut_below_zero():
    everything = business_case(R6.but(churn_cut=1, causal_share=1, ramp=(1, 1)))
    assert [year.stock_with for year in everything.years] == [100_000, 100_000]


def test_replaced_customers_are_not_counted_twice():
    worth = business_case(R7)
    assert {year.stock_with for year in worth.years} == {250_000}
    assert worth.pv_residual == 0
    assert worth.years[0].retention == pytest.approx(250_000 * 0.5 * 0.008 * 0.25 * 160)


def test_replacement_needs_its_price():
    with pytest.raises(ValidationError):
        R6.but(mode="replacement")


def test_what_costs_nothing_has_no_return_on_it_and_pays_back_at_once():
    worth = business_case(R6.but(one_off=0, yearly=0))
    assert worth.roi is None
    assert worth.payback == 0


def test_a_lost_case_never_pays_back():
    worth = business_case(R6.but(causal_share=0))
    assert worth.payback is None
    assert worth.npv < 0


@given(cases, st.sampled_from(["causal_share", "churn_cut", "failure_cut"]))
def test_a_break_even_breaks_even(case, name):
    limit = case.churn if name == "churn_cut" else 1.0
    value = break_even(case, name, limit)
    nothing, everything = (net_present_value(case.but(**{name: end})) for end in (0, limit))
    if value is None:
        assert nothing < 0
        assert everything < 0
    elif value == 0:
        assert nothing >= 0
    else:
        assume(value > 1e-9)  # below, neighbouring numbers lie too far apart for the money
        assert 0 < value <= limit
        assert net_present_value(case.but(**{name: value})) == pytest.approx(0, abs=1e-3)


def test_the_regional_energy_case_hangs_on_the_causal_share():
    found = business_case(R6).break_even
    assert found.causal_share == pytest.approx(0.462, abs=0.001)
    assert found.churn_cut == pytest.approx(0.012 * found.causal_share / 0.5, rel=1e-6)
    assert 0 < found.failure_cut < 0.25


def test_a_case_that_pays_anyway_needs_nothing_of_one_input():
    assert business_case(R6.but(one_off=0, yearly=0)).break_even.causal_share == 0


def test_a_case_beyond_reach_has_no_break_even():
    found = business_case(R6.but(one_off=1e9)).break_even
    assert (found.causal_share, found.churn_cut, found.failure_cut) == (None, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"churn": 1.5},
        {"customers": -1},
        {"revenue": float("nan")},
        {"one_off": float("inf")},
        {"ramp": ()},
        {"discount": -0.1},
        {"mood": "good"},
    ],
)
def test_impossible_assumptions_are_refused(wrong):
    with pytest.raises(ValidationError):
        R6.but(**wrong)


def test_every_assumption_has_its_symbol():
    assert set(SYMBOLS.values()) == set(Assumptions.model_fields)


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (R6, "NPV {npv}; the money"),
        (R6.but(discount=0.2), "but not with interest"),
        (R6.but(churn_cut=0, failure_cut=0), "too small"),
        (R6.but(one_off=300_000, residual=True), "only with what is expected after the horizon"),
    ],
)
def test_the_verdict_is_said_plainly(case, says):
    assert says in verdict(business_case(case)).message


def test_the_mode_is_part_of_what_was_assumed():
    assert assumed(R6).values["n"] == 3
    assert assumed(R6).message != assumed(R7).message
    assert assumed(R6).values["causal"].value == 50
