"""At one's own pace: by a personal link, on any device, every part once."""

import pytest
from playwright.sync_api import expect

from tests.e2e.held import CONTACT
from tests.e2e.people import Phone

pytestmark = pytest.mark.browser
REVEALED = "Zu sehen, sobald 5 Personen geantwortet haben."


@pytest.fixture
def link(server):
    return server.run("demo")["practice_url"]


def begins(people, link, **how):
    page = people.browser("phone", **how).new_page()
    page.goto(link)
    page.get_by_role("button", name="Beginnen oder weitermachen").click()
    page.wait_for_url("**/practice*")
    return Phone(page)


def goes_on(phone, where="next"):
    was = phone.title.inner_text()
    phone.key(where).locator("button").click()
    expect(phone.title).not_to_have_text(was)


def goes_to(phone, title):
    for _ in range(12):
        phone.settled()
        if phone.title.inner_text() == title:
            return
        goes_on(phone)
    raise AssertionError(f"there is no part “{title}”")


def predicts(phone):
    phone.slide("umzug", 40)
    phone.slide("umzug-range", 20, 60)
    phone.sends()


def test_ones_own_comparison_appears_after_ones_own_answer_and_the_group_only_from_five(people, link):
    phone = begins(people, link)
    goes_to(phone, "Vorhersagen")
    expect(phone.page.get_by_text("Umzug: Sie ")).to_have_count(0)
    predicts(phone)
    phone.shows("Umzug: Sie +40, Kundschaft −")
    phone.shows(REVEALED)


def test_a_second_device_goes_on_where_the_first_stopped_and_cannot_answer_twice(people, link):
    first = begins(people, link)
    goes_to(first, "Ankommen")
    first.choose("contact", CONTACT[0])
    first.sends()
    first.at("Ankommen")
    second = begins(people, link)
    second.at("Vorhersagen")
    second.shows("1 von 9 Teilen erledigt")
    predicts(second)
    goes_on(second)
    second.shows("2 von 9 Teilen erledigt")


def test_a_second_answer_to_the_same_part_is_refused(people, link):
    """Two devices show the same form; the one that sends later reads that it was too late."""
    first, second = begins(people, link), begins(people, link)
    for phone in (first, second):
        goes_to(phone, "Ankommen")
        phone.choose("contact", CONTACT[0])
    first.sends()
    second.choose("contact", CONTACT[1])
    second.send()
    expect(
        second.page.get_by_text("Das haben Sie bereits beantwortet. Ihre Antwort bleibt, wie sie ist.")
    ).to_be_visible()
    second.shows("1 von 9 Teilen erledigt")
    while second.title.inner_text() != "Ankommen":
        goes_on(second, "back")
    expect(second.key("saved")).to_be_visible()
    expect(second.key("send").locator("visible=true")).to_have_count(0)


def test_without_the_link_the_page_says_how_to_begin(people, server):
    page = people.browser("phone").new_page()
    page.goto(f"{server.address}/practice")
    expect(page.get_by_text("Bitte öffnen Sie Ihren persönlichen Link")).to_be_visible()
    expect(page.locator(".st-key-step-title")).to_have_count(0)
