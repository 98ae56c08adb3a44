"""What a facilitator needs when a room does not go by the plan: a second round, a new start, paper, help."""

import pytest

from outside_in.domain.errors import Unknown
from outside_in.domain.people import OPERATOR
from outside_in.domain.plan import Phase
from outside_in.domain.text import lines
from tests.pages.tabs import SAY, keys, open_tab, press, words


@pytest.fixture
def host(live):
    return live.badge("facilitator", "facilitator", id="first")


@pytest.fixture
def stage(live):
    return live.badge("stage", "stage", live.code)


def console(live, host, language="de"):
    return open_tab("facilitate", host, language, code=live.code)


# asked again, begun anew ------------------------------------------------------------------


def test_a_second_round_is_one_press_and_the_stage_says_which_round_it_is(live, host, stage, language):
    say = SAY[language]
    live.go_to("lever", Phase.REVEALED)
    tab = console(live, host, language)
    assert say("Ask again: round {n}", n=2) in words(tab)
    press(tab, "again")
    assert live.session.asks.id == "lever"
    for badge, page in ((stage, "stage"), (live.leader(), "room")):
        assert say("Round {n}", n=2) in words(open_tab(page, badge, language))
    live.simulate(8)
    live.go_to("lever", Phase.REVEALED)
    shown = words(open_tab("stage", stage, language))
    assert say("The round before (n = {n})", n=6) in shown
    assert say("This round (n = {n})", n=8) in shown


def test_a_phone_starts_the_second_round_with_an_empty_form(live, host):
    live.go_to("arrive", Phase.OPEN)
    badge = live.leader()
    phone = open_tab("room", badge)
    phone.radio("answer-contact").set_value("week")
    press(phone, "send")
    live.go_to("arrive", Phase.REVEALED)
    press(console(live, host), "again")
    anew = open_tab("room", badge)
    assert "saved" not in keys(anew)
    assert anew.radio("answer-contact").value is None
    anew.radio("answer-contact").set_value("longer")
    press(anew, "send")
    assert live.session.answered("arrive") == 1


def test_nothing_can_be_asked_again_while_it_is_open(live, host):
    live.go_to("lever", Phase.OPEN)
    assert not {"again", "reset", "restore"} & set(keys(console(live, host)))


def test_a_commitment_is_not_asked_twice(live, host):
    live.go_to("commit", Phase.REVEALED)
    assert "again" not in keys(console(live, host))


def test_a_step_begun_anew_can_be_brought_back(live, host):
    live.go_to("lever", Phase.REVEALED)
    answered, tab = live.session.answered("lever"), console(live, host)
    tab = press(tab, "reset")
    assert live.session.answered("lever") == 0
    press(tab, "restore")
    assert live.session.answered("lever") == answered


# time -------------------------------------------------------------------------------------


def test_a_late_room_is_told_what_can_be_shorter_and_ends_on_time(live, host, language, clock):
    say = SAY[language]
    live.press(2)
    live.go_to("predict", Phase.OPEN)
    clock.wait(40 * 60)
    tab = console(live, host, language)
    assert "overrun" in keys(tab)
    press(tab, "shorten")
    said = words(console(live, host, language))
    shorter = [step for step in live.session.plan.steps if live.session.minutes(step) < step.minutes]
    assert shorter
    assert all(step.shrinkable for step in shorter)
    assert say("{n} min shorter", n=shorter[0].minutes - live.session.minutes(shorter[0])) in said


def test_a_room_on_time_is_offered_nothing(live, host):
    live.press(2)
    assert "overrun" not in keys(console(live, host))


# paper ------------------------------------------------------------------------------------


def test_ticks_from_paper_count_beside_the_phones(live, host, language):
    live.go_to("arrive", Phase.OPEN)
    live.simulate(3)
    tab = console(live, host, language)
    tab.number_input("paper-contact-week").set_value(4)
    tab.number_input("paper-contact-longer").set_value(2)
    press(tab, "paper-count")
    assert live.session.answered("arrive") == 9
    told = lines(
        "One sheet is counted. A new count replaces it.", "{n} sheets are counted. A new count replaces them.", 6
    )
    assert SAY[language](told) in words(console(live, host, language))


