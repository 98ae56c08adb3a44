"""The console: one primary button, presses that know what they were drawn from, words that wait for a person."""

import pytest

from outside_in.domain.people import OPERATOR
from outside_in.domain.plan import Phase
from tests.pages.tabs import SAY, fine, keys, open_tab, press, primaries, words

CONTRACT = ("primary", "back", "skip", "black", "timer-plus", "timer-minus", "step-title", "answered")


@pytest.fixture
def host(live):
    return live.badge("facilitator", "facilitator", id="first")


def console(live, host, language="de"):
    return open_tab("facilitate", host, language, code=live.code)


def test_the_console_has_the_keys_that_others_script_against(live, host, language):
    found = keys(console(live, host, language))
    assert {key: found.count(key) for key in CONTRACT} == dict.fromkeys(CONTRACT, 1)


def test_six_presses_lead_to_the_first_question_for_the_phones(live, host):
    tab = console(live, host)
    for _ in range(6):
        if live.session.asks:
            break
        press(tab, "primary")
    assert live.session.asks


def test_a_press_that_was_drawn_from_an_older_state_does_nothing(live, host):
    first, second = console(live, host), console(live, host)
    press(first, "primary")
    moved = live.session.moved
    press(second, "primary")
    assert live.session.moved == moved


def test_an_answer_meanwhile_does_not_make_a_press_stale(live, host):
    live.go_to("arrive", Phase.OPEN)
    tab = console(live, host)
    live.simulate(5)
    press(tab, "primary")
    assert live.session.course("arrive").phase is Phase.CLOSED


def test_a_press_survives_a_server_that_forgot_the_tab(live, host):
    tab = console(live, host)
    tab.button("primary").click()
    version = live.session.version
    fine(console(live, host)._run(tab._tree.get_widget_states()))
    assert live.session.version == version + 1


def test_back_goes_to_the_step_before(live, host):
    live.go_to("arrive", Phase.PREPARED)
    press(console(live, host), "back")
    assert live.session.now == "lobby"


def test_skip_leaves_a_step_as_it_is(live, host):
    live.go_to("arrive", Phase.PREPARED)
    press(console(live, host), "skip")
    assert live.session.now == "rules"
    assert live.session.course("arrive").phase is Phase.PREPARED


def test_a_step_that_takes_answers_cannot_be_skipped(live, host):
    live.go_to("arrive", Phase.OPEN)
    assert console(live, host).button("skip").disabled


def test_black_darkens_the_stage_and_brings_it_back(live, host):
    tab, stage = console(live, host), live.badge("stage", "stage", live.code)
    press(tab, "black")
    assert "blackout" in keys(open_tab("stage", stage))
    press(tab, "black")
    assert "blackout" not in keys(open_tab("stage", stage))


def test_the_timer_is_moved_by_whole_minutes(live, host):
    live.go_to("arrive", Phase.OPEN)
    tab, until = console(live, host), live.session.course("arrive").until
    press(tab, "timer-plus")
    assert live.session.course("arrive").until == until + 60
    press(press(tab, "timer-minus"), "timer-minus")
    assert live.session.course("arrive").until == until - 60


def test_how_many_have_answered_stands_first_in_its_sentence(live, host, language):
    live.go_to("arrive", Phase.OPEN)
    live.leader()
    press(console(live, host, language), "rehearse")
    told = SAY[language]("{n} of {of} have answered.", n=12, of=13)
    assert told in words(console(live, host, language))


def test_the_console_never_shows_an_answer_before_the_reveal(live, host):
    live.go_to("explain", Phase.OPEN)
    live.simulate(9)
    said = {answer.values["reason"] for answer in live.session.course("explain").answers.values()}
    assert said
    assert not [reason for reason in said if reason in words(console(live, host))]


