"""What goes wrong in rooms: a server that dies, a network that lags, links and codes that are not good."""

import json
import re
import sqlite3
import time
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.held import CONTACT
from tests.e2e.network import SlowLine
from tests.e2e.people import Console, House, Screen
from tests.e2e.server import Server, until
from tests.e2e.watch import Watch

pytestmark = pytest.mark.browser
CHOICES = *CONTACT, "In den letzten drei Monaten", "Länger her"
IDS = "week", "month", "month", "quarter", "longer"


SENTENCES = {
    "facilitate": "Mit Ihrer Rolle in diesem Workshop ist das nicht möglich.",
    "stage": "Mit Ihrer Rolle in diesem Workshop ist das nicht möglich.",
    "outcomes": "Es gibt noch keine Sitzung. Eröffnen Sie zuerst eine.",
}
"""What a stranger reads, and nothing else."""


@pytest.fixture(scope="module")
def fragile(chromium, tmp_path_factory):
    """A server of its own that may be killed, and people who come to it."""
    server = Server(tmp_path_factory.mktemp("fragile"))
    server.start()
    watch = Watch(server.address)
    house = House(chromium, server, watch)
    yield house
    house.leave()
    server.stop()
    # What a browser says while its server is gone.
    watch.allow("ERR_|WebSocket|EventSource|reaching server endpoint|server is not responding")
    watch.allow("disconnected from server|dynamically imported module")
    assert watch.taken() == []


@pytest.fixture
def internal(tmp_path):
    """What the house has stored of a session, from its export."""

    def read(server, code):
        made = server.run("export", code, "--to", tmp_path / code, "--formats", "json", "--audience", "internal")
        with zipfile.ZipFile(made["files"][0]["path"]) as bundle:
            return [
                [json.loads(line) for line in bundle.read(member).splitlines()]
                for member in ("answers.jsonl", "receipts.jsonl")
            ]

    return read


# the server dies ----------------------------------------------------------------------------


def test_a_killed_server_loses_nothing_and_the_first_click_afterwards_counts(fragile, internal, tmp_path):
    server, room = fragile.server, fragile.room(5, opened=True)
    for phone, words in zip(room.phones, CHOICES, strict=True):
        phone.choose("contact", words)
        phone.page.evaluate("window.sameAsBefore = true")
    for phone in room.phones[:2]:
        phone.sends()
    journal = tmp_path / "journal"
    crowd = server.begin("simulate", room.code, "--phones", 95, "--journal", journal)
    until(lambda: journal.exists() and len(noted(journal)) > 5, "the crowd does not answer")
    for phone in room.phones[2:4]:
        phone.send()  # under way when the server dies: saved or not, but never twice
    server.kill()
    server.start()
    room.phones[4].sends()  # waits until the button can be pressed, and presses once
    for phone in room.phones[:2]:
        expect(phone.key("saved")).to_be_visible()
    for phone in room.phones[2:4]:
        expect(phone.key("send").locator("button")).to_be_enabled()
        phone.sends()
    assert crowd.wait(60) == 0
    room.console.press("Schließen")
    room.phones[0].shows("Die Antworten liegen vor und werden gleich gezeigt.")
    assert all(phone.page.evaluate("window.sameAsBefore") for phone in room.phones), "no page was loaded anew"
    answers, receipts = internal(server, room.code)
    assert sorted(row["value"][0] for row in answers if not row["test"]) == sorted(IDS)
    assert sum(row["test"] for row in answers) == len(noted(journal)) == 95
    stored = [row["receipt"] for row in receipts]
    assert noted(journal) <= set(stored)
    assert len(set(stored)) == len(stored) == 100


def noted(journal):
    """Receipts of answers that were acknowledged."""
    return {json.loads(line)["receipt"] for line in journal.read_text("utf-8").splitlines() if line.endswith("}")}


