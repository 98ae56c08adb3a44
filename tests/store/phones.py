"""A process that saves votes and says so, one line each, until it is done, killed or, with `stop`, stands still."""

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

from outside_in.store import Database
from tests.store.examples import Leader


def save(database, wish):
    key, ticket = wish.split()
    leader = Leader()
    leader.key = bytes.fromhex(key)
    leader.vote(database.sessions, ticket=ticket)
    os.write(1, f"{wish}\n".encode())  # at once and in one piece


def stand_still(database):
    """In the middle of a turn of its own, with the session's row in its hands."""
    leader, times = Leader(), []

    def decide(now):
        if not times:
            times.append(1)
            os.kill(os.getpid(), signal.SIGSTOP)
        return leader.voting("waiting", "r" * 64)(now)

    database.sessions.change(leader.by.code, decide)
    os.write(1, b"saved\n")


if __name__ == "__main__":
    opened = Database(sys.argv[1], migrated=False)
    if "stop" in sys.argv:
        stand_still(opened)
    with ThreadPoolExecutor(60) as many:
        list(many.map(lambda wish: save(opened, wish), sys.stdin.read().splitlines()))
