"""PostgreSQL or a replica goes away while others write: what was acknowledged is there, once, and all know it."""

import asyncio
import secrets
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from hashlib import sha256
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from outside_in.house.hub import Hub
from outside_in.store import Unsure, surely
from tests.store.conftest import KINDS
from tests.store.examples import Leader, press, until, with_an_open_vote
from tests.store.killed import kept
from tests.store.servers import postgres

CODE = "ABCD2345"
PHONES, ANSWERS = 24, 25
pytestmark = pytest.mark.skipif("postgresql" not in KINDS, reason="no PostgreSQL here, and nobody insists on it")


@pytest.fixture(scope="module")
def fragile():
    with postgres() as running:
        yield running


@pytest.fixture
def replicas(fragile, opened):
    url = fragile.database(f"t{secrets.token_hex(6)}")
    return opened(url), opened(url)


class Screen:
    """A stage that follows by the hub of its replica and comes back when the line breaks, as browsers do."""

    def __init__(self, database):
        self.shown = 0
        self._hub = Hub(database)

    async def follow(self):
        self._hub.start(asyncio.get_running_loop())
        try:
            while True:
                with suppress(SQLAlchemyError):
                    async with aclosing(self._hub.stream(f"stage:{CODE}")) as told:
                        async for line in told:
                            self.shown = int(line[6:])
                await asyncio.sleep(0.1)
        finally:
            self._hub.stop()


@pytest.fixture
def screens(replicas):
    """One per replica; what they show is never asked for."""
    with_an_open_vote(replicas[0].sessions)
    both = [Screen(replica) for replica in replicas]
    loop = asyncio.new_event_loop()

    async def follow():
        await asyncio.gather(*(screen.follow() for screen in both))

    with ThreadPoolExecutor(1) as apart:
        going = loop.create_task(follow())
        apart.submit(loop.run_until_complete, asyncio.wait([going]))
        yield both
        loop.call_soon_threadsafe(going.cancel)
    loop.close()


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_restart_under_load_loses_nothing_doubles_nothing_and_is_only_a_pause(fragile, replicas, screens, how):
    saved, failed = [], []

    def answer(leader, place):
        ticket = secrets.token_hex(16)
        while True:
            try:
                leader.vote(replicas[place % 2].sessions, ticket=ticket)
                return saved.append(sha256(ticket.encode()).hexdigest())
            except (SQLAlchemyError, Unsure) as error:
                failed.append(error)

    def phone(place):
        leader = Leader()
        for _ in range(ANSWERS):
            answer(leader, place)

    with ThreadPoolExecutor(PHONES) as phones:
        going = [phones.submit(phone, place) for place in range(PHONES)]
        for share in (0.2, 0.6):
            until(lambda share=share: len(saved) > share * PHONES * ANSWERS, 60)
            fragile.stop(how)
            time.sleep(0.5)
            fragile.start()
        assert [one.result() for one in going] == [None] * PHONES
    course = replicas[0].sessions.of(CODE).course("vote")
    assert kept(course) == set(saved)
    assert course.answered == PHONES
    assert replicas[0].sessions.version(CODE) == 1 + len(saved)
    assert replicas[0].sessions.of(CODE) == replicas[1].sessions.of(CODE)
    assert len(failed) <= 4 * PHONES, "whoever had not come to COMMIT waited, and heard of nothing"
    until(lambda: [screen.shown for screen in screens] == [1 + len(saved)] * 2)


def test_what_one_replica_does_afterwards_reaches_the_screens_of_the_other(fragile, replicas, screens):
    fragile.stop("immediate")
    time.sleep(1)
    fragile.start()
    after = press(replicas[0].sessions)
    until(lambda: [screen.shown for screen in screens] == [after.version] * 2)


@pytest.mark.parametrize("reached", [True, False], ids=["kept", "not kept"])
def test_a_commit_nobody_answered_is_settled_by_the_same_answer_once_more(replicas, reached):
    database, other = replicas
    with_an_open_vote(database.sessions)
    leader, lines = Leader(), [True]

    def goes_away(connection):
        """The line breaks at COMMIT, on the way there or on the way back."""
        if lines.pop():
            pid = connection.scalar(text("select pg_backend_pid()"))
            if reached:
                connection.connection.driver_connection.commit()
                connection.scalar(text("select 1"))  # so that there is a COMMIT to be said
            with other._readers.connect() as db:
                db.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
            lines.append(False)

    event.listen(database._writer._engine, "commit", goes_away)
    tries = []

    def vote():
        tries.append(1)
        return leader.vote(database.sessions, ticket="one form")

    assert surely(vote).answered("vote") == 1
    assert len(tries) == 2
    assert other.sessions.version(CODE) == 2


def test_while_it_is_away_health_says_so_at_once_and_an_answer_waits_for_it(fragile, replicas):
    with_an_open_vote(replicas[0].sessions)
    assert replicas[1].alive()
    replicas[1].sessions.of(CODE)
    fragile.stop("fast")
    with ThreadPoolExecutor(1) as phone:
        answer = phone.submit(lambda: Leader().vote(replicas[1].sessions))
        began = time.monotonic()
        assert not replicas[1].alive()
        assert time.monotonic() - began < 5
        assert not answer.done()
        fragile.start()
        assert answer.result(20).answered("vote") == 1
    assert replicas[1].alive()


def test_what_arrives_together_at_two_replicas_shares_commits_however_slow_the_disk_is(replicas):
    """A COMMIT for each answer would let all others wait for each flush, behind the session's one lock."""
    with_an_open_vote(replicas[0].sessions)
    commits, both = [], (0, 1)

    def slow(connection):
        commits.append(1)
        connection.execute(text("select pg_sleep(0.02)"))

    for replica in replicas:
        event.listen(replica._writer._engine, "commit", slow)
    with ThreadPoolExecutor(80) as phones:
        list(phones.map(lambda place: Leader().vote(replicas[place % 2].sessions), both * 80))
    assert replicas[1].sessions.of(CODE).answered("vote") == 160
    assert len(commits) < 40


# a replica that stands still ----------------------------------------------------------------


@pytest.fixture
def frozen(fragile, replicas):
    """A third replica, stopped in the middle of its turn: it holds the session's row and says nothing."""
    with_an_open_vote(replicas[0].sessions)
    url, pipe = replicas[0].url, subprocess.PIPE
    with subprocess.Popen([sys.executable, "-m", "tests.store.phones", url, "stop"], stdin=pipe, stdout=pipe) as child:
        last = Timer(30, child.kill)  # whoever still waits by then shall fail and not hang
        last.start()
        until(lambda: stands_still(child.pid))
        yield child
        last.cancel()
        child.kill()


def stands_still(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel whether a process stands still")
def test_a_replica_that_stands_still_in_its_turn_holds_up_nobody_for_long_and_spoils_nothing(frozen, replicas):
    began = time.monotonic()
    assert Leader().vote(replicas[0].sessions).answered("vote") == 1
    assert time.monotonic() - began < 20
    assert Leader().vote(replicas[1].sessions).answered("vote") == 2
    frozen.send_signal(signal.SIGCONT)
    assert frozen.stdout.readline() == b"saved\n"
    assert replicas[0].sessions.of(CODE).answered("vote") == 3
    assert replicas[0].sessions.version(CODE) == 4
    assert replicas[0].sessions.of(CODE) == replicas[1].sessions.reread(CODE)
