"""The phone: what a leader can do, and what is said when it cannot be done."""

import pytest

from outside_in.domain.blocks import TooFew
from outside_in.domain.plan import Phase
from outside_in.domain.questions import Pick, Words
from tests.pages.tabs import SAY, fine, keys, open_tab, press, words

CLOSED_MEANWHILE = {"de": "bereits geschlossen", "en": "had already closed"}


@pytest.fixture
def open_step(live):
    live.go_to("arrive", Phase.OPEN)
    return live


def choose(phone, option="week"):
    phone.radio("answer-contact").set_value(option)
    return phone


def test_an_answer_is_saved_and_says_so(open_step, language):
    phone = open_tab("room", open_step.leader(), language)
    press(choose(phone), "send")
    assert "saved" in keys(phone)
    assert SAY[language]("Saved. You can change your answer until the step closes.") in words(phone)
    assert open_step.session.answered("arrive") == 1


def test_a_reload_still_says_that_the_answer_is_saved(open_step):
    badge = open_step.leader()
    press(choose(open_tab("room", badge)), "send")
    again = open_tab("room", badge)
    assert "saved" in keys(again)
    assert again.radio("answer-contact").value == "week"


def test_a_second_send_replaces_the_first(open_step):
    phone = open_tab("room", open_step.leader())
    press(choose(phone, "week"), "send")
    press(choose(phone, "longer"), "send")
    answers = open_step.session.course("arrive").answers
    assert [answer.values for answer in answers.values()] == [{"contact": ["longer"]}]


def test_the_phone_has_the_keys_that_others_script_against(live):
    live.go_to("predict", Phase.OPEN)
    found = keys(open_tab("room", live.leader()))
    asked = [f"answer-{question.id}" for question in live.session.step("predict").exercise.asks()]
    assert [key for key in found if key.startswith("answer-")] == asked
    assert found.count("send") == found.count("step-title") == 1
    assert "saved" not in found


def test_every_input_waits_for_send(live):
    """Five hundred phones that ran at every slider move would stop the room."""
    for step in (step for step in live.session.plan.steps if step.asks):
        live.go_to(step.id, Phase.OPEN)
        phone = open_tab("room", live.leader())
        inputs = [node for node in phone._tree if getattr(node, "key", None) and str(node.key).startswith("answer-")]
        assert len(inputs) == len(step.exercise.asks())
        assert {node.form_id for node in inputs} == {"answer"}


@pytest.mark.parametrize("step", ["arrive", "predict", "walk", "explain", "rank", "lever", "commit", "close"])
def test_a_simulated_leader_s_answer_can_be_given_by_hand(live, step):
    """What the form returns is what the question reads, for every kind of input."""
    live.go_to(step, Phase.OPEN)
    phone = filled(open_tab("room", live.leader()), live.session.step(step))
    before = live.session.answered(step)
    press(phone, "send")
    assert live.session.answered(step) == before + 1
    assert "saved" in keys(phone)


def filled(phone, step):
    for question in step.exercise.asks():
        key = f"answer-{question.id}"
        if isinstance(question, Pick):
            some = [option.id for option in question.options][: max(question.fewest, 1)]
            _pick(phone, key, some, question.most)
        elif isinstance(question, Words):
            box = phone.text_input if question.lines == 1 else phone.text_area
            box(key).set_value("Ich rufe zurück.")
    return phone


def _pick(phone, key, some, most):
    if most > 1:
        phone.multiselect(key).set_value(some)
    elif key in [radio.key for radio in phone.radio]:
        phone.radio(key).set_value(some[0])
    else:
        phone.selectbox(key).set_value(some[0])


@pytest.mark.parametrize("meanwhile", ["closed", "next step open"])
def test_a_late_answer_is_refused_in_a_sentence_and_counts_nowhere(live, language, meanwhile):
    live.go_to("explain", Phase.OPEN)
    phone = open_tab("room", live.leader(), language)
    phone.text_area("answer-reason").set_value("Jede misst nur ihren Abschnitt.")
    live.go_to("explain", Phase.CLOSED)
    if meanwhile == "next step open":
        live.go_to("rank", Phase.OPEN, phones=0)
    before = {id: course.answered for id, course in live.session.courses.items()}
    press(phone, "send")
    assert SAY[language]("This step no longer takes answers. Your answer was not counted.") in words(phone)
    assert {id: course.answered for id, course in live.session.courses.items()} == before


