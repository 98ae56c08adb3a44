"""
The whole way with what customers really wrote: file, themes, room, files.

The reviews lie beside the repository and are no part of it. Where they are not at hand, the
sample company's own file goes the same way.
"""

import csv
import os
import re
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Console, Room
from tests.e2e.server import ROOT, until
from tests.e2e.takeaways import Takeaways

pytestmark = pytest.mark.browser
FOLDER = Path(os.environ.get("OUTSIDE_IN_REAL_DATA") or ROOT.parent / "shared" / "data")
THEMES, LEADERS = 4, 3


class Source(NamedTuple):
    """A file, its columns as a person names them, and what it says without our help."""

    path: Path
    columns: dict[str, str]
    scale: str
    touchpoint: str
    score: str

    def rows(self):
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def scores(self):
        """By touchpoint."""
        found = defaultdict(list)
        for row in self.rows():
            found[row[self.touchpoint]].append(float(row[self.score]))
        return found

    def level(self, scores):
        if self.scale.startswith("NPS"):
            return 100 * fmean((score >= 9) - (score <= 6) for score in scores)
        return fmean(scores)


REVIEWS = Source(
    path=FOLDER / "womens_clothing.csv",
    columns={"Kommentar": "text", "Kontaktpunkt": "class", "Bewertung": "score"},
    scale="Sterne, 1 bis 5",
    touchpoint="class",
    score="score",
)
SAMPLE = Source(
    path=ROOT / "workshop_content" / "sample" / "lindhain" / "feedback.csv",
    columns={"Kommentar": "comment", "Kontaktpunkt": "touchpoint", "Bewertung": "score_nps"},
    scale="NPS, 0 bis 10",
    touchpoint="touchpoint",
    score="score_nps",
)


@pytest.fixture(scope="module")
def source():
    return REVIEWS if REVIEWS.path.exists() else SAMPLE


@pytest.fixture(scope="module")
def desk(house):
    """A facilitator with a workshop that has no data yet."""
    party = house.party()
    desk = Desk(party.facilitator().page, party.server.address)
    desk.new_workshop("Was Kundinnen wirklich schreiben")
    yield desk
    party.leave()


class Desk(Console):
    def __init__(self, page, address):
        super().__init__(page)
        self._address = address

    def goes(self, place):
        self.page.goto(f"{self._address}/{place}")
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        self.settled()

    def button(self, words):
        return self.page.get_by_role("button", name=re.compile(words))

    def new_workshop(self, title):
        self.goes("prepare")
        field, header = self.key("new-title").locator("input"), self.key("new-workshop").locator("summary")
        until(lambda: field.is_visible() or self._touched(header), "no form opens")
        field.fill(title)
        self.do("new-create")
        expect(self.page.get_by_label("Titel").locator("visible=true").last).to_have_value(title)

    def _touched(self, header):
        """A page that is still being drawn may shut again what was opened."""
        header.click()
        self.page.wait_for_timeout(1000)

    def maps(self, field, column):
        """Chooses what stands for a field; the guess may have been right."""
        box = self.page.get_by_role("combobox", name=field, exact=True)
        if box.input_value() != column:
            box.fill(column)
            self.page.get_by_role("option", name=column, exact=True).click()
        expect(box).to_have_value(column)


@pytest.fixture(scope="module")
def taken_in(desk, source):
    """The file has come in through the browser, with its columns named by a person."""
    desk.goes("feedback")
    desk.key("upload").locator("input[type=file]").set_input_files(source.path)
    for field, column in source.columns.items():
        desk.maps(field, column)
    desk.maps("Was die Bewertung bedeutet", source.scale)
    desk.do("remap")
    desk.shows("Datei wird gelesen …")
    expect(desk.key("commit-import").locator("button")).to_be_visible()
    report = desk.text
    desk.do("commit-import")
    expect(desk.page.get_by_role("heading", name="Übernommen", exact=True)).to_be_visible()
    return report


def test_the_dry_run_accounts_for_every_row_of_the_file(taken_in, source):
    taken, rejected = counted(r"([\d.]+) Zeilen übernommen", taken_in), counted(r"([\d.]+) abgelehnt", taken_in)
    assert taken + rejected == len(source.rows())
    assert taken > 0.9 * len(source.rows())


def counted(pattern, text):
    found = re.search(pattern, text)
    assert found, text
    return int(found[1].replace(".", ""))


@pytest.fixture(scope="module")
def themed(desk, taken_in):
    """Themes found by the worker; a person has chosen some, and read every quote."""
    desk.goes("themes")
    desk.do("find")
    cards = desk.page.locator("[class*='st-key-card-']")
    expect(cards.first).to_be_visible(timeout=120_000)
    names = []
    for number in range(THEMES):
        cards.nth(number).get_by_role("button", name="Auswählen").click()
        expect(desk.page.get_by_text(f"{number + 1} von ")).to_be_visible()
        names.append(cards.nth(number).locator("strong").inner_text().partition(" · ")[2])
    desk.goes("feedback")
    desk.do("approve-all")
    desk.shows("Alle Originaltöne dieses Workshops sind gelesen.")
    return names


