"""After the workshop: a leader's own page, a check-in on a small phone without a login, and the board."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.held import commit, promise
from tests.e2e.test_looks import narrow, violations

pytestmark = pytest.mark.browser
SEEN = "Fünf Kommentare gelesen, zwei Abläufe geändert"


def test_a_leader_commits_takes_links_and_checks_in_on_a_small_phone(people, server, watched):
    watched.allow("410")
    room = people.room(1)
    phone, console = room.phones[0], room.console
    console.run_to("Zusagen", "Schließen")
    commit(phone, 0)
    phone.sends()
    phone.shows("Nur Sie sehen das: ")
    console.press("Schließen")
    with phone.page.context.expect_page() as opened:
        phone.page.get_by_role("link", name="Meine Zusage").click()
    page = opened.value
    expect(page.get_by_text(promise(0)["then"])).to_be_visible()
    assert violations(page) == narrow(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Kalenderdatei mitnehmen").click()
    links = re.findall(r"/check/[\w-]+", download.value.path().read_bytes().decode().replace("\r\n ", ""))
    assert len(set(links)) == 4

    stranger = people.browser("narrow").new_page()
    stranger.goto(server.address + links[0])
    expect(stranger.get_by_text(promise(0)["then"])).to_be_visible()
    assert violations(stranger) == narrow(stranger) == []
    stranger.get_by_text("Läuft", exact=True).click()
    stranger.locator("#evidence").fill(SEEN)
    stranger.get_by_role("button", name="Absenden").click()
    expect(stranger.get_by_text("Ihr Rückblick ist gespeichert")).to_be_visible()
    stranger.goto(server.address + links[0])
    expect(stranger.get_by_text("Dieser Link wurde schon benutzt")).to_be_visible()
    assert violations(stranger) == narrow(stranger) == []

    page.reload()
    expect(page.get_by_text(SEEN)).to_be_visible()
    desk = console.page
    desk.goto(f"{server.address}/commitments")
    expect(desk.get_by_text(SEEN).first).to_be_visible()
    assert violations(console.settled()) == []