def test_the_line_that_cannot_be_read_is_named_and_nothing_is_counted(live, host, language):
    live.go_to("predict", Phase.OPEN)
    tab = console(live, host, language)
    first = live.session.step("predict").exercise.asks()[0]
    tab.text_area(f"paper-{first.id}").set_value("20\nzwanzig")
    press(tab, "paper-count")
    assert "zwanzig" in tab.toast[0].value
    assert "2" in tab.toast[0].value
    assert live.session.answered("predict") == 0


# who else, and from where -----------------------------------------------------------------


def test_another_account_runs_the_session_until_it_is_taken_out(live, host):
    id = live.house.database.doors.add_account("zweite@beispiel.de", "ein langes Passwort 1")
    other = live.badge("facilitator", "facilitator", id=id)
    assert "primary" not in keys(open_tab("facilitate", other, code=live.code))
    tab = press(console(live, host), "host-in")
    moved = live.session.moved
    press(open_tab("facilitate", other, code=live.code), "primary")
    assert live.session.moved > moved
    press(tab, f"host-out-{id}")
    assert "primary" not in keys(open_tab("facilitate", other, code=live.code))


def test_nobody_without_an_account_is_let_in(live, host):
    assert "host-in" not in keys(console(live, host))
    with pytest.raises(Unknown):
        live.house.share_console(host.principals[0], live.code, "nobody", True)


def test_leaders_elsewhere_are_counted_apart_and_get_a_stage_of_their_own(live, host, language):
    here, there = live.leader(), live.leader()
    away = there.principals[0]
    live.house.change(away, live.code, lambda now: now.join(away, remote=True))
    tab = console(live, host, language)
    assert SAY[language]("In the room: {here}. From elsewhere: {away}.", here=1, away=1) in words(tab)
    tab = press(tab, "stage-link")
    link = next(code.value for code in tab.code if "/show/" in code.value)
    assert live.house.database.doors.peek(link.rsplit("/", 1)[1], "stage").code == live.code
    assert here.principals[0].id not in live.session.remote


# small groups -----------------------------------------------------------------------------


def test_phones_say_which_small_group_is_theirs_and_the_stage_says_how_many(live, host, stage, language):
    say = SAY[language]
    steps = tuple(s.model_copy(update={"group": 3}) if s.id == "lobby" else s for s in live.plan.steps)
    live.house.arrange(host.principals[0], live.workshop, steps)
    live.code = live.house.open_session(host.principals[0], live.workshop).code
    badges = [live.leader() for _ in range(7)]
    assert say("Your group: {n}", n=2) in words(open_tab("room", badges[6], language))
    assert say("You are {n} people.", n=4) in words(open_tab("room", badges[6], language))
    stage = live.badge("stage", "stage", live.code)
    told = say("Talk in {n} groups of about {size}. Your phone says which one is yours.", n=2, size=3)
    assert told in words(open_tab("stage", stage, language))
    assert say("Small groups: {n}. Sizes: {sizes}.", n=2, sizes="3, 4") in words(console(live, host, language))


def test_a_room_that_talks_together_says_nothing_of_groups(live, stage):
    assert "group" not in keys(open_tab("room", live.leader()))


# latecomers -------------------------------------------------------------------------------


def test_a_latecomer_looks_up_what_the_stage_has_shown(live):
    live.go_to("rules", Phase.REVEALED, phones=8)
    phone = open_tab("room", live.leader())
    title = SAY["de"](live.session.step("arrive").title)
    (choice,) = [box for box in phone.selectbox if title in box.options]
    bars = live.session.tells("arrive")[0].blocks[0]
    assert SAY["de"](bars.sentence()) not in words(phone)
    choice.set_value("arrive")
    assert SAY["de"](bars.sentence()) in words(phone.run())


def test_nothing_unrevealed_can_be_looked_up(live):
    live.go_to("arrive", Phase.CLOSED)
    live.house.change(OPERATOR, live.code, lambda now: now.skip(OPERATOR, now.moved, 1.0))
    phone = open_tab("room", live.leader())
    title = SAY["de"](live.session.step("arrive").title)
    assert not [box for box in phone.selectbox if title in box.options]
