"""
A room full of phones on the product as it is served: how long things take, what they cost, that nothing is lost.

`python -m benchmarks.live [--phones 500] [--runs 3] [--minutes 0]` starts a server of its own on this machine, takes
the sample workshop, and prints a Markdown table: median of the runs, beside the goal. Phones and server share the
cores, so processor seconds are the firmer figure. `--minutes` adds steps for so long and tells how memory grows.
"""

import argparse
import asyncio
import json
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.phones import Tab, join, now, visit
from tests.e2e.server import Server

SAVED = "Gespeichert"
COUNT = re.compile(rb"\*\*(\d+) von")
PATIENCE = 60.0
Figures = dict[str, float]


class Goal(NamedTuple):
    words: str
    most: float
    unit: str = "s"


GOALS = {
    "join": Goal("join wave 50/s, page drawn, p95", 0.5),
    "join_cpu": Goal("processor time of a join", 20, "ms"),
    "idle": Goal("idle, all phones there", 0.03, "cores"),
    "memory": Goal("memory of the server", 400, "MB"),
    "saved": Goal("answers in 5 s, saved, p95", 0.5),
    "staged": Goal("the same, counted on the stage, p95", 0.7),
    "answer_cpu": Goal("processor time of an answer", 8, "ms"),
    "console": Goal("console's own press meanwhile, p95", 0.3),
    "burst": Goal("all press Send within 1 s, saved, p95", 2.0),
    "next": Goal("a press on the console reaches every phone, p95", 2.5),
    "next_missed": Goal("phones that missed one", 0, ""),
    "repeated": Goal("presses on the console that had to be repeated", 0, ""),
    "back": Goal("all back after kill -9", 6.0),
    "lost": Goal("acknowledged answers lost by it", 0, ""),
    "doubled": Goal("people counted twice after it", 0, ""),
    "returned": Goal("all back after all lines dropped", 6.0),
    "forgotten": Goal("phones that no longer knew their answer", 0, ""),
    "growth": Goal("memory growth over the minutes asked for", 5, "%"),
}


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, int(len(values) * 0.95) - 1)]


class Hall:
    """A server of its own, a console, a stage and the phones."""

    def __init__(self, server: Server, seed: int) -> None:
        self.server, self.chance = server, random.Random(seed)
        self.phones: list[Tab] = []
        self.counts: list[tuple[float, int]] = []
        self.repeated = 0

    async def open(self) -> None:
        told = await asyncio.to_thread(self.server.run, "demo", "--open")
        base, self.code = self.server.address, told["code"]
        self.console = Tab(base, "facilitate", await visit(base, told["facilitator_url"]))
        self.stage = Tab(base, "stage", await visit(base, told["stage_url"]))
        await self.console.open()
        await self.stage.open()
        self.stage.when(self._counted)

    def _counted(self, raw: bytes) -> bool:
        if found := COUNT.search(raw):
            self.counts.append((now(), int(found[1])))
        return False

    @property
    def web(self) -> psutil.Process:
        return psutil.Process(self.server.pid)

    def cpu(self) -> float:
        spent = self.web.cpu_times()
        return spent.user + spent.system

    async def come(self, phones: int, per_second: float) -> list[float]:
        async def one(after: float) -> float:
            await asyncio.sleep(after)
            began = now()
            phone = Tab(self.server.address, "room", await join(self.server.address, self.code))
            self.phones.append(phone)
            await phone.open()
            return now() - began

        return await asyncio.gather(*(one(n / per_second) for n in range(phones)))

    async def to_question(self) -> None:
        """The next question, open on every phone."""
        asked = self.console.drawn
        while self.console.drawn == asked or not _asks(self.phones[0]):
            await self.press()
            asked = ""

    async def press(self) -> tuple[list[float], int]:
        """The primary button, again if nothing comes of it: seconds until each phone shows it, how many never did."""
        reached = [phone.level() for phone in self.phones]
        for _ in range(5):
            began = now()
            self.console.press("primary")
            done, missed = await asyncio.wait(reached, timeout=8, return_when=asyncio.FIRST_COMPLETED)
            if done:
                break
            self.repeated += 1
        done, missed = await asyncio.wait(reached, timeout=PATIENCE)
        await asyncio.sleep(0.5)
        return [fate.result() - began for fate in done], len(missed)

    async def answer(self, spread: float) -> list[tuple[float, float]]:
        """Everybody once, at some moment of so many seconds: when each pressed, and when it read that it is saved."""

        async def one(phone: Tab) -> tuple[float, float]:
            await asyncio.sleep(self.chance.random() * spread)
            phone.fill(self.chance)
            fate, began = phone.hears(SAVED), now()
            phone.press("send")
            return began, await asyncio.wait_for(fate, PATIENCE)

        return await asyncio.gather(*map(one, self.phones))

    def close(self) -> None:
        for tab in (*self.phones, self.console, self.stage):
            tab.close()


