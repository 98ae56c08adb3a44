"""How good predictions were: proper scores, rooms and their ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.domain.forecasts import (
    bias,
    brier,
    coverage,
    interval_score,
    mae,
    rmse,
    room_forecast,
    skill,
    top_overlap,
    total_variation,
)
from outside_in.domain.measures import Interval

numbers = st.floats(-1000, 1000)
pairs = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=12)


@given(pairs)
def test_bias_is_never_larger_than_the_error_nor_the_error_than_its_square(pairs):
    truth, prediction = map(list, zip(*pairs, strict=True))
    assert abs(bias(truth, prediction)) <= mae(truth, prediction) + 1e-9
    assert mae(truth, prediction) <= rmse(truth, prediction) + 1e-9


@given(numbers, st.floats(0, 100), st.floats(0, 100))
def test_a_miss_costs_the_same_above_and_below(low, width, miss):
    below = interval_score(low, low + width, low - miss)
    above = interval_score(low, low + width, low + width + miss)
    assert below == pytest.approx(above, abs=1e-6)
    assert below == pytest.approx(width + 10 * miss, abs=1e-6)


def test_a_range_upside_down_is_refused():
    with pytest.raises(ValueError):
        interval_score(30, 10, 20)


@pytest.mark.parametrize("a", [0, 1, -0.2])
def test_a_range_that_may_never_or_always_miss_is_refused(a):
    with pytest.raises(ValueError):
        interval_score(10, 30, 20, a)


def test_a_truth_on_the_edge_is_covered():
    ranges = [Interval(low=0, high=10), Interval(low=0, high=10)]
    assert coverage(ranges, [10, 10.1]) == 0.5


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=12))
def test_brier_lies_between_knowing_and_knowing_it_wrongly(pairs):
    probabilities, outcomes = map(list, zip(*pairs, strict=True))
    assert 0 <= brier(probabilities, outcomes) <= 1
    assert brier(outcomes, outcomes) == 0


@pytest.mark.parametrize(("probabilities", "outcomes"), [([1.2], [1]), ([0.5], [2]), ([], [])])
def test_brier_refuses_what_is_no_probability_and_no_outcome(probabilities, outcomes):
    with pytest.raises(ValueError):
        brier(probabilities, outcomes)


def test_skill_is_one_for_the_truth_and_nothing_for_the_average():
    truth = [-20, 10, 30]
    assert skill(truth, truth, reference=5).skill == 1
    assert skill(truth, [5, 5, 5], reference=5).skill == 0


def test_where_the_average_is_always_right_nobody_can_be_better():
    assert skill([5, 5], [4, 6], reference=5).skill is None


def test_shares_that_moved_completely_moved_by_a_hundred():
    assert total_variation([100, 0], [0, 100]) == 100
    assert total_variation([40, 60], [40, 60]) == 0


def test_a_tie_at_the_cut_goes_to_the_earlier_item():
    assert top_overlap([5, 4, 3, 3], [5, 4, 3, 0]) == 1
    assert top_overlap([5, 4, 3, 3], [5, 4, 0, 3]) == pytest.approx(2 / 3)


def test_fewer_than_three_items_are_all_in_the_top_three():
    assert top_overlap([1, 2], [2, 1]) == 1


def test_the_middle_of_a_room_forgives_one_wild_guess():
    room = room_forecast(12, [10, 12, 14, 900, 11])
    assert room.median_error == 0
    assert room.bias > 100


def test_a_room_without_ranges_has_neither_coverage_nor_their_score():
    room = room_forecast(12, [10, 20])
    assert (room.bias, room.coverage, room.mean_interval_score) == (3, None, None)


@pytest.mark.parametrize("measure", [mae, rmse, bias, total_variation, top_overlap])
@pytest.mark.parametrize("pair", [([], []), ([1], [1, 2])])
def test_predictions_without_their_truths_are_refused(measure, pair):
    with pytest.raises(ValueError):
        measure(*pair)


def test_an_empty_room_predicts_nothing():
    with pytest.raises(ValueError):
        room_forecast(12, [])
    with pytest.raises(ValueError):
        coverage([], [])