def test_a_click_that_is_the_first_thing_a_restarted_server_hears_counts(fragile, internal):
    """The browser asks for the page and presses before the server has drawn anything for it."""
    server, line = fragile.server, SlowLine()
    room = fragile.room(0, opened=True)
    phone = fragile.leader(room.code, network=line.over)
    phone.choose("contact", "Länger her")
    phone.settled()
    server.kill()
    line.hold("presses")
    server.start()
    until(lambda: phone.page.title() and line.holds, "the phone does not come back")
    asked = line.holds
    phone.send()
    until(lambda: phone.page.title() and line.holds > asked, "the press does not leave the phone")
    line.let_go()
    expect(phone.key("saved")).to_be_visible()
    phone.choose("contact", CONTACT[0])
    phone.send()

    def changed():
        answers, receipts = internal(server, room.code)
        return ([row["value"] for row in answers], len(receipts)) == ([["week"]], 1)

    until(changed, "the next press does not replace the answer")


def test_stage_and_console_go_on_after_a_restart_without_a_reload(fragile):
    server, room = fragile.server, fragile.room(0)
    for screen in room.screens:
        screen.at("Willkommen")
        screen.page.evaluate("window.sameAsBefore = true")
    server.kill()
    server.start()
    room.console.primary.click()
    for screen in room.screens:
        screen.at("Ankommen")
        assert screen.page.evaluate("window.sameAsBefore")


def test_the_first_request_of_a_fresh_process_shows_the_page_in_its_frame(fragile):
    server = fragile.server
    demo = server.run("demo")
    console = fragile.facilitator(demo["facilitator_url"])
    console.at("Willkommen")
    server.kill()
    server.start()
    fresh = console.page.context.new_page()
    fresh.goto(f"{server.address}/facilitate?code={demo['code']}")
    Console(fresh).at("Willkommen")
    expect(fresh.locator(".st-key-frame button")).to_have_text(re.compile("English"))
    expect(fresh.get_by_role("navigation").get_by_role("link", name="Vorbereiten")).to_be_attached()
    expect(fresh.locator("html")).to_have_attribute("lang", "de")


# the network lags ---------------------------------------------------------------------------


@pytest.mark.parametrize("further", [0, 3], ids=["closed", "next step open"])
def test_a_late_answer_is_refused_in_one_sentence_and_counted_nowhere(people, server, internal, further):
    """The step is over, but the phone has not been told yet."""
    line = SlowLine()
    room = people.room(1, opened=True)
    late = people.leader(room.code, network=line.over)
    late.choose("contact", "Länger her")
    late.settled()
    line.hold("replies")
    room.console.press("Schließen")
    if further:
        room.console.run_to("Vorhersagen", "Schließen")
    until(lambda: late.page.title() and line.holds, "the phone is not told of the change")
    late.send()
    late.page.wait_for_function("() => true")
    line.let_go()
    refused = late.page.get_by_text(re.compile("„Ankommen“ war bereits geschlossen, deshalb wurde Ihre Antwort nicht"))
    expect(refused).to_be_visible()
    expect(late.key("saved")).to_have_count(0)
    answers, receipts = internal(server, room.code)
    assert (answers, receipts) == ([], [])
    if further:
        expect(room.stage.answered).to_contain_text("0 von 2 haben geantwortet")
        late.sends()
        expect(refused).to_have_count(0)
        expect(room.stage.answered).to_contain_text("1 von 2 haben geantwortet")


def test_a_press_counts_although_an_answer_arrives_at_that_very_moment(people):
    """The console hears of the answer, and asks for it, before the server has worked off the press."""
    line = SlowLine()
    demo = people.server.run("demo", "--open")
    console = people.facilitator(demo["facilitator_url"], network=line.over)
    phone = people.leader(demo["code"])
    phone.choose("contact", CONTACT[0])
    console.will("Schließen")
    console.settled()
    line.hold("presses")
    console.primary.click()
    until(lambda: console.page.title() and line.holds, "the press does not leave the console")
    phone.sends()
    until(lambda: console.page.title() and line.holds > 1, "the console is not told of the answer")
    line.let_go()
    console.will("Aufdecken")


