"""What every exercise promises; a new one is tested the day it stands in an agenda."""

from random import Random

import pytest

from outside_in.content import Speaker, library
from outside_in.domain.blocks import Says, TooFew
from outside_in.domain.errors import BadAnswer, NotAllowed, NotOpen
from outside_in.domain.events import SESSION_EVENT
from outside_in.domain.plan import Phase
from outside_in.domain.session import Session
from tests.conftest import Room, leader, make_plan

PLANS = [make_plan(agenda) for agenda in ("90-minutes", "exercise-library")]
ASKING = {step.id: plan for plan in PLANS for step in plan.steps if step.asks}
pytestmark = pytest.mark.parametrize("step", ASKING)


@pytest.fixture
def room(step):
    return Room(ASKING[step])


def exercise(step):
    return next(known.exercise for known in ASKING[step].steps if known.id == step)


def test_it_takes_no_answers_before_it_is_open(room, step):
    if room.session.step(step).before:  # pre-work is open from the start; its laws stand in test_formats
        assert room.session.takes(step)
        return
    with pytest.raises(NotOpen):
        room.answer(step)


def test_it_takes_no_answers_after_it_has_closed(room, step):
    room.answered(step, 1).go_to(step, Phase.CLOSED)
    with pytest.raises(NotOpen):
        room.answer(step, "late")


def test_only_leaders_of_this_session_may_answer(room, step):
    room.go_to(step, Phase.OPEN)
    stranger = leader("ada", code="WXYZ2345")
    with pytest.raises(NotAllowed):
        room.session.answer(stranger, step, room.values(step), tag="t", receipt="r")


def test_nothing_is_told_before_the_reveal(room, step):
    room.answered(step, 6)
    assert room.session.tells(step) == ()
    assert room.session.mine(step, room.values(step)) == ()
    room.go_to(step, Phase.CLOSED)
    assert room.session.tells(step) == ()


def test_what_too_few_said_stays_hidden(room, step):
    told = room.answered(step, exercise(step).fewest - 1).go_to(step, Phase.REVEALED).session.tells(step)
    blocks = [block for beat in told for block in beat.blocks]
    assert all(isinstance(block, (TooFew, Says)) for block in blocks)


def test_the_order_of_arrival_does_not_matter(step):
    def told(order):
        room = Room(ASKING[step]).go_to(step, Phase.OPEN)
        for n in order:
            room.answer(step, f"leader {n}", seed=n)
        room.go_to(step, Phase.REVEALED)
        return [sorted(str(block) for block in beat.blocks) for beat in room.session.outcome(step)]

    if any(question.moderated for question in exercise(step).asks()):
        assert len(told(range(6))) == len(told(reversed(range(6))))
    else:
        assert told(range(6)) == told(reversed(range(6)))


def test_closing_an_anonymous_step_forgets_who_said_it(room, step):
    named = room.session.step(step).exercise.privacy == "named"
    after = room.answered(step, 6).go_to(step, Phase.CLOSED).session
    assert ("leader 1" in after.model_dump_json()) == named


def test_closing_changes_no_number_that_is_released(room, step):
    before = room.answered(step, 6).session.columns(step)
    after = room.go_to(step, Phase.CLOSED).session.columns(step)
    assert {id: sorted(map(str, column)) for id, column in before.items()} == {
        id: sorted(map(str, column)) for id, column in after.items()
    }


def test_what_happened_survives_being_written_down(step):
    room, written = Room(ASKING[step]), []
    room.apply = lambda event: written.append(event) or Room.apply(room, event)
    room.revealed(step, 6)
    again = Session.of(ASKING[step], "ABCD2345", ("host",))
    again = Session.model_validate_json(again.model_dump_json())
    for version, event in enumerate((e for e in written if e), 1):
        again = again.after(SESSION_EVENT.validate_json(event.model_dump_json()), version)
    assert again == room.session


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_can_be_said_in_both_languages(room, step, language):
    say, session = Speaker(language), room.revealed(step, 6).session
    own = room.values(step)
    blocks = [*session.mine(step, own), *(block for beat in session.outcome(step) for block in beat.blocks)]
    for block in blocks:
        assert say(block.sentence())
        table = block.table()
        assert table is None or all(say.value(cell) for row in table.rows for cell in row)


def test_forged_values_end_in_one_sentence(room, step):
    room.go_to(step, Phase.OPEN)
    for forged in (None, 10**9, ["no such option"], {"a": 1}, [[]], float("inf"), "\x00", "x" * 10_000):
        values = {question.id: forged for question in room.session.step(step).exercise.asks()}
        with pytest.raises(BadAnswer):
            room.session.answer(leader(), step, values, tag="t", receipt="r")


def test_values_nobody_asked_for_are_not_kept(room, step):
    room.go_to(step, Phase.OPEN)
    values = {**room.values(step), "extra": "x"}
    assert "extra" not in room.session.answer(leader(), step, values, tag="t", receipt="r").values


def test_every_agenda_asks_each_item_once(step):
    for agenda in library().agendas:
        assert make_plan(agenda.id).steps
    assert step in ASKING


def test_a_rehearsal_answers_what_the_step_asks(room, step):
    room.go_to(step, Phase.OPEN)
    for seed in range(20):
        values = room.values(step, seed)
        assert room.session.answer(leader(), step, values, tag="t", receipt=str(Random(seed).random()))
