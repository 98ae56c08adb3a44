"""
The network of a whole room goes: `python -m benchmarks.outage [--phones 200] [--seconds 5 150 600] [--seed 1]`.

All phones of `benchmarks.live` reach the server through a line of ours. It is cut for so long, while the facilitator,
who has a cable, goes on; half of the phones hold an answer that is typed but not sent. Then the line is there again,
late and uneven (`--late`: every piece comes so many seconds later, three of ten after three times that, as when packets
are lost and sent again). Prints a Markdown table; nobody may be missing, forgotten or counted twice.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks import live
from benchmarks.phones import Tab, join, now
from tests.e2e.server import Server

SLOW = 3
"""How much later a piece comes that had to be sent again."""
PATIENCE = 120.0


class Line:
    """Between phones and server: may be cut, may be late."""

    def __init__(self, port: int, seed: int) -> None:
        self.late, self._port, self._chance = 0.0, port, random.Random(seed)
        self._cut, self._open = False, set[asyncio.StreamWriter]()

    async def open(self) -> str:
        """The address at which phones find the server."""
        self._door = await asyncio.start_server(self._meet, "127.0.0.1", 0, backlog=1024)
        return f"http://127.0.0.1:{self._door.sockets[0].getsockname()[1]}"

    def close(self) -> None:
        self._door.close()
        self.cut()

    def cut(self) -> None:
        self._cut = True
        for end in self._open:
            end.transport.abort()

    def mend(self) -> None:
        self._cut = False

    async def _meet(self, phone: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if self._cut:
            return back.transport.abort()
        server, forth = await asyncio.open_connection("127.0.0.1", self._port)
        ends = {back, forth}
        self._open |= ends
        try:
            await asyncio.gather(self._carry(phone, forth), self._carry(server, back))
        except (OSError, asyncio.CancelledError):
            """Cut, or the room is over."""
        finally:
            for end in ends:
                end.transport.abort()
            self._open -= ends

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """In order, as TCP does: whatever comes after a late piece waits for it."""
        while piece := await source.read(65_536):
            if self.late:
                await asyncio.sleep(self.late * (SLOW if self._chance.random() < 0.3 else 1))
            target.write(piece)
            await target.drain()
        target.close()


class Room(live.Hall):
    """Stage and console have a cable, the phones hang on the line."""

    def __init__(self, server: Server, seed: int) -> None:
        super().__init__(server, seed)
        self.line = Line(server.port, seed)

    async def come(self, phones: int, per_second: float) -> list[float]:
        address = await self.line.open()

        async def one(after: float) -> float:
            await asyncio.sleep(after)
            began = now()
            phone = Tab(address, "room", await join(address, self.code))
            self.phones.append(phone)
            await phone.open()
            return now() - began

        return await asyncio.gather(*(one(n / per_second) for n in range(phones)))

    def close(self) -> None:
        super().close()
        self.line.close()


async def outage(room: Room, seconds: float, late: float) -> live.Figures:
    """Half have answered, half have typed; the line goes, and comes back late."""
    if live._saved(room.phones[0]):
        await room.to_question()
    half = len(room.phones) // 2
    sent, typed = room.phones[:half], room.phones[half:]
    await _all_save(room, sent)
    for phone in typed:
        phone.fill(room.chance)
    runs = live._runs(room.phones)
    room.line.cut()
    await asyncio.sleep(seconds)
    room.console.press("timer-plus")
    room.line.late, began = late, now()
    room.line.mend()
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(_back(phone, runs[id(phone)]) for phone in room.phones))
    back = now() - began
    forgotten = sum(not live._saved(phone) for phone in sent)
    await _all_save(room, typed)
    await asyncio.sleep(2)
    room.line.late = 0.0
    counted = max((count for _, count in room.counts[-3:]), default=0)
    return {"back": back, "forgotten": forgotten, "missing": len(room.phones) - counted}


async def _back(phone: Tab, runs: int) -> None:
    while not phone.connected.is_set() or phone.runs == runs:
        await asyncio.sleep(0.05)


async def _all_save(room: Room, phones: Iterable[Tab]) -> None:
    async def one(phone: Tab) -> None:
        """What is typed goes out; who reads nothing presses again."""
        phone.fill(room.chance)
        while True:
            fate = phone.hears(live.SAVED)
            phone.press("send")
            try:
                await asyncio.wait_for(fate, 8)
            except TimeoutError:
                continue
            return

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*map(one, phones))


async def campaign(phones: int, seconds: list[float], late: float, seed: int) -> list[live.Figures]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        await asyncio.to_thread(server.start)
        room = Room(server, seed)
        try:
            await room.open()
            await room.come(phones, 25)
            return [await outage(room, length, late) for length in seconds]
        finally:
            room.close()
            await asyncio.to_thread(server.stop)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--seconds", type=float, nargs="+", default=[5, 150, 600])
    parser.add_argument("--late", type=float, default=0.4)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    found = asyncio.run(campaign(told.phones, told.seconds, told.late, told.seed))
    print(f"| {told.phones} phones, no network for | all back after | forgot their answer | not counted |")
    print("|---|---|---|---|")
    for length, row in zip(told.seconds, found, strict=True):
        print(f"| {length:g} s | {row['back']:.1f} s | {row['forgotten']:g} | {row['missing']:g} |")
    return int(any(row["forgotten"] or row["missing"] for row in found))


if __name__ == "__main__":
    sys.exit(main())
