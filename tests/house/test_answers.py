"""What a leader says is the leader's; what is rehearsed is marked; whoever has no right is told so."""

from random import Random

import pytest

from outside_in.domain.errors import NotAllowed, NotOpen
from outside_in.domain.people import OPERATOR, Badge
from outside_in.domain.plan import Phase
from outside_in.house import new_ticket, receipt


@pytest.fixture
def asked(live):
    live.go_to("predict", Phase.OPEN)
    return live


def say(world, badge, seed=1, ticket=None):
    values = world.session.step(world.session.now).exercise.rehearse(Random(seed))
    world.house.answer(badge, world.session.now, ticket or new_ticket(), values)
    return values


def test_own_answers_open_only_for_their_author(asked):
    ada, bob = asked.leader(), asked.leader()
    said = say(asked, ada)
    assert asked.house.own_answer(ada, asked.session, "predict") == said
    assert asked.house.own_answer(bob, asked.session, "predict") is None
    assert asked.house.own_answer(Badge(), asked.session, "predict") is None


def test_own_answers_outlive_the_close_that_forgets_whose_they_are(asked):
    ada = asked.leader()
    said = say(asked, ada)
    asked.go_to("predict", Phase.REVEALED)
    assert not asked.session.course("predict").answers
    assert asked.house.own_answer(ada, asked.session, "predict") == said
    assert asked.house.mine(ada, asked.session, "predict")


def test_the_id_without_the_key_opens_nothing(asked):
    ada = asked.leader()
    say(asked, ada)
    asked.go_to("predict", Phase.REVEALED)
    thief = Badge(principals=ada.principals, key=asked.leader().key)
    assert asked.house.own_answer(thief, asked.session, "predict") is None


def test_the_newest_answer_is_the_own_one(asked):
    ada = asked.leader()
    say(asked, ada, 1)
    newest = say(asked, ada, 2)
    assert asked.house.own_answer(ada, asked.session, "predict") == newest
    assert asked.session.answered("predict") == 1


def test_one_ticket_is_one_submission_however_often_it_arrives(asked):
    ada, ticket, version = asked.leader(), new_ticket(), asked.session.version
    for _ in range(3):
        say(asked, ada, ticket=ticket)
    assert asked.session.version == version + 1
    assert asked.session.course("predict").knows(receipt(ticket))


def test_nobody_but_a_leader_of_this_session_answers(asked):
    for badge in (Badge(), asked.badge("stage", "stage", asked.code), asked.badge("facilitator", "facilitator")):
        with pytest.raises(NotAllowed):
            say(asked, badge)


def test_no_tag_leads_to_another_step_or_leader(asked):
    ada, bob = asked.leader(), asked.leader()
    tags = {asked.house.tag(badge, asked.session, step) for badge in (ada, bob) for step in ("predict", "rank")}
    assert len(tags) == 4
    assert not [tag for tag in tags if ada.principals[0].id in tag]


def test_simulated_leaders_are_marked_and_counted_item_by_item(asked):
    journal = []
    items = len(asked.session.step("predict").exercise.asks())
    told = asked.house.simulate(OPERATOR, asked.code, 7, acknowledged=lambda *said: journal.append(said))
    assert told == 7 * items
    assert asked.session.course("predict").rehearsed == 7
    assert all(asked.session.course(step).knows(said) for step, said in journal)
    assert len({said for _, said in journal}) == 7


def test_simulating_again_adds_more(asked):
    asked.simulate(3)
    asked.simulate(4)
    assert asked.session.answered("predict") == 7


def test_nothing_is_simulated_where_nothing_is_open(live):
    version = live.session.version
    with pytest.raises(NotOpen):
        live.simulate()
    assert live.session.version == version


def test_only_who_runs_a_session_may_rehearse_it(asked):
    for by in (asked.host("stranger"), asked.leader().principals[0]):
        with pytest.raises(NotAllowed):
            asked.house.simulate(by, asked.code, 1)
    assert asked.session.answered("predict") == 0


def test_a_press_of_an_older_state_moves_nothing(asked):
    host = asked.host()
    seen = asked.session.moved
    asked.house.press(host, asked.code, seen)
    moved = asked.session.moved
    asked.house.press(host, asked.code, seen)
    assert asked.session.moved == moved


def test_a_withdrawn_token_changes_nothing_from_then_on(asked):
    host = asked.host()
    asked.house.database.doors.revoke_all(host.id)
    with pytest.raises(NotAllowed):
        asked.house.press(host, asked.code, asked.session.moved)
