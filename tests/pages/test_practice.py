"""Self-paced: one leader, one part after the other; an answer is final and shows its reveal at once."""

from outside_in.domain.blocks import TooFew
from tests.pages.tabs import SAY, keys, open_tab, press, primaries, words
from tests.pages.test_room import filled


def at_step(badge, step, language="de"):
    return open_tab("practice", badge, language, step=step)


def test_without_a_personal_link_the_page_asks_for_one(own_pace, language):
    page = open_tab("practice", language=language)
    assert SAY[language]("Please open your personal link to begin or to go on.") in words(page)
    assert "send" not in keys(page)


def test_a_leader_of_a_live_session_is_not_shown_its_future(live, language):
    page = open_tab("practice", live.leader(), language)
    assert SAY[language]("Please open your personal link to begin or to go on.") in words(page)


def test_the_first_visit_stands_at_the_first_part_not_done_yet(own_pace, language):
    page = open_tab("practice", own_pace.leader(), language)
    first = next(step for step in own_pace.session.plan.steps if step.asks)
    assert page.title[0].value == SAY[language](first.title)


def test_an_answer_is_saved_final_and_shows_its_own_reveal(own_pace, language):
    badge = own_pace.leader()
    page = at_step(badge, "predict", language)
    press(page, "send")
    assert "saved" in keys(page)
    assert "form" not in keys(page)
    (mine, *_) = own_pace.house.mine(badge, own_pace.session, "predict")
    assert SAY[language](mine.sentence()) in words(page)


def test_a_second_answer_from_another_device_is_refused_in_a_sentence(own_pace, language):
    badge = own_pace.leader()
    phone, laptop = at_step(badge, "predict", language), at_step(badge, "predict", language)
    press(phone, "send")
    press(laptop, "send")
    assert SAY[language]("You have already answered this. Your answer stays as it is.") in words(laptop)
    assert own_pace.session.answered("predict") == 1


def test_nobody_watches_one_person_join(own_pace, language):
    for n in range(1, 6):
        page = at_step(own_pace.leader(), "arrive", language)
        press(filled(page, own_pace.session.step("arrive")), "send")
        told = SAY[language](TooFew(fewest=5).sentence()) in words(page)
        assert told == (n < 5)


def test_one_walks_from_the_first_part_to_the_last_and_back(own_pace):
    steps = own_pace.session.plan.steps
    page = at_step(own_pace.leader(), steps[0].id)
    for step in steps[1:]:
        press(page, "next")
        assert page.title[0].value == SAY["de"](step.title)
    assert "next" not in keys(page)
    assert SAY["de"]("That was the last part. Thank you.") in words(page)
    press(page, "back")
    assert page.title[0].value == SAY["de"](steps[-2].title)


def test_how_far_one_is_is_said_in_parts(own_pace, language):
    page = at_step(own_pace.leader(), "predict", language)
    press(page, "send")
    asked = sum(step.asks for step in own_pace.session.plan.steps)
    assert SAY[language]("{n} of {of} parts done", n=1, of=asked) in words(page)


def test_the_next_part_is_the_only_primary_button_once_a_part_is_done(own_pace):
    page = at_step(own_pace.leader(), "predict")
    press(page, "send")
    assert primaries(page) == ["next"]