def test_an_answer_sent_at_the_very_moment_its_step_closes_is_not_dropped_in_silence(people):
    line = SlowLine()
    room = people.room(0, opened=True)
    phone = people.leader(room.code, network=line.over)
    phone.choose("contact", CONTACT[0])
    phone.settled()
    line.hold("presses")
    phone.send()
    until(lambda: phone.page.title() and line.holds, "the press does not leave the phone")
    room.console.press("Schließen")
    until(lambda: phone.page.title() and line.holds > 1, "the phone is not told of the change")
    line.let_go()
    phone.shows(re.compile("„Ankommen“ war bereits geschlossen"))


# codes and links that are not good ----------------------------------------------------------


def test_a_wrong_code_ends_on_the_form_again(people, server, watched):
    watched.allow(r"404")
    page = people.browser("phone").new_page()
    answer = page.goto(f"{server.address}/j/ZZZZZZZZ")
    assert answer.status == 404
    expect(page.get_by_role("alert")).to_have_text(re.compile("Diesen Code kennen wir nicht"))
    page.get_by_label("Code von der Leinwand").fill("YYYY-YYYY")
    page.locator(".primary").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("Diesen Code kennen wir nicht"))


@pytest.mark.parametrize("kind", ["used", "expired", "forged"])
def test_a_link_that_is_not_good_any_more_ends_on_one_clear_page(people, server, watched, kind):
    watched.allow(r"410")
    link = server.run("account", "link")["url"]
    if kind == "used":
        people.facilitator(link)
    elif kind == "expired":
        expire_all_links(server)
    else:
        link = f"{server.address}/enter/{'x' * 43}"
    page = people.browser().new_page()
    assert page.goto(link).status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text("Das funktioniert nicht mehr")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.locator(".primary")).to_have_count(0)
    page.goto(f"{server.address}/facilitate")
    expect(page.get_by_role("link", name="Anmelden")).to_be_visible()


def expire_all_links(server):
    """As fifteen minutes do."""
    with sqlite3.connect(server.data / "outside-in.sqlite3") as database:
        assert database.execute("update tokens set expires = ? where kind = 'sign-in'", [time.time() - 1]).rowcount
    database.close()


def test_a_session_of_another_facilitator_shows_one_sentence_and_no_data(people, server, watched):
    watched.allow(r"403")
    room = people.room(1, opened=True)
    server.run("account", "add", "grace", "--password", "correct horse battery")
    page = people.browser().new_page()
    page.goto(f"{server.address}/login")
    page.get_by_label("Anmeldename").fill("grace")
    page.get_by_label("Passwort").fill("correct horse battery")
    page.locator(".primary").click()
    page.wait_for_url("**/prepare")
    for place in ("facilitate", "stage", "outcomes"):
        page.goto(f"{server.address}/{place}?code={room.code}")
        stranger = Screen(page)
        expect(page.locator("[data-testid=stMain]").get_by_text(SENTENCES[place])).to_be_visible()
        expect(stranger.title).to_have_count(0)
        assert room.code[:4] not in stranger.text
    assert page.request.get(f"{server.address}/take/{room.code}/json").status in (403, 404)


def test_a_phone_stays_in_its_own_room_whatever_its_address_says(people, server):
    room, other = people.room(1, opened=True), server.run("demo")
    (phone,) = room.phones
    phone.page.goto(f"{server.address}/room?code={other['code']}")
    phone.at("Ankommen")
    for place in ("facilitate", "prepare", "outcomes", "settings"):
        phone.page.goto(f"{server.address}/{place}?code={room.code}")
        expect(phone.page.get_by_role("link", name="Anmelden")).to_be_visible()
        expect(phone.title).to_have_count(0)
