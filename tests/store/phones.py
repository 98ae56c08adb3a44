"""A process that saves votes and says so, one line each, until it is done or killed."""

import os
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


if __name__ == "__main__":
    opened = Database(sys.argv[1], migrated=False)
    with ThreadPoolExecutor(60) as many:
        list(many.map(lambda wish: save(opened, wish), sys.stdin.read().splitlines()))
