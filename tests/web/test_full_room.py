"""Sixty phones over real sockets, without browsers: the server dies in the middle, then every line breaks at once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import live
from tests.e2e.server import Server

PHONES = 60


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """In a thread of its own: where browsers were driven before, this one has a loop already."""
    lived = _lived(Server(tmp_path_factory.mktemp("room")))
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, lived).result()


async def _lived(server):
    await asyncio.to_thread(server.start)
    hall = live.Hall(server, seed=7)
    try:
        await hall.open()
        await hall.come(PHONES, per_second=20)
        found = await live.answering(hall)
        found |= await live.killed(hall)
        return found | await live.dropped(hall)
    finally:
        hall.close()
        await asyncio.to_thread(server.stop)


@pytest.mark.parametrize("what", ["lost", "doubled", "forgotten"])
def test_nothing_acknowledged_is_lost_doubled_or_forgotten(figures, what):
    assert figures[what] == 0


def test_every_phone_comes_back_by_itself(figures):
    assert 0 < figures["back"] < live.PATIENCE
    assert 0 < figures["returned"] < live.PATIENCE
