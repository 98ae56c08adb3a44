"""Small groups: everybody is in one, nobody alone, and latecomers disturb nobody who sits already."""

from hypothesis import given
from hypothesis import strategies as st

from outside_in.domain.groups import group_of, groups
from tests.conftest import Room, leader

PLACES = st.lists(st.booleans(), max_size=40)


def filled(places):
    room = Room()
    for n, remote in enumerate(places):
        room.apply(room.session.join(leader(f"l{n}"), remote=remote))
    return room.session


@given(PLACES, st.integers(2, 6))
def test_everybody_is_in_exactly_one_group_of_their_own_place(places, size):
    session = filled(places)
    found = groups(session, size)
    assert sorted(who for group in found for who in group) == sorted(session.joined)
    assert all(len({who in session.remote for who in group}) == 1 for group in found)
    assert all(len(group) <= size + 1 for group in found)


@given(PLACES, st.integers(2, 6))
def test_nobody_sits_alone_who_need_not(places, size):
    session = filled(places)
    for group in groups(session, size):
        if len(group) == 1:
            assert sum((who in session.remote) == (group[0] in session.remote) for who in session.joined) == 1


@given(PLACES, st.booleans(), st.integers(2, 6))
def test_a_latecomer_moves_at_most_one_other_person(places, remote, size):
    before, after = filled(places), filled([*places, remote])
    old = {who: group for group in groups(before, size) for who in group}
    new = {who: group for group in groups(after, size) for who in group}
    moved = [who for who in old if not set(old[who]) & set(new[who]) - {who} and len(old[who]) > 1]
    assert len(moved) <= 1


def test_a_leader_knows_the_number_of_the_group():
    session = filled([False] * 7)
    assert group_of(session, 3, "l0") == (1, 3)
    assert group_of(session, 3, "l6") == (2, 4)
    assert group_of(session, 3, "somebody else") is None
    assert group_of(session, 0, "l0") is None
