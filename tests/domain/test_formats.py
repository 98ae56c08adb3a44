"""The arithmetic of single formats; what all of them promise stands in test_exercises."""

from statistics import fmean

import pytest

from outside_in.domain.exercise import Room
from outside_in.domain.exercises.gauge import Gauge
from outside_in.domain.exercises.lens import Lens
from outside_in.domain.exercises.pains import Pains
from outside_in.domain.exercises.voices import Voices
from outside_in.domain.exercises.wanting import Wanting, cronbach
from outside_in.domain.feedback import Quote
from outside_in.domain.noise import ceiling, difference, redrawn, tied
from outside_in.domain.plan import Phase
from outside_in.domain.session import Session
from tests.conftest import HOST, make_facts, make_plan
from tests.conftest import Room as Played

LIBRARY = make_plan("exercise-library")


def words(blocks):
    return " ".join(str(block) for block in blocks)


# drawing again ------------------------------------------------------------------------------


def test_the_noise_ceiling_of_the_sample_lies_near_the_published_one():
    shares = (0.73, 0.52, 0.50, 0.42, 0.33, 0.30, 0.22, 0.05)
    known = ceiling(shares, (78, 78, 126, 72, 72, 84, 36, 54))
    assert 0.75 < known.tau < 0.97
    assert known.low <= known.tau


def test_a_place_is_tied_where_the_difference_may_be_nothing():
    assert tied([(60, 80), (40, 78), (39, 80), (4, 60)]) == [False, False, True, False]


def test_the_order_of_arrival_changes_no_interval():
    columns = [[1.0, 5.0, 9.0, 2.0], [3.0, 3.0, 8.0, 1.0]]

    def figure(drawn):
        return fmean(map(fmean, drawn))

    assert redrawn(columns, figure) == redrawn([column[::-1] for column in columns], figure)
    assert redrawn([[1.0]], figure) is None


def test_two_groups_are_compared_by_their_means():
    change, bounds = difference([2, 3, 2, 3, 2], [5, 6, 5, 6, 5])
    assert change == pytest.approx(3)
    assert 2 < bounds.low < 3 < bounds.high < 4
    assert difference([2, 2], [4, 4])[1].low == 2


# pains, lens, voices -------------------------------------------------------------------------


def test_pains_stand_in_the_customers_order_and_speak_of_depth_and_breadth():
    pains = Pains().filled(make_facts())
    assert [p.share for p in pains.pains] == sorted((p.share for p in pains.pains), reverse=True)
    perfect = Room.of_one({"pains": [p.id for p in pains.pains]})
    assert "1.0" in words(pains.mine(perfect))


def test_the_lens_of_one_person_is_shown_from_eight_themes_on_only():
    few = Lens(part="customers").filled(make_facts())
    both = {"lens-own": [1, 2, 3, 4], "lens-customers": [4, 3, 2, 1]}
    assert "beyond what customers say" not in words(few.mine(Room.of_one(both)))
    theme = make_facts().themes[0]
    more = tuple(theme.model_copy(update={"id": f"t{n}", "size": 90 - 7 * n}) for n in range(8))
    many = Lens(part="customers", themes=more)
    mine = {"lens-own": [7, 1, 6, 2, 5, 3, 4, 1], "lens-customers": [7, 2, 6, 1, 5, 3, 4, 2]}
    assert "beyond what customers say" in words(many.mine(Room.of_one(mine)))


def test_the_room_that_answers_for_itself_has_a_high_projection_index():
    lens = Lens(part="customers").filled(make_facts())
    room = Room(answers={"lens-own": ([7, 2, 5, 1],) * 6, "lens-customers": ([7, 2, 5, 1],) * 6})
    assert "We answered for ourselves" in words(lens.tells(room))


