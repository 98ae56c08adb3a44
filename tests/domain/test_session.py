"""The rules of the room: who may, what comes next, what is forgotten."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outside_in.domain import events, overrun
from outside_in.domain.errors import BadAnswer, NotAllowed, NotOpen
from outside_in.domain.people import CLOCK, OPERATOR, Principal
from outside_in.domain.plan import NEXT, Phase
from outside_in.domain.session import Locked, Session
from tests.conftest import ASKING, HOST, PLAN, Room, leader

STRANGER = Principal(role="facilitator", id="somebody else")


def test_two_presses_of_the_same_state_move_one_step(room):
    seen = room.session.moved
    first = room.apply(room.session.press(HOST, seen, 1.0, Random(1)))
    second = room.session.press(HOST, seen, 1.0, Random(1))
    assert first is not None
    assert second is None


def test_an_answer_does_not_make_a_press_stale(room):
    room.go_to("arrive", Phase.OPEN)
    seen = room.session.moved
    room.answer("arrive")
    assert room.session.press(HOST, seen, 1.0, Random(1)) is not None


def test_six_presses_lead_to_the_first_question(room):
    for _ in range(6):
        if room.session.asks:
            break
        room.press()
    assert room.session.asks


@pytest.mark.parametrize("by", [leader(), STRANGER, Principal(), Principal(role="stage", id="s", code="ABCD2345")])
@pytest.mark.parametrize(
    "act",
    [
        lambda s, by: s.press(by, s.moved, 0.0, Random(1)),
        lambda s, by: s.back(by, s.moved, 0.0),
        lambda s, by: s.skip(by, s.moved, 0.0),
        lambda s, by: s.pause(by, s.moved, 0.0),
        lambda s, by: s.close(by, s.now, 0.0, Random(1)),
        lambda s, by: s.time(by, 60, 0.0),
        lambda s, by: s.blacken(by, True),
        lambda s, by: s.judge(by, s.now, "x", True),
        lambda s, by: s.clear(by),
        lambda s, by: s.end(by, 0.0),
        lambda s, by: s.resume(by, 0.0),
        lambda s, by: s.again(by, s.moved, 0.0),
        lambda s, by: s.reset(by, s.moved, 0.0),
        lambda s, by: s.restore(by, s.moved, 0.0),
        lambda s, by: s.count(by, s.now, {}),
        lambda s, by: s.shorten(by, 0.0),
        lambda s, by: s.host(by, "other", True),
        lambda s, by: s.texts(by),
    ],
)
def test_only_a_host_of_this_session_may_run_it(room, by, act):
    with pytest.raises(NotAllowed):
        act(room.session, by)


ACTS = "press", "back", "skip", "pause", "answer", "again", "reset", "restore"


@given(st.lists(st.sampled_from(ACTS), max_size=60))
@settings(max_examples=150, deadline=None)
def test_phases_only_move_along_the_legal_ways(acts):
    room = Room()
    for number, act in enumerate(acts):
        before = {step.id: room.session.course(step.id).phase for step in PLAN.steps}
        try:
            if act == "answer":
                room.answer(room.session.now, f"leader {number}", seed=number)
            elif act == "press":
                room.press()
            else:
                room.apply(getattr(room.session, act)(HOST, room.session.moved, 1.0))
        except (NotAllowed, NotOpen):
            continue
        for id, was in before.items():
            now = room.session.course(id).phase
            stepped_back = (was, now) == (Phase.DISCUSSED, Phase.REVEALED)
            anew = act in ("again", "reset", "restore")
            assert now == was or now in NEXT[was] or stepped_back or anew


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_catching_up_in_two_steps_is_the_same_as_in_one(seeds, cut):
    room, happened = Room(), []
    room.apply = lambda event: happened.append(event) or Room.apply(room, event)
    room.go_to("arrive", Phase.OPEN)
    for seed in seeds:
        room.answer("arrive", f"leader {seed}", seed)
    events = [event for event in happened if event]
    start = Session.of(PLAN, "ABCD2345", ("host",))
    halfway = _folded(start, events[:cut], 1)
    assert _folded(halfway, events[cut:], 1 + len(events[:cut])) == _folded(start, events, 1) == room.session


def _folded(session, events, version):
    for number, event in enumerate(events, version):
        session = session.after(event, number)
    return session


def test_a_known_receipt_is_acknowledged_and_changes_nothing(room):
    room.go_to("arrive", Phase.OPEN)
    room.answer("arrive", receipt="one")
    assert room.answer("arrive", receipt="one") is None
    assert room.session.answered("arrive") == 1


def test_a_retry_after_the_close_still_learns_that_it_was_saved(room):
    room.go_to("arrive", Phase.OPEN)
    room.answer("arrive", receipt="first")
    room.answer("arrive", receipt="second", seed=2)
    room.go_to("arrive", Phase.CLOSED)
    assert room.answer("arrive", receipt="first") is None
    assert room.answer("arrive", receipt="second") is None


def test_going_back_and_forth_over_a_closed_step_keeps_its_answers(room):
    room.answered("rank", 6).go_to("rank", Phase.CLOSED)
    before = room.session.course("rank")
    while room.session.now == "rank":
        room.apply(room.session.back(HOST, room.session.moved, 1000.0))
    room.press(len(room.session.plan.steps))
    assert room.session.course("rank").closed == before.closed
    assert room.session.shows("rank")
    assert len(room.session.room("rank").answers["order"]) == 6


def test_a_second_answer_replaces_the_first(room):
    room.go_to("arrive", Phase.OPEN)
    room.answer("arrive", receipt="first", seed=1)
    room.answer("arrive", receipt="second", seed=2)
    assert room.session.answered("arrive") == 1


def test_simulated_answers_are_marked_and_cleared_in_one_step(room):
    room.answered("arrive", 6)
    test = room.session.answer(OPERATOR, "arrive", room.values("arrive"), tag="test-1", receipt="t1")
    room.apply(test)
    room.go_to("arrive", Phase.CLOSED)
    assert room.session.rehearsed == 1
    room.apply(room.session.clear(HOST))
    assert room.session.rehearsed == 0
    assert room.session.answered("arrive") == 6


def test_forgetting_a_leader_leaves_the_others_untouched(room):
    for name in ("ada", "bob"):
        room.apply(room.session.join(leader(name)))
    room.go_to("commit", Phase.OPEN)
    room.answer("commit", "ada")
    room.answer("commit", "bob", seed=2)
    room.apply(room.session.forget(leader("ada"), "ada"))
    assert list(room.session.joined) == ["bob"]
    assert list(room.session.course("commit").answers) == ["bob"]


def test_a_text_reaches_the_stage_only_after_a_person_let_it_through(room):
    room.answered("explain", 6).go_to("explain", Phase.REVEALED)
    text = room.session.texts(HOST)[0]
    assert not [b for beat in room.session.tells("explain") for b in beat.blocks if text.words in str(b)]
    room.apply(room.session.judge(HOST, "explain", text.ref, True))
    assert [b for beat in room.session.tells("explain") for b in beat.blocks if text.words in str(b)]
    room.apply(room.session.judge(HOST, "explain", text.ref, False))
    assert not [b for beat in room.session.tells("explain") for b in beat.blocks if text.words in str(b)]


def test_a_commitment_appears_only_as_far_as_its_leader_chose(room):
    room.go_to("commit", Phase.OPEN)
    for name, shown in (("ada", "room"), ("bob", "me"), ("eve", "facilitator")):
        values = {**room.values("commit"), "shown": [shown], "owner": name}
        room.apply(room.session.answer(leader(name), "commit", values, tag="t", receipt=name))
    room.go_to("commit", Phase.REVEALED)
    told = str(room.session.outcome("commit"))
    assert "ada" in told
    assert "bob" not in told
    assert "eve" not in told


def test_the_timer_never_ends_a_step_by_itself(room):
    room.go_to("arrive", Phase.OPEN)
    assert room.session.course("arrive").until == 1000.0 + 5 * 60
    room.apply(room.session.time(HOST, -3600, 1000.0))
    assert room.session.course("arrive").phase is Phase.OPEN


def test_an_ended_session_takes_no_answers_until_the_end_is_taken_back(room):
    room.go_to("arrive", Phase.OPEN)
    room.apply(room.session.end(HOST, 5.0))
    with pytest.raises(NotOpen):
        room.answer("arrive")
    room.apply(room.session.resume(HOST, 6.0))
    assert room.answer("arrive")


def test_at_ones_own_pace_every_step_is_open_and_an_answer_is_final():
    room = Room(pace="self")
    room.answer("predict", receipt="one")
    with pytest.raises(Locked):
        room.answer("predict", receipt="two", seed=2)
    assert room.session.mine("predict", room.values("predict"))


def test_at_ones_own_pace_results_grow_in_fives():
    room, sizes = Room(pace="self"), []
    for n in range(1, 11):
        room.answer("lever", f"leader {n}", seed=n)
        shown = room.session.room("lever")
        sizes.append(len(shown.answers["lever"]) if shown else 0)
    assert sizes == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10]


def test_the_clock_may_close_a_step_but_nothing_else(room):
    room.answered("arrive", 5)
    assert room.session.close(CLOCK, "arrive", 9.0, Random(1)) is not None
    with pytest.raises(NotAllowed):
        room.session.press(CLOCK, room.session.moved, 9.0, Random(1))


def test_every_asking_step_can_be_walked_to_the_end(room):
    while not room.session.ended:
        if room.session.asks:
            for n in range(6):
                room.answer(room.session.now, f"leader {n}", seed=n)
        room.press()
    assert all(room.session.shows(step) for step in ASKING)


def test_what_a_facilitator_hides_comes_back(room):
    room.go_to("commit", Phase.OPEN)
    for name in ("ada", "bob"):
        values = {**room.values("commit"), "shown": ["room"]}
        room.apply(room.session.answer(leader(name), "commit", values, tag="t", receipt=name))
    room.go_to("commit", Phase.REVEALED)
    who = next(iter(room.session.course("commit").answers))
    room.apply(room.session.judge(HOST, "commit", who, False))
    assert len(room.session.outcome("commit")) == 1
    room.apply(room.session.judge(HOST, "commit", who, True))
    assert len(room.session.outcome("commit")) == 2


# a step begun anew ------------------------------------------------------------------------


def reset(room):
    return room.apply(room.session.reset(HOST, room.session.moved, 5.0))


def test_a_reset_step_begins_anew_and_comes_back_whole(room):
    room.revealed("arrive", 6)
    shown = room.session.outcome("arrive")
    reset(room)
    assert room.session.course("arrive").phase is Phase.PREPARED
    assert room.session.answered("arrive") == 0
    room.apply(room.session.restore(HOST, room.session.moved, 6.0))
    assert room.session.outcome("arrive") == shown


def test_a_reset_can_be_taken_back_until_somebody_answers_anew(room):
    room.revealed("arrive", 6)
    reset(room)
    room.go_to("arrive", Phase.OPEN)
    room.answer("arrive", receipt="anew")
    with pytest.raises(NotAllowed):
        room.session.restore(HOST, room.session.moved, 6.0)


def test_a_step_that_takes_answers_is_closed_before_it_is_reset(room):
    room.answered("arrive", 6)
    with pytest.raises(NotAllowed):
        reset(room)


def test_who_is_forgotten_is_forgotten_in_what_was_put_aside_too(room):
    room.go_to("commit", Phase.OPEN)
    room.answer("commit", "ada")
    room.go_to("commit", Phase.REVEALED)
    reset(room)
    room.apply(room.session.forget(leader("ada"), "ada"))
    room.apply(room.session.restore(HOST, room.session.moved, 6.0))
    assert not room.session.course("commit").answers


# answers on paper -------------------------------------------------------------------------


def sheets(room, step, people):
    said = [room.values(step, seed) for seed in range(people)]
    return {q.id: tuple(one[q.id] for one in said) for q in room.session.step(step).exercise.asks()}


def test_what_was_counted_from_paper_counts_like_any_answer(room):
    room.answered("lever", 5)
    room.apply(room.session.count(HOST, "lever", sheets(room, "lever", 4)))
    assert room.session.answered("lever") == 9
    room.go_to("lever", Phase.REVEALED)
    assert len(room.session.room("lever").answers["lever"]) == 9


def test_who_counts_paper_cannot_work_out_the_few_who_used_a_phone(room):
    room.answered("lever", 4)
    written = sheets(room, "lever", 6)
    room.apply(room.session.count(HOST, "lever", written))
    room.go_to("lever", Phase.REVEALED)
    assert room.session.room("lever").answers["lever"] == written["lever"]


def test_a_second_count_replaces_the_first(room):
    room.go_to("lever", Phase.OPEN)
    room.apply(room.session.count(HOST, "lever", sheets(room, "lever", 4)))
    room.apply(room.session.count(HOST, "lever", sheets(room, "lever", 2)))
    assert room.session.answered("lever") == 2


def test_paper_says_nothing_that_a_phone_could_not_say(room):
    room.go_to("lever", Phase.OPEN)
    with pytest.raises(BadAnswer):
        room.session.count(HOST, "lever", {"lever": (["no such option"],)})


def test_a_commitment_is_nobodys_to_count(room):
    room.go_to("commit", Phase.OPEN)
    with pytest.raises(NotOpen):
        room.session.count(HOST, "commit", {})


# time, hosts, places ----------------------------------------------------------------------


def test_a_late_room_ends_on_time_once_it_has_been_shortened(room):
    room.go_to("arrive", Phase.OPEN)
    minutes = 60 * room.session.plan.steps[0].minutes
    at = room.session.started + minutes + 60 * (room.session.step("arrive").minutes + 6)
    assert overrun.late(room.session, at) > 0
    room.apply(room.session.shorten(HOST, at))
    left = overrun.late(room.session, at)
    ahead = overrun.ahead_of(room.session)
    assert left == 0 or all(2 * room.session.minutes(s) <= s.minutes + 1 for s in ahead if s.shrinkable)
    assert all(room.session.minutes(s) == s.minutes for s in ahead if not s.shrinkable)


def test_a_room_on_time_is_left_alone(room):
    room.go_to("arrive", Phase.OPEN)
    assert room.session.shorten(HOST, room.session.started + 1) is None


def test_a_shortened_step_opens_with_its_shorter_clock(room):
    room.go_to("arrive", Phase.OPEN)
    room.apply(events.Shortened(minutes={"lever": 3}, at=1.0))
    room.go_to("lever", Phase.OPEN)
    assert room.session.course("lever").until == 1000.0 + 3 * 60


def test_a_second_host_runs_the_session_until_asked_to_leave(room):
    other = Principal(role="facilitator", id="other")
    room.apply(room.session.host(HOST, "other", True))
    assert room.session.press(other, room.session.moved, 1.0, Random(1))
    room.apply(room.session.host(HOST, "other", False))
    with pytest.raises(NotAllowed):
        room.session.press(other, room.session.moved, 1.0, Random(1))


def test_who_opened_a_session_cannot_be_sent_away(room):
    room.apply(room.session.host(HOST, "other", True))
    with pytest.raises(NotAllowed):
        room.session.host(Principal(role="facilitator", id="other"), "host", False)


def test_who_takes_part_from_afar_is_counted_apart(room):
    room.apply(room.session.join(leader("ada")))
    room.apply(room.session.join(leader("bob"), remote=True))
    assert room.session.remote == {"bob"}
    room.apply(room.session.join(leader("bob")))
    assert not room.session.remote


def test_who_has_seen_the_truth_no_longer_changes_the_guess():
    steps = tuple(s.model_copy(update={"reveal": "on_submit"}) if s.id == "predict" else s for s in PLAN.steps)
    room = Room(PLAN.model_copy(update={"steps": steps}))
    room.go_to("predict", Phase.OPEN)
    assert not room.session.mine("predict", None)
    room.answer("predict", receipt="one")
    assert room.session.mine("predict", room.values("predict"))
    assert not room.session.tells("predict")
    with pytest.raises(Locked):
        room.answer("predict", receipt="two", seed=2)
