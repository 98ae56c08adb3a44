"""Followers learn a revision: at once, at every change that concerns them, and never for nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing

import pytest

from outside_in.domain.errors import UnknownCode
from outside_in.domain.plan import Phase
from outside_in.house import FIRST
from outside_in.house import hub as hubs
from outside_in.house.demo import fresh
from outside_in.house.hub import Hub
from tests.house.world import World, build

SOON = 5.0
"""Seconds; how long a busy machine may take. What must not come is waited for much shorter."""


def following(scene):
    """Run a scene with a hub that is running, in a thread without a loop: a browser may keep the main thread's."""

    async def play(world):
        hub = Hub(world.house.database)
        hub.start(asyncio.get_running_loop())
        try:
            await scene(world, hub)
        finally:
            hub.stop()

    def played(live):
        with ThreadPoolExecutor(1) as stage:
            stage.submit(asyncio.run, play(live)).result()

    return played


async def next_of(stream, within=SOON):
    told = await asyncio.wait_for(anext(stream), within)
    assert told.startswith("data: ")
    assert told.endswith("\n\n")
    return int(told[6:])


async def act(call, *args):
    await asyncio.to_thread(call, *args)


def test_the_revision_comes_at_once(live):
    @following
    async def scene(live, hub):
        async with aclosing(hub.stream(f"stage:{live.code}")) as stream:
            assert await next_of(stream) == live.session.version

    scene(live)


def test_a_move_reaches_phones_and_stage(live):
    @following
    async def scene(live, hub):
        async with (
            aclosing(hub.stream(f"phones:{live.code}")) as phone,
            aclosing(hub.stream(f"stage:{live.code}")) as stage,
        ):
            await next_of(phone)
            await next_of(stage)
            await act(live.press)
            assert await next_of(phone) == live.session.moved
            assert await next_of(stage) == live.session.version

    scene(live)


def test_an_answer_reaches_the_stage_and_no_phone(live):
    live.go_to("arrive", Phase.OPEN)

    @following
    async def scene(live, hub):
        async with (
            aclosing(hub.stream(f"phones:{live.code}")) as phone,
            aclosing(hub.stream(f"stage:{live.code}")) as stage,
        ):
            await next_of(phone)
            await next_of(stage)
            await act(live.simulate, 1)
            assert await next_of(stage) == live.session.version
            with pytest.raises(TimeoutError):
                await next_of(phone, 0.6)

    scene(live)


def test_many_answers_are_few_messages(live):
    live.go_to("arrive", Phase.OPEN)

    @following
    async def scene(live, hub):
        async with aclosing(hub.stream(f"stage:{live.code}")) as stage:
            await next_of(stage)
            await act(live.simulate, 60)
            told = []
            while not told or told[-1] < live.session.version:
                told.append(await next_of(stage))
            assert told == sorted(told)
            assert len(told) < 30

    scene(live)


def test_another_process_s_change_is_noticed(live, clock):
    other = World(build(live.house.settings.data, clock))
    other.code = live.code

    @following
    async def scene(live, hub):
        async with aclosing(hub.stream(f"phones:{live.code}")) as phone:
            await next_of(phone)
            await act(other.press)
            assert await next_of(phone) == other.session.moved

    try:
        scene(live)
    finally:
        other.house.database.close()


def test_after_a_fault_of_the_database_another_process_s_change_is_noticed(live, clock):
    other = World(build(live.house.settings.data, clock))
    other.code = live.code
    whole, tries = live.house.database.stamp, []

    def away():
        tries.append(1)
        raise OSError("the database is away")

    @following
    async def scene(live, hub):
        async with aclosing(hub.stream(f"phones:{live.code}")) as phone:
            await next_of(phone)
            live.house.database.stamp = away
            while not tries:
                await asyncio.sleep(0.05)
            await act(other.press)
            live.house.database.stamp = whole
            assert await next_of(phone) == other.session.moved

    try:
        scene(live)
    finally:
        other.house.database.close()


def test_a_quiet_room_is_told_now_and_then_that_it_is_quiet(live, monkeypatch):
    monkeypatch.setattr(hubs, "HEARTBEAT", 0.1)

    @following
    async def scene(live, hub):
        async with aclosing(hub.stream(f"phones:{live.code}")) as phone:
            assert [await next_of(phone) for _ in range(3)] == [live.session.moved] * 3

    scene(live)


def test_who_leaves_is_forgotten(live):
    @following
    async def scene(live, hub):
        async with aclosing(hub.stream(f"phones:{live.code}")) as phone:
            await next_of(phone)
            assert hub._listeners[f"phones:{live.code}"]
        assert not hub._listeners[f"phones:{live.code}"]

    scene(live)


def test_a_foreign_code_is_refused_before_anybody_listens(live):
    @following
    async def scene(live, hub):
        async with aclosing(hub.stream("phones:ZZZZZZZZ")) as phone:
            with pytest.raises(UnknownCode):
                await anext(phone)

    scene(live)


def test_two_rooms_do_not_wake_each_other(live):
    other, _ = fresh(live.house, FIRST)

    @following
    async def scene(live, hub):
        async with aclosing(hub.stream(f"phones:{other.code}")) as phone:
            await next_of(phone)
            await act(live.press)
            with pytest.raises(TimeoutError):
                await next_of(phone, 0.6)

    scene(live)
