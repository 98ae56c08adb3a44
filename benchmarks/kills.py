"""
The server of a full room dies again and again: `python -m benchmarks.kills [--kills 20] [--phones 100] [--seed 1]`.

Phones, stage and console of `benchmarks.live` over real sockets. Every question is answered by everybody within five
seconds, in the middle of which the server gets kill -9 and is started anew; whoever has not read “saved” presses again.
After four such questions the room's own bundle is read: one answer per phone and question, no receipt twice. Prints
one line; the exit code is 1 if anything was lost or doubled.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from benchmarks import live
from tests.e2e.server import Server

EACH = 4
"""Kills per room; the agenda has so many questions and more."""


async def room(server: Server, phones: int, kills: int, seed: int, folder: Path) -> tuple[Counter[str], float]:
    """What went wrong, and the slowest time until all were back."""
    hall, wrong, slowest = live.Hall(server, seed), Counter(lost=0, doubled=0, missing=0), 0.0
    try:
        await hall.open()
        await hall.come(phones, 25)
        for _ in range(kills):
            found = await live.killed(hall)
            wrong.update(lost=int(found["lost"]), doubled=int(found["doubled"]))
            slowest = max(slowest, found["back"])
    finally:
        hall.close()
    stored = await asyncio.to_thread(bundled, server, hall.code, folder)
    wrong.update(missing=phones * kills - len(stored), doubled=len(stored) - len(set(stored)))
    return wrong, slowest


def bundled(server: Server, code: str, folder: Path) -> list[str]:
    """Receipts, one for each answer that counts."""
    made = server.run("export", code, "--to", folder, "--formats", "json", "--audience", "internal")
    with zipfile.ZipFile(made["files"][0]["path"]) as bundle:
        return [json.loads(line)["receipt"] for line in bundle.read("receipts.jsonl").splitlines()]


async def campaign(kills: int, phones: int, seed: int) -> tuple[Counter[str], float]:
    wrong, slowest = Counter(lost=0, doubled=0, missing=0), 0.0
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        await asyncio.to_thread(server.start)
        try:
            for done in range(0, kills, EACH):
                some = min(EACH, kills - done)
                found, back = await room(server, phones, some, seed + done, Path(folder) / f"room{done}")
                wrong.update(found)
                slowest = max(slowest, back)
                print(f"{done + some} kills: {dict(wrong)}, {slowest:.1f} s", file=sys.stderr, flush=True)
        finally:
            await asyncio.to_thread(server.stop)
    return wrong, slowest


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("kills", 20), ("phones", 100), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    told, began = parser.parse_args(), time.monotonic()
    wrong, slowest = asyncio.run(campaign(told.kills, told.phones, told.seed))
    took = time.monotonic() - began
    print(f"{told.kills} kills, {told.phones} phones: {dict(wrong)}, all back after {slowest:.1f} s, {took:.0f} s")
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
