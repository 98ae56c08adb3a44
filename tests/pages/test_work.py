"""Long work in sight: after a while it says how much is left."""

import time

import pytest

from tests.pages.tabs import open_tab, words


@pytest.fixture
def host(world):
    return world.badge("facilitator", "facilitator", id="first")


def test_what_remains_is_told_once_the_pace_is_known(world, host):
    jobs = world.house.database.jobs
    id = world.house.start(world.host(), world.plan.code, "map", {})
    jobs.take("here")
    jobs.progress(id, 0.2)
    tab = open_tab("themes", host, "en")
    assert "left" not in bar(tab)
    time.sleep(3.2)
    jobs.progress(id, 0.6)
    assert "s left" in bar(tab.run())
    jobs.cancel(id)


def bar(tab):
    return " ".join(str(one.proto.text) for one in tab.get("progress")) + words(tab)
