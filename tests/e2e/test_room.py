"""A room of leaders, its stage and its facilitator, from the first phone to the files taken home."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import held as said
from tests.e2e.held import STEPS, Held
from tests.e2e.network import SlowLine
from tests.e2e.server import until
from tests.e2e.takeaways import Takeaways

pytestmark = pytest.mark.browser
FIRST = "Ankommen"


@pytest.fixture(scope="module")
def held(house):
    """One workshop of five leaders, held once; the tests below look at what was seen."""
    party = house.party()
    yield Held(party.room(said.LEADERS)).hold()
    party.leave()


@pytest.fixture(scope="module")
def takeaways(held, server, tmp_path_factory):
    """Downloaded beside the console, as one does after the room has left."""
    tab = held.room.console.page.context.new_page()
    return Takeaways(tab, server, held.code, tmp_path_factory.mktemp("home"))


# what the room saw --------------------------------------------------------------------------


def test_every_step_has_the_same_title_on_phone_stage_and_console(held):
    assert list(held.titles) == list(STEPS)
    assert {title: {title} for title in STEPS} == {title: set(seen) for title, seen in held.titles.items()}


def test_three_answers_are_too_few_to_be_shown(held):
    assert "Zu sehen, sobald 5 Personen geantwortet haben." in held.stage[FIRST]
    assert said.CONTACT[0] not in held.stage[FIRST]


def test_the_stage_tells_nothing_of_an_answer_before_the_reveal(held):
    assert not [title for title, words in held.asked.items() if "Grund" in words or "zuversichtlicher" in words]
    assert "In 4 von 4 Punkten zuversichtlicher" not in held.asked["Vorhersagen"]


def test_the_room_sees_the_prediction_beside_what_customers_say(held):
    assert "Punkten zuversichtlicher als die Kundschaft" in held.stage["Vorhersagen"]
    for name in said.POINTS.values():
        assert f"{name}: Sie " in held.phone["Vorhersagen"], "the phone shows its owner's own gap"


def test_the_walk_names_what_surprised_most(held):
    assert "Was die meisten überrascht hat: „Umzug“ (4 von 5)." in held.stage["Der Weg der Kundinnen und Kunden"]


def test_free_words_reach_the_stage_only_after_approval(held):
    assert "Grund" not in held.unapproved
    shown = [words for words in said.REASONS if words in held.stage["Erklären"]]
    assert shown == list(said.APPROVED)


def test_only_commitments_for_the_room_are_read_out(held):
    shown = [n for n in range(said.LEADERS) if said.promise(n)["then"] in held.stage["Zusagen"]]
    assert shown == [0, 1, 2]


# what is taken home -------------------------------------------------------------------------


def test_the_bundle_holds_every_answer_once(takeaways):
    stored = takeaways.answers()
    assert sorted(stored["contact"]) == sorted([["week"], ["month"], ["month"]])
    for place, point in enumerate(said.POINTS):
        best = [said.guess(n, place) for n in range(said.LEADERS)]
        assert sorted(stored[point]) == best
        assert sorted(stored[f"{point}-range"]) == [[level - 20, level + 20] for level in best]
    assert sorted(stored["reason"]) == sorted(said.REASONS)
    assert sorted(map(len, stored["order"])) == [6] * said.LEADERS
    assert sorted(stored["willing"]) == sorted(said.WILLING)
    kept_to_themselves = ["–"] * (said.LEADERS - 3)
    assert sorted(stored["then"]) == sorted([said.promise(n)["then"] for n in range(3)] + kept_to_themselves)
    assert len(takeaways.receipts()) == 3 + 8 * said.LEADERS


def test_a_facilitator_takes_no_answer_of_three_home(takeaways):
    traced = takeaways.traced()
    assert "contact" not in traced
    assert set(said.POINTS) <= traced


def test_the_workbook_counts_what_was_answered(takeaways):
    book = takeaways.workbook()
    medians = {row["item"]: (row["n"], row["median"]) for row in book["predictions_agg"]}
    assert medians == {name: (said.LEADERS, middle) for name, middle in said.medians().items()}
    votes = {row["choice"]: row["votes"] for row in book["votes_agg"]}
    assert votes["Niemand ist dafür zuständig"] == 3
    assert votes["Es ist unbequem"] == 2
    assert votes[said.THEMES[0]] == votes[said.THEMES[3]] == said.LEADERS
    assert said.CONTACT[0] not in votes, "three answers stay too few, also at home"
    assert [row["then"] for row in book["commitments"]] == [said.promise(n)["then"] for n in range(3)]
    told = {row["contribution"] for row in book["contributions"]}
    assert told == {*said.APPROVED, said.KEPT}


def test_the_tables_say_what_the_workbook_says(takeaways):
    book, tables = takeaways.workbook(), takeaways.tables()
    for name in ("predictions_agg", "votes_agg", "commitments", "contributions"):
        assert [list(row) for row in tables[name]] == [list(row) for row in book[name]]
        assert len(tables[name]) == len(book[name]) > 0
    assert [row["then"] for row in tables["commitments"]] == [said.promise(n)["then"] for n in range(3)]


@pytest.mark.parametrize("format", ["pptx", "pdf", "docx"])
def test_what_is_read_or_signed_has_the_commitments_of_the_room_and_no_other(takeaways, format):
    words = takeaways.words(format)
    found = [n for n in range(said.LEADERS) if squeezed(said.promise(n)["then"]) in squeezed(words)]
    assert found == [0, 1, 2]
    assert not [reason for reason in said.REASONS if reason not in said.APPROVED and reason in words]


def test_the_slides_draw_predictions_as_editable_charts(takeaways):
    drawn = [numbers for chart in takeaways.charts() for numbers in chart]
    assert [float(middle) for middle in said.medians().values()] in drawn


def test_every_commitment_of_the_room_has_a_calendar_of_its_own(takeaways):
    alone = [squeezed(" ".join(said)) for name, said in takeaways.calendars().items() if "commitment" in name]
    assert len(alone) == 3
    for n in range(3):
        assert sum(squeezed(said.promise(n)["then"]) in words for words in alone) == 1


def squeezed(words):
    """Layout breaks lines where it likes."""
    return re.sub(r"\s|\\n", "", words)


# what a room does besides -------------------------------------------------------------------


def test_an_answer_stays_saved_after_a_reload_and_a_second_one_replaces_it(people, server, tmp_path):
    room = people.room(1, opened=True)
    (phone,) = room.phones
    phone.choose("contact", "Länger her")
    phone.sends()
    phone.page.reload()
    expect(phone.key("saved")).to_be_visible()
    expect(phone.field("contact").get_by_role("radio", name="Länger her")).to_be_checked()
    phone.choose("contact", said.CONTACT[0])
    phone.sends()
    expect(room.stage.answered).to_contain_text("1 von 1 haben geantwortet")
    room.console.press("Schließen")
    assert Takeaways(room.console.page, server, room.code, tmp_path).answers()["contact"] == [["week"]]


def test_two_consoles_that_press_at_once_move_one_step(people):
    room = people.room(0)
    other = room.console.page.context.new_page()
    other.goto(room.console.page.url)
    both = [room.console, type(room.console)(other)]
    for console in both:
        expect(console.primary).to_have_text(re.compile("^Weiter: Ankommen"))
        console.settled()
    for console in both:
        console.primary.dispatch_event("click")
    for console in both:
        expect(console.primary).to_have_text(re.compile("^Für Antworten öffnen"))
        console.at(FIRST)
    room.stage.at(FIRST)


def test_a_press_on_a_console_that_lags_behind_does_nothing(people, server):
    """Its server has drawn the next step, its screen does not show it yet."""
    line = SlowLine()
    demo = server.run("demo")
    behind = people.facilitator(demo["facilitator_url"], network=line.over)
    behind.will("Weiter: Ankommen")
    behind.settled()
    ahead = people.facilitator()
    ahead.page.goto(f"{server.address}/facilitate?code={demo['code']}")
    ahead.will("Weiter: Ankommen")
    line.hold("replies")
    ahead.press("Weiter: Ankommen")
    until(lambda: behind.page.title() and line.holds, "the console behind is not told of the change")
    behind.primary.click()
    ahead.will("Für Antworten öffnen")
    line.let_go()
    behind.will("Für Antworten öffnen")
    behind.press("Für Antworten öffnen")
    ahead.will("Schließen")


def test_the_stage_goes_black_and_comes_back(people):
    room = people.room(0)
    room.console.do("black")
    expect(room.stage.key("blackout")).to_be_visible()
    assert room.stage.page.evaluate("document.elementFromPoint(960, 540).closest('.st-key-blackout') !== null")
    room.console.do("black")
    expect(room.stage.key("blackout")).to_have_count(0)
    room.stage.at("Willkommen")


def test_simulated_leaders_fill_the_room_and_can_be_cleared_away(people, server):
    room = people.room(1, opened=True)
    room.phones[0].choose("contact", said.CONTACT[0])
    room.phones[0].sends()
    assert server.run("simulate", room.code, "--phones", 7)["phones"] == 7
    for screen in (room.stage, room.console):
        expect(screen.answered).to_contain_text("8 von 8 haben geantwortet")
    room.stage.shows("Probe: 7 simulierte Antworten")
    room.console.do("clear-tests")
    expect(room.stage.answered).to_contain_text("1 von 1 haben geantwortet")


def test_an_english_room_reads_the_same_english_words_everywhere(people):
    room = people.room(1, opened=True, language="en-GB")
    for screen in room.screens:
        screen.at("Arriving")
    room.phones[0].choose("contact", "Longer ago")
    room.phones[0].sends()
    expect(room.stage.answered).to_contain_text("1 of 1 have answered")
