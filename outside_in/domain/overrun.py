"""A room that is late: how late, and what can become shorter so that it still ends on time."""

from collections.abc import Mapping
from math import ceil

from outside_in.domain.plan import Step
from outside_in.domain.state import State

MINUTE = 60
KEPT = 0.5
"""No block is cut below this share of its minutes; less of it would no longer be the exercise."""


def late(session: State, at: float) -> int:
    """Minutes by which the room will miss its end, as things stand; negative: what the step at hand has left."""
    if session.started is None:
        return 0
    ahead = ahead_of(session)
    planned = sum(step.minutes for step in session.plan.steps) - sum(map(session.minutes, ahead))
    return round((at - session.started) / MINUTE) - planned


def ahead_of(session: State) -> tuple[Step, ...]:
    """The steps after the one at hand."""
    place = [step.id for step in session.plan.steps].index(session.now)
    return session.plan.steps[place + 1 :]


def shorter(session: State, at: float) -> Mapping[str, int]:
    """New minutes for the blocks ahead that can shrink, in proportion to what each can give; empty: nothing to do."""
    over = late(session, at)
    can = {step: _spare(session, step) for step in ahead_of(session) if step.shrinkable}
    spare = sum(can.values())
    if over <= 0 or not spare:
        return {}
    wanted, found = min(over, spare), {}
    for step, most in can.items():
        cut = min(most, ceil(wanted * most / spare)) if spare else 0
        wanted, spare = wanted - cut, spare - most
        if cut:
            found[step.id] = session.minutes(step) - cut
    return found


def _spare(session: State, step: Step) -> int:
    return max(0, session.minutes(step) - ceil(KEPT * step.minutes))
