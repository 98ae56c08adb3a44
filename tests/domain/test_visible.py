"""Nobody is found out by comparing two moments, two audiences or the real with the simulated."""

from random import Random

import pytest

from outside_in.domain.errors import NotOpen
from outside_in.domain.people import CLOCK
from outside_in.domain.plan import Phase
from tests.conftest import HOST, Room, leader

PEOPLE = 7


@pytest.fixture
def alone():
    """Everybody at their own pace."""
    return Room(pace="self")


def choice(room, step="lever"):
    shown = room.session.room(step)
    return None if shown is None else sorted(map(str, shown.answers["lever"]))


def answer(room, people, step="lever"):
    for n in people:
        room.answer(step, f"leader {n}", seed=n)


def close(room, step="lever"):
    room.apply(room.session.close(CLOCK, step, 9.0, Random(1)))


# at one's own pace results grow -------------------------------------------------------------------


def test_closing_changes_nothing_that_was_shown(alone):
    """Two answers more than at the last look would be the answers of two people."""
    answer(alone, range(PEOPLE))
    before = choice(alone)
    close(alone)
    assert choice(alone) == before
    assert len(before) == 5
    assert alone.session.answered("lever") == PEOPLE


def test_what_was_never_shown_is_not_kept_but_its_senders_still_learn_that_it_arrived(alone):
    """Beside the shown ones it would be a group of two, also for whoever reads the file."""
    answer(alone, range(PEOPLE))
    receipts = [one.receipt for one in alone.session.course("lever").answers.values()]
    close(alone)
    assert len(alone.session.course("lever").closed.said["lever"]) == 5
    assert all(alone.session.course("lever").knows(receipt) for receipt in receipts)


def test_growing_results_are_in_no_order_of_arrival(alone):
    step = next(s for s in alone.session.plan.steps if s.exercise.kind == "predict")
    answer(alone, range(5), step.id)
    shown = alone.session.room(step.id).answers
    came = [one.values for one in alone.session.course(step.id).answers.values()]
    for item, column in shown.items():
        assert sorted(map(str, column)) == sorted(str(values[item]) for values in came)
        assert list(column) == sorted(column, key=str)


def test_who_is_forgotten_is_not_found_by_what_changes(alone):
    """Five minus one plus a newcomer would tell both."""
    answer(alone, range(5))
    assert choice(alone)
    tag = next(iter(alone.session.course("lever").answers))
    alone.apply(alone.session.forget(leader("leader 0"), tag))
    assert choice(alone) is None
    answer(alone, range(5, 12))
    assert choice(alone) is None
    close(alone)
    assert choice(alone) is None
    assert tag not in alone.session.model_dump_json()


def test_who_was_never_shown_can_be_forgotten_without_harm(alone):
    answer(alone, range(PEOPLE))
    before = choice(alone)
    tag = list(alone.session.course("lever").answers)[-1]
    alone.apply(alone.session.forget(leader("leader 6"), tag))
    assert choice(alone) == before


def simulate(room, n, step="lever"):
    said = room.values(step, n)
    room.apply(room.session.answer(HOST, step, said, tag=f"test-{n}", receipt=f"test {n}"))


def test_simulated_answers_hide_nobody_at_ones_own_pace(alone):
    """Four and a simulated one would be five; cleared away, the fifth real one is told apart."""
    simulate(alone, 1)
    answer(alone, range(4))
    assert choice(alone) is None
    answer(alone, range(4, 5))
    assert len(choice(alone)) == 6
    alone.apply(alone.session.clear(HOST))
    assert len(choice(alone)) == 5


def test_a_rehearsal_alone_is_shown(alone):
    for n in range(5):
        simulate(alone, n)
    assert len(choice(alone)) == 5


def test_words_of_a_step_that_is_still_open_cannot_be_let_through_unread(alone):
    answer(alone, range(5), "explain")
    with pytest.raises(NotOpen):
        alone.session.judge(HOST, "explain", "reason:0", True)


# what a facilitator takes home --------------------------------------------------------------------


def discreet(room, step="lever"):
    return room.session.discreet().course(step)


def test_an_open_step_is_taken_home_without_answers(room):
    room.answered("lever", 9)
    assert discreet(room).answers == {}
    assert room.session.course("lever").answered == 9


@pytest.mark.parametrize(("people", "kept"), [(1, 0), (4, 0), (5, 5)])
def test_single_answers_are_taken_home_only_where_their_sum_may_be_seen(room, people, kept):
    room.revealed("lever", people)
    assert len(discreet(room).closed.said.get("lever", ())) == kept
    assert discreet(room).answered == people, "receipts stay"


def test_simulated_answers_beside_few_real_ones_stay_too(room):
    """What was shown minus what was simulated is what was said."""
    room.answered("lever", 2)
    for n in range(6):
        said = room.values("lever", n)
        room.apply(room.session.answer(HOST, "lever", said, tag=f"test-{n}", receipt=f"test {n}"))
    room.go_to("lever", Phase.REVEALED)
    assert not discreet(room).closed.said.get("lever")
    assert not discreet(room).closed.test.get("lever")


def test_a_rehearsal_is_taken_home_whole(room):
    room.go_to("lever", Phase.OPEN)
    for n in range(3):
        room.apply(room.session.answer(HOST, "lever", room.values("lever", n), tag=f"test-{n}", receipt=f"{n}"))
    assert len(discreet(room).answers) == 3
    room.go_to("lever", Phase.REVEALED)
    assert len(discreet(room).closed.test["lever"]) == 3


@pytest.mark.parametrize(("people", "approved", "kept"), [(7, 0, 0), (7, 2, 2), (8, 0, 8)])
def test_words_are_taken_home_from_eight_on_or_where_a_person_has_let_them_through(room, people, approved, kept):
    room.answered("explain", people).go_to("explain", Phase.REVEALED)
    for text in room.session.texts(HOST)[:approved]:
        room.apply(room.session.judge(HOST, text.step, text.ref, True))
    assert len(discreet(room, "explain").closed.said.get("reason", ())) == kept


def test_earlier_rounds_are_taken_home_by_the_same_rule_and_what_was_put_aside_not_at_all(room):
    room.revealed("lever", 3)
    room.apply(room.session.again(HOST, room.session.moved, 9.0))
    for n in range(9):
        room.answer("lever", f"leader {n}", seed=n, receipt=f"again {n}")
    room.go_to("lever", Phase.REVEALED)
    assert len(discreet(room).closed.said["lever"]) == 9
    assert not discreet(room).before.closed.said
    room.apply(room.session.reset(HOST, room.session.moved, 9.0))
    assert discreet(room).aside is None
    assert room.session.course("lever").aside


def test_few_phones_beside_paper_are_not_taken_home(room):
    room.answered("lever", 3)
    room.apply(room.session.count(HOST, "lever", {"lever": (["t1"],) * 6}))
    room.go_to("lever", Phase.REVEALED)
    assert not discreet(room).closed.said


def test_a_name_given_at_the_door_is_not_taken_home(room):
    """It would put a name to a commitment whose leader gave none."""
    room.apply(room.session.join(leader("ada"), "Ada Lovelace"))
    assert "Lovelace" not in room.session.discreet().model_dump_json()
    assert list(room.session.discreet().joined) == ["ada"]
