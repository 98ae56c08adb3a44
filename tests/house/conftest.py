import pytest

from outside_in.house import FIRST
from outside_in.house.demo import fresh, sample_workshop
from tests.house.world import Clock, World, build


@pytest.fixture(scope="session")
def _sample(tmp_path_factory):
    """Reading the sample's file takes seconds, so its database is made once and copied."""
    folder = tmp_path_factory.mktemp("sample")
    parts = build(folder)
    workshop = sample_workshop(parts, FIRST)
    parts.database.close()
    return folder, workshop.code


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def empty(tmp_path, clock):
    parts = build(tmp_path, clock)
    yield World(parts)
    parts.database.close()


@pytest.fixture
def world(_sample, tmp_path, clock):
    folder, workshop = _sample
    for file in folder.glob("outside-in.sqlite3*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    made = World(build(tmp_path, clock))
    made.workshop = workshop
    yield made
    made.house.database.close()


@pytest.fixture
def live(world):
    world.code = fresh(world.house, FIRST)[0].code
    return world


@pytest.fixture
def own_pace(world):
    world.code = fresh(world.house, FIRST)[1].code
    return world
