"""What answers amount to: laws, ends of scales, and other people's arithmetic."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from outside_in.domain.confounding import Stratum, confounding
from outside_in.domain.distributions import chi2_tail, t_quantile, z_quantile
from outside_in.domain.evidence import SCALES
from outside_in.domain.measures import (
    ANSWERS,
    bad,
    carrying,
    ces,
    csat,
    level,
    mean_of,
    newcombe,
    nps,
    nps_difference,
    nps_margin,
    nps_of,
    wilson,
)

counts = st.integers(0, 500)
answered = st.tuples(counts, counts, counts).filter(any)
metrics = st.sampled_from(sorted(ANSWERS))


# --- NPS ---------------------------------------------------------------------------------------


@given(answered)
def test_nps_and_its_intervals_never_leave_the_scale(mix):
    about = nps(*mix)
    for value in (about.nps, about.wald.low, about.wald.high):
        assert -100 <= value <= 100
    assert -100 <= about.adjusted_wald.low < about.adjusted_wald.high <= 100


@given(answered)
def test_turning_promoters_into_detractors_mirrors_everything(mix):
    there, back = nps(*mix), nps(*reversed(mix))
    assert there.nps == pytest.approx(-back.nps)
    assert there.adjusted_wald.low == pytest.approx(-back.adjusted_wald.high)
    assert there.se == pytest.approx(back.se)


def test_unanimous_answers_keep_an_honest_width():
    about = nps(10, 0, 0)
    assert about.wald.low == about.wald.high == 100
    assert about.adjusted_wald.low < 80
    assert about.adjusted_wald.high == 100


@given(st.integers(1, 2000))
def test_more_answers_of_the_same_mix_narrow_the_margin(n):
    assert nps_margin(0.4, 0.3, n + 1) < nps_margin(0.4, 0.3, n)


def test_a_margin_to_expect_is_the_margin_one_gets():
    assert nps_margin(0.4, 0.3, 50) == pytest.approx(nps(20, 15, 15).adjusted_margin)


def test_raw_scores_are_counted_at_nine_and_at_six():
    assert nps_of([0, 6, 7, 8, 9, 10]) == nps(2, 2, 2)


def test_a_difference_without_any_spread_has_no_z():
    gap = nps_difference(nps(3, 0, 0), nps(0, 0, 4))
    assert (gap.difference, gap.se, gap.z) == (200, 0, None)


def test_a_difference_turned_around_changes_its_sign():
    a, b = nps(50, 30, 20), nps(40, 30, 30)
    there, back = nps_difference(a, b), nps_difference(b, a)
    assert there.ci.low == pytest.approx(-back.ci.high)
    assert there.z == pytest.approx(-back.z)


@pytest.mark.parametrize("mix", [(0, 0, 0), (-1, 2, 3), (5, -5, 5)])
def test_impossible_counts_are_refused(mix):
    with pytest.raises(ValueError):
        nps(*mix)


@pytest.mark.parametrize("shares", [(0.6, 0.5), (-0.1, 0.2)])
def test_impossible_shares_are_refused(shares):
    with pytest.raises(ValueError):
        nps_margin(*shares, 10)


# --- shares ------------------------------------------------------------------------------------


@given(st.integers(1, 400), st.data())
def test_wilson_agrees_with_scipy(n, data):
    k = data.draw(st.integers(0, n))
    ours, theirs = wilson(k, n), stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    assert ours.low == pytest.approx(theirs.low, abs=1e-9)
    assert ours.high == pytest.approx(theirs.high, abs=1e-9)


def test_nobody_and_everybody_reach_exactly_the_end():
    assert wilson(0, 12).low == 0
    assert wilson(12, 12).high == 1


@given(st.integers(1, 100), st.integers(1, 100), st.data())
def test_newcombe_holds_the_difference_and_turns_around(n1, n2, data):
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    there, back = newcombe(k1, n1, k2, n2), newcombe(k2, n2, k1, n1)
    assert there.low - 1e-12 <= k1 / n1 - k2 / n2 <= there.high + 1e-12
    assert there.low == pytest.approx(-back.high)
    assert -1 <= there.low <= there.high <= 1


def test_newcombe_reproduces_its_authors_example():
    interval = newcombe(56, 70, 48, 80)  # Newcombe 1998, method 10
    assert interval.low == pytest.approx(0.0524, abs=5e-5)
    assert interval.high == pytest.approx(0.3339, abs=5e-5)


def test_the_same_share_of_a_larger_room_carries_more():
    assert not carrying(5, 10, 0.3).carrying
    assert carrying(50, 100, 0.3).carrying


@pytest.mark.parametrize(("k", "n"), [(1, 0), (-1, 3), (4, 3)])
def test_a_share_of_nothing_is_refused(k, n):
    with pytest.raises(ValueError):
        wilson(k, n)


# --- means -------------------------------------------------------------------------------------


def test_csat_counts_the_two_best_answers_and_keeps_the_mean():
    about = csat([5, 4, 3, 1])
    assert (about.n, about.share, about.mean) == (4, 0.5, 3.25)
    assert about.ci == wilson(2, 4)


def test_where_agreeing_is_bad_answers_are_mirrored():
    assert ces([1, 2, 2, 5], (1, 5), agree_is_good=False) == ces([5, 4, 4, 1], (1, 5))


def test_one_answer_has_a_mean_and_no_spread():
    about = ces([6])
    assert (about.mean, about.sd, about.t_ci, about.share_5_or_more) == (6, None, None, 1)


@given(st.lists(st.integers(1, 7), min_size=2, max_size=60).filter(lambda a: len(set(a)) > 1))
def test_the_interval_of_a_mean_agrees_with_scipy(answers):
    ours, about = mean_of(answers), stats.describe(answers)
    se = math.sqrt(about.variance / about.nobs)
    low, high = stats.t.interval(0.95, about.nobs - 1, about.mean, se)
    assert (ours.ci.low, ours.ci.high) == pytest.approx((low, high))


@pytest.mark.parametrize("answers", [[], [0, 5], [8]])
def test_answers_off_the_scale_are_refused(answers):
    with pytest.raises(ValueError):
        ces(answers)


# --- evidence ----------------------------------------------------------------------------------


@given(metrics, st.data())
def test_evidence_stays_on_the_axis_of_its_metric(metric, data):
    low, high = ANSWERS[metric]
    scores = data.draw(st.lists(st.integers(low, high), min_size=1, max_size=40))
    about = level(metric, scores)
    bottom, top = SCALES[metric]
    assert about.n == len(scores)
    assert bottom <= about.value <= top
    assert bottom <= about.low <= about.high <= top


def test_evidence_comes_in_the_units_of_its_metric():
    assert level("nps", [10, 10, 0, 7]).value == 25
    assert level("csat", [5, 4, 1, 2]).value == 50
    assert level("ces", [7, 6]).value == 6.5
    assert level("stars", [5, 4]).value == 4.5


def test_one_answer_on_a_mean_gets_the_whole_axis():
    about = level("ces", [7])
    assert (about.value, about.low, about.high) == (7, 1, 7)


def test_no_scores_are_no_evidence():
    assert level("nps", []) is None


def test_a_score_from_another_scale_is_refused():
    with pytest.raises(ValueError):
        level("stars", [5, 9])


@pytest.mark.parametrize(("metric", "worst_good"), [("nps", 7), ("csat", 3), ("ces", 4), ("stars", 3)])
def test_an_experience_is_bad_up_to_its_border(metric, worst_good):
    assert bad(metric, worst_good - 1)
    assert not bad(metric, worst_good)


# --- confounding -------------------------------------------------------------------------------


def test_a_difference_that_is_the_same_everywhere_is_not_confounded():
    strata = [
        Stratum(detractors=(20, 100), promoters=(10, 100)),
        Stratum(detractors=(10, 50), promoters=(5, 50)),
    ]
    about = confounding(strata)
    assert about.standardised_rd == about.mantel_haenszel_rd == pytest.approx(0.1)
    assert about.alpha_hint == pytest.approx(1)


def test_without_a_crude_difference_there_is_no_hint():
    assert confounding([Stratum(detractors=(1, 10), promoters=(2, 20))]).alpha_hint is None


def test_a_stratum_without_promoters_cannot_be_compared():
    with pytest.raises(ValueError):
        confounding([Stratum(detractors=(1, 10), promoters=(0, 0))])


# --- distributions -----------------------------------------------------------------------------


@pytest.mark.parametrize("confidence", [0.05, 0.5, 0.8, 0.95, 0.99, 0.9999])
@pytest.mark.parametrize("df", [1, 2, 3, 4, 5, 9, 29, 30, 100, 1_001, 25_000, 1_000_000])
def test_t_quantiles_agree_with_scipy(df, confidence):
    theirs = stats.t.ppf((1 + confidence) / 2, df)
    assert t_quantile(confidence, df) == pytest.approx(theirs, rel=1e-8)


def test_many_degrees_of_freedom_lead_to_the_normal_distribution():
    assert t_quantile(0.95, 10_000_000) == pytest.approx(z_quantile(0.95), abs=1e-6)
    assert z_quantile(0.95) == pytest.approx(1.959964, abs=5e-7)


@given(st.integers(1, 60), st.floats(0, 200))
def test_chi2_tails_agree_with_scipy(df, x):
    assert chi2_tail(x, df) == pytest.approx(stats.chi2.sf(x, df), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95])
def test_nobody_is_certain(confidence):
    with pytest.raises(ValueError):
        z_quantile(confidence)


def test_without_degrees_of_freedom_there_is_no_t():
    with pytest.raises(ValueError):
        t_quantile(0.95, 0)
