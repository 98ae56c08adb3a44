"""How far views agree: symmetry, ties, and the cases where nothing can be said."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from outside_in.domain.agreement import (
    jaccard,
    jaccard_chance,
    kendall_tau_b,
    kendall_w,
    krippendorff_alpha,
    mid_ranks,
    projection_index,
    spearman_rho,
    tau_chance_sd,
)

values = st.integers(-5, 5)
pairs = st.lists(st.tuples(values, values), min_size=2, max_size=12)


def vary(*orders):
    return all(len(set(order)) > 1 for order in orders)


@given(pairs)
def test_orders_with_ties_agree_with_scipy(pairs):
    first, second = map(list, zip(*pairs, strict=True))
    assume(vary(first, second))
    assert kendall_tau_b(first, second) == pytest.approx(stats.kendalltau(first, second).statistic)
    assert spearman_rho(first, second) == pytest.approx(stats.spearmanr(first, second).statistic)


@given(pairs)
def test_agreement_of_two_does_not_depend_on_who_comes_first(pairs):
    first, second = map(list, zip(*pairs, strict=True))
    assert kendall_tau_b(first, second) == kendall_tau_b(second, first)
    assert spearman_rho(first, second) == spearman_rho(second, first)


def test_an_order_without_differences_agrees_with_nobody():
    assert kendall_tau_b([3, 3, 3], [1, 2, 3]) is None
    assert spearman_rho([1, 2, 3], [3, 3, 3]) is None


@pytest.mark.parametrize("measure", [kendall_tau_b, spearman_rho])
@pytest.mark.parametrize("orders", [([1, 2], [1, 2, 3]), ([1], [1]), ([], [])])
def test_orders_of_different_items_are_refused(measure, orders):
    with pytest.raises(ValueError):
        measure(*orders)


def test_equals_share_the_mean_of_their_places():
    assert mid_ranks([30, 10, 30, 20]) == [3.5, 1, 3.5, 2]


def test_blind_orders_spread_less_the_more_items_there_are():
    assert tau_chance_sd(2) == 1
    assert tau_chance_sd(9) < tau_chance_sd(8)
    with pytest.raises(ValueError):
        tau_chance_sd(1)


def test_who_predicts_the_own_preference_projects():
    truth, own = [1, 2, 3, 4, 5, 6, 7, 8], [5, 8, 2, 4, 7, 1, 6, 3]
    nearly_own = [5, 8, 2, 4, 7, 1, 3, 6]
    assert projection_index(nearly_own, own, truth) > 0.7
    assert abs(projection_index(truth[::-1], own, [3, 1, 4, 8, 5, 2, 6, 7])) < 0.5


def test_a_perfect_prediction_leaves_nothing_to_project():
    assert projection_index([1, 2, 3], [2, 1, 3], [10, 20, 30]) is None
    assert projection_index([1, 1, 1], [2, 1, 3], [10, 20, 30]) is None


def test_the_projection_index_is_a_partial_correlation():
    chance = random.Random(4)
    prediction, own, truth = ([chance.random() for _ in range(12)] for _ in range(3))
    ranks = [stats.rankdata(order) for order in (prediction, own, truth)]
    rest = [rank - stats.linregress(ranks[2], rank).slope * ranks[2] for rank in ranks[:2]]
    expected = stats.pearsonr(*rest).statistic
    assert projection_index(prediction, own, truth) == pytest.approx(expected)


def test_equal_rankings_are_perfectly_concordant():
    found = kendall_w([[1, 2, 3, 4]] * 5)
    assert (found.w, found.chi2) == (1, 15)
    assert found.p == pytest.approx(stats.chi2.sf(15, 3))


@given(st.lists(st.lists(values, min_size=4, max_size=4), min_size=2, max_size=6))
def test_concordance_is_friedmans_statistic_on_another_scale(rankings):
    assume(any(vary(ranking) for ranking in rankings))
    columns = list(zip(*rankings, strict=True))
    found, friedman = kendall_w(rankings), stats.friedmanchisquare(*columns)
    assert found.chi2 == pytest.approx(friedman.statistic)
    assert found.p == pytest.approx(friedman.pvalue)
    assert 0 <= found.w <= 1 + 1e-12


def test_raters_who_see_no_differences_have_no_concordance():
    assert kendall_w([[1, 1, 1], [2, 2, 2]]) is None


@pytest.mark.parametrize("rankings", [[], [[1, 2, 3]], [[1], [1]], [[1, 2], [1, 2, 3]]])
def test_concordance_needs_raters_and_the_same_items(rankings):
    with pytest.raises(ValueError):
        kendall_w(rankings)


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval"])
def test_identical_raters_agree_perfectly(scale):
    assert krippendorff_alpha([[1, 2, 3, None], [1, 2, 3, 2]], scale) == 1


def test_raters_without_any_difference_cannot_agree_beyond_chance():
    assert krippendorff_alpha([[2, 2], [2, 2]]) is None


@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=2, max_size=5))
def test_alpha_does_not_care_who_rated_first(raters):
    for scale in ("nominal", "ordinal", "interval"):
        there, back = krippendorff_alpha(raters, scale), krippendorff_alpha(raters[::-1], scale)
        assert there == pytest.approx(back)
        assert there is None or there <= 1


@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=2, max_size=5))
def test_only_the_interval_scale_feels_how_far_values_lie_apart(raters):
    stretched = [[value**3 for value in rater] for rater in raters]
    for scale in ("nominal", "ordinal"):
        assert krippendorff_alpha(raters, scale) == krippendorff_alpha(stretched, scale)


@pytest.mark.parametrize("raters", [[], [[1, 2]], [[1, None], [None, 2]], [[1, 2], [1]]])
def test_agreement_needs_somebody_to_agree_with(raters):
    with pytest.raises(ValueError):
        krippendorff_alpha(raters)


def test_overlap_of_picks_is_the_mean_over_pairs():
    picks = [{"clarity", "courage"}, {"clarity", "trust"}, {"trust", "clarity"}]
    assert jaccard(picks) == pytest.approx((1 / 3 + 1 / 3 + 1) / 3)


def test_people_who_picked_nothing_say_nothing():
    assert jaccard([set(), set()]) is None
    assert jaccard([{"clarity"}]) is None


def test_blind_picks_overlap_as_often_as_dice_do():
    chance = random.Random(1)
    picks = [frozenset(chance.sample(range(10), 3)) for _ in range(400)]
    assert jaccard_chance(10, 3) == pytest.approx(jaccard(picks), abs=0.01)


def test_who_picks_everything_always_agrees():
    assert jaccard_chance(4, 4) == pytest.approx(1)
    assert jaccard_chance(2, 1) == pytest.approx(0.5)


@pytest.mark.parametrize(("values", "picks"), [(10, 0), (2, 3)])
def test_impossible_picks_have_no_chance_level(values, picks):
    with pytest.raises(ValueError):
        jaccard_chance(values, picks)
