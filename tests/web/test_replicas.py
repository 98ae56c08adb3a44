"""Two servers on one PostgreSQL: one dies or stands still, its phones come to the other as the same people."""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import live
from benchmarks.phones import Tab, join
from tests.e2e.server import Server, until
from tests.store.conftest import KINDS
from tests.store.servers import postgres

EACH = 8
pytestmark = pytest.mark.skipif("postgresql" not in KINDS, reason="no PostgreSQL here, and nobody insists on it")


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """The first one dies or stands still; stage and console are with the second."""
    with postgres() as database:
        url = database.database("room")
        servers = [Server(tmp_path_factory.mktemp(name), OUTSIDE_IN_DATABASE=url) for name in ("first", "second")]
        for server in servers:
            server.start()
        yield servers
        for server in servers:
            server.stop()


def played(scene, pair):
    """In a thread of its own: where browsers were driven before, this one has a loop already."""

    async def play():
        first, second = pair
        hall = live.Hall(second, seed=7)
        guests = []
        try:
            await hall.open()
            await hall.come(EACH, per_second=40)
            for _ in range(EACH):
                guests.append(Tab(first.address, "room", await join(first.address, hall.code)))
                await guests[-1].open()
            await hall.to_question()
            await asyncio.gather(*(shows_question(phone) for phone in guests))
            await scene(hall, guests)
        finally:
            for tab in guests:
                tab.close()
            hall.close()

    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, play()).result()


async def shows_question(phone):
    while not live._asks(phone):
        await asyncio.sleep(0.05)


async def saves(hall, phone):
    """Presses until the phone reads that it is saved, as a person does."""
    while True:
        await asyncio.wait_for(phone.connected.wait(), live.PATIENCE)
        phone.fill(hall.chance)
        fate = phone.hears(live.SAVED)
        phone.press("send")
        try:
            return await asyncio.wait_for(fate, 3)
        except TimeoutError:
            continue


async def comes_to(phone, server):
    """What a proxy does for a browser whose server is gone: the same cookie, another door."""
    phone.base, phone.port = server.address, server.port
    await phone.drop()


async def counted(hall, people):
    """What the stage shows, once it stops changing."""
    while not hall.counts or hall.counts[-1][1] != people:
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    return hall.counts[-1][1]


def test_phones_of_a_killed_replica_go_on_at_the_other_as_the_same_people(pair):
    first, second = pair

    async def scene(hall, guests):
        early = guests[: EACH // 2]
        await asyncio.gather(*(saves(hall, phone) for phone in early))
        others = asyncio.gather(*(saves(hall, phone) for phone in hall.phones))
        for phone in guests[EACH // 2 :]:
            phone.fill(hall.chance)
            phone.press("send")  # under way: saved or not, but never twice
        await asyncio.to_thread(first.kill)
        await others
        for phone in guests:
            await comes_to(phone, second)
        await asyncio.gather(*(asyncio.wait_for(knows_its_answer(phone), 30) for phone in early))
        await asyncio.gather(*(saves(hall, phone) for phone in guests[EACH // 2 :]))
        assert await asyncio.wait_for(counted(hall, 2 * EACH), 30) == 2 * EACH

    played(scene, pair)
    first.start()


async def knows_its_answer(phone):
    runs = phone.runs
    while phone.runs == runs or not live._saved(phone):
        await asyncio.sleep(0.05)


def test_a_replica_that_stands_still_and_goes_on_again_counts_nobody_twice(pair):
    first, second = pair

    async def scene(hall, guests):
        await saves(hall, guests[0])
        first._process.send_signal(signal.SIGSTOP)
        for phone in guests[1:]:
            phone.fill(hall.chance)
            phone.press("send")  # lies in the replica that stands still
        again = [Tab(second.address, "room", phone.cookie) for phone in guests]
        try:
            await asyncio.gather(*(tab.open() for tab in again))
            assert live._saved(again[0])
            await asyncio.gather(*(saves(hall, tab) for tab in (*again[1:], *hall.phones)))
            assert await asyncio.wait_for(counted(hall, 2 * EACH), 30) == 2 * EACH
            reached = guests[1].hears(live.SAVED)
            first._process.send_signal(signal.SIGCONT)
            await asyncio.wait_for(reached, 30)
            assert await asyncio.wait_for(counted(hall, 2 * EACH), 30) == 2 * EACH
            _, missed = await hall.press()
            assert missed == 0
        finally:
            for tab in again:
                tab.close()

    try:
        played(scene, pair)
    finally:
        first._process.send_signal(signal.SIGCONT)
    until(first.is_well, "the replica does not go on")
