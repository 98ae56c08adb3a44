"""The projector: what the room may see, and nothing else."""

import pytest

from outside_in.domain.blocks import TooFew
from outside_in.domain.plan import Phase
from tests.pages.tabs import SAY, keys, open_tab, words


@pytest.fixture
def projector(live):
    badge = live.badge("stage", "stage", live.code)
    return lambda language="de": open_tab("stage", badge, language)


def test_the_lobby_shows_the_way_in(live, projector, language):
    said = words(projector(language))
    assert f"{live.code[:4]}-{live.code[4:]}" in said
    assert SAY[language]("Scan the code with your phone, or open") in said


def test_the_stage_says_how_many_have_answered_and_never_what(live, projector, language):
    live.go_to("explain", Phase.OPEN)
    live.simulate(9)
    stage = projector(language)
    n = live.session.answered("explain")
    assert SAY[language]("{n} of {of} have answered: all in.", n=n, of=n) in words(stage)
    said = [answer.values["reason"] for answer in live.session.course("explain").answers.values()]
    assert not [reason for reason in said if reason in words(stage)]
    assert keys(stage).count("step-title") == keys(stage).count("answered") == 1


def test_one_beat_follows_the_other(live, projector, language):
    live.go_to("predict", Phase.REVEALED)
    first = live.session.tells("predict")[-1].blocks[0]
    assert SAY[language](first.sentence()) in words(projector(language))
    live.press()
    second = live.session.tells("predict")[-1].blocks[0]
    assert SAY[language](second.sentence()) in words(projector(language))


def test_too_few_answers_are_a_sentence_and_no_figure(live, projector, language):
    live.go_to("arrive", Phase.REVEALED, phones=4)
    assert SAY[language](TooFew(fewest=5).sentence()) in words(projector(language))


def test_the_room_s_question_is_shown_while_it_is_discussed(live, projector, language):
    step = live.session.step("arrive")
    live.go_to("arrive", Phase.DISCUSSED)
    assert SAY[language](step.debrief[0]) in words(projector(language))


def test_simulated_answers_are_marked_on_the_stage(live, projector, language):
    live.go_to("arrive", Phase.OPEN)
    live.simulate(6)
    assert SAY[language]("Rehearsal: {n} simulated answers", n=6) in words(projector(language))


def test_a_facilitator_may_project_from_the_own_browser(live, language):
    host = live.badge("facilitator", "facilitator", id="first")
    assert "answered" in keys(open_tab("stage", host, language, code=live.code))


def test_a_foreign_facilitator_may_not(live):
    stranger = live.badge("facilitator", "facilitator", id="stranger")
    stage = open_tab("stage", stranger, code=live.code)
    assert stage.warning[0].value == SAY["de"]("This is not possible with your role in this workshop.")
    assert "stage" not in keys(stage)


def test_a_leader_s_cookie_opens_no_stage(live, language):
    stage = open_tab("stage", live.leader(), language, code=live.code)
    assert "stage" not in keys(stage)
    assert SAY[language]("Please sign in to see this page.") in words(stage)
