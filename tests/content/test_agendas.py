"""Every agenda keeps the time its name promises, speaks both languages, and can be held from beginning to end."""

import re

import pytest

from outside_in.content import library
from outside_in.domain.plan import Phase
from tests.conftest import Room, make_plan

AGENDAS = {agenda.id: agenda for agenda in library().agendas}
MINUTES = {"120-minutes": 120, "half-day": 210, "15-minute-ritual": 15, "two-weeks-plus-60": 60}
ready = pytest.mark.parametrize("id", MINUTES)


@ready
def test_it_lasts_as_long_as_its_name_says(id):
    assert AGENDAS[id].minutes == MINUTES[id]


@ready
def test_every_step_tells_the_facilitator_what_to_do_in_both_languages(id):
    for step in AGENDAS[id].steps:
        assert len(step.notes.de) > 40, step.id
        assert len(step.notes.en) > 40, step.id
        assert all(question.de.endswith("?") and question.en.endswith("?") for question in step.debrief), step.id


@ready
def test_leaders_can_walk_it_to_the_end(id):
    plan = make_plan(id)
    assert [step.id for step in plan.steps] == [step.id for step in AGENDAS[id].steps]
    room = Room(plan)
    for step in plan.steps:
        if step.asks:
            room.answered(step.id, 6)
        room.go_to(step.id, Phase.REVEALED)
    while not room.session.ended:
        room.press()


def test_what_is_answered_alone_comes_before_the_room_needs_it():
    """Pre-work is open from the start; what looks back at it stands after it."""
    steps = AGENDAS["two-weeks-plus-60"].steps
    early = [step.id for step in steps if step.before]
    assert set(early) >= {"own-lens", "foresee", "errand", "errand-log"}
    for place, step in enumerate(steps):
        earlier = step.exercise.looks_back
        assert not earlier or earlier in [known.id for known in steps[:place]], step.id
    assert sum(step.minutes for step in steps if step.before) <= 35


def test_german_content_is_set_as_german_is():
    """Quotation marks „…“, no straight ones; a dash is a dash, and three dots are one sign."""
    for agenda in AGENDAS.values():
        said = re.findall(r"de='((?:[^'\\]|\\.)*)'", repr(agenda))
        assert said
        assert not [text for text in said if '"' in text or " - " in text or "..." in text or "  " in text]
