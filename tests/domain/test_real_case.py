"""The real case: told up to where it turns, predicted, then seen; never without how many are like it (DOMAIN F5)."""

import pytest

from outside_in.content import Speaker
from outside_in.domain.blocks import Points, Says, Voice
from outside_in.domain.exercise import Room
from outside_in.domain.exercises.case import Case
from outside_in.domain.flow import Flow
from outside_in.domain.story import BadStake, Story
from tests.conftest import make_facts, make_story, quote

SAY = Speaker("en")


@pytest.fixture
def story():
    return make_story()


def part(number):
    return Case(part=number).filled(make_facts())


def told(blocks):
    return [SAY(item) for block in blocks if isinstance(block, Points) for item in block.items]


def said(blocks):
    return " ".join(SAY(block.text) for block in blocks if isinstance(block, Says))


def test_the_room_stops_after_the_three_longest_waits_and_all_is_told_once_in_order(story):
    assert [story.waited(n) for n in (1, 2, 3)] == [8, 14, 21]
    parts = [one.activity for n in (1, 2, 3, 4) for one in story.part(n)]
    assert parts == [one.activity for one in story.case.happenings]


def test_what_comes_next_is_not_told_before_the_answers_are_in():
    first = part(1)
    real = first.story.next(1).activity
    assert real not in " ".join(told(first.opening()))
    assert real in [SAY(option.label) for option in first.asks()[1].options]


def test_the_distribution_comes_before_the_truth():
    first = part(1)
    days, following = first.asks()
    right = next(o.id for o in following.options if SAY(o.label) == first.story.next(1).activity)
    wrong = next(o.id for o in following.options if o.id != right)
    room = Room(answers={days.id: (2, 4, 4, 6, 30), following.id: ([right], [right], [wrong], [wrong], [wrong])})
    spread, truth, foreseen = first.tells(room)
    assert "8" not in said(spread.blocks)
    assert "After 8 days: c 2" in said(truth.blocks)
    assert "Our median: 4 days" in said(truth.blocks)
    assert "n = 5" in said(truth.blocks)
    assert "2 of 5 foresaw" in said(foreseen.blocks)


def test_a_leader_learns_the_own_guess_and_the_truth():
    first = part(1)
    assert said(first.mine(Room.of_one({first.asks()[0].id: 3}))) == "You guessed 3 days; it took 8."


def test_it_ends_with_the_customer_s_words_and_with_how_many_are_like_it():
    facts = make_facts()
    read = facts.story.model_copy(update={"quote": quote(21)})
    end = Case(part=0).filled(facts.model_copy(update={"story": read}))
    blocks = [block for beat in end.tells(Room()) for block in beat.blocks]
    assert [block.quote.row for block in blocks if isinstance(block, Voice)] == [21]
    words = said(blocks)
    assert "12 of 40 cases" in words
    assert "worst tenth" in words
    assert "110 € to 154 €" in words


def test_words_nobody_has_read_are_not_shown():
    facts = make_facts()
    unread = facts.story.model_copy(update={"quote": quote(21).model_copy(update={"approved": False})})
    end = Case(part=0).filled(facts.model_copy(update={"story": unread}))
    assert not [block for beat in end.tells(Room()) for block in beat.blocks if isinstance(block, Voice)]


def test_a_case_with_fewer_turns_leaves_steps_out_and_says_why():
    assert part(3).missing() is None
    assert "no further turning point" in SAY(part(4).missing())
    assert "Journey" in SAY(Case(part=1).missing())
    assert Case(part=1).asks() == ()


def test_a_story_carries_neither_the_case_s_number_nor_unread_comments(story):
    flow = Flow(cases=40, events=1)
    commented = story.case.model_copy(
        update={
            "case": "U-4711",
            "happenings": tuple(one.model_copy(update={"words": "secret"}) for one in story.case.happenings),
        }
    )
    written = Story.of(flow, commented).model_dump_json()
    assert "U-4711" not in written
    assert "secret" not in written


@pytest.mark.parametrize("stake", [(-1.0, 5.0), (9.0, 5.0)])
def test_what_is_at_stake_is_a_range_or_refused(story, stake):
    with pytest.raises(BadStake):
        Story.of(Flow(cases=1, events=1), story.case, None, stake)
