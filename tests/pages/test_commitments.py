"""The board: what a reader may see, filters, thanks, letters and the report; and the phone's way to its own page."""

from random import Random

import pytest

from outside_in.domain import follow
from outside_in.domain.plan import Phase
from outside_in.house.worker import work
from tests.pages.tabs import SAY, fine, keys, open_tab, press, words


@pytest.fixture
def host(live):
    return live.badge("facilitator", "facilitator", id="first")


@pytest.fixture
def leaders(live):
    """Five, each with a commitment that another circle may see."""
    badges = [live.leader() for _ in range(5)]
    live.go_to("commit", Phase.OPEN, phones=0)
    exercise = live.session.step("commit").exercise
    for n, (badge, level) in enumerate(zip(badges, ("me", "partner", "facilitator", "room", "company"), strict=True)):
        own = {**exercise.rehearse(Random(n)), "shown": [level], "when": f"Fall Nummer {n}"}
        own["about"] = [exercise.about[n % 2].id]
        live.house.answer(badge, "commit", f"t{n}", own)
    live.go_to("commit", Phase.REVEALED, phones=0)
    return badges


def says(live, badge, status, **said):
    one = live.house.own_commitments(badge)[0]
    token = live.house.hand_out(badge.role("leader"), live.code, one.promise.id, [14])[14]
    live.house.check_in(token, {"status": status, **said}, "")


def test_without_a_commitment_it_says_when_there_will_be_one(live, host, language):
    told = SAY[language]("No commitment has been made yet. They appear here as soon as their step has closed.")
    assert told in words(open_tab("commitments", host, language))


def test_nobody_sees_it_without_signing_in(live, leaders, language):
    assert "Fall Nummer" not in words(open_tab("commitments", leaders[0], language))


def test_it_shows_what_its_leaders_let_the_facilitator_see(live, leaders, host, language):
    told = words(open_tab("commitments", host, language))
    assert [n for n in range(5) if f"Fall Nummer {n}" in told] == [2, 3, 4]
    guest = live.badge("consultant", "share", live.workshop)
    told = words(open_tab("commitments", guest, language))
    assert [n for n in range(5) if f"Fall Nummer {n}" in told] == [3, 4]
    assert "write-letters" not in keys(open_tab("commitments", guest, language))


def test_group_figures_come_with_their_interval(live, leaders, host, clock):
    says(live, leaders[0], "done", evidence="geheim geblieben")
    clock.wait(31 * 86400)
    host = live.badge("facilitator", "facilitator", id="first")
    told = words(open_tab("commitments", host))
    assert "2 sind unten nicht aufgeführt" in told
    assert "Innerhalb von 30 Tagen eingehalten: 20 % (4 % bis 62 %; 1 von 5)" in told
    assert "geheim geblieben" not in told


def test_filters_leave_what_was_asked_for(live, leaders, host):
    says(live, leaders[3], "running", help="Zugang zum System")
    tab = open_tab("commitments", host)
    tab.toggle("stuck").set_value(True).run()
    assert SAY["de"]("{n} of {of} commitments", n=1, of=3) in words(fine(tab))
    tab.multiselect("status").set_value(["done"]).run()
    assert SAY["de"]("{n} of {of} commitments", n=0, of=3) in words(fine(tab))


def test_it_leads_back_to_theme_quote_and_discussion(live, leaders, host, language):
    tab = open_tab("commitments", host, language)
    told, theme = words(tab), live.session.plan.facts.themes[0]
    assert theme.quotes[0].text[:30] in told or theme.quotes[0].text[:30] in "".join(h.value for h in tab.get("html"))
    links = [node.proto.label for node in tab.get("page_link")]
    assert SAY[language]("To the theme") in links
    assert SAY[language]("To the discussion") in links


def test_a_small_win_is_thanked_for(live, leaders, host):
    says(live, leaders[4], "running", evidence="Jeden Montag fünf Kommentare")
    tab = open_tab("commitments", host)
    id = live.house.own_commitments(leaders[4])[0].promise.id
    tab.text_input(f"words-{id}-14").set_value("Das merkt man")
    press(tab, f"thank-{id}-14")
    assert "Das merkt man" in words(open_tab("commitments", host))
    assert [e.words for e in live.house.own_commitments(leaders[4])[0].thanks] == ["Das merkt man"]


def test_letters_are_written_by_the_worker_and_taken_home(live, leaders, host, monkeypatch):
    monkeypatch.delenv("OUTSIDE_IN_SMTP", raising=False)
    tab = press(open_tab("commitments", host), "write-letters")
    job = live.house.database.jobs.take("test")
    assert job.kind == "letters"
    work(live.house, job)
    tab = open_tab("commitments", host)
    assert SAY["de"]("Sending is off: no mail server is set up. Take the drafts and send them yourself.") in words(tab)
    assert "send-letters" not in keys(tab)
    assert live.house.database.jobs.job(job.id).result["letters"] == 3
    assert all(e.kind == "linked" for e in live.session.followed)


def test_the_report_can_be_read_on_the_page(live, leaders, host, language):
    says(live, leaders[3], "running", evidence="Sichtbar für alle")
    tab = open_tab("commitments", host, language)
    fine(tab.toggle("read-report").set_value(True).run())
    assert SAY[language]("Customers since then") in words(tab)
    assert "Sichtbar für alle" in words(tab)


def test_a_leaders_phone_leads_to_its_own_page_once_the_step_has_closed(live, leaders, language):
    told = SAY[language]("My commitment: calendar and check-ins")
    assert told in labels(open_tab("room", leaders[0], language))
    assert told not in labels(open_tab("room", live.leader(), language))


def labels(tab):
    return [node.proto.label for node in tab.get("link_button")]


def test_hints_stand_below_an_own_card_while_it_can_be_changed(live, language):
    badge = live.leader()
    live.go_to("commit", Phase.OPEN, phones=0)
    exercise = live.session.step("commit").exercise
    own = {**exercise.rehearse(Random(1)), "then": "bin ich kundenorientierter", "obstacle": "", "plan": ""}
    live.house.answer(badge, "commit", "t", own)
    hint = SAY[language]("Say what you do, with a verb and an object; an attitude cannot be seen.")
    assert hint in words(open_tab("room", badge, language))
    assert hint not in words(open_tab("room", live.leader(), language))
    assert hint not in words(open_tab("facilitate", live.badge("facilitator", "facilitator", id="first"), language))
    live.go_to("commit", Phase.CLOSED, phones=0)
    assert hint not in words(open_tab("room", badge, language))
    assert follow.commitments(live.session)
