"""What everybody must be able to use: axe finds nothing, small phones, fingers, keyboards, both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.held import CONTACT, STEPS
from tests.e2e.people import Phone, Screen

pytestmark = pytest.mark.browser
STREAMLITS_OWN = {"list", "listitem", "svg-img-alt", "presentation-role-conflict"}  # the last: its file drop zone
"""Violations that Streamlit makes and no page of ours can mend; `color-contrast` of captions is not
among them, because there are none."""
DESK = [
    "",
    "prepare",
    "feedback",
    "themes",
    "journeys",
    "worth",
    "values",
    "minute",
    "facilitate",
    "outcomes",
    "commitments",
    "settings",
]
SCHEMES = ["light", "dark"]
TARGET = 44
WHOLE = "[data-testid=stSlider], [data-testid=stMultiSelect], [data-testid=stSelectbox], [data-testid=stDateInput]"
"""A tap anywhere on these reaches their small inner inputs."""
SMALL = """([least, whole]) =>
  [...document.querySelectorAll("button, a[href], input, textarea, [role=radiogroup] label")]
  .filter(it => it.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(it => !it.closest("[data-testid=stHeader], [data-testid=stElementToolbar], [data-testid=stDataFrame], .skip"))
  .map(it => [it, it.closest(whole) || it.matches("input") && it.closest("label, [data-rac]") || it])
  .map(([it, tapped]) => [it, tapped.getBoundingClientRect()])
  .filter(([it, box]) => box.width > 1 && box.height > 1 && box.height < least - 0.5)
  .map(([it, box]) => [it.tagName, (it.innerText || it.ariaLabel || it.name || "").trim(),
                     Math.round(box.height)].join(" "))"""
WIDER = """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
  .filter(it => it && it.scrollWidth > it.clientWidth + 1)
  .map(it => [it.tagName, it.scrollWidth, ">", it.clientWidth].join(" "))"""


STILL = """() => !document.querySelector("[data-stale=true]") && document.getAnimations()
  .every(it => it.playState !== "running" || it.effect.getTiming().iterations === Infinity)"""
LOOKS = 3
"""A page that is just being redrawn is pale for a moment; what is wrong stays wrong."""


def violations(page):
    """What axe finds beyond the baseline, with the places."""
    found = []
    for _ in range(LOOKS):
        page.wait_for_function(STILL)
        found = seen(page)
        if not found:
            break
    return found


def seen(page):
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        if one["id"] not in STREAMLITS_OWN
        for node in one["nodes"]
    ]


# axe ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desks(house):
    """A signed-in facilitator with a running session, in daylight and in the dark."""
    party = house.party()
    yield {
        scheme: party.facilitator(party.server.run("demo", "--open")["facilitator_url"], scheme=scheme)
        for scheme in SCHEMES
    }
    party.leave()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("place", DESK)
def test_axe_finds_nothing_on_a_facilitators_page(desks, server, place, scheme):
    page = desks[scheme].page
    page.goto(f"{server.address}/{place}")
    expect(page.locator("[data-testid=stMain] h1")).to_have_count(1)
    assert violations(Screen(page).settled()) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "place", ["login", "join", "j/CODE", "logout", "setup", "enter/used", "nowhere", "", "prepare", "practice"]
)
def test_axe_finds_nothing_on_a_page_for_strangers(people, server, watched, place, scheme):
    watched.allow("404|410")
    page = people.browser(scheme=scheme).new_page()
    page.goto(f"{server.address}/{place}")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert violations(page) == []


@pytest.fixture(scope="module")
def walk(house):
    """One session from the lobby to the end, seen by daylight and in the dark; by daylight on a small phone."""
    party = house.party()
    yield Walk(party).walked()
    party.leave()


class Walk:
    """What was found at which moment."""

    def __init__(self, party):
        demo = party.server.run("demo")
        self._console = party.facilitator(demo["facilitator_url"])
        self._phones = {
            "light": party.leader(demo["code"], "narrow", scheme="light"),
            "dark": party.leader(demo["code"], scheme="dark"),
        }
        self._stages = {scheme: party.stage(demo["stage_url"], scheme=scheme) for scheme in SCHEMES}
        self.wrong, self.narrow, self.moments = {}, {}, []

    def walked(self):
        self._look("Willkommen")
        for title in STEPS:
            self._console.run_to(title, "Schließen")
            self._look(title, sends=1)
            self._console.do("rehearse")
            expect(self._console.key("clear-tests")).to_be_visible()
            self._console.press("Schließen")
            self._console.press("Aufdecken")
            self._look(title, ", aufgedeckt")
        return self

    def _look(self, title, moment="", sends=0):
        self.moments.append(title + moment)
        for phone in self._phones.values():
            expect(phone.key("send").locator("visible=true")).to_have_count(sends)
        for name, screens in {"phone": self._phones, "stage": self._stages}.items():
            for scheme, screen in screens.items():
                screen.at(title)
                if found := violations(screen.settled()):
                    self.wrong[f"{name}, {scheme}: {title}{moment}"] = found
        if found := narrow(self._phones["light"].page):
            self.narrow[title + moment] = found


def test_axe_finds_nothing_in_the_room_from_the_lobby_to_the_end(walk):
    assert len(walk.moments) == 1 + 2 * len(STEPS)
    assert walk.wrong == {}


def test_in_the_room_nothing_scrolls_sideways_and_everything_can_be_tapped_on_a_small_phone(walk):
    assert walk.narrow == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_practice(people, server, scheme):
    page = people.browser("phone", scheme=scheme).new_page()
    page.goto(server.run("demo")["practice_url"])
    assert violations(page) == []
    page.locator(".primary").click()
    phone = Phone(page)
    phone.at("Ankommen")
    assert violations(phone.settled()) == []
    phone.choose("contact", CONTACT[0])
    phone.sends()
    assert violations(phone.settled()) == []


# small phones and fingers -------------------------------------------------------------------


def narrow(page):
    return [*page.evaluate(WIDER), *page.evaluate(SMALL, [TARGET, WHOLE])]


@pytest.mark.parametrize("place", ["", "join", "j/CODE", "login", "practice", "room"])
def test_strangers_on_a_small_phone_neither_scroll_sideways_nor_miss(people, server, watched, place):
    watched.allow("404")
    page = people.browser("narrow").new_page()
    page.goto(f"{server.address}/{place}")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert narrow(page) == []


@pytest.mark.parametrize("width", [320, 720], ids=["smallest phone", "laptop at 200 %"])
def test_a_facilitators_pages_reflow(desks, server, width):
    page, wide = desks["light"].page, {}
    page.set_viewport_size({"width": width, "height": 450})
    for place in DESK:
        page.goto(f"{server.address}/{place}")
        expect(page.locator("[data-testid=stMain] h1")).to_have_count(1)
        Screen(page).settled()
        wide[place] = page.evaluate(WIDER)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert {place: found for place, found in wide.items() if found} == {}


# keyboards and languages --------------------------------------------------------------------


def test_joining_answering_and_sending_needs_no_mouse(people, server):
    demo = server.run("demo", "--open")
    page = people.browser().new_page()
    page.goto(f"{server.address}/join")
    tab_to(page, "document.activeElement.name === 'code'")
    page.keyboard.type(demo["code"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/room")
    phone = Phone(page)
    phone.at("Ankommen")
    phone.settled()
    tab_to(page, "document.activeElement.type === 'radio'")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "document.activeElement.closest('.st-key-send') !== null")
    page.keyboard.press("Enter")
    expect(phone.key("saved")).to_be_visible()
    expect(phone.field("contact").get_by_role("radio", name=CONTACT[1])).to_be_checked()


def tab_to(page, there):
    for _ in range(40):
        if page.evaluate(there):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {there}")


@pytest.mark.parametrize(("language", "lang"), [("de-DE", "de"), ("en-GB", "en")])
def test_every_page_says_its_language_from_the_first_byte(people, server, language, lang):
    room = people.room(1, language=language)
    page = room.console.page.context.new_page()
    for place in ("join", "login", *DESK):
        told = page.goto(f"{server.address}/{place}").text()
        assert f'<html lang="{lang}"' in told, place
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.locator("html")).to_have_attribute("lang", lang)
    for screen in room.screens:
        expect(screen.page.locator("html")).to_have_attribute("lang", lang)


def test_another_language_is_one_press_away(people):
    page = people.facilitator().page
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.locator(".st-key-language button").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".st-key-primary button")).to_contain_text("Next")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
