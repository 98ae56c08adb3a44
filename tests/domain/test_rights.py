"""
Who may do what in a session: every verb, every actor, every phase.

A verb asks for the right before anything else. So whoever lacks it is refused in the same way in
every phase, and whoever has it fares exactly like the operator does: what then goes or does not go
is a matter of the phase and no longer of the person.
"""

from random import Random

import pytest

from outside_in.domain.errors import NotAllowed, WorkshopError
from outside_in.domain.people import CLOCK, OPERATOR, Principal
from outside_in.domain.plan import Phase
from tests.conftest import HOST, Room, leader

CODE = "ABCD2345"
ACTORS = {
    "nobody": Principal(),
    "leader": leader(),
    "leader of another session": leader(code="ZZZZ2345"),
    "stage": Principal(role="stage", id="s", code=CODE),
    "host": HOST,
    "another facilitator": Principal(role="facilitator", id="stranger"),
    "facilitator by a code alone": Principal(role="facilitator", id="", code=CODE),
    "consultant": Principal(role="consultant", id="c", code="WORKSHOP"),
    "author of a check-in": Principal(role="author", id="ada", code=CODE),
    "partner": Principal(role="partner", id="ada", code=CODE),
    "clock": CLOCK,
    "operator": OPERATOR,
}
RUNS = {"host", "operator"}
PHASES = (*Phase, "ended")
VERBS = {
    "join": ({"leader"}, lambda s, by: s.join(by)),
    "answer": ({"leader", *RUNS}, lambda s, by: s.answer(by, "lever", VALUES, tag="t", receipt="r")),
    "press": (RUNS, lambda s, by: s.press(by, s.moved, 9.0, Random(1))),
    "back": (RUNS, lambda s, by: s.back(by, s.moved, 9.0)),
    "skip": (RUNS, lambda s, by: s.skip(by, s.moved, 9.0)),
    "pause": (RUNS, lambda s, by: s.pause(by, s.moved, 9.0)),
    "close": ({"clock", *RUNS}, lambda s, by: s.close(by, "lever", 9.0, Random(1))),
    "again": (RUNS, lambda s, by: s.again(by, s.moved, 9.0)),
    "reset": (RUNS, lambda s, by: s.reset(by, s.moved, 9.0)),
    "restore": (RUNS, lambda s, by: s.restore(by, s.moved, 9.0)),
    "count": (RUNS, lambda s, by: s.count(by, "lever", {})),
    "shorten": (RUNS, lambda s, by: s.shorten(by, 9.0)),
    "host": (RUNS, lambda s, by: s.host(by, "other", True)),
    "time": (RUNS, lambda s, by: s.time(by, 60, 9.0)),
    "blacken": (RUNS, lambda s, by: s.blacken(by, True)),
    "judge": (RUNS, lambda s, by: s.judge(by, "lever", "lever:0", True)),
    "texts": (RUNS, lambda s, by: s.texts(by)),
    "clear": (RUNS, lambda s, by: s.clear(by)),
    "forget": ({"leader", "clock", "operator"}, lambda s, by: s.forget(by, "leader 0")),
    "end": (RUNS, lambda s, by: s.end(by, 9.0)),
    "resume": (RUNS, lambda s, by: s.resume(by, 9.0)),
}
VALUES = Room().values("lever")
REFERENCE = {"join": "leader", "forget": "operator"}
"""Whose fate the others are compared with; the operator joins nothing."""


def in_phase(phase):
    room = Room()
    if phase == "ended":
        room.revealed("lever", 6)
        room.apply(room.session.end(HOST, 5.0))
    elif phase is Phase.PREPARED:
        room.go_to("lever", phase)
    elif phase is Phase.PAUSED:
        room.answered("lever", 6)
        room.apply(room.session.pause(HOST, room.session.moved, 5.0))
    else:
        room.answered("lever", 6)
        room.go_to("lever", phase)
    return room.session


SESSIONS = {}


def session_in(phase):
    """Made once: nothing changes a session."""
    if phase not in SESSIONS:
        SESSIONS[phase] = in_phase(phase)
    return SESSIONS[phase]


def fate(act, session, by):
    """What happened without who did it, or the kind of refusal."""
    try:
        happened = act(session, by)
    except WorkshopError as refusal:
        return type(refusal)
    return happened.kind if hasattr(happened, "kind") else happened


def reachable(phase):
    """The vote of this agenda ends with its reveal; a step with a debrief is discussed."""
    return phase is not Phase.DISCUSSED or bool(Room().session.step("lever").debrief)


def test_the_matrix_is_as_large_as_it_says():
    assert len(ACTORS) * len(VERBS) * len([phase for phase in PHASES if reachable(phase)]) >= 1500


@pytest.mark.parametrize("phase", [phase for phase in PHASES if reachable(phase)])
@pytest.mark.parametrize("verb", VERBS)
def test_rights_come_first_and_are_the_same_in_every_phase(verb, phase):
    may, act = VERBS[verb]
    session = session_in(phase)
    due = fate(act, session, ACTORS[REFERENCE.get(verb, "operator")])
    for name, by in ACTORS.items():
        assert fate(act, session, by) == (due if name in may else NotAllowed), name
