"""The frame around every page, and the start page in it."""

import pytest

from outside_in.ui.places import PAGES
from tests.pages.tabs import BUG, SAY, fine, keys, open_tab, press, visit, words

PLACES = sorted(path.stem for path in PAGES.glob("*.py"))
FOR_HOSTS = ("prepare", "feedback", "themes", "journeys", "facilitate", "outcomes", "settings")


@pytest.mark.parametrize("page", PLACES)
def test_nobody_sees_anything_of_a_workshop(live, page):
    live.go_to("predict", "revealed")
    tab = open_tab(page, code=live.code, workshop=live.workshop)
    said = words(tab)
    assert not [secret for secret in ("Lindhain", live.code[:4], live.plan.board.themes[0].label.de) if secret in said]
    assert "step-title" not in keys(tab)


@pytest.mark.parametrize("page", FOR_HOSTS)
def test_whoever_is_not_signed_in_is_asked_to(world, page, language):
    tab = open_tab(page, language=language)
    assert SAY[language]("Please sign in to see this page.") in words(tab)


@pytest.mark.parametrize("page", ["prepare", "feedback", "themes", "journeys"])
def test_another_facilitator_s_workshop_is_refused_in_a_sentence(world, page, language):
    stranger = world.badge("facilitator", "facilitator", id="stranger")
    tab = open_tab(page, stranger, language, workshop=world.workshop)
    said = [told.value for told in tab.warning]
    assert said == [SAY[language]("This is not possible with your role in this workshop.")]
    assert "Lindhain" not in words(tab)


def test_the_language_changes_with_one_press_and_stays_on_the_next_page(world):
    tab = open_tab("start", language="de")
    press(tab, "language")
    assert tab.title[0].value == SAY["en"]("The view from outside")
    del tab.query_params["lang"]  # a link in the browser drops it
    fine(tab.run())
    assert tab.title[0].value == SAY["en"]("The view from outside")
    press(tab, "language")
    assert tab.title[0].value == SAY["de"]("The view from outside")


def test_a_bug_shows_a_reference_and_nothing_of_the_inside(world, monkeypatch, language):
    def broken(*_):
        raise RuntimeError("a secret of the inside")

    host = world.badge("facilitator", "facilitator", id="first")
    monkeypatch.setattr(type(world.house), "workshops_of", broken)
    tab = visit("prepare", host, language)
    assert not tab.exception
    assert BUG.search(tab.warning[0].value)
    assert "secret" not in words(tab)


def test_the_start_page_offers_both_ways_in(empty, language):
    said = words(open_tab("start", language=language))
    assert SAY[language]("Enter the code") in said
    assert SAY[language]("Sign in") in said
    assert SAY[language]("Open a fresh sample session") not in said


def test_a_facilitator_opens_a_sample_session_from_the_start_page(world, language):
    host = world.badge("facilitator", "facilitator", id="first")
    before = set(world.house.sessions.codes())
    tab = press(open_tab("start", host, language), "demo")
    assert "primary" in keys(tab)
    assert len(set(world.house.sessions.codes()) - before) == 2


def test_a_new_workshop_begins_with_ninety_minutes_among_all_agendas(world):
    offered = open_tab("prepare", world.badge("facilitator", "facilitator", id="first")).selectbox(key="new-agenda")
    assert offered.value == "90-minutes"
    assert len(offered.options) >= len(world.house.library.agendas) >= 7


@pytest.mark.parametrize("place", ["start", "prepare"])
def test_the_sample_in_the_visitor_s_language_stands_first(world, place, language):
    host = world.badge("facilitator", "facilitator", id="first")
    choice = next(radio for radio in open_tab(place, host, language).radio if "-company-" in radio.key)
    assert len(choice.options) == 2
    assert choice.value == {"de": "lindhain", "en": "kestrel-row"}[language]


def test_a_facilitator_with_an_idle_tab_opens_nothing(world):
    host = world.badge("facilitator", "facilitator", id="first")
    tab = open_tab("start", host)
    world.house.database.doors.revoke_all("first")
    before = world.house.sessions.codes()
    press(tab, "demo")
    assert tab.toast[0].value == SAY["de"]("This is not possible with your role in this workshop.")
    assert world.house.sessions.codes() == before
