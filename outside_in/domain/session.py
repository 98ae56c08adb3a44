"""
A running workshop: its plan, what happened so far, and who may see what of it.

The first line of every verb is the right. It is asked inside the store's turn, of the session
as it is now; a button that is not drawn protects nothing.
"""

from collections.abc import Mapping
from random import Random
from typing import Literal

from pydantic import JsonValue

from outside_in.domain import events
from outside_in.domain.blocks import Beat, Block, TooFew, beat
from outside_in.domain.course import Answer, Course, StepEvent
from outside_in.domain.errors import NotAllowed, NotOpen, WorkshopError
from outside_in.domain.events import SessionEvent
from outside_in.domain.exercise import Exercise, Room, Values
from outside_in.domain.fold import Fold
from outside_in.domain.model import Model
from outside_in.domain.people import Principal
from outside_in.domain.plan import NEXT, Phase, Plan, Step
from outside_in.domain.visible import growing, in_fives, reference, released, taken_home

SHOWN = (Phase.REVEALED, Phase.DISCUSSED)
QUIET = {"joined", "answered", "blacked", "cleared", "forgotten", "linked", "unlinked", "checked-in", "thanked"}
"""What happens without concerning every phone; five hundred of them would redraw each other."""


class Locked(WorkshopError):
    message = "You have already answered this. Your answer stays as it is."
    code = "locked"


class Contribution(Model):
    """One text waiting to be read by the facilitator."""

    step: str
    ref: str
    words: str
    shown: bool


