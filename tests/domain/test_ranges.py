"""Numbers with ranges: a room's own ranges feed the business case, and nobody's stands alone."""

from random import Random

import pytest

from outside_in.content import Speaker, library
from outside_in.domain.blocks import Estimates, Money, Says, TooFew, Tornado
from outside_in.domain.calculation import (
    BadRamp,
    Calculation,
    NoPrice,
    OutOfBounds,
    Reversed,
    TooLarge,
)
from outside_in.domain.errors import BadAnswer
from outside_in.domain.exercises.ranges import Ranges, nice
from outside_in.domain.inputs import ABOUT
from outside_in.domain.luck import pooled, simulated, spread
from outside_in.domain.plan import Phase, Plan
from outside_in.domain.questions import Estimate, NotBetween
from outside_in.domain.session import Session
from outside_in.domain.text import Text
from outside_in.domain.worth import Range
from tests.conftest import DAY, Room, leader, make_facts

CASE = library().calculation("lindhain")
STEP = "ranges"


def plan(calculation=CASE):
    facts = make_facts().model_copy(update={"calculation": calculation})
    steps = library().agenda("numbers-with-ranges").steps
    return Plan.of(steps, facts, workshop="WORKSHOP", title="Zahlen", date=DAY)


def room(pace="live"):
    return Room(plan(), pace)


def blocks(session):
    return [block for beat in session.outcome(STEP) for block in beat.blocks]


def told(session, kind):
    return next(block for block in blocks(session) if isinstance(block, kind))


def constant(value):
    return Range(low=value, best=value, high=value)


def typed(**other):
    """The sample's inputs as a person types them: low, best, high, shares in percent."""
    shown = {name: ABOUT[name].shown(one) for name, one in CASE.ranges.items()}
    return {name: (one.low, one.best, one.high) for name, one in shown.items()} | other


# the exercise -------------------------------------------------------------------------------


def test_without_a_business_case_the_step_is_left_out_with_its_reason():
    assert STEP not in [step.id for step in plan(None).steps]
    assert Ranges().missing().message.startswith("Enter the business case")


def test_only_four_inputs_can_be_unlocked():
    with pytest.raises(ValueError, match="at most 4"):
        Ranges(inputs=("causal_share", "churn_cut", "failure_cut", "realisation", "churn"))


def test_nothing_is_told_before_the_reveal_nor_of_too_few():
    now = room().answered(STEP, 6)
    assert now.session.tells(STEP) == ()
    few = room().answered(STEP, 4).go_to(STEP, Phase.REVEALED).session
    assert {type(block) for block in blocks(few)} == {TooFew}


def test_the_room_sees_its_ranges_then_the_money_then_what_it_hangs_on():
    session = room().revealed(STEP, 7).session
    beats = session.outcome(STEP)
    assert [type(beat.blocks[0]) for beat in beats] == [Estimates, Money, Tornado, Says]
    assert len(told(session, Estimates).rows) == 4
    card = told(session, Money)
    assert card.npv.low < card.npv.middle < card.npv.high
    assert 0 < card.chance < 1


def test_the_order_of_arrival_does_not_matter():
    def found(order):
        now = room().go_to(STEP, Phase.OPEN)
        for n in order:
            now.answer(STEP, f"leader {n}", seed=n)
        now.go_to(STEP, Phase.REVEALED)
        return told(now.session, Money), told(now.session, Tornado)

    assert found(range(6)) == found(reversed(range(6)))


def test_the_table_of_the_room_holds_medians_and_nobodys_own_end():
    row = told(room().revealed(STEP, 7).session, Estimates).rows[0]
    assert row.room == pooled(row.answers)
    cells = Estimates(rows=(row,)).table().rows[0]
    assert cells[2].value == pytest.approx(100 * row.room.low)


def test_a_session_with_ranges_survives_being_written_down():
    session = room().revealed(STEP, 6).session
    assert Session.model_validate_json(session.model_dump_json()) == session


def test_a_leader_alone_sees_what_the_own_ranges_would_mean():
    now = room("self")
    own = now.values(STEP)
    (said,) = now.session.mine(STEP, own)
    assert isinstance(said, Says)
    assert said.text.values["low"].value <= said.text.values["best"].value <= said.text.values["high"].value


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_can_be_said_in_both_languages(language):
    say, session = Speaker(language), room().revealed(STEP, 6).session
    for block in blocks(session):
        assert say(block.sentence())
        table = block.table()
        assert table is None or all(say.value(cell) for row in table.rows for cell in row)


