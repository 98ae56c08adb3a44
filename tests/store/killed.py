"""
Killed in the middle, again and again: what was acknowledged, what is stored.

`python -m tests.store.killed --runs 20 --phones 300 --answers 10 --seed 1 [--postgresql]` lets a process save the
answers of a room, ends it with kill -9 five times per run, and lets the next one do what was not acknowledged yet, with
the same receipts. After every kill the database is read by another process.
"""

import argparse
import secrets
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from outside_in.store import Database
from tests.store.examples import with_an_open_vote
from tests.store.servers import postgres

CODE = "ABCD2345"


def room(database, phones, answers, kills, chance):
    """One room until everything is acknowledged: how much was lost, doubled, stored although nobody wished it."""
    with_an_open_vote(database.sessions)
    keys = [secrets.token_hex(32) for _ in range(phones)]
    wishes = [f"{key} {secrets.token_hex(8)}" for key in keys for _ in range(answers)]
    acknowledged, found = set(), Counter(wishes=len(wishes))
    for life in range(kills + 1):
        missing = [wish for wish in wishes if wish not in acknowledged]
        chance.shuffle(missing)
        enough = chance.randrange(1, max(2, len(missing) // 2))
        acknowledged |= live(database.url, missing, enough if life < kills else None, found)
        stored = kept(database.sessions.of(CODE).course("vote"))
        found["lost"] += len(receipts(acknowledged) - stored)
        found["phantom"] += len(stored - receipts(wishes))
        found["doubled"] += database.sessions.version(CODE) - 1 - len(stored)
        found["damaged"] += len(database.check())
    found["unfinished"] = len(wishes) - len(acknowledged)
    found["doubled"] += database.sessions.of(CODE).answered("vote") - phones
    return found


def live(url, wishes, enough, found):
    """What one process acknowledges until it has done all, or is killed after `enough`."""
    command, pipe, began = [sys.executable, "-m", "tests.store.phones", url], subprocess.PIPE, time.monotonic()
    heard = set()
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as child:
        child.stdin.write("\n".join(wishes))
        child.stdin.close()
        for line in child.stdout:
            if not heard:
                found["slowest start, ms"] = max(found["slowest start, ms"], int((time.monotonic() - began) * 1000))
            heard.add(line.strip())
            if len(heard) == enough:
                child.kill()
    found["kills"] += enough is not None
    return heard


def receipts(wishes):
    return {sha256(wish.split()[1].encode()).hexdigest() for wish in wishes}


def kept(course):
    """Every submission the step knows, replaced ones included."""
    return {receipt for answer in course.answers.values() for receipt in (answer.receipt, *answer.spent)}


def campaign(asked, url_of):
    total = Counter()
    for run in range(asked.runs):
        database = Database(url_of(run))
        found = room(database, asked.phones, asked.answers, asked.kills, Random(asked.seed + run))
        database.close()
        slowest = max(total.pop("slowest start, ms", 0), found.pop("slowest start, ms"))
        total.update(found)
        total["slowest start, ms"] = slowest
        print(f"run {run + 1}: {dict(total)}", file=sys.stderr, flush=True)
    return total


def main():
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("runs", 20), ("phones", 300), ("answers", 10), ("kills", 5), ("seed", 1)):
        told.add_argument(f"--{name}", type=int, default=default)
    told.add_argument("--postgresql", action="store_true")
    asked, began = told.parse_args(), time.monotonic()
    if asked.postgresql:
        with postgres() as server:
            total = campaign(asked, lambda run: server.database(f"run{run}"))
    else:
        with TemporaryDirectory() as folder:
            total = campaign(asked, lambda run: f"sqlite:///{Path(folder)}/{run}.sqlite3")
    words = ", ".join(f"{name} {total[name]}" for name in ("wishes", "kills", "slowest start, ms"))
    wrong = {name: total[name] for name in ("lost", "doubled", "phantom", "damaged", "unfinished")}
    print(f"{words}; {wrong}; {time.monotonic() - began:.0f} s")
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
