"""The promises of a store, kept in memory and on every kind of database."""

import json
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from sqlalchemy import text

from outside_in.domain.errors import NotOpen, Unknown, UnknownCode
from outside_in.store import MemoryStore
from tests.store.conftest import KINDS
from tests.store.examples import HOST, Leader, a_session, a_workshop, press, until, with_an_open_vote

CODE = "ABCD2345"


@pytest.fixture(params=["memory", *KINDS])
def store(request, opened):
    if request.param == "memory":
        return MemoryStore("session")
    return opened(request.getfixturevalue(f"{request.param}_url")).sessions


@pytest.fixture
def voting(store):
    return with_an_open_vote(store)


def test_what_was_opened_is_there(store):
    store.open(a_session())
    assert store.of(CODE) == a_session()
    assert store.version(CODE) == 0


def test_an_unknown_code_is_named_as_people_write_it(store):
    for ask in (store.of, store.version, lambda code: store.change(code, lambda _: None)):
        with pytest.raises(UnknownCode) as refused:
            ask("WXYZ6789")
        assert refused.value.values == {"name": "WXYZ-6789"}


def test_a_code_names_one_thing_for_ever(voting):
    Leader().vote(voting)
    with pytest.raises(ValueError, match=CODE):
        voting.open(a_session())
    assert voting.of(CODE).answered("vote") == 1


def test_codes_come_in_the_order_in_which_they_were_opened(store):
    for code in ("ZZZZ2345", "AAAA2345", "MMMM2345"):
        store.open(a_session(code))
    assert store.codes() == ["ZZZZ2345", "AAAA2345", "MMMM2345"]


def test_the_version_grows_with_every_change(voting):
    before = voting.version(CODE)
    after = Leader().vote(voting)
    assert after.version == before + 1 == voting.version(CODE)
    assert voting.of(CODE) == after


def test_already_so_changes_nothing(voting):
    before = voting.of(CODE)
    assert voting.change(CODE, lambda _: None) == before
    assert voting.version(CODE) == before.version


def test_a_refusal_is_raised_and_leaves_no_trace(voting):
    before, late = voting.of(CODE), Leader()
    with pytest.raises(NotOpen):
        voting.change(CODE, lambda now: now.answer(late.by, "promise", {}, tag="", receipt="r"))
    assert voting.of(CODE) == before


def test_a_retry_with_the_same_receipt_is_acknowledged_and_counts_once(voting):
    leader = Leader()
    first = leader.vote(voting, ticket="one form")
    assert leader.vote(voting, ticket="one form") == first


def test_the_newest_submission_wins(voting):
    leader = Leader()
    leader.vote(voting, "waiting")
    after = leader.vote(voting, "searching")
    assert [list(chosen) for chosen in after.columns("vote")["choice"]] == [["searching"]]


def test_a_late_retry_after_the_close_still_learns_that_it_was_saved(voting):
    leader = Leader()
    leader.vote(voting, ticket="one form")
    closed = press(voting)
    assert leader.vote(voting, ticket="one form") == closed
    with pytest.raises(NotOpen):
        leader.vote(voting, ticket="another form")


def test_forty_leaders_at_once_are_all_counted(voting):
    leaders = [Leader() for _ in range(40)]

    def take_part(leader):
        leader.join(voting)
        leader.vote(voting)
        return leader.vote(voting, "searching").version

    with ThreadPoolExecutor(40) as phones:
        versions = list(phones.map(take_part, leaders))
    after = voting.of(CODE)
    assert len(set(versions)) == 40
    assert (len(after.joined), after.answered("vote"), after.version) == (40, 40, 1 + 3 * 40)