def test_voices_are_drawn_within_themes_with_at_least_two_good_ones():
    def rated(row, score):
        return Quote(row=row, text=f"Stimme {row}", approved=True, score=score)

    themes = tuple(
        theme.model_copy(update={"quotes": tuple(rated(100 * n + k, 10 if k == 9 else 2) for k in range(10))})
        for n, theme in enumerate(make_facts().themes)
    )
    facts = make_facts().model_copy(update={"themes": themes})
    drawn = Voices(most=8).filled(facts).drawn
    assert len(drawn) == 8
    assert sum(one.quote.score >= 9 for one in drawn) >= 2
    assert len({one.theme.de for one in drawn}) == len(themes)
    assert Voices(most=8).filled(facts).drawn == drawn


def test_a_quote_nobody_released_is_never_drawn():
    hidden = tuple(
        t.model_copy(update={"quotes": tuple(q.model_copy(update={"approved": False}) for q in t.quotes)})
        for t in make_facts().themes
    )
    assert Voices().filled(make_facts().model_copy(update={"themes": hidden})).missing()


# did it work ---------------------------------------------------------------------------------


def test_both_forms_ask_about_different_touchpoints_of_like_difficulty():
    facts = make_facts()
    asked = {form: {q.id[2:] for q in Gauge(form=form).filled(facts).asks()} for form in "AB"}
    assert all(asked.values())
    assert not asked["A"] & asked["B"]
    truths = {form: [p.truth.value for p in Gauge(form=form).filled(facts)._of(form)] for form in "AB"}
    assert abs(fmean(truths["A"]) - fmean(truths["B"])) < 40


def test_the_truth_of_form_a_stays_covered_until_form_b_is_in():
    gauge = Gauge(form="A").filled(make_facts())
    own = {"A-move": 10, "A-move-range": [0, 20], "A-meter": 10, "A-meter-range": [0, 20]}
    assert gauge.mine(Room.of_one(own)) == ()
    assert "Locked" in words(gauge.tells(Room.of_one(own)))


def test_wanting_is_set_against_agreeing_person_by_person():
    answers = [6, 6, 6, 6, 7], [2, 2, 2, 2, 7], [4, 4, 4, 4, 4], [5, 5, 5, 5, 6], [3, 3, 3, 3, 7]
    (beat,) = Wanting().tells(Room(answers={"wanting-after": answers}))
    assert beat.blocks[0].change == -1
    assert len(beat.blocks[0].pairs) == 5
    assert "not validated" in words(beat.blocks)


def test_then_and_now_of_rooms_are_compared_without_linking_persons():
    after = tuple([6, 6, 6, 5 + n % 2, 7] for n in range(6))
    before = tuple([3, 3, 3, 2 + n % 2, 7] for n in range(6))
    told = Wanting().tells(Room(answers={"wanting-after": after, "wanting-before": before}))
    assert "no proof of a cause" in words(told[-1].blocks)


def test_cronbachs_alpha_of_items_that_move_together_is_one():
    assert cronbach([[1, 1, 1, 1], [4, 4, 4, 4], [7, 7, 7, 7]]) == pytest.approx(1)
    assert cronbach([[2, 2], [2, 2]]) is None


# pre-work ------------------------------------------------------------------------------------


def test_prework_is_open_from_the_start_counted_and_locked_once_the_room_has_begun():
    room = Played(LIBRARY)
    room.answer("wanting-before", "early")
    assert room.session.prepared == 1
    assert room.session.tells("wanting-before") == ()
    room.press()
    assert room.session.now == "wanting-before"
    assert room.session.takes("wanting-before")
    assert not room.session.takes("gap-before")
    room.go_to("gap-before", Phase.OPEN)
    assert room.session.takes("gap-before")
    room.answer("gap-before", "late")
    room.go_to("gap-before", Phase.REVEALED)
    assert not room.session.takes("gap-before")


def test_a_live_session_without_prework_starts_with_nothing_open():
    session = Session.of(make_plan(), "ABCD2345", (HOST.id,))
    assert session.prework == ()
    assert not any(session.takes(step.id) for step in session.plan.steps)


def test_what_a_step_looks_back_at_is_there_once_the_room_may_see_it():
    room = Played(LIBRARY)
    room.revealed("own-lens", 6).answered("lens", 6)
    assert "lens-own" not in room.session.columns("lens")
    room.go_to("lens", Phase.REVEALED)
    assert len(room.session.room("lens").answers["lens-own"]) == 6
