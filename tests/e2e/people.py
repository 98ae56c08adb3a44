"""Leaders with phones, a stage, facilitators with consoles; they know the keys the contract fixes."""

import re
from typing import NamedTuple

from playwright.sync_api import expect

from tests.e2e.server import until

expect.set_options(timeout=20_000)
STEP = """() => [...document.querySelectorAll(
  ".st-key-primary button, [data-testid=stColumn]:has(.st-key-step-title) [data-testid=stMarkdownContainer]"
)].filter(words => !words.closest(".st-key-answered")).map(words => words.innerText).join(" | ")"""
SIZES = {"phone": (390, 844), "narrow": (320, 640), "laptop": (1440, 900), "stage": (1920, 1080)}


class House:
    """Opens a browser of its own for everybody."""

    def __init__(self, chromium, server, watch):
        self._chromium, self.server, self._watch = chromium, server, watch
        self._contexts = []

    def party(self):
        return House(self._chromium, self.server, self._watch)

    def leave(self):
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def browser(self, size="laptop", language="de-DE", scheme="light"):
        width, height = SIZES[size]
        small = size in ("phone", "narrow")
        context = self._chromium.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme=scheme,
            is_mobile=small,
            has_touch=small,
        )
        context.set_default_timeout(20_000)
        self._watch.over(context)
        self._contexts.append(context)
        return context

    def leader(self, code, size="phone", **how):
        """Joins by the code, as from the QR."""
        page = self.browser(size, **how).new_page()
        page.goto(f"{self.server.address}/j/{code}")
        page.locator(".primary").click()
        page.wait_for_url("**/room")
        return Phone(page)

    def facilitator(self, link, **how):
        """Comes in by the one-time link, which a press uses up."""
        page = self.browser(**how).new_page()
        page.goto(link)
        page.locator(".primary").click()
        page.wait_for_url("**/facilitate*")
        return Console(page)

    def stage(self, link, **how):
        page = self.browser("stage", **how).new_page()
        page.goto(link)
        page.wait_for_url("**/stage")
        return Stage(page)

    def room(self, leaders, opened=False, **how):
        """A fresh session of the sample with everybody in."""
        demo = self.server.run("demo", *(["--open"] if opened else []))
        console, stage = self.facilitator(demo["facilitator_url"], **how), self.stage(demo["stage_url"], **how)
        phones = [self.leader(demo["code"], **how) for _ in range(leaders)]
        return Room(demo["code"], console, stage, phones)


class Room(NamedTuple):
    code: str
    console: "Console"
    stage: "Stage"
    phones: list["Phone"]

    @property
    def screens(self):
        return [self.console, self.stage, *self.phones]


class Screen:
    def __init__(self, page):
        self.page = page

    def key(self, name):
        return self.page.locator(f".st-key-{name}")

    @property
    def title(self):
        return self.key("step-title")

    def at(self, title):
        expect(self.title).to_have_text(title)

    def shows(self, words):
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def settled(self):
        """No run is under way, so what is drawn is all there is."""
        app = self.page.locator("[data-testid=stApp]")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        expect(self.page.locator("[data-stale=true]")).to_have_count(0)
        return self.page

    @property
    def text(self):
        return self.settled().locator("[data-testid=stMain]").inner_text()


class Stage(Screen):
    @property
    def answered(self):
        return self.key("answered")


class Console(Screen):
    @property
    def answered(self):
        return self.key("answered")

    @property
    def primary(self):
        return self.key("primary").locator("button")

    def press(self, label):
        """The one primary button, once it offers this."""
        expect(self.primary).to_have_text(re.compile(rf"^{re.escape(label)}"))
        self.primary.click()

    def do(self, key):
        self.key(key).locator("button").click()

    def run_to(self, title, label):
        """Presses until this step offers this; what a press does has arrived when the words change."""
        while not (self.offers(label) and self.title.inner_text() == title):
            self.presses()

    def presses(self):
        """Whatever it offers; what a press does has arrived when the words change."""
        was = self._step()
        self.primary.click()
        until(lambda: self._step() != was, f"nothing follows from a press at {was}", 20)

    def _step(self):
        """What a press changes, without what leaders change."""
        return self.settled().evaluate(STEP)

    def offers(self, label):
        return self.primary.inner_text().startswith(label)

    def approve(self, words):
        """Free words that wait may be seen by the room from now on."""
        card = self.key("moderation").locator("[data-testid=stHorizontalBlock]", has_text=words)
        card.get_by_role("button", name="Freigeben").click()
        expect(card.get_by_role("button", name="Zurücknehmen")).to_be_visible()


class Phone(Screen):
    """Answers as fingers do; `item` is the question's id, which is its key."""

    def field(self, item):
        return self.key("form").locator(f".st-key-answer-{item}")

    def choose(self, item, words):
        self.field(item).get_by_text(words, exact=True).click()

    def write(self, item, words):
        self.field(item).locator("textarea, input").first.fill(words)

    def tap(self, item, *labels):
        """Options of a list, one after the other; their order is the answer."""
        for words in labels:
            self.field(item).locator("input").click()
            self.page.get_by_role("option", name=words, exact=True).click()
        self.page.keyboard.press("Escape")

    def slide(self, item, *places):
        """Each knob by the arrow keys until it says its place."""
        for knob, place in zip(self.field(item).locator("[role=slider], input[type=range]").all(), places, strict=True):
            knob.focus()
            slid(knob, place)

    def send(self):
        self.key("send").locator("button").click()

    def sends(self):
        """Sends, and reads that it is saved."""
        self.send()
        expect(self.key("saved")).to_be_visible()


def slid(knob, place):
    for _ in range(400):
        now = float(knob.evaluate("knob => knob.getAttribute('aria-valuenow') ?? knob.value"))
        if abs(now - place) < 1e-6:
            return
        knob.press("ArrowRight" if now < place else "ArrowLeft")
    raise AssertionError(f"the knob does not reach {place}")
