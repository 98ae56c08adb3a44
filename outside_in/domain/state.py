"""Where a session stands: what happened so far, folded; no rights and no rules about what may be seen."""

from collections.abc import Mapping
from typing import Literal, Self

from outside_in.domain import events
from outside_in.domain.course import Course, StepEvent
from outside_in.domain.errors import NotOpen
from outside_in.domain.events import SessionEvent
from outside_in.domain.fold import Fold
from outside_in.domain.plan import Phase, Plan, Step

FOLLOWED = {"linked", "unlinked", "checked-in", "thanked"}
QUIET = {"joined", "answered", "blacked", "cleared", "forgotten", "counted", "shortened", "hosted"} | FOLLOWED
"""What happens without concerning every phone; five hundred of them would redraw each other."""


class State(Fold):
    plan: Plan
    hosts: tuple[str, ...]
    """Accounts that may run it."""
    pace: Literal["live", "self"] = "live"
    moved: int = 0
    """Version of the last event that concerns every phone."""
    now: str
    courses: Mapping[str, Course] = {}
    joined: Mapping[str, str] = {}
    """By leader: the name, if one was given."""
    remote: frozenset[str] = frozenset()
    """Of them, who takes part from somewhere else."""
    shortened: Mapping[str, int] = {}
    """By step: its minutes since the facilitator made up for lost time."""
    followed: tuple[events.AnyFollowUp, ...] = ()
    """What became of its commitments, in the order in which it was told; see `follow`."""
    black: bool = False
    started: float | None = None
    ended: float | None = None
    due: float | None = None
    """A self-paced session closes by then; seconds since the epoch."""

    @classmethod
    def of(
        cls,
        plan: Plan,
        code: str,
        hosts: tuple[str, ...],
        pace: Literal["live", "self"] = "live",
        due: float | None = None,
    ) -> Self:
        first = plan.steps[0]
        courses = {step.id: Course(phase=Phase.OPEN) for step in plan.steps if step.before and step.asks}
        if pace == "self":
            courses = {s.id: Course(phase=Phase.OPEN if s.asks else Phase.REVEALED) for s in plan.steps}
        elif not first.asks:
            courses[first.id] = Course(phase=Phase.REVEALED)
        return cls(code=code, plan=plan, hosts=hosts, pace=pace, now=first.id, courses=courses, due=due)

    def after(self, event: SessionEvent, version: int) -> Self:
        moves = {} if event.kind in QUIET else {"moved": version}
        return self.model_copy(update={"version": version, **moves, **self._changes(event)})

    def _changes(self, event: SessionEvent) -> dict[str, object]:
        match event:
            case events.Joined(who=who, name=name, remote=remote):
                away = self.remote | {who} if remote else self.remote - {who}
                return {"joined": {**self.joined, who: name}, "remote": away}
            case events.Moved(step=step):
                return {"now": step, **self._begun(event), **self._stepped(event)}
            case events.Blacked(on=on):
                return {"black": on}
            case events.Cleared():
                tests = {w for c in self.courses.values() for w, a in c.answers.items() if a.test}
                courses = {id: course.cleared() for id, course in self.courses.items()}
                return {"courses": courses, "followed": tuple(e for e in self.followed if e.who not in tests)}
            case events.Forgotten(who=who, step=step):
                courses = {id: course.without(who, withdrawn=id == step) for id, course in self.courses.items()}
                joined = {id: name for id, name in self.joined.items() if id != who}
                followed = tuple(event for event in self.followed if event.who != who)
                return {"courses": courses, "joined": joined, "followed": followed, "remote": self.remote - {who}}
            case events.Shortened(minutes=minutes):
                return {"shortened": {**self.shortened, **minutes}}
            case events.Hosted(account=account, on=on):
                others = tuple(host for host in self.hosts if host != account)
                return {"hosts": (*others, account) if on else others}
            case events.Linked() | events.Unlinked() | events.CheckedIn() | events.Thanked():
                return {"followed": (*self.followed, event)}
            case events.Ended(at=at):
                return {"ended": at}
            case events.Resumed():
                return {"ended": None}
            case _:
                return self._stepped(event)

    def _stepped(self, event: StepEvent) -> dict[str, object]:
        return {"courses": {**self.courses, event.step: self.course(event.step).after(event)}}

    def _begun(self, event: events.Moved) -> dict[str, object]:
        return {"started": event.at} if self.started is None else {}

    def step(self, id: str) -> Step:
        for step in self.plan.steps:
            if step.id == id:
                return step
        raise NotOpen

    def minutes(self, step: Step) -> int:
        return self.shortened.get(step.id, step.minutes)

    def course(self, step: str) -> Course:
        return self.courses.get(step, Course())

    def takes(self, step: str) -> bool:
        """Answers to it count; pre-work is locked once the room has begun, until the room gets there."""
        early = self.step(step).before and self.pace == "live" and step != self.now and self.started is not None
        return self.course(step).phase is Phase.OPEN and not self.ended and not early

    def final(self, step: str) -> bool:
        """An answer is its leader's last: who has seen what customers say does not predict it any more."""
        return self.pace == "self" or self.step(step).reveal == "on_submit"

    @property
    def prework(self) -> tuple[Step, ...]:
        """What can be answered before the room meets."""
        return tuple(step for step in self.plan.steps if step.before and step.asks) if self.pace == "live" else ()

    @property
    def prepared(self) -> int:
        """Leaders who have done some of it: a count, and nothing else of it is shown before."""
        return max((self.answered(step.id) for step in self.prework), default=0)

    @property
    def asks(self) -> Step | None:
        """The step that takes answers in the room now."""
        open_now = self.course(self.now).phase is Phase.OPEN and not self.ended
        return self.step(self.now) if open_now else None

    def answered(self, step: str) -> int:
        return self.course(step).answered

    @property
    def present(self) -> int:
        """Leaders in the room, simulated ones included."""
        tests = {w for c in self.courses.values() for w, a in c.answers.items() if a.test}
        return max(len(self.joined) + len(tests), self.answered(self.now))

    @property
    def rehearsed(self) -> int:
        """Answers of simulated leaders that are still in."""
        return sum(course.rehearsed for course in self.courses.values())