def test_one_refused_among_many_harms_nobody_else(voting):
    def take_part(place):
        if place % 5 == 0:
            with pytest.raises(ZeroDivisionError):
                voting.change(CODE, lambda _: 1 // 0)
        else:
            Leader().vote(voting)

    with ThreadPoolExecutor(20) as phones:
        list(phones.map(take_part, range(40)))
    assert voting.of(CODE).answered("vote") == 32


def test_two_presses_of_the_same_button_move_one_step(store):
    store.open(a_session())
    seen = store.of(CODE).moved
    with ThreadPoolExecutor(8) as desks:
        list(
            desks.map(
                lambda _: store.change(CODE, lambda now: now.press(HOST, seen, 1.0, Random(1))),
                range(8),
            )
        )
    assert store.version(CODE) == 1


def test_a_leader_who_is_forgotten_is_gone(voting):
    leader, stays = Leader(), Leader()
    for one in (leader, stays):
        one.join(voting, "Kim")
        one.vote(voting)
    voting.change(CODE, lambda now: now.forget(leader.by, leader.by.id))
    after = voting.change(CODE, lambda now: now.forget(leader.by, leader.tag))
    assert list(after.joined) == [stays.by.id]
    assert after.answered("vote") == 1
    assert voting.of(CODE) == after


def test_what_is_erased_is_unknown(voting):
    voting.erase(CODE)
    assert voting.codes() == []
    with pytest.raises(UnknownCode):
        voting.of(CODE)


# what only a database can promise ---------------------------------------


def test_another_process_sees_what_was_saved(database, another):
    with_an_open_vote(database.sessions)
    assert another.sessions.of(CODE) == database.sessions.of(CODE)
    Leader().vote(database.sessions)
    assert another.sessions.of(CODE) == database.sessions.of(CODE)
    assert another.sessions.version(CODE) == 2


def test_two_processes_take_turns(database, another):
    with_an_open_vote(database.sessions)

    def take_part(place):
        Leader().vote((database, another)[place % 2].sessions)

    with ThreadPoolExecutor(20) as phones:
        list(phones.map(take_part, range(40)))
    assert database.sessions.of(CODE) == another.sessions.of(CODE)
    assert database.sessions.of(CODE).answered("vote") == 40


def test_who_saw_every_answer_and_who_saw_only_the_close_agree(database, another, opened, url):
    with_an_open_vote(database.sessions)
    for choice in ("waiting", "waiting", "searching"):
        Leader().vote(database.sessions, choice)
        another.sessions.of(CODE)
    press(database.sessions)
    late = opened(url)
    assert another.sessions.of(CODE) == late.sessions.of(CODE) == database.sessions.of(CODE)
    assert another.sessions.of(CODE).answered("vote") == 3


def test_what_was_compacted_is_the_same_to_every_process_and_goes_on(database, another, opened, url):
    with_an_open_vote(database.sessions)
    leader = Leader()
    leader.join(database.sessions, "Ada")
    leader.vote(database.sessions, ticket="one")
    before = another.sessions.of(CODE)
    database.sessions.change(CODE, lambda now: now.forget(leader.by, leader.by.id))
    database.sessions.compact(CODE)
    assert "Ada" in str(before.joined)
    assert opened(url).sessions.of(CODE) == another.sessions.of(CODE) == database.sessions.of(CODE)
    assert leader.vote(another.sessions, ticket="one") == database.sessions.of(CODE), "a late retry changes nothing"
    Leader().vote(another.sessions)
    assert opened(url).sessions.of(CODE).answered("vote") == 2
    assert database.check() == []


def test_what_is_erased_is_unknown_to_every_process(database, another):
    with_an_open_vote(database.sessions)
    another.sessions.of(CODE)
    database.sessions.erase(CODE)
    for ask in (another.sessions.of, lambda code: another.sessions.change(code, lambda _: None)):
        with pytest.raises(UnknownCode):
            ask(CODE)


def test_a_code_that_is_taken_harms_nobody_in_the_same_moment(database, another):
    with_an_open_vote(database.sessions)

    def take_part(place):
        if place % 10 == 0:
            with pytest.raises(ValueError, match=CODE):
                another.sessions.open(a_session())
        else:
            Leader().vote((database, another)[place % 2].sessions)

    with ThreadPoolExecutor(20) as phones:
        list(phones.map(take_part, range(40)))
    assert database.sessions.of(CODE).answered("vote") == 36


def test_a_receipt_is_unique_even_if_the_domain_forgot_to_look(database):
    sessions = with_an_open_vote(database.sessions)
    first, second, others = Leader(), Leader(), [Leader() for _ in range(20)]
    happened = first.voting("waiting", "r" * 64)(sessions.of(CODE))
    sessions.change(CODE, lambda _: happened)

    def take_part(leader):
        if leader is not second:
            return leader.vote(sessions)
        with pytest.raises(Exception, match=r"(?i)unique"):
            sessions.change(CODE, lambda _: happened.model_copy(update={"who": second.tag}))
        return None

    with ThreadPoolExecutor(21) as phones:
        list(phones.map(take_part, [second, *others]))
    assert sessions.of(CODE).answered("vote") == 21
    assert second.tag not in sessions.of(CODE).courses["vote"].answers


def test_sessions_and_workshops_do_not_answer_for_each_other(database):
    database.workshops.open(a_workshop())
    for ask in (database.sessions.of, database.sessions.version):
        with pytest.raises(UnknownCode):
            ask("WORK2345")
    with pytest.raises(Unknown) as refused:
        database.workshops.of(CODE)
    assert not isinstance(refused.value, UnknownCode)


def test_workshops_are_kept_like_sessions(database, another):
    database.workshops.open(a_workshop())
    database.workshops.change("WORK2345", lambda now: now.opened(HOST, CODE))
    assert another.workshops.of("WORK2345").sessions == (CODE,)


def test_listeners_hear_of_a_change_once_it_is_committed(database, another):
    heard = []
    database.on_change(lambda kind, code: heard.append((kind, code, another.sessions.version(code))))
    with_an_open_vote(database.sessions)
    assert heard == [("session", CODE, 0), ("session", CODE, 1)]


def test_a_listener_that_fails_stops_nobody(database):
    database.on_change(lambda _kind, _code: 1 // 0)
    heard = []
    database.on_change(lambda _kind, code: heard.append(code))
    with_an_open_vote(database.sessions)
    assert Leader().vote(database.sessions).answered("vote") == 1
    assert heard == [CODE] * 3


def test_the_stamp_changes_when_another_process_has_written(database, another):
    with_an_open_vote(database.sessions)
    before = another.stamp()
    assert another.stamp() == before
    Leader().vote(database.sessions)
    after = another.stamp()
    assert after != before
    database.workshops.open(a_workshop())
    assert another.stamp() != after


def test_looking_around_changes_no_stamp(database, another, opened, url):
    with_an_open_vote(database.sessions)
    until(lambda: not (database._writer._untidy or another._writer._untidy))
    before = database.stamp()
    another.sessions.of(CODE)
    opened(url, migrated=False).sessions.of(CODE)
    assert database.stamp() == before


def test_the_stamp_may_be_asked_from_many_threads(database):
    with_an_open_vote(database.sessions)

    def take_part(place):
        if place % 10 == 0:
            Leader().vote(database.sessions)
        return database.stamp()

    with ThreadPoolExecutor(16) as many:
        stamps = list(many.map(take_part, range(200)))
    assert all(isinstance(stamp, int) for stamp in stamps)
    assert database.sessions.of(CODE).answered("vote") == 20


def test_after_closing_nobody_waits_for_ever(database):
    database.close()
    with pytest.raises(RuntimeError):
        database.sessions.open(a_session())


def test_events_hold_no_more_than_the_domain_said(database):
    """Rows are read by people with a database tool: no clock, no principal beside a tag."""
    sessions, leader = with_an_open_vote(database.sessions), Leader()
    leader.vote(sessions)
    with database._readers.connect() as db:
        row = db.execute(text("select * from events where who <> ''")).mappings().one()
    assert leader.by.id not in str(dict(row))
    assert set(json.loads(row["event"])) == {"kind", "step", "who", "receipt", "values", "test"}
