"""A real browser before a real server: its own port, its own data, the sample workshop."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.people import House
from tests.e2e.server import Server
from tests.e2e.watch import Watch

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]


SECOND_TRY = pytest.mark.flaky(reruns=1)


def pytest_collection_modifyitems(items):
    """Chromium, server and phones share the processor with everything else that runs; the summary counts reruns."""
    for item in items:
        if "tests/e2e/" in item.nodeid:
            item.add_marker(SECOND_TRY)


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        lacking = "there is no Chromium on this computer"
        pytest.fail(lacking) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(lacking)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(chromium, tmp_path_factory):
    """One per worker; asked for after the browser, so that without one nothing is started."""
    served = Server(tmp_path_factory.mktemp("data"))
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def all_pages(server):
    return Watch(server.address)


@pytest.fixture(autouse=True)
def watched(all_pages):
    """Every test ends with it: no request left for another host, nobody complained in the console."""
    yield all_pages
    complaints = all_pages.taken()
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def house(chromium, server, all_pages):
    """Where people come from."""
    return House(chromium, server, all_pages)


@pytest.fixture
def people(house):
    """The same, and after the test everybody goes home."""
    guests = house.party()
    yield guests
    guests.leave()