def _asks(phone: Tab) -> bool:
    return any("-answer-" in getattr(element, "id", "") for _, element, *_ in phone.elements.values())


def _saved(phone: Tab) -> bool:
    return any(SAVED in str(element) for _, element, *_ in phone.elements.values())


async def arriving(hall: Hall, phones: int) -> Figures:
    spent = hall.cpu()
    waits = await hall.come(phones, 50)
    spent = hall.cpu() - spent
    await asyncio.sleep(3)
    before = hall.cpu()
    await asyncio.sleep(20)
    memory = hall.web.memory_info().rss / 1e6
    return {
        "join": p95(waits),
        "join_cpu": spent / phones * 1000,
        "idle": (hall.cpu() - before) / 20,
        "memory": memory,
    }


async def answering(hall: Hall) -> Figures:
    """Five seconds of answers, and the facilitator at the console meanwhile."""
    hall.counts.clear()
    spent = hall.cpu()
    work = asyncio.create_task(hall.answer(5))
    waits = []
    for _ in range(4):
        await asyncio.sleep(1)
        done, began = hall.console.finish(), now()
        hall.console.press("black")
        waits.append(await asyncio.wait_for(done, PATIENCE) - began)
    said = await work
    spent = hall.cpu() - spent
    await asyncio.sleep(2)
    return {
        "saved": p95([saved - pressed for pressed, saved in said]),
        "staged": p95(_staged(hall.counts, sorted(pressed for pressed, _ in said))),
        "answer_cpu": spent / len(said) * 1000,
        "console": p95(waits),
    }


def _staged(counts: list[tuple[float, int]], pressed: list[float]) -> list[float]:
    """The n-th press counts as shown when the stage first says n; the order of presses stands for their identity."""
    return [
        next((at for at, count in counts if count >= n), began + PATIENCE) - began
        for n, began in enumerate(pressed, start=1)
    ]


async def rushing(hall: Hall) -> Figures:
    await hall.to_question()
    return {"burst": p95([saved - pressed for pressed, saved in await hall.answer(1)])}


async def stepping(hall: Hall, presses: int = 4) -> Figures:
    waits, missed = [], 0
    for _ in range(presses):
        reached, never = await hall.press()
        waits, missed = [*waits, p95(reached)], missed + never
    return {"next": statistics.median(waits), "next_missed": missed}


