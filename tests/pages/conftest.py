import sys

import pytest

from outside_in import house
from tests.house.conftest import _sample, clock, empty, live, own_pace, world  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def _this_process(request, monkeypatch):
    """Pages ask `house.parts()`; in here it hands out the test's own house."""
    monkeypatch.setenv("STREAMLIT_RUNNER_POST_SCRIPT_GC", "false")
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a page that runs takes its place
    name = next(name for name in ("empty", "world") if name in request.fixturenames)
    monkeypatch.setattr(house, "_built", [request.getfixturevalue(name).house])


@pytest.fixture(params=["de", "en"])
def language(request):
    return request.param
