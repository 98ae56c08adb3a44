"""What makes a commitment hold: hints for its leader, and measures read from words."""

import datetime as dt
from random import Random

import pytest

from outside_in.content import Speaker
from outside_in.domain.blocks import Points, Promise
from outside_in.domain.commitment import bare_score, measure, rules
from outside_in.domain.errors import BadAnswer
from outside_in.domain.exercise import Room
from outside_in.domain.text import Text
from tests.conftest import DAY, PLAN

CARD = next(step.exercise for step in PLAN.steps if step.id == "commit")
GOOD = {
    "when": "ich montags die Wochenzahlen öffne",
    "then": "lese ich zuerst fünf Kommentare",
    "about": Text.same("Umzug"),
    "measure": "Nachfragen je Umzug: 2,1 → 1,5",
    "obstacle": "Montag ist voll",
    "plan": "Ich lese im Zug",
    "due": DAY + dt.timedelta(days=60),
}


def met(**changed):
    return [rule.met for rule in rules(Promise(id="1", **{**GOOD, **changed}), DAY)]


def test_a_good_card_has_all_six():
    assert met() == [True] * 6


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"then": "bin ich kundenorientierter als bisher"}, 0),
        ({"then": "improve our customer focus a lot"}, 0),
        ({"then": "helfe"}, 0),
        ({"when": "immer"}, 1),
        ({"when": "From now on"}, 1),
        ({"due": DAY + dt.timedelta(days=91)}, 2),
        ({"measure": "alle merken es"}, 3),
        ({"about": None}, 4),
        ({"plan": ""}, 5),
    ],
)
def test_each_rule_misses_one_thing_and_only_that(changed, place):
    assert [n for n, fine in enumerate(met(**changed)) if not fine] == [place]


@pytest.mark.parametrize("words", ["NPS +10", "Kundenzufriedenheit: 3,9 → 4,2", "CSAT survey: 70 to 80"])
def test_a_bare_survey_score_is_noticed(words):
    assert bare_score(words)


@pytest.mark.parametrize("words", ["Nachfragen je Umzug: 2,1 → 1,5", "Rückrufe vor der NPS-Umfrage: 0 → 4", "5 visits"])
def test_what_somebody_counts_is_no_bare_score(words):
    assert not bare_score(words)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Nachfragen je Umzug: 2,1 → 1,5 (Hotline)", ("Nachfragen je Umzug", 2.1, 1.5, "Hotline")),
        ("Repeat contacts 2.1 -> 1.5", ("Repeat contacts", 2.1, 1.5, "")),
        ("Rückrufe von 0 auf 4, Quelle: Ticketsystem", ("Rückrufe von", 0, 4, "Ticketsystem")),
        ("Alle merken es", ("Alle merken es", None, None, "")),
        ("", ("", None, None, "")),
    ],
)
def test_a_measure_is_read_from_its_words(words, read):
    found = measure(words)
    assert (found.name, found.baseline, found.target, found.source) == read


# the card ----------------------------------------------------------------------------------


def values(**changed):
    return {**CARD.rehearse(Random(3)), **changed}


def test_at_most_five_inputs_stand_open_on_the_phone():
    assert [q.id for q in CARD.asks() if q.fold is None] == ["when", "then", "measure", "first", "due"]
    assert {q.id for q in CARD.asks()} >= {"about", "owner", "shown", "obstacle", "plan", "partner", "gives", "sure"}


def test_theme_and_touchpoint_are_filled_in_beforehand():
    start = {q.id: q.start for q in CARD.asks() if q.id in ("about", "shown")}
    assert start == {"about": "theme-t1", "shown": "room"}


def test_a_leader_makes_two_commitments_at_the_most():
    own = Room.of_one(values(when2="ich im Auto sitze", then2="rufe ich eine Kundin an"))
    first, second = CARD.mine(own)
    assert (second.when, second.then) == ("ich im Auto sitze", "rufe ich eine Kundin an")
    assert first.id != second.id
    assert len(CARD.mine(Room.of_one(values()))) == 1


def test_half_a_second_commitment_is_refused():
    with pytest.raises(BadAnswer):
        CARD.check(Room.of_one(values(when2="ich im Auto sitze")))


@pytest.mark.parametrize("due", [DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=91)])
def test_a_date_in_the_past_or_too_far_off_is_refused_in_one_sentence(due):
    with pytest.raises(BadAnswer) as refused:
        CARD.check(Room.of_one(values(due=due.isoformat())))
    assert "25. November 2026" in Speaker("de")(refused.value.line)


def test_hints_are_for_its_leader_while_it_can_be_changed(room):
    room.go_to("commit", "open")
    own = values(then="bin ich kundenorientierter als bisher", measure="NPS")
    hints = room.session.advice("commit", own)
    assert any(isinstance(block, Points) for block in hints)
    room.go_to("commit", "closed")
    assert room.session.advice("commit", own) == ()


def test_sessions_from_before_ask_what_they_asked():
    old = CARD.model_copy(update={"more": False})
    assert [q.id for q in old.asks()] == ["when", "then", "about", "measure", "first", "due", "owner", "shown"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Wenn ich montags die Zahlen öffne", "ich montags die Zahlen öffne"),
        ("wenn … ich anrufe", "ich anrufe"),
        ("When I open the figures", "I open the figures"),
        ("Wenngleich ich wenig Zeit habe", "Wenngleich ich wenig Zeit habe"),
        ("Wenn", "Wenn"),
    ],
)
def test_who_types_the_if_of_the_sentence_frame_does_not_read_it_twice(typed, kept):
    own = Room.of_one(values(when=typed, then=f"dann {GOOD['then']}"))
    (card,) = CARD.pledges(own)[0]
    assert (card.when, card.then) == (kept, GOOD["then"])
