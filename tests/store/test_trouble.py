"""What is acknowledged is there: killed, on a full disk, beside a busy one, after the server came back."""

import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Timer

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from outside_in.store.engines import file_of
from tests.store.conftest import KINDS
from tests.store.examples import Leader, a_session, press, until, with_an_open_vote
from tests.store.killed import room

CODE = "ABCD2345"


def files(url):
    """All bytes of a SQLite database, the log included."""
    path = file_of(url)
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def log_is_empty(url):
    log = file_of(url).with_name(f"{file_of(url).name}-wal")
    return not log.exists() or log.stat().st_size == 0


def test_killed_again_and_again_nothing_acknowledged_is_lost_and_nothing_counts_twice(database):
    found = room(database, phones=60, answers=8, kills=3, chance=random.Random(7))
    assert (found["wishes"], found["kills"]) == (480, 3)
    wrong = ("lost", "doubled", "phantom", "damaged", "unfinished")
    assert {name: found[name] for name in wrong} == dict.fromkeys(wrong, 0)


def test_a_full_disk_loses_nothing_and_needs_no_restart(opened, sqlite_url):
    database = opened(sqlite_url)
    with_an_open_vote(database.sessions)
    pages = database._writer.write(lambda batch: batch.db.exec_driver_sql("pragma page_count").scalar())
    limit(database, pages + 6)
    saved = votes_until_it_is_full(database)
    assert 0 < saved < 500
    assert database.sessions.of(CODE).answered("vote") == saved, "reading works"
    assert opened(sqlite_url, migrated=False).sessions.of(CODE).version == 1 + saved
    limit(database, 1_000_000)
    assert Leader().vote(database.sessions).answered("vote") == saved + 1
    assert database.check() == []


def test_on_a_full_disk_everybody_at_once_hears_the_truth(opened, sqlite_url):
    database = opened(sqlite_url)
    with_an_open_vote(database.sessions)
    pages = database._writer.write(lambda batch: batch.db.exec_driver_sql("pragma page_count").scalar())
    limit(database, pages + 4)

    def take_part(leader):
        try:
            leader.vote(database.sessions)
        except OperationalError:
            return None
        return leader.tag

    with ThreadPoolExecutor(40) as phones:
        told = set(phones.map(take_part, [Leader() for _ in range(120)])) - {None}
    assert told == set(database.sessions.of(CODE).course("vote").answers)
    assert len(told) < 120


def votes_until_it_is_full(database):
    for saved in range(500):
        try:
            Leader().vote(database.sessions)
        except OperationalError:
            return saved
    return 500


def limit(database, pages):
    database._writer.write(lambda batch: batch.db.exec_driver_sql(f"pragma max_page_count = {pages}") and None)


def test_a_full_disk_locks_nobody_out(opened, sqlite_url, clock):
    database = opened(sqlite_url)
    leader, token = database.doors.new_leader(CODE)
    pages = database._writer.write(lambda batch: batch.db.exec_driver_sql("pragma page_count").scalar())
    limit(database, pages)
    clock.wait(3600)
    assert database.doors.who(token, "leader") == leader


def test_somebody_else_who_holds_the_lock_is_waited_for(opened, sqlite_url):
    database = opened(sqlite_url)
    with_an_open_vote(database.sessions)
    scanner = sqlite3.connect(file_of(sqlite_url), isolation_level=None, check_same_thread=False)
    scanner.execute("begin exclusive")
    release = Timer(1.0, scanner.rollback)
    release.start()
    assert Leader().vote(database.sessions).answered("vote") == 1
    release.join()
    scanner.close()


def test_a_closed_step_leaves_no_tag_in_any_file(opened, sqlite_url):
    database, leaders = opened(sqlite_url), [Leader() for _ in range(30)]
    with_an_open_vote(database.sessions)
    for leader in leaders:
        leader.vote(database.sessions)
    assert all(leader.tag.encode() in files(sqlite_url) for leader in leaders)
    press(database.sessions)
    until(lambda: log_is_empty(sqlite_url))
    assert not any(leader.tag.encode() in files(sqlite_url) for leader in leaders)
    assert database.sessions.of(CODE).answered("vote") == 30


def test_who_is_still_reading_delays_the_erasure_and_nobody_else(opened, sqlite_url):
    """A backup reads for a while; phones that wait for its end would be a bug."""
    database, leader = opened(sqlite_url), Leader()
    with_an_open_vote(database.sessions)
    leader.vote(database.sessions)
    until(lambda: not database._writer._untidy)
    reader = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from events").fetchone()
    press(database.sessions)
    database.sessions.open(a_session("ZZZZ2345"))
    start = time.monotonic()
    for _ in range(20):
        press(database.sessions, "ZZZZ2345")
    assert time.monotonic() - start < 5.0
    assert leader.tag.encode() in files(sqlite_url), "the reader may still look at it"
    reader.close()
    until(lambda: log_is_empty(sqlite_url))
    assert leader.tag.encode() not in files(sqlite_url)


def test_what_a_killed_process_could_not_tidy_the_next_one_does(opened, sqlite_url):
    database, leader = opened(sqlite_url), Leader()
    with_an_open_vote(database.sessions)
    leader.vote(database.sessions)
    reader = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    reader.execute("begin")
    reader.execute("select count(*) from events").fetchone()
    press(database.sessions)
    database.close()
    reader.close()
    opened(sqlite_url)
    until(lambda: log_is_empty(sqlite_url))
    assert leader.tag.encode() not in files(sqlite_url)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind == "postgresql"])
def test_a_server_that_came_back_is_found_again(kind, opened, postgresql_url):
    database, another = opened(postgresql_url), opened(postgresql_url)
    with_an_open_vote(database.sessions)
    mine = text(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    with another._readers.connect() as db:
        db.execute(mine)
    assert Leader().vote(database.sessions).answered("vote") == 1
    assert another.sessions.of(CODE).answered("vote") == 1


def test_what_a_turn_cannot_write_harms_only_that_turn(database):
    """Not even what no database can store."""
    with_an_open_vote(database.sessions)

    def take_part(place):
        if place:
            return Leader().vote(database.sessions)
        with pytest.raises(Exception, match=r"."):
            database.jobs.add("k" * 5000, "W" * 5000, None, {})
        return None

    with ThreadPoolExecutor(20) as phones:
        list(phones.map(take_part, range(20)))
    assert database.sessions.of(CODE).answered("vote") == 19