async def killed(hall: Hall) -> Figures:
    """In the middle of the answers the server dies and starts again; who read nothing presses once more."""
    await hall.to_question()
    acknowledged: set[int] = set()

    async def one(phone: Tab) -> None:
        await asyncio.sleep(hall.chance.random() * 5)
        phone.fill(hall.chance)
        for _ in range(5):
            await asyncio.wait_for(phone.connected.wait(), PATIENCE)
            fate = phone.hears(SAVED)
            phone.press("send")
            try:
                await asyncio.wait_for(fate, 8)
            except TimeoutError:
                continue
            acknowledged.add(id(phone))
            return

    work = asyncio.gather(*map(one, hall.phones))
    await asyncio.sleep(2.5)
    safe = set(acknowledged)
    drops = {id(phone): phone.drops for phone in hall.phones}
    began = now()
    hall.server.kill()
    runs = _runs(hall.phones)
    await asyncio.to_thread(hall.server.start)
    await asyncio.sleep(0.5)
    await _all_back([phone for phone in hall.phones if phone.drops > drops[id(phone)]], runs)
    back = now() - began
    lost = sum(id(phone) in safe and not _saved(phone) for phone in hall.phones)
    await work
    await asyncio.sleep(2)
    stored = max((count for _, count in hall.counts[-3:]), default=0)
    return {"back": back, "lost": lost, "doubled": max(0, stored - len(hall.phones))}


async def dropped(hall: Hall) -> Figures:
    """Every line breaks at once, as when the wireless network goes; identity and own answer come back."""
    knew = [_saved(phone) for phone in hall.phones]
    for phone in hall.phones:
        await phone.drop()
    began = now()
    await asyncio.sleep(0.1)
    await _all_back(hall.phones, _runs(hall.phones))
    back = now() - began
    forgotten = sum(before and not _saved(phone) for before, phone in zip(knew, hall.phones, strict=True))
    return {"returned": back, "forgotten": forgotten}


def _runs(phones: list[Tab]) -> dict[int, int]:
    return {id(phone): phone.runs for phone in phones}


async def _all_back(phones: list[Tab], runs: dict[int, int]) -> None:
    """Connected again, and one run drawn since `runs` were counted."""

    async def one(phone: Tab) -> None:
        await asyncio.wait_for(phone.connected.wait(), PATIENCE)
        while phone.runs == runs[id(phone)]:
            await asyncio.sleep(0.05)

    await asyncio.wait_for(asyncio.gather(*map(one, phones)), PATIENCE)


async def lasting(hall: Hall, minutes: float) -> Figures:
    if not minutes:
        return {}
    await stepping(hall, 2)  # what is kept for the first time is no growth
    before, until = hall.web.memory_info().rss, now() + minutes * 60
    while now() < until:
        forth = asyncio.gather(*(phone.level() for phone in hall.phones))
        hall.console.press("black")
        await asyncio.wait([asyncio.ensure_future(forth)], timeout=5)
        await hall.press()
        hall.console.press("back")
        await asyncio.sleep(3)
    return {"growth": (hall.web.memory_info().rss / before - 1) * 100}


async def once(phones: int, minutes: float, seed: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        await asyncio.to_thread(server.start)
        hall = Hall(server, seed)
        try:
            await hall.open()
            figures = await arriving(hall, phones)
            parts: tuple[Callable[[Hall], Awaitable[Figures]], ...] = (answering, rushing, stepping, killed, dropped)
            for part in parts:
                figures |= await part(hall)
                print(f"{part.__name__}: {figures}", file=sys.stderr, flush=True)
            return figures | await lasting(hall, minutes) | {"repeated": hall.repeated}
        finally:
            hall.close()
            await asyncio.to_thread(server.stop)


def table(runs: list[Figures], phones: int) -> str:
    rows = [f"| {phones} phones, median of {len(runs)} | measured | goal |", "|---|---|---|"]
    for name, goal in GOALS.items():
        if name in runs[0]:
            value = statistics.median(run[name] for run in runs)
            rows.append(f"| {goal.words} | {value:.3g} {goal.unit} | ≤ {goal.most:g} {goal.unit} |")
    return "\n".join(rows)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--phones", type=int, default=500)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--minutes", type=float, default=0)
    asked.add_argument("--json", action="store_true")
    told = asked.parse_args()
    runs = [asyncio.run(once(told.phones, told.minutes if not n else 0, n)) for n in range(told.runs)]
    print(json.dumps(runs) if told.json else table(runs, told.phones))


if __name__ == "__main__":
    main()
