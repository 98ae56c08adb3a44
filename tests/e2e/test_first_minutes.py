"""Somebody who has never seen it presses the first button there is, and goes on until there are documents."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.server import ROOT

pytestmark = pytest.mark.browser
LAST = "Closing"
LINK = "from outside_in import house; print(house.parts().sign_in_link('newcomer', ''))"


@pytest.fixture
def link(server):
    """An account of its own: what it tries must not become the latest thing other tests find."""
    env = {**os.environ, "OUTSIDE_IN_DATA": str(server.data)}
    told = subprocess.run([sys.executable, "-c", LINK], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return f"{server.address}/enter/{told.stdout.split()[-1]}"


def test_one_person_alone_gets_from_the_start_page_to_the_documents(people, link):
    console = people.facilitator(link, language="en-GB")
    console.page.goto(f"{people.server.address}/")
    console.do("taste")
    console.will("Next: Predict")
    console.run_to("Predict", "Close")
    console.shows("12 of 12 have answered")
    console.run_to("Commit", "Show more")
    console.do("skip")
    console.at(LAST)
    console.press("End the session")
    console.key("finished").get_by_text("Make the documents").click()
    console.page.wait_for_url("**/outcomes*")
    expect(console.page.get_by_text("simulated answers are still in")).to_be_visible()
