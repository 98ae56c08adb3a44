"""Asked twice: the second round stands for itself, and says how far the room has moved."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.domain.blocks import Bars, Says, Spread
from outside_in.domain.errors import NotAllowed
from outside_in.domain.exercise import Room as Said
from outside_in.domain.plan import Phase
from outside_in.domain.questions import Battery, Option, Pick, Scale, Share
from outside_in.domain.rounds import comparable, moved
from outside_in.domain.text import Text, line
from tests.conftest import ASKING, HOST, PLAN, leader

TWO = tuple(Option(id=id, label=Text.same(id.upper())) for id in "ab")
CHOICE = Pick(id="choice", label=line("Choice"), options=TWO)
RATING = Scale(id="rating", label=line("Rating"), low=0, high=10)


def vote(room, step, option, people, round=1):
    for n in range(people):
        said = {**room.values(step, n), "lever": [option]}
        receipt, tag = f"{round} {n} {option}", f"{round} {n}"
        room.apply(room.session.answer(leader(f"l{n}"), step, said, tag=tag, receipt=receipt))


@pytest.fixture
def voted(room):
    """A vote that has been shown; everybody took the first option."""
    room.go_to("lever", Phase.OPEN)
    first, second = [option.id for option in room.session.step("lever").exercise.asks()[0].options][:2]
    vote(room, "lever", first, 8)
    room.go_to("lever", Phase.REVEALED)
    room.options = first, second
    return room


def again(room):
    return room.apply(room.session.again(HOST, room.session.moved, 5.0))


def words(beats):
    return [block for beat in beats for block in beat.blocks]


def test_a_second_round_counts_anew_and_leads_with_the_shift(voted):
    again(voted)
    assert voted.session.asks.id == "lever"
    assert voted.session.answered("lever") == 0
    vote(voted, "lever", voted.options[1], 8, round=2)
    voted.go_to("lever", Phase.REVEALED)
    shown = voted.session.outcome("lever")
    before, now = [block for block in shown[0].blocks if isinstance(block, Bars)]
    labels = [row.label for row in before.rows if row.count == 8], [row.label for row in now.rows if row.count == 8]
    assert labels[0] != labels[1]
    assert [row.label for row in before.rows] == [row.label for row in now.rows]
    told = [block.text for block in shown[0].blocks if isinstance(block, Says)]
    assert told[0].message == "One figure moved by more than chance."
    assert told[0].values["n"] == 2
    assert abs(told[1].values["change"].value) == 100


def test_too_few_in_either_round_say_nothing_of_a_shift(voted):
    again(voted)
    vote(voted, "lever", voted.options[1], 4, round=2)
    voted.go_to("lever", Phase.REVEALED)
    assert not [block for block in words(voted.session.outcome("lever")) if isinstance(block, Bars)]


def test_a_late_retry_of_the_first_round_is_acknowledged_and_not_counted(voted):
    again(voted)
    said = {**voted.values("lever"), "lever": [voted.options[0]]}
    late = voted.session.answer(leader("l0"), "lever", said, tag="t", receipt=f"1 0 {voted.options[0]}")
    assert late is None
    assert voted.session.answered("lever") == 0
    assert not voted.session.course("lever").holds(f"1 0 {voted.options[0]}")


def test_only_what_has_closed_can_be_asked_again(room):
    room.answered("lever", 5)
    with pytest.raises(NotAllowed):
        again(room)
    room.go_to("commit", Phase.OPEN)
    room.answer("commit")
    room.go_to("commit", Phase.REVEALED)
    with pytest.raises(NotAllowed):
        again(room)


def test_two_presses_open_one_more_round(voted):
    seen = voted.session.moved
    voted.apply(voted.session.again(HOST, seen, 5.0))
    assert voted.session.again(HOST, seen, 5.0) is None
    assert voted.session.course("lever").round == 2


def test_simulated_answers_of_the_first_round_stay_marked(room):
    room.answered("lever", 5)
    room.apply(room.session.answer(HOST, "lever", room.values("lever"), tag="test-1", receipt="t"))
    room.go_to("lever", Phase.REVEALED)
    again(room)
    assert room.session.rehearsed == 1
    room.apply(room.session.clear(HOST))
    assert room.session.rehearsed == 0


def test_nobody_who_may_only_see_results_gets_an_earlier_rounds_words(voted):
    again(voted)
    assert voted.session.without_answers().course("lever").before is None


@pytest.mark.parametrize("step", ASKING)
def test_every_exercise_can_be_compared_with_itself(step):
    exercise = next(s.exercise for s in PLAN.steps if s.id == step)
    if not comparable(exercise):
        assert exercise.privacy == "named" or not moved(exercise.asks(), Said(), Said())
        return
    one, two = (_room(exercise, seeds) for seeds in (range(9), range(9, 18)))
    assert moved(exercise.asks(), one, two)


def _room(exercise, seeds):
    said = [exercise.rehearse(Random(seed)) for seed in seeds]
    return Said(answers={q.id: tuple(one[q.id] for one in said) for q in exercise.asks()})


@given(st.lists(st.integers(0, 10), min_size=2, max_size=20))
def test_the_same_answers_twice_never_move(values):
    said = Said(answers={"rating": tuple(values)})
    (told,) = moved((RATING,), said, said)
    assert told.blocks[0].text.message == "Nothing moved by more than chance."
    assert told.blocks[1].text.values["change"].value == 0


@given(st.lists(st.sampled_from("ab"), min_size=2), st.lists(st.sampled_from("ab"), min_size=2))
def test_swapping_the_rounds_turns_every_change_around(first, second):
    one, two = (Said(answers={"choice": tuple([pick] for pick in picks)}) for picks in (first, second))
    there, back = (moved((CHOICE,), *way)[0].blocks[1].text.values for way in ((one, two), (two, one)))
    assert abs(there["change"].value) == abs(back["change"].value)
    assert there["n"] == back["m"]


def test_ratings_of_one_scale_share_a_picture_with_both_rounds():
    battery = Battery(id="many", label=line("Many"), statements=TWO, ends=(line("low"), line("high")))
    one = Said(answers={"many": ([1, 2], [2, 2], [1, 3])})
    two = Said(answers={"many": ([7, 2], [6, 2], [7, 3])})
    (told,) = moved((battery,), one, two)
    picture = next(block for block in told.blocks if isinstance(block, Spread))
    assert [row.values for row in picture.rows][:2] == [(1, 2, 1), (7, 6, 7)]
    assert picture.scale == (1, 7)


def test_points_are_compared_option_by_option():
    share = Share(id="split", label=line("Split"), options=TWO)
    one = Said(answers={"split": ({"a": 50, "b": 50}, {"a": 40, "b": 60})})
    two = Said(answers={"split": ({"a": 90, "b": 10}, {"a": 80, "b": 20})})
    (told,) = moved((share,), one, two)
    assert told.blocks[1].text.values["change"].value == pytest.approx(40)
