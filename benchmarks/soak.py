"""
A room that goes on and on: `python -m benchmarks.soak [--minutes 25] [--phones 60] [--seed 1]`.

Phones, stage and console of `benchmarks.live` stay; others come, answer and leave (40 a minute), answers arrive (5 a
second), the facilitator steps forth and back and walks through all pages. Every few seconds memory, threads, lines and
files of the server are read. Afterwards everybody who came has left, and what is left is compared with what there was
before. Prints a Markdown table. Growth of memory is the median of all slopes between two samples (Theil-Sen), after the
first quarter.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks import live
from benchmarks.phones import Tab, join, now
from tests.e2e.server import Server

PAGES = "prepare", "feedback", "themes", "journeys", "worth", "values", "commitments", "outcomes", "settings"
JOINS, ANSWERS = 40 / 60, 5.0
"""A second."""
STAYS = 15.0
"""Seconds for which somebody who comes stays."""
STEP_EVERY = 20.0
UNHEARD = 8.0
"""Seconds after which a press counts as one to which nothing was drawn, because the step moved in that moment."""


class Sample(NamedTuple):
    at: float
    memory: int
    threads: int
    lines: int
    files: int


class Soak:
    def __init__(self, hall: live.Hall, stays: float = STAYS) -> None:
        self.hall, self.stays, self.came, self.unheard = hall, stays, 0, 0
        self.slow: list[tuple[float, float]] = []
        self.samples: list[Sample] = []

    def sample(self) -> Sample:
        web = self.hall.web
        lines = len(web.net_connections())
        self.samples.append(Sample(now(), web.memory_info().rss, web.num_threads(), lines, web.num_fds() - lines))
        return self.samples[-1]

    async def warm(self) -> Sample:
        """What is made once and kept (pools, caches, pages) is no growth."""
        await self.hall.answer(0.5)
        await asyncio.gather(*(self._guest(2) for _ in range(5)))
        await self._walk()
        await self._step()
        return await self._calm()

    async def last(self, seconds: float) -> Sample:
        """All at once for so long; then the guests leave."""
        until = now() + seconds
        parts: tuple[tuple[Callable[[], Awaitable[None]], float], ...] = (
            (lambda: self._guest(self.stays), 1 / JOINS),
            (self._answer, 1 / ANSWERS),
            (self._step, STEP_EVERY),
            (self._walk, STEP_EVERY),
            (self._look, max(1.0, seconds / 200)),
        )
        await asyncio.gather(*(self._again(part, every, until) for part, every in parts))
        return await self._calm()

    async def _again(self, part: Callable[[], Awaitable[None]], every: float, until: float) -> None:
        going = set()
        while now() < until:
            going.add(asyncio.create_task(part()))  # type: ignore[arg-type]
            await asyncio.sleep(min(every, max(0.0, until - now())))
        await asyncio.gather(*going)

    async def _guest(self, stays: float) -> None:
        """Comes by the form, answers, leaves."""
        guest = Tab(self.hall.server.address, "room", await join(self.hall.server.address, self.hall.code))
        await guest.open()
        self.came += 1
        if live._asks(guest):
            guest.fill(self.hall.chance)
            guest.press("send")
        await asyncio.sleep(stays)
        guest.close()

    async def _answer(self) -> None:
        phone = self.hall.chance.choice(self.hall.phones)
        phone.fill(self.hall.chance)
        done, began = phone.finish(), now()
        try:
            phone.press("send")
            self.slow.append((began, await asyncio.wait_for(done, UNHEARD) - began))
        except LookupError:
            """Nothing is open on this phone just now."""
        except TimeoutError:
            self.unheard += 1

    async def _step(self) -> None:
        await self.hall.press()
        self.hall.console.press("back")
        await asyncio.sleep(1)

    async def _walk(self) -> None:
        for page in PAGES:
            tab = Tab(self.hall.server.address, page, self.hall.console.cookie)
            await tab.open()
            tab.close()

    async def _look(self) -> None:
        self.sample()

    async def _calm(self) -> Sample:
        """Until nothing that belongs to the guests can still be on its way out."""
        await asyncio.sleep(2)
        return self.sample()


def slope(samples: list[Sample]) -> float:
    """Bytes a second: the median of all slopes between two samples, so that single peaks do not count."""
    rows = samples[len(samples) // 4 :]
    return statistics.median((b.memory - a.memory) / (b.at - a.at) for a, b in combinations(rows, 2))


def slower(times: list[tuple[float, float]]) -> float:
    """The slowest twentieth of the last quarter, as a multiple of the first quarter's."""
    took = [took for _, took in sorted(times)]
    quarter = max(1, len(took) // 4)
    return live.p95(took[-quarter:]) / live.p95(took[:quarter])


async def soaked(
    server: Server, phones: int, seconds: float, seed: int, stays: float = STAYS
) -> tuple[Soak, Sample, Sample]:
    hall = live.Hall(server, seed)
    try:
        await hall.open()
        await hall.come(phones, 25)
        soak = Soak(hall, stays)
        before = await soak.warm()
        return soak, before, await soak.last(seconds)
    finally:
        hall.close()


def table(soak: Soak, before: Sample, after: Sample, minutes: float) -> str:
    grown = slope(soak.samples) * (after.at - before.at)
    rows = [
        f"| {minutes:g} minutes, {soak.came} came and went, {len(soak.slow)} answers | before | after |\n|---|---|---|",
        f"| memory, MB | {before.memory / 1e6:.0f} | {after.memory / 1e6:.0f} |",
        f"| threads | {before.threads} | {after.threads} |",
        f"| lines to browsers | {before.lines} | {after.lines} |",
        f"| other open files | {before.files} | {after.files} |",
        f"| growth of memory by its slope, MB per 100 who came | | {grown / 1e6 / soak.came * 100:.2f} |",
        f"| presses to which nothing was drawn within {UNHEARD:.0f} s | | {soak.unheard} |",
        f"| answers, slowest twentieth: last quarter beside the first | | {slower(soak.slow):.2f} × |",
    ]
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--phones", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.start()
        try:
            print(table(*asyncio.run(soaked(server, told.phones, told.minutes * 60, told.seed)), told.minutes))
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
