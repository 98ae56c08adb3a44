"""Check-in links and what they tell, on every kind of database."""

from random import Random

import pytest
from sqlalchemy import text

from outside_in.domain import follow
from outside_in.domain.errors import Expired
from outside_in.domain.people import Principal
from outside_in.domain.plan import Phase
from tests.conftest import Room, leader

CODE, DAY = "ABCD2345", 86400


@pytest.fixture
def kept(database):
    """A session with one commitment, as the store has it."""
    room = Room().go_to("commit", Phase.OPEN)
    own = room.session.step("commit").exercise.rehearse(Random(1))
    room.apply(room.session.answer(leader("ada"), "commit", own, tag="", receipt="r"))
    room.go_to("commit", Phase.CLOSED)
    database.sessions.open(room.session)
    return database.sessions


def told(kept, clock, day=14, receipt="c1"):
    one = follow.commitments(kept.of(CODE))[0]
    by = Principal(role="author", id=follow.named(one.promise.id, day), code=CODE)
    return kept.change(CODE, lambda now: follow.check_in(now, by, {"status": "done"}, receipt, clock()))


def linked(kept, clock):
    one = follow.commitments(kept.of(CODE))[0]
    return kept.change(CODE, lambda now: follow.link(now, leader("ada"), one.promise.id, (14, 30), clock()))


def test_another_process_folds_to_the_same_course(kept, clock, another):
    linked(kept, clock)
    after = told(kept, clock)
    assert another.sessions.of(CODE) == after
    assert [e.day for e in follow.commitments(another.sessions.reread(CODE))[0].told] == [14]


def test_the_same_check_in_twice_is_one_row(kept, clock):
    linked(kept, clock)
    assert told(kept, clock).version == told(kept, clock).version


def test_a_forgotten_leader_leaves_no_row_behind(kept, clock, database):
    linked(kept, clock)
    told(kept, clock)
    kept.change(CODE, lambda now: now.forget(leader("ada"), "ada"))
    with database._readers.connect() as db:
        rows = db.execute(text("select event from events where code = :code"), {"code": CODE}).scalars()
        assert not [row for row in rows if "checked-in" in row or "linked" in row]


def test_a_link_lives_from_its_day_on(database, clock):
    by = Principal(role="author", id="card/90", code=CODE)
    link = database.doors.issue(by, "check", since=clock() + 90 * DAY)
    clock.wait(119 * DAY)
    assert database.doors.peek(link, "check") == by
    clock.wait(2 * DAY)
    with pytest.raises(Expired):
        database.doors.peek(link, "check")


def test_withdrawing_a_commitments_links_leaves_the_others(database, clock):
    doors = database.doors
    links = {id: doors.issue(Principal(role="author", id=f"{id}/14", code=CODE), "check") for id in ("a", "ab", "a_")}
    partner = doors.issue(Principal(role="partner", id="a/0", code=CODE), "partner")
    doors.withdraw_checks(CODE, "a")
    assert doors.peek(links["ab"], "check")
    assert doors.peek(links["a_"], "check")
    for gone, kind in ((links["a"], "check"), (partner, "partner")):
        with pytest.raises(Expired):
            doors.peek(gone, kind)


def test_a_check_in_link_is_no_cookie(database):
    link = database.doors.issue(Principal(role="author", id="a/14", code=CODE), "check")
    assert database.doors.who(link, "facilitator", "share", "leader", "stage") is None
