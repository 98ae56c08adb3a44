import pytest

from outside_in import house
from outside_in.web import door
from outside_in.web.limits import WrongTries
from outside_in.web.once import Once
from tests.house.conftest import _sample, clock, empty, live, own_pace, world  # noqa: F401 - fixtures
from tests.web.browsers import Browser


@pytest.fixture
def parts(request, monkeypatch):
    """Routes ask `house.parts()`; in here it hands out the test's own house."""
    name = next((name for name in ("live", "own_pace", "world") if name in request.fixturenames), "empty")
    built = request.getfixturevalue(name).house
    monkeypatch.setattr(house, "_built", [built])
    return built


@pytest.fixture(autouse=True)
def _counted_anew(request, clock, monkeypatch):  # noqa: F811
    monkeypatch.setattr(door, "wrong", WrongTries(clock))
    monkeypatch.setattr(door, "joins", Once(clock))


@pytest.fixture
def browser(parts):
    return Browser(parts)


@pytest.fixture
def afar(parts):
    """In the same network, over plain HTTP, by the room's number."""
    room = {"host": "0.0.0.0", "lan": True}
    return Browser(parts, base_url="http://192.0.2.7:8501", address="192.0.2.99", settings=room)