class Session(Fold):
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
    ) -> "Session":
        first = plan.steps[0]
        courses = {step.id: Course(phase=Phase.OPEN) for step in plan.steps if step.before and step.asks}
        if pace == "self":
            courses = {s.id: Course(phase=Phase.OPEN if s.asks else Phase.REVEALED) for s in plan.steps}
        elif not first.asks:
            courses[first.id] = Course(phase=Phase.REVEALED)
        return cls(code=code, plan=plan, hosts=hosts, pace=pace, now=first.id, courses=courses, due=due)

    # what people may do -------------------------------------------------

    def join(self, by: Principal, name: str = "") -> events.Joined | None:
        self._must_be_leader(by)
        if self.ended:
            raise NotOpen
        known = self.joined.get(by.id)
        return None if known is not None and known == name else events.Joined(who=by.id, name=name)

    def answer(self, by: Principal, step: str, values: Values, *, tag: str, receipt: str) -> events.Answered | None:
        """`tag` stands for the leader in an anonymous step; None when `receipt` was saved before."""
        test = by.role != "leader"
        if test:
            self.must_run(by)
        else:
            self._must_be_leader(by)
        if self.course(step).knows(receipt):
            return None
        exercise, course = self.step(step).exercise, self.course(step)
        if not self.takes(step) or not exercise.asks():
            raise NotOpen
        who = by.id if exercise.privacy == "named" and not test else tag
        if self.pace == "self" and who in course.answers:
            raise Locked
        said = {question.id: values.get(question.id) for question in exercise.asks()}
        exercise.check(Room.of_one(said))
        return events.Answered(step=step, who=who, values=said, receipt=receipt, test=test)

    def press(self, by: Principal, seen: int, at: float, chance: Random) -> SessionEvent | None:
        """The primary button: the next legal move, unless the session has moved on since `seen`."""
        self.must_run(by)
        if seen != self.moved or self.ended:
            return None
        ahead = self.ahead(at)
        if isinstance(ahead, events.Moved) and ahead.to is Phase.CLOSED:
            return self._closing(ahead, chance)
        return ahead

    def back(self, by: Principal, seen: int, at: float) -> events.Moved | None:
        """One beat, phase or step back on all screens; nothing that was closed opens again."""
        self.must_run(by)
        return None if seen != self.moved else self.behind(at)

    def skip(self, by: Principal, seen: int, at: float) -> events.Moved | None:
        """Leave the step as it is; one that takes answers must be closed first."""
        self.must_run(by)
        if seen != self.moved:
            return None
        if self.course(self.now).phase in (Phase.OPEN, Phase.PAUSED) or not self.following:
            raise NotAllowed
        return self._entering(self.following, at)

    def pause(self, by: Principal, seen: int, at: float) -> events.Moved | None:
        self.must_run(by)
        if seen != self.moved:
            return None
        return self._going(Phase.PAUSED, at)

    def close(self, by: Principal, step: str, at: float, chance: Random) -> SessionEvent | None:
        """A step's deadline has passed: the clock's own move, and the facilitator's in self-paced ones."""
        if by.role != "clock":
            self.must_run(by)
        if self.course(step).phase is not Phase.OPEN:
            return None
        return self._closing(events.Moved(step=step, to=Phase.CLOSED, at=at), chance)

    def time(self, by: Principal, seconds: int, at: float) -> events.Timed:
        """Lengthen or shorten the step's clock; it is never set into the past."""
        self.must_run(by)
        until = self.course(self.now).until or at
        return events.Timed(step=self.now, until=max(at, until) + seconds if seconds > 0 else max(at, until + seconds))

    def blacken(self, by: Principal, on: bool) -> events.Blacked | None:
        self.must_run(by)
        return None if on == self.black else events.Blacked(on=on)

    def judge(self, by: Principal, step: str, text: str, shown: bool) -> events.Judged | None:
        self.must_run(by)
        course = self.course(step)
        if self.step(step).exercise.privacy == "anonymous" and not course.closed:
            raise NotOpen
        already = text in course.shown if shown else text in course.hidden
        return None if already else events.Judged(step=step, text=text, shown=shown)

    def clear(self, by: Principal) -> events.Cleared | None:
        self.must_run(by)
        return events.Cleared() if self.rehearsed else None

    def forget(self, by: Principal, who: str) -> events.Forgotten | None:
        """A leader's own wish (`who` is the leader, or a tag only that leader can make), or retention."""
        if by.role not in ("clock", "operator"):
            self._must_be_leader(by)
        known = who in self.joined or any(who in course.answers for course in self.courses.values())
        return events.Forgotten(who=who, step=self._rests_on(who)) if known else None

    def end(self, by: Principal, at: float) -> events.Ended | None:
        self.must_run(by)
        return None if self.ended else events.Ended(at=at)

    def resume(self, by: Principal, at: float) -> events.Resumed | None:
        self.must_run(by)
        return events.Resumed(at=at) if self.ended else None

    def must_run(self, by: Principal) -> None:
        by.must_be("facilitator", "operator")
        if by.role == "facilitator" and by.id not in self.hosts:
            raise NotAllowed

    def _must_be_leader(self, by: Principal) -> None:
        by.must_be("leader")
        if by.code != self.code:
            raise NotAllowed

    # what can come next -------------------------------------------------

    def ahead(self, at: float = 0.0) -> events.Moved | events.Ended | None:
        """What the primary button does now; None once the session has ended."""
        if self.ended:
            return None
        step, course = self.step(self.now), self.course(self.now)
        match course.phase:
            case Phase.PREPARED:
                return self._going(Phase.OPEN if step.asks else Phase.REVEALED, at)
            case Phase.OPEN:
                return self._going(Phase.CLOSED, at)
            case Phase.PAUSED:
                return self._going(Phase.OPEN, at)
            case Phase.CLOSED:
                return self._going(Phase.REVEALED, at)
            case Phase.REVEALED if course.beat < len(self._told(self.now)):
                return self._going(Phase.REVEALED, at, course.beat + 1)
            case Phase.REVEALED if step.debrief:
                return self._going(Phase.DISCUSSED, at, course.beat)
        return self._entering(self.following, at) if self.following else events.Ended(at=at)

    def behind(self, at: float = 0.0) -> events.Moved | None:
        step, course = self.step(self.now), self.course(self.now)
        match course.phase:
            case Phase.OPEN:
                return self._going(Phase.PAUSED, at)
            case Phase.DISCUSSED:
                return self._going(Phase.REVEALED, at, course.beat)
            case Phase.REVEALED if course.beat > 1:
                return self._going(Phase.REVEALED, at, course.beat - 1)
        place = self.plan.steps.index(step)
        return self._entering(self.plan.steps[place - 1], at) if place else None

    @property
    def following(self) -> Step | None:
        place = self.plan.steps.index(self.step(self.now))
        return self.plan.steps[place + 1] if place + 1 < len(self.plan.steps) else None

    def _going(self, to: Phase, at: float, beat: int = 1) -> events.Moved:
        phase = self.course(self.now).phase
        if to is not phase and to not in NEXT[phase] and (phase, to) != (Phase.DISCUSSED, Phase.REVEALED):
            raise NotAllowed
        starts = (phase, to) == (Phase.PREPARED, Phase.OPEN)
        until = at + 60 * self.step(self.now).minutes if starts else None
        return events.Moved(step=self.now, to=to, beat=beat, until=until, at=at)

    def _entering(self, step: Step, at: float) -> events.Moved:
        course = self.course(step.id)
        fresh = course.phase is Phase.PREPARED and not step.asks
        until = at + 60 * step.minutes if course.phase is Phase.OPEN and course.until is None else None
        to = Phase.REVEALED if fresh else course.phase
        return events.Moved(step=step.id, to=to, beat=course.beat, until=until, at=at)

    def _closing(self, move: events.Moved, chance: Random) -> SessionEvent:
        exercise, answers = self.step(move.step).exercise, self.course(move.step).answers
        if exercise.privacy == "named":
            return move
        counted = self._counted(move.step)
        real, test = [a for a in counted if not a.test], [a for a in answers.values() if a.test]
        return events.Closed(
            step=move.step,
            at=move.at,
            said=_columns(real, chance),
            test=_columns(test, chance),
            receipts=tuple(sorted(a.receipt for a in answers.values() if not a.test)),
            test_receipts=tuple(sorted(a.receipt for a in test)),
            spent=tuple(sorted(receipt for a in answers.values() for receipt in a.spent)),
        )

    def _counted(self, step: str) -> list[Answer]:
        """
        What a close keeps: everything, but at one's own pace no more than was shown before.

        Two answers that came after the last five would be told by what changes.
        """
        course = self.course(step)
        every = list(course.answers.values())
        if self.pace == "self":
            return [] if course.withdrawn else every[: in_fives(len(every))]
        return every

    def _rests_on(self, who: str) -> str:
        """The anonymous step whose growing result `who` is part of."""
        for step, course in self.courses.items() if self.pace == "self" else ():
            shown = list(course.answers)[: in_fives(len(course.answers))]
            if who in shown and self.step(step).exercise.privacy == "anonymous":
                return step
        return ""

    # what follows from it -----------------------------------------------

    def after(self, event: SessionEvent, version: int) -> "Session":
        moves = {} if event.kind in QUIET else {"moved": version}
        return self.model_copy(update={"version": version, **moves, **self._changes(event)})

    def _changes(self, event: SessionEvent) -> dict[str, object]:
        match event:
            case events.Joined(who=who, name=name):
                return {"joined": {**self.joined, who: name}}
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
                return {"courses": courses, "joined": joined, "followed": followed}
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

    # who may see what ---------------------------------------------------

    def step(self, id: str) -> Step:
        for step in self.plan.steps:
            if step.id == id:
                return step
        raise NotOpen

    def course(self, step: str) -> Course:
        return self.courses.get(step, Course())

    def takes(self, step: str) -> bool:
        """Answers to it count; pre-work is locked once the room has begun, until the room gets there."""
        early = self.step(step).before and self.pace == "live" and step != self.now and self.started is not None
        return self.course(step).phase is Phase.OPEN and not self.ended and not early

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

    def said_by(self, step: str, who: str) -> Values | None:
        """An answer while its step still knows whose it is."""
        answer = self.course(step).answers.get(who)
        return answer.values if answer else None

    def shows(self, step: str) -> bool:
        return self.pace == "self" or self.course(step).phase in SHOWN

    def tells(self, step: str) -> tuple[Beat, ...]:
        """For the room: nothing before the reveal, nothing beyond the beat, nothing of too few."""
        if not self.shows(step):
            return ()
        told = self._told(step)
        return told if self.pace == "self" else told[: self.course(step).beat]

    def outcome(self, step: str) -> tuple[Beat, ...]:
        """All of a step, for what is taken home; as withheld as `tells`."""
        return self._told(step) if self.shows(step) else ()

    def mine(self, step: str, own: Values | None) -> tuple[Block, ...]:
        """For its author; `own` comes from the leader's notebook, a closed step no longer knows whose."""
        if not own or not self.shows(step):
            return ()
        return self.step(step).exercise.mine(Room.of_one(own))

    def advice(self, step: str, own: Values | None) -> tuple[Block, ...]:
        """For its author, as long as the answer can still be changed."""
        if not own or self.course(step).phase not in (Phase.OPEN, Phase.PAUSED):
            return ()
        return self.step(step).exercise.advise(Room.of_one(own))

    def texts(self, by: Principal) -> tuple[Contribution, ...]:
        """What waits for the facilitator: free words of closed anonymous steps."""
        self.must_run(by)
        return tuple(text for step in self.plan.steps for text in self._texts(step))

    def room(self, step: str) -> Room | None:
        """What was said, as far as the room may know it."""
        exercise, course = self.step(step).exercise, self.course(step)
        said = self.columns(step)
        if self.pace == "self" and exercise.privacy == "anonymous" and not course.closed:
            said = {} if course.withdrawn else growing(said)
        room = released(exercise, said, course.shown)
        return room and self._beside(exercise.looks_back, room)

    def _beside(self, earlier: str, room: Room) -> Room:
        """With what the room knows of an earlier step; columns of two steps, never rows of a person."""
        if not any(step.id == earlier for step in self.plan.steps) or not self.shows(earlier):
            return room
        before = self.room(earlier)
        return Room(answers={**before.answers, **room.answers}) if before else room

    def without_answers(self) -> "Session":
        """The same course of the room, but nobody's words: for whoever may see results only."""
        courses = {
            id: course.model_copy(update={"answers": {}, "closed": None, "shown": frozenset()})
            for id, course in self.courses.items()
        }
        return self.model_copy(update={"courses": courses, "joined": {}, "followed": ()})

    def discreet(self) -> "Session":
        """As its facilitator takes it home: no answer of few, none of an open step, no name from the door."""
        courses = {id: self._discreet(self.step(id).exercise, course) for id, course in self.courses.items()}
        return self.model_copy(update={"courses": courses, "joined": dict.fromkeys(self.joined, "")})

    @staticmethod
    def _discreet(exercise: Exercise, course: Course) -> Course:
        if exercise.privacy == "named":
            return course
        if not course.closed:
            rehearsal = all(answer.test for answer in course.answers.values())
            return course if rehearsal else course.model_copy(update={"answers": {}})
        said, test = taken_home(exercise, course.closed.said, course.closed.test, course.shown)
        closed = course.closed.model_copy(update={"said": said, "test": test})
        return course.model_copy(update={"closed": closed})

    def columns(self, step: str) -> dict[str, tuple[JsonValue, ...]]:
        """Raw answers by question, simulated ones last; never shown without `room`'s rule."""
        course, asks = self.course(step), self.step(step).exercise.asks()
        if closed := course.closed:
            return {q.id: (*closed.said.get(q.id, ()), *closed.test.get(q.id, ())) for q in asks}
        seen = [a for who, a in course.answers.items() if who not in course.hidden]
        return {q.id: tuple(a.values.get(q.id) for a in seen) for q in asks}

    def _told(self, step: str) -> tuple[Beat, ...]:
        exercise, room = self.step(step).exercise, self.room(step)
        too_few = (beat(TooFew(fewest=exercise.fewest)),)
        return too_few if room is None else exercise.tells(room) or too_few

    def _texts(self, step: Step) -> list[Contribution]:
        course = self.course(step.id)
        if not course.closed:
            return []
        columns = self.columns(step.id)
        return [
            Contribution(step=step.id, ref=ref, words=str(raw), shown=ref in course.shown)
            for question in step.exercise.asks()
            if question.moderated
            for place, raw in enumerate(columns[question.id])
            if raw and (ref := reference(question.id, place))
        ]


def _columns(answers: list[Answer], chance: Random) -> dict[str, tuple[JsonValue, ...]]:
    """Each question on its own, so that no row is a person."""
    columns: dict[str, tuple[JsonValue, ...]] = {}
    for id in answers[0].values if answers else ():
        column = [answer.values[id] for answer in answers]
        chance.shuffle(column)
        columns[id] = tuple(column)
    return columns
