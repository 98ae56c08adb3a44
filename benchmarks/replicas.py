"""
What an answer waits for at the store, with one replica and with two on one PostgreSQL.

`python -m benchmarks.replicas [--phones 600] [--seconds 5] [--disk 10] [--runs 3]` starts a PostgreSQL and the replicas
as processes of their own on this machine. Every phone looks at the session, answers once at some moment of these
seconds, puts the answer into its notebook and looks again, as a page does; a screen per replica looks four times a
second. `--disk` is a slow disk: so many milliseconds are added to every COMMIT, while it holds what it holds. Prints a
Markdown table; what counts is the ratio within one run, and that nothing is lost.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import event, text

from outside_in.store import Database, writer
from tests.store.examples import Leader, with_an_open_vote
from tests.store.servers import postgres

CODE = "ABCD2345"


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, int(len(values) * 0.95) - 1)]


def replica(url: str, phones: int, seconds: float, disk: float, seed: int) -> None:
    """A process: says when it is ready, begins when told, ends with one line of JSON."""
    database, chance = Database(url, migrated=False), random.Random(seed)
    if disk:
        slow = text(f"select pg_sleep({disk / 1000})")
        event.listen(database._writer._engine, "commit", lambda db: db.execute(slow))
    database.sessions.of(CODE)
    leaders = [(Leader(), chance.random() * seconds) for _ in range(phones)]
    over = threading.Event()

    def screen() -> None:
        while not over.wait(0.25):
            database.stamp()
            database.sessions.of(CODE)

    def phone(leader: Leader, after: float) -> float:
        time.sleep(max(0.0, start + after - time.monotonic()))
        database.sessions.of(CODE)
        leader.vote(database.sessions)
        saved = time.monotonic() - start - after
        database.notebooks.keep(leader.key, "vote", {"values": {"choice": ["waiting"]}, "receipt": "r"})
        database.sessions.of(CODE)
        return saved

    with ThreadPoolExecutor(phones + 1) as crowd:
        print("ready", flush=True)
        sys.stdin.readline()
        start, spent = time.monotonic(), time.process_time()
        looking = crowd.submit(screen)
        waits = list(crowd.map(lambda one: phone(*one), leaders))
        over.set()
        looking.result()
    print(json.dumps({"waits": waits, "cpu": time.process_time() - spent}), flush=True)
    database.close()


def measured(replicas: int, together: int, phones: int, seconds: float, disk: float, seed: int) -> dict[str, float]:
    with postgres() as server:
        url = server.database("room")
        database = Database(url)
        with_an_open_vote(database.sessions)
        command = [sys.executable, "-m", "benchmarks.replicas", "--serve", url, "--seconds", str(seconds)]
        command += ["--together", str(together), "--phones", str(phones // replicas), "--disk", str(disk)]
        pipe = subprocess.PIPE
        running = [
            subprocess.Popen([*command, "--seed", str(seed + n)], stdin=pipe, stdout=pipe, text=True)
            for n in range(replicas)
        ]
        for one in running:
            assert one.stdout
            one.stdout.readline()
        for one in running:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        told = [json.loads(one.communicate()[0]) for one in running]
        stored = database.sessions.of(CODE).answered("vote")
        database.close()
    waits = [wait for one in told for wait in one["waits"]]
    return {
        "p50": statistics.median(waits),
        "p95": p95(waits),
        "most": max(waits),
        "cpu": sum(one["cpu"] for one in told) / len(waits),
        "lost": len(waits) - stored,
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--phones", type=int, default=600)
    asked.add_argument("--seconds", type=float, default=5)
    asked.add_argument("--disk", type=float, default=0)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--serve", metavar="URL", help=argparse.SUPPRESS)
    asked.add_argument("--together", type=int, default=writer.TOGETHER, help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.serve:
        writer.TOGETHER = told.together
        return replica(told.serve, told.phones, told.seconds, told.disk, told.seed)
    print("| | saved, p50 | p95 | slowest | processor time of an answer | lost |\n|---|---|---|---|---|---|")
    for words, together in (("", told.together), (", a COMMIT for each answer", 1)):
        for replicas in (1, 2):
            shape = replicas, together, told.phones, told.seconds, told.disk
            runs = [measured(*shape, told.seed + 10 * n) for n in range(told.runs)]
            print(row(f"{replicas} replica{'s'[: replicas - 1]}{words}", runs), flush=True)
    return None


def row(words: str, runs: list[dict[str, float]]) -> str:
    found = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    shown = " | ".join(f"{found[name] * 1000:.0f} ms" for name in ("p50", "p95", "most", "cpu"))
    return f"| {words} | {shown} | {found['lost']:.0f} |"


if __name__ == "__main__":
    main()