def test_themes_are_found_and_chosen_in_the_browser(themed, source):
    assert len(set(themed)) == THEMES
    assert all(len(name) > 3 for name in themed)


def test_the_journey_shows_every_touchpoint_of_the_file_with_its_comments(desk, themed, source):
    desk.goes("journeys")
    told = desk.text
    for name, scores in source.scores().items():
        assert f"{name} · {len(scores)} Kommentare" in told


@pytest.fixture(scope="module")
def held(desk, house, themed):
    """Opened, and answered by three phones to the end; what each of them sent, by item."""
    desk.goes("prepare")
    desk.do("open-live")
    desk.page.wait_for_url("**/facilitate?code=*")
    code = desk.page.url.rpartition("=")[2]
    desk.at("Willkommen")
    party = house.party()
    room = Room(code, desk, None, [party.leader(code) for _ in range(LEADERS)])
    yield code, answered(room)
    party.leave()


def answered(room):
    given = defaultdict(list)
    while not room.console.offers("Die Sitzung ist beendet"):
        if room.console.offers("Schließen"):
            title = room.console.title.inner_text()
            for leader, phone in enumerate(room.phones):
                phone.at(title)
                expect(phone.key("send")).to_be_visible()
                for item, value in fills(phone, leader).items():
                    given[item].append(value)
                phone.sends()
            expect(room.console.answered).to_contain_text(f"{LEADERS} von {LEADERS} haben geantwortet")
        room.console.presses()
    return given


def fills(phone, leader):
    """Whatever is asked gets an answer that the page can be asked for; the customers' data decide what it is.

    What is folded away is voluntary, and left alone.
    """
    given = {}
    phone.settled()
    for item in phone.items():
        field = phone.field(item)
        expect(field.locator("input, textarea").first).to_be_attached()
        if not field.is_visible():
            continue
        if field.locator("textarea").count() or (item in ("measure", "owner")):
            given[item] = f"{item}, Person {leader}"
            phone.write(item, given[item])
        elif knobs := field.locator("input[type=range]").all():
            knobs[0].press("ArrowRight") if leader else knobs[0].press("ArrowLeft")
            at = [float(knob.input_value()) for knob in knobs]
            given[item] = at if len(at) > 1 else at[0]
        elif options := field.get_by_role("radio").all():
            options[0].check(force=True)
            given[item] = "first"
        elif item != "due":
            labels = phone.options(item)
            chosen = labels if item == "order" else labels[leader : leader + 1]
            phone.tap(item, *chosen)
            given[item] = chosen
    return given


@pytest.fixture(scope="module")
def takeaways(held, house, server, tmp_path_factory):
    code, _ = held
    party = house.party()
    yield Takeaways(party.facilitator().page, server, code, tmp_path_factory.mktemp("home"))
    party.leave()


def test_the_bundle_holds_what_three_phones_sent(takeaways, held):
    _, given = held
    stored = takeaways.answers()
    told = [item for item, values in given.items() if isinstance(values[0], float | str) and values[0] != "first"]
    assert {"reason", "when", "then", "keep", "willing"} <= set(told)
    for item in told:
        assert sorted(stored[item]) == sorted(given[item]), item
    for item in (item for item in given if item.endswith("-range")):
        assert sorted(map(tuple, stored[item])) == sorted(map(tuple, given[item]))
    steps = {"contact", "surprised", "reason", "order", "lever", "cause", "when", "willing"}
    assert steps <= set(stored)
    assert len(set(takeaways.receipts())) == LEADERS * (len(steps) + 1)


def test_the_workbook_shows_the_files_own_figures_and_holds_back_what_three_answered(takeaways, themed, source):
    book = takeaways.workbook()
    known = source.scores()
    shown = {row["item"]: (row["actual_n"], row["actual"]) for row in book["journey"]}
    assert set(shown) == set(known)
    for name, scores in known.items():
        n, actual = shown[name]
        assert (n, actual) == ((len(scores), pytest.approx(source.level(scores))) if len(scores) >= 5 else (None, None))
    assert {row["theme"] for row in book["themes"]} == set(themed)
    assert len(book["commitments"]) == LEADERS
    assert book["predictions_agg"] == book["votes_agg"] == []
    assert len(book["suppressionlog"]) >= 6


def test_the_comments_at_home_are_the_ones_of_the_file(takeaways, taken_in, source):
    taken = counted(r"([\d.]+) Zeilen übernommen", taken_in)
    comments = takeaways.comments()
    assert len(comments) == taken
    assert sum(row["fields"].get("touchpoint") in source.scores() for row in comments) == taken
