"""Somebody who has never seen it presses the first button there is, and goes on until there are documents."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LAST = "Closing"


def test_one_person_alone_gets_from_the_start_page_to_the_documents(people):
    console = people.facilitator(language="en-GB")
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
