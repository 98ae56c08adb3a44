"""Leaders with phones, a stage, facilitators with consoles; they know the keys the contract fixes."""

import re
from collections import defaultdict
from typing import NamedTuple

from playwright.sync_api import expect

from tests.e2e.server import until

PATIENCE = 45_000
expect.set_options(timeout=PATIENCE)
SIZES = {"phone": (390, 844), "narrow": (320, 640), "laptop": (1440, 900), "stage": (1920, 1080)}
STEP = """() => [...document.querySelectorAll(
  ".st-key-primary button, [data-testid=stColumn]:has(.st-key-step-title) [data-testid=stMarkdownContainer]"
)].filter(words => !words.closest(".st-key-answered")).map(words => words.innerText).join(" | ")"""

TWO_FRAMES = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


class House:
    """Opens a browser of its own for everybody; who leaves leaves a warm one behind, without cookies."""

    def __init__(self, chromium, server, watch):
        self._chromium, self.server, self._watch = chromium, server, watch
        self._warm, self._taken = defaultdict(list), []

    def party(self):
        """For one test: its guests leave together."""
        party = House(self._chromium, self.server, self._watch)
        party._warm = self._warm
        return party

    def leave(self):
        for kind, context in self._taken:
            if kind is None:
                context.close()
                continue
            for page in context.pages:
                page.close()
            context.clear_cookies()
            self._warm[kind].append(context)
        self._taken.clear()

    def browser(self, size="laptop", language="de-DE", scheme="light", network=None):
        """`network` is asked for every socket; such a browser is used once."""
        kind = size, language, scheme
        warm = self._warm[kind]
        context = warm.pop() if warm and not network else self._cold(*kind)
        if network:
            context.route_web_socket("**/_stcore/stream", network)
        self._taken.append((None if network else kind, context))
        return context

    def _cold(self, size, language, scheme):
        width, height = SIZES[size]
        small = size in ("phone", "narrow")
        context = self._chromium.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme=scheme,
            reduced_motion="reduce",
            is_mobile=small,
            has_touch=small,
        )
        context.set_default_timeout(PATIENCE)
        self._watch.over(context)
        return context

    def leader(self, code, size="phone", **how):
        """Joins by the code, as from the QR."""
        page = self.browser(size, **how).new_page()
        page.goto(f"{self.server.address}/j/{code}")
        page.locator(".primary").click()
        page.wait_for_url("**/room")
        return Phone(page)

    def facilitator(self, link=None, **how):
        """Comes in by a one-time link, which a press uses up."""
        page = self.browser(**how).new_page()
        page.goto(link or self.server.run("account", "link")["url"])
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


class Screen:
    def __init__(self, page):
        self.page = page

    def key(self, name):
        """What the latest run drew; what it is about to take away is not there any more."""
        return self.page.locator(f".st-key-{name}:not([data-stale=true])")

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

    def offers(self, label):
        return self.primary.inner_text().startswith(label)

    def will(self, label):
        expect(self.primary).to_have_text(re.compile(rf"^{re.escape(label)}"))

    def press(self, label):
        """The one primary button, once it offers this."""
        self.will(label)
        self.presses()

    def do(self, key):
        self.key(key).locator("button").click()

    def run_to(self, title, label):
        """Presses until this step offers this."""
        while not (self.offers(label) and self.title.inner_text() == title):
            self.presses()

    def presses(self):
        """Whatever it offers; what a press does has arrived when the step's words change."""
        was = self._step()
        self.primary.click()
        until(lambda: self._step() != was, f"nothing follows from a press at {was}")

    def _step(self):
        """What a press changes, without what leaders change."""
        return self.settled().evaluate(STEP)

    def approve(self, words):
        """Free words that wait may be seen by the room from now on."""
        card = self.key("moderation").locator("[data-testid=stHorizontalBlock]", has_text=words)
        waits = card.get_by_role("button", name="Freigeben")
        waits.click()
        expect(waits).to_have_count(0)


class Phone(Screen):
    """Answers as fingers do; `item` is the question's id, which is its key."""

    def field(self, item):
        return self.key("form").locator(f".st-key-answer-{item}")

    def items(self):
        """What is asked, in order."""
        found = self.key("form").locator("[class*='st-key-answer-']").all()
        return [re.search(r"st-key-answer-(\S+)", one.get_attribute("class"))[1] for one in found]

    def options(self, item):
        """What a list offers; it closes when the page scrolls under it, so it may take two touches."""
        box, offered = self.field(item).locator("input"), self.page.get_by_role("option")
        until(lambda: box.press("ArrowDown") or offered.count(), f"the list of {item} stays shut")
        labels = offered.all_inner_texts()
        box.press("Escape")
        return labels

    def choose(self, item, words):
        self.field(item).get_by_text(words, exact=True).click()

    def unfold(self, heading):
        self.page.get_by_text(heading).click()

    def write(self, item, words):
        self.field(item).locator("textarea, input").first.fill(words)

    def tap(self, item, *labels):
        """Options of a list, one after the other; their order is the answer."""
        for words in labels:
            until(lambda words=words: self._tapped(item, words), f"the list has no “{words}”")

    def _tapped(self, item, words):
        """A list closes when the page scrolls under it, as it does while charts are still being drawn."""
        field, box = self.field(item), self.field(item).locator("input")
        box.scroll_into_view_if_needed()
        self.page.evaluate(TWO_FRAMES)
        box.fill("")
        box.fill(words)
        box.press("Enter")
        box.blur()  # what was only typed and not chosen goes
        self.page.evaluate(TWO_FRAMES)
        return field.get_by_text(words, exact=True).count() or box.input_value() == words

    def slide(self, item, *places):
        """Each knob by the arrow keys until it says its place."""
        knobs = self.field(item).locator("input[type=range]")
        expect(knobs).to_have_count(len(places))
        for number, place in enumerate(places):
            slid(knobs.nth(number), place)

    def send(self):
        self.key("send").locator("button").click()

    def sends(self):
        """Sends, and reads that it is saved."""
        self.send()
        expect(self.key("saved")).to_be_visible()


class Room(NamedTuple):
    code: str
    console: Console
    stage: Stage
    phones: list[Phone]

    @property
    def screens(self):
        return [self.console, self.stage, *self.phones]


def slid(knob, place):
    """Home would do for the ends; people press arrows."""
    knob.focus()
    now, step = (float(knob.evaluate(f"knob => knob.{name}")) for name in ("value", "step"))
    for _ in range(round(abs(place - now) / step)):
        knob.press("ArrowRight" if now < place else "ArrowLeft")
    expect(knob).to_have_value(f"{place:g}")