def test_a_best_guess_outside_the_range_is_refused_in_its_own_sentence():
    asked = Estimate(id="x", label=Text.same("x"), low=0, high=100, step=5)
    with pytest.raises(NotBetween):
        asked.read([20, 90, 50])
    for forged in (None, [3, 2], [50, 40, 30], [0, 10, 101], ["a", 1, 2], [float("nan")] * 3):
        with pytest.raises(BadAnswer):
            asked.read(forged)
    assert all(asked.read(asked.rehearse(Random(seed))) for seed in range(20))


def test_forged_answers_end_in_one_sentence():
    now = room().go_to(STEP, Phase.OPEN)
    for forged in (None, 10**9, {"a": 1}, [[]], float("inf"), "x" * 999):
        values = {question.id: forged for question in now.session.step(STEP).exercise.asks()}
        with pytest.raises(BadAnswer):
            now.session.answer(leader(), STEP, values, tag="t", receipt="r")


@pytest.mark.parametrize(("value", "next_one"), [(0.04, 0.05), (0.2, 0.2), (3, 5), (999, 1000), (0, 0)])
def test_sliders_end_at_a_round_number(value, next_one):
    assert nice(value) == pytest.approx(next_one)


# luck ---------------------------------------------------------------------------------------


def test_ranges_without_width_reproduce_the_best_guess_exactly():
    still = Calculation(ranges={n: constant(one.best) for n, one in CASE.ranges.items()}, ramp=CASE.ramp)
    risk = simulated(still, {})
    assert {risk.p10, risk.p50, risk.p90} == {risk.best_guess}
    assert risk.best_guess == pytest.approx(13_052.75, abs=0.005)


def test_leaders_who_disagree_widen_the_result_also_where_each_is_sure():
    """Medians would hide it: two camps, each certain, are no certainty."""
    sure = {"causal_share": [constant(0.5)] * 6}
    camps = {"causal_share": [constant(0.2)] * 3 + [constant(0.8)] * 3}
    narrow, wide = (simulated(CASE, pools) for pools in (sure, camps))
    assert wide.p90 - wide.p10 > 1.2 * (narrow.p90 - narrow.p10)


def test_effects_that_succeed_together_spread_further():
    together = CASE.model_copy(update={"together": True})
    alone, both = simulated(CASE, {}), simulated(together, {})
    assert both.p90 - both.p10 > alone.p90 - alone.p10


def test_percentiles_lie_between_neighbours_linearly():
    assert spread(list(range(11))) == (1, 5, 9)


# what people type in ------------------------------------------------------------------------


def test_what_is_typed_in_percent_is_kept_as_shares():
    made = Calculation.of(typed(), CASE.ramp, "margin")
    assert made == CASE
    assert made.best.churn == 0.11


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"churn": (13, 11, 9)}, Reversed),
        ({"churn": (9, 11, 140)}, OutOfBounds),
        ({"customers": (-1, 1, 1)}, TooLarge),
        ({"revenue": (1, 1, 1e15)}, TooLarge),
        ({"one_off": (float("nan"), 1, 2)}, Reversed),
        ({"margin_rate": (-150, 0, 1)}, OutOfBounds),
        ({"discount": (0, 8, float("inf"))}, TooLarge),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_cannot_be_computed_is_refused_with_the_name_of_the_input(wrong, refusal, language):
    with pytest.raises(refusal) as caught:
        Calculation.of(typed(**wrong), CASE.ramp, "margin")
    say = Speaker(language)
    assert say(ABOUT[next(iter(wrong))].name) in say(caught.value.line)


def test_replacement_without_a_price_and_a_course_without_years_are_refused():
    with pytest.raises(NoPrice):
        Calculation.of(typed(), CASE.ramp, "replacement")
    for ramp in ((), (1.5,), (0.5,) * 11):
        with pytest.raises(BadRamp):
            Calculation.of(typed(), ramp, "margin")


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ({"customers": (0, 0, 0)}, "Without customers"),
        ({"churn": (100, 100, 100)}, "nobody stays"),
        ({"margin_rate": (-20, -10, -5)}, "costs more than she brings"),
        ({"churn": (0, 0, 0)}, "More churn cannot be saved"),
    ],
)
def test_an_edge_is_computed_and_said(at, says):
    given = Calculation.of(typed(**at), CASE.ramp, "margin")
    assert any(says in edge.message for edge in given.edges())
    risk = simulated(given, {})
    for figure in (risk.p10, risk.p50, risk.p90, risk.chance, risk.residual.middle):
        assert figure == figure  # not NaN


def test_the_sample_has_no_edge():
    assert CASE.edges() == ()