def test_free_words_reach_the_stage_only_after_a_press(live, host):
    live.go_to("explain", Phase.CLOSED, phones=9)
    text, stage = live.session.texts(OPERATOR)[0], live.badge("stage", "stage", live.code)
    live.press()
    assert text.words not in words(open_tab("stage", stage))
    tab, key = console(live, host), f"judge-{text.step}-{text.ref}".replace(":", "-")
    press(tab, key)
    assert text.words in words(open_tab("stage", stage))
    press(tab, key)
    assert text.words not in words(open_tab("stage", stage))


def test_simulated_answers_are_announced_and_cleared_with_one_press(live, host, language):
    live.go_to("arrive", Phase.OPEN)
    tab = press(console(live, host, language), "rehearse")
    said = SAY[language]("{n} simulated answers are in. Clear them before the real session.", n=live.session.rehearsed)
    assert said in words(tab)
    press(tab, "clear-tests")
    assert live.session.rehearsed == 0


def test_the_end_can_be_taken_back(live, host, language):
    live.house.change(OPERATOR, live.code, lambda now: now.end(OPERATOR, 1.0))
    tab = console(live, host, language)
    assert tab.button("primary").label == SAY[language]("The session has ended")
    press(tab, "resume")
    assert live.session.ended is None


def test_the_console_without_a_code_shows_the_latest_session(live, host):
    tab = open_tab("facilitate", host)
    assert live.session.code[:4] in words(tab)


def test_another_facilitator_is_refused_in_a_sentence(live, language):
    stranger = live.badge("facilitator", "facilitator", id="stranger")
    tab = console(live, stranger, language)
    assert tab.warning[0].value == SAY[language]("This is not possible with your role in this workshop.")
    assert "primary" not in keys(tab)


def test_a_facilitator_who_was_signed_out_presses_in_vain(live, host):
    tab, version = console(live, host), live.session.version
    live.house.database.doors.revoke_all("first")
    press(tab, "primary")
    assert tab.toast[0].value == SAY["de"]("This is not possible with your role in this workshop.")
    assert live.session.version == version


def test_an_unknown_code_is_answered_in_a_sentence(live, host, language):
    tab = open_tab("facilitate", host, language, code="ZZZZZZZZ")
    assert len(tab.warning) == 1
    assert "primary" not in keys(tab)


def test_from_the_lobby_to_the_end_on_all_three_screens(live, host, language):
    """Every step in every phase: no traceback, the same title everywhere, exactly one primary button."""
    tab = console(live, host, language)
    stage = open_tab("stage", live.badge("stage", "stage", live.code), language)
    phone = open_tab("room", live.leader(), language)
    while not live.session.ended:
        if live.session.asks:
            live.simulate(8)
        live.press()
        titles = {fine(screen.run()).title[0].value for screen in (tab, stage, phone)}
        assert titles == {SAY[language](live.session.step(live.session.now).title)}
        assert [keys(screen).count("step-title") for screen in (tab, stage, phone)] == [1, 1, 1]
        assert primaries(tab) == ["primary"]
        assert keys(stage).count("answered") == 1
    assert SAY[language]("Thank you.") in words(stage)


def test_it_says_whether_the_room_is_ahead_of_or_behind_the_plan(live, host, language, clock):
    say = SAY[language]
    live.press(2)
    live.go_to("predict", Phase.OPEN)
    assert say("{n} min ahead of the plan.", n=14) in words(open_tab("facilitate", host, language, code=live.code))
    clock.wait(20 * 60)
    assert say("On time.") in words(open_tab("facilitate", host, language, code=live.code))
    clock.wait(15 * 60)
    assert say("{n} min behind the plan.", n=7) in words(open_tab("facilitate", host, language, code=live.code))


def test_a_poster_is_one_press_away_and_the_invitation_names_the_code(live, host, language):
    said = words(open_tab("facilitate", host, language, code=live.code))
    assert f"{live.code[:4]}-{live.code[4:]}" in said
    assert SAY[language]("Invitation to send") in said