def test_a_refusal_stays_on_the_page_with_the_words_that_were_typed(live, language):
    live.go_to("explain", Phase.OPEN)
    phone = open_tab("room", live.leader(), language)
    phone.text_area("answer-reason").set_value("Jede misst nur ihren Abschnitt.")
    live.go_to("explain", Phase.CLOSED)
    press(phone, "send")
    fine(phone.run())
    assert not phone.toast
    assert CLOSED_MEANWHILE[language] in words(phone)
    assert "Jede misst nur ihren Abschnitt." in words(phone)


def test_a_saved_answer_takes_the_refusal_away(live):
    live.go_to("explain", Phase.OPEN)
    phone = open_tab("room", live.leader())
    phone.text_area("answer-reason").set_value("Zu spät.")
    live.go_to("rank", Phase.OPEN)
    press(phone, "send")
    press(filled(phone, live.session.step("rank")), "send")
    assert CLOSED_MEANWHILE["de"] not in words(phone)


def test_a_click_survives_a_server_that_forgot_the_tab(open_step):
    badge = open_step.leader()
    phone = choose(open_tab("room", badge))
    phone.button("send").click()
    fine(open_tab("room", badge)._run(phone._tree.get_widget_states()))
    assert open_step.session.answered("arrive") == 1


def test_the_same_click_twice_counts_once(open_step):
    badge = open_step.leader()
    phone = choose(open_tab("room", badge))
    phone.button("send").click()
    pressed = phone._tree.get_widget_states()
    for _ in range(2):
        fine(open_tab("room", badge)._run(pressed))
    assert open_step.session.answered("arrive") == 1


def test_an_answer_that_does_not_fit_is_refused_and_its_words_are_kept(live):
    live.go_to("commit", Phase.OPEN)
    phone = open_tab("room", live.leader())
    first = next(box for box in (*phone.text_input, *phone.text_area) if box.key.startswith("answer-"))
    first.set_value("Montags um acht")
    press(phone, "send")
    assert len(phone.toast) == 1
    assert live.session.course("commit").answered == 0
    assert "Montags um acht" in [box.value for box in (*phone.text_input, *phone.text_area)]


def test_without_a_cookie_the_phone_asks_for_the_code_and_shows_nothing(open_step, language):
    phone = open_tab("room", language=language)
    assert SAY[language]("Please enter the code that is shown in the room.") in words(phone)
    assert "send" not in keys(phone)
    assert "step-title" not in keys(phone)


def test_a_withdrawn_leader_is_refused_in_a_sentence(open_step):
    badge = open_step.leader()
    phone = open_tab("room", badge)
    open_step.house.database.doors.revoke_all(badge.principals[0].id)
    press(choose(phone), "send")
    assert phone.toast[0].value == SAY["de"]("This is not possible with your role in this workshop.")
    assert open_step.session.answered("arrive") == 0


def test_own_answers_are_shown_to_their_author_only_after_the_reveal(live, language):
    live.go_to("predict", Phase.OPEN)
    badge = live.leader()
    phone = open_tab("room", badge, language)
    press(phone, "send")
    mine = live.house.mine(badge, live.session, "predict")
    assert not mine
    live.simulate(6)
    live.go_to("predict", Phase.REVEALED)
    fine(phone.run())
    told = live.house.mine(badge, live.session, "predict")
    assert told
    assert SAY[language](told[0].sentence()) in words(phone)
    other = open_tab("room", live.leader(), language)
    assert not [block for block in told if SAY[language](block.sentence()) in words(other)]


def test_what_too_few_said_is_not_shown(live, language):
    live.go_to("arrive", Phase.OPEN, phones=0)
    phone = open_tab("room", live.leader(), language)
    press(choose(phone), "send")
    live.go_to("arrive", Phase.REVEALED, phones=0)
    fine(phone.run())
    (only,) = live.session.tells("arrive")[0].blocks
    assert isinstance(only, TooFew)
    assert SAY[language](only.sentence()) in words(phone)


def test_an_ended_session_says_so(open_step, language):
    badge, host = open_step.leader(), open_step.host()
    open_step.house.change(host, open_step.code, lambda now: now.end(host, 1.0))
    phone = open_tab("room", badge, language)
    assert SAY[language]("The session has ended. Thank you for taking part.") in words(phone)
    assert "form" not in keys(phone)


def test_a_paused_step_says_so_and_takes_nothing(open_step, language):
    host = open_step.host()
    phone = open_tab("room", open_step.leader(), language)
    open_step.house.change(host, open_step.code, lambda now: now.pause(host, now.moved, 1.0))
    press(choose(phone), "send")
    assert SAY[language]("One moment, please. The step is paused.") in words(phone)
    assert open_step.session.answered("arrive") == 0
