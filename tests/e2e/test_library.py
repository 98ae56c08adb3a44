"""Every format of the library in a browser: held live with a simulated room, and walked alone on a phone."""

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Console, Phone, Stage
from tests.e2e.server import ROOT, until

pytestmark = pytest.mark.browser
MAKE = """
import json
from outside_in import house
from outside_in.domain.people import OPERATOR
from outside_in.house.demo import sample_workshop
parts = house.parts()
code = sample_workshop(parts, "guest").code
parts.arrange(OPERATOR, code, parts.library.agenda("exercise-library").steps)
live, own = parts.open_session(OPERATOR, code), parts.open_session(OPERATOR, code, own_pace=True)
links = {"live": live.code, "own": own.code, "titles": [s.title.model_dump() for s in live.plan.steps]}
links |= {"console": parts.sign_in_link("guest", live.code), "stage": parts.stage_link(live.code)}
print(json.dumps({**links, "path": parts.personal_link(OPERATOR, own.code)}))
"""
NUMBERS = {"bad-", "errand-", "log-", "listen-minutes", "case-"}
SEVERAL = {"top-three": 3, "pains": 8, "played": 2, "stays": 1}
"""How many of a list somebody names; everywhere else the list may stay empty."""


@pytest.fixture
def library(server):
    """A workshop of its own, so that the sample's agenda stays what other tests know; fresh for a second try."""
    env = {**os.environ, "OUTSIDE_IN_DATA": str(server.data)}
    told = subprocess.run([sys.executable, "-c", MAKE], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return json.loads(told.stdout.splitlines()[-1])


def test_every_format_is_held_from_opening_to_reveal(people, server, library):
    console = come(people, f"{server.address}/enter/{library['console']}", "laptop", "**/facilitate*", Console)
    stage = come(people, f"{server.address}/show/{library['stage']}", "stage", "**/stage", Stage, press=False)
    phone = people.leader(library["live"])
    expect(phone.page.get_by_role("link", name="Jetzt beginnen")).to_be_visible()
    empty = []
    for title in [words["de"] for words in library["titles"]][1:]:
        console.run_to(title, "Schließen")
        expect(phone.key("send").locator("visible=true")).to_have_count(1)
        console.do("rehearse")
        expect(console.answered).to_contain_text("12 von")
        console.press("Schließen")
        console.press("Aufdecken")
        stage.at(title)
        if "Zu sehen, sobald" in stage.text or "schiefge" in phone.text:
            empty.append(title)
        if title != library["titles"][-1]["de"]:
            console.do("skip")
            expect(console.title).not_to_have_text(title)
    assert empty == []


def test_every_format_can_be_walked_alone_and_shows_the_group_from_five(people, server, library):
    server.run("simulate", library["own"], "--phones", "5")
    phone = come(people, f"{server.address}/resume/{library['path']}", "phone", "**/practice*", Phone, language="en-GB")
    for words in library["titles"][1:]:  # it begins at the first part that asks
        phone.at(words["en"])
        if phone.page.locator(".st-key-form").count() and phone.key("send").locator("visible=true").count():
            answers(phone)
            phone.sends()
        if words != library["titles"][-1]:
            phone.key("next").locator("button").click()
    phone.shows("That was the last part. Thank you.")
    assert "went wrong" not in phone.text
    with phone.page.expect_download() as taken:
        phone.page.get_by_role("link", name="Confirmation of participation (PDF)").click()
    assert taken.value.suggested_filename == "participation.pdf"


def come(people, link, size, to, kind, press=True, **how):
    page = people.browser(size, **how).new_page()
    page.goto(link)
    if press:
        page.locator(".primary").click()
    page.wait_for_url(to)
    return kind(page)


def answers(phone):
    """What every form takes: numbers typed, words written, options chosen; sliders stay where they are."""
    phone.settled()
    for item in phone.items():
        field = phone.field(item)
        if field.locator("[role=radiogroup]").count():
            field.locator("[role=radiogroup] label").first.click()
        elif field.locator("textarea").count():
            field.locator("textarea").fill("One sentence about customers.")
        elif any(item.startswith(kind) for kind in NUMBERS) and field.locator("[data-testid=stNumberInput]").count():
            field.locator("input").fill("12")
        elif field.locator("[data-testid=stTextInput]").count():
            field.locator("input").fill("Call one customer back.")
        elif many := SEVERAL.get(item):
            for n in range(many):
                until(lambda field=field, n=n: picked(phone, field) > n, f"{item} takes no option")


def picked(phone, field):
    """One more option of a list, by the keyboard; gives how many are chosen."""
    box = field.locator("input").first
    box.scroll_into_view_if_needed()
    box.press("ArrowDown")
    box.press("Enter")
    box.blur()
    chosen = field.locator("[data-baseweb=tag], [data-tag-index]").count()
    return chosen or int(bool(box.input_value()))
