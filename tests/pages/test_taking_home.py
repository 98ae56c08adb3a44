"""Afterwards: outcomes in every format and for every audience; and the settings of the house."""

import pytest

from outside_in.domain.outcome import Outcome
from outside_in.exports import FORMATS
from tests.pages.tabs import SAY, keys, open_tab, press, words


@pytest.fixture
def host(request):
    world = request.getfixturevalue(next(name for name in ("empty", "world") if name in request.fixturenames))
    return world.badge("facilitator", "facilitator", id="first")


def test_without_a_session_the_page_leads_back(empty, host, language):
    told = SAY[language]("There is no session yet. Open one first.")
    assert told in words(open_tab("outcomes", host, language))


def test_every_format_has_its_button(live, host, language):
    found = keys(open_tab("outcomes", host, language, code=live.code))
    assert [found.count(f"export-{format}") for format in FORMATS] == [1] * len(FORMATS)


def test_before_the_first_reveal_there_is_nothing_to_tell(live, host, language):
    told = SAY[language]("Nothing has been revealed in this session yet.")
    assert not Outcome.of(live.session, "board").parts
    assert told in words(open_tab("outcomes", host, language, code=live.code))


def test_the_files_are_cut_for_the_chosen_audience(live, host):
    tab = open_tab("outcomes", host, code=live.code)
    tab.radio("audience").set_value("internal").run()
    links = [link for link in urls(tab) if link.startswith("/take/")]
    assert len(links) >= len(FORMATS)
    assert all("audience=internal" in link for link in links)


def urls(tab):
    found = []

    def look(node):
        found.append(getattr(getattr(node, "proto", None), "url", ""))
        for child in getattr(node, "children", {}).values():
            look(child)

    look(tab._tree)
    return [url for url in found if isinstance(url, str) and url]


def test_simulated_answers_are_announced_before_anything_is_taken_home(live, host, language):
    live.go_to("predict", "revealed")
    told = SAY[language]("{n} simulated answers are still in. They are marked in every file.", n=live.session.rehearsed)
    assert told in words(open_tab("outcomes", host, language, code=live.code))


def test_a_consultant_sees_outcomes_but_no_single_answers(live, language):
    live.go_to("arrive", "revealed")
    tab = open_tab("outcomes", live.badge("consultant", "share", live.workshop), language)
    assert tab.radio("audience").options == [SAY[language]("Board"), SAY[language]("Participants")]
    assert "share" not in keys(tab)
    assert not [link for link in urls(tab) if "internal" in link]


@pytest.mark.parametrize("page", ["prepare", "feedback", "themes", "journeys", "facilitate", "settings"])
def test_a_consultant_s_link_opens_nothing_else(live, page, language):
    tab = open_tab(page, live.badge("consultant", "share", live.workshop), language, code=live.code)
    assert SAY[language]("Please sign in to see this page.") in words(tab)


def test_a_share_link_lets_a_consultant_in(live, host):
    tab = press(open_tab("outcomes", host, code=live.code), "share")
    token = tab.code[0].value.rsplit("/", 1)[-1]
    who = live.house.database.doors.who(token, "share")
    assert (who.role, who.code) == ("consultant", live.workshop)


def test_another_facilitator_s_sessions_do_not_appear(live, language):
    stranger = live.badge("facilitator", "facilitator", id="stranger")
    tab = open_tab("outcomes", stranger, language, code=live.code)
    assert "Lindhain" not in words(tab)
    assert not [link for link in urls(tab) if live.code in link]


# settings ----------------------------------------------------------------------------------


def test_an_account_is_added_by_a_facilitator(empty, host, language):
    tab = open_tab("settings", host, language)
    tab.text_input("account-login").set_value("ada")
    tab.text_input("account-password").set_value("sehr lange und geheim")
    press(tab, "account-create")
    assert tab.toast[0].value == SAY[language]("Saved")
    assert "ada" in [account.login for account in empty.house.database.doors.accounts()]


def test_a_short_password_is_refused_in_a_sentence(empty, host, language):
    tab = open_tab("settings", host, language)
    tab.text_input("account-login").set_value("ada")
    tab.text_input("account-password").set_value("kurz")
    press(tab, "account-create")
    assert len(tab.toast) == 1
    assert tab.toast[0].value != SAY[language]("Saved")
    assert "ada" not in [account.login for account in empty.house.database.doors.accounts()]


def test_the_installation_is_checked_on_demand(empty, host, language):
    tab = press(open_tab("settings", host, language), "doctor")
    assert SAY[language]("All workshop content can be read.") in words(tab)


def test_a_client_s_colours_are_set_and_taken_off_on_the_page(live, host, language):
    tab = open_tab("outcomes", host, language, code=live.code)
    tab.color_picker(key="brand-main").set_value("#FFD500")
    tab = press(tab, "brand-save")
    assert "#FFD500" in words(tab)
    assert live.plan.brand
    tab = open_tab("outcomes", host, language, code=live.code)
    press(tab, "brand-gone")
    assert live.plan.brand is None
