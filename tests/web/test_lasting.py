"""Short forms of `benchmarks.soak` and `benchmarks.outage`: who left leaves nothing behind; the network goes."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import outage, soak
from tests.e2e.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("lasting"))
    running.start()
    yield running
    running.stop()


def apart(coroutine):
    """In a thread of its own: where browsers were driven before, this one has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def test_who_came_and_left_leaves_no_line_no_thread_and_no_open_file_behind(server):
    lived, before, after = apart(soak.soaked(server, phones=6, seconds=6, seed=1, stays=3))
    assert lived.came >= 8
    assert len(lived.slow) >= 10
    assert after.lines <= before.lines + 2, "stage and console may hold one more for a moment"
    assert after.threads <= before.threads + 5
    assert after.files <= before.files + 3 * 8, "connections to the database are kept, eight at most"
    assert after.memory < before.memory + 60e6


def test_a_room_whose_network_goes_and_comes_back_bad_forgets_nobody(server):
    async def gone():
        room = outage.Room(server, 1)
        try:
            await room.open()
            await room.come(10, 20)
            return await outage.outage(room, seconds=2, late=0.1)
        finally:
            room.close()

    found = apart(gone())
    assert (found["forgotten"], found["missing"]) == (0, 0)
    assert found["back"] < outage.PATIENCE
