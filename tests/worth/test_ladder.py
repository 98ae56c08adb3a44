"""From score to money: each rung on invented customers whose truth is known."""

import datetime as dt

import numpy as np
import pytest

from outside_in.domain.feedback import Verbatim
from outside_in.domain.ladder import Ladder, detail
from outside_in.worth.ladder import climb

DAY = dt.date(2026, 1, 1)
N = 1_200


def customers(effect=0.0, tenure_effect=0.25, n=N, seed=4, followed=False):
    """Long-standing customers score higher and stay; `effect` is what a bad experience itself adds."""
    chance = np.random.default_rng(seed)
    made = []
    for row in range(2, n + 2):
        old = chance.random() < 0.5
        score = int(chance.choice([9, 10, 8, 5, 3], p=[0.4, 0.3, 0.1, 0.1, 0.1] if old else [0.1, 0.1, 0.1, 0.4, 0.3]))
        risk = 0.05 + (0 if old else tenure_effect) + effect * (score <= 6)
        left = chance.random() < risk
        gone = DAY + dt.timedelta(days=int(chance.integers(10, 350))) if left and followed else None
        made.append(
            Verbatim(
                row=row,
                customer_id=f"c{row}",
                date=DAY,
                score=score,
                metric="nps",
                tenure_years=8.0 if old else 1.0,
                churned=left,
                left_on=gone,
                revenue=float(chance.lognormal(6, 0.3)),
                repeat_contact=bool(chance.random() < 0.2),
            )
        )
    return made


def test_a_common_cause_shrinks_to_nothing_once_like_is_compared_with_like():
    ladder = climb(customers(effect=0))
    assert ladder.comparison.difference.surely
    assert ladder.comparison.difference.low > 0.05
    assert not ladder.adjusted.standardised.surely
    assert abs(ladder.adjusted.standardised.value) < 0.05
    assert ladder.adjusted.odds_ratio.low < 1 < ladder.adjusted.odds_ratio.high
    assert ladder.adjusted.alpha_hint is None or ladder.adjusted.alpha_hint.value < 0.3


def test_an_effect_of_its_own_is_left_over():
    ladder = climb(customers(effect=0.3))
    assert ladder.adjusted.standardised.low < 0.3 < ladder.adjusted.standardised.high
    assert ladder.adjusted.effect.high < 0
    assert 0.3 < ladder.adjusted.alpha_hint.value < 1
    assert ladder.adjusted.alpha_hint.low <= ladder.adjusted.alpha_hint.value <= ladder.adjusted.alpha_hint.high


def test_survival_needs_the_day_of_leaving_and_then_tells_how_much_faster():
    assert "date of leaving" in climb(customers(effect=0.3)).missing["later"].message
    later = climb(customers(effect=0.3, followed=True)).later
    good, bad = later.curves
    assert good.kept[0].value == bad.kept[0].value == 1
    assert good.kept[-1].value > bad.kept[-1].high
    assert later.hazard.low > 1
    assert all(a.value >= b.value for a, b in zip(bad.kept, bad.kept[1:], strict=False))


def touched(shift, n=60):
    chance = np.random.default_rng(1)
    for number in range(4 * n):
        after, changed = number % 2 == 1, number % 4 > 1
        score = float(np.clip(round(7 + chance.normal(0, 1) + (shift if after and changed else 0)), 0, 10))
        day = dt.date(2026, 8, 1) if after else dt.date(2026, 2, 1)
        yield Verbatim(
            row=number + 2, date=day, touchpoint="Rechnung" if changed else "Umzug", score=score, metric="nps"
        )


def test_a_change_is_told_against_what_was_not_changed():
    change = climb(list(touched(-2)), (dt.date(2026, 6, 1), ("Rechnung",))).change
    assert change.score.low < -2 < change.score.high
    assert change.score.high < 0
    assert (change.before, change.after) == (60, 60)
    still = climb(list(touched(0)), (dt.date(2026, 6, 1), ("Rechnung",))).change
    assert not still.score.surely


def test_every_rung_that_cannot_be_climbed_says_why():
    ladder = climb([Verbatim(row=2, text="Nur Worte.")])
    assert set(ladder.missing) == {"comparison", "adjusted", "later", "change"}
    assert ladder.levels == ()
    assert climb([]).rows == 0


@pytest.mark.parametrize("value", [True, False])
def test_customers_who_all_did_the_same_end_in_no_nonsense(value):
    same = [one.model_copy(update={"churned": value}) for one in customers(n=200)]
    ladder = Ladder.model_validate_json(climb(same).model_dump_json())
    assert ladder.adjusted.crude == 0
    assert ladder.adjusted.alpha_hint is None
    assert ladder.adjusted.odds_ratio is None


def test_a_score_that_separates_leavers_perfectly_has_no_odds_ratio():
    split = [one.model_copy(update={"churned": one.score <= 6}) for one in customers(n=300)]
    assert climb(split).adjusted.odds_ratio is None


def test_a_second_answer_is_no_second_customer():
    twice = [one.model_copy(update={"customer_id": f"c{one.row // 2}"}) for one in customers(n=400)]
    assert climb(twice).churn.n in (200, 201)
    assert climb(twice).rows == 400


@pytest.mark.parametrize(("n", "shown"), [(9, "counts"), (10, "range"), (29, "range"), (30, "value")])
def test_few_answers_show_a_range_and_fewer_only_counts(n, shown):
    assert detail(n) == shown
    levels = climb(customers(n=n)).levels
    assert levels[0].detail == shown
    assert sum(levels[0].counts.values()) == n


def test_the_bars_of_progress_reach_the_end():
    told = []
    climb(customers(n=50), tell=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(0.9)
