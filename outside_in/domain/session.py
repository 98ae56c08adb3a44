"""
A running workshop: its plan, what happened so far, and who may see what of it.

The first line of every verb is the right. It is asked inside the store's turn, of the session
as it is now; a button that is not drawn protects nothing.
"""

from random import Random

from pydantic import JsonValue

from outside_in.domain import events, overrun, rounds
from outside_in.domain.course import Answer
from outside_in.domain.errors import NotAllowed, NotOpen, WorkshopError
from outside_in.domain.events import SessionEvent
from outside_in.domain.exercise import Room, Values
from outside_in.domain.people import Principal
from outside_in.domain.plan import NEXT, Phase, Step
from outside_in.domain.showing import SHOWN, Contribution, Showing
from outside_in.domain.visible import in_fives


class Locked(WorkshopError):
    message = "You have already answered this. Your answer stays as it is."
    code = "locked"


class Session(Showing):
    # what people may do -------------------------------------------------

    def join(self, by: Principal, name: str = "", *, remote: bool = False) -> events.Joined | None:
        self._must_be_leader(by)
        if self.ended:
            raise NotOpen
        known = self.joined.get(by.id) == name and (by.id in self.remote) == remote
        return None if known else events.Joined(who=by.id, name=name, remote=remote)

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
        if self.final(step) and who in course.answers:
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
        if isinstance(ahead, events.Moved) and self._closes(ahead):
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

    def again(self, by: Principal, seen: int, at: float) -> events.Again | None:
        """The next round of the step at hand; the one before stays, and how far the room has moved is told."""
        self.must_run(by)
        if seen != self.moved:
            return None
        if not self.repeatable:
            raise NotAllowed
        return events.Again(step=self.now, until=at + 60 * self.minutes(self.step(self.now)), at=at)

    def reset(self, by: Principal, seen: int, at: float) -> events.Reset | None:
        """Begin the step at hand anew; one that takes answers must be closed first."""
        self.must_run(by)
        if seen != self.moved:
            return None
        if not self.resettable:
            raise NotAllowed
        return events.Reset(step=self.now, at=at)

    def restore(self, by: Principal, seen: int, at: float) -> events.Restored | None:
        """Take a reset back, as long as nobody has answered anew."""
        self.must_run(by)
        if seen != self.moved:
            return None
        if not self.course(self.now).aside:
            raise NotAllowed
        return events.Restored(step=self.now, at=at)

    def count(self, by: Principal, step: str, said: events.Columns) -> events.Counted:
        """
        What came in on paper, question by question, in place of what was counted before.

        Only of an anonymous step, and only until it is revealed. Raises BadAnswer for what cannot be said.
        """
        self.must_run(by)
        if not self.countable(step):
            raise NotOpen
        asked = {question.id: question for question in self.step(step).exercise.asks()}
        for id, column in said.items():
            for raw in column:
                asked[id].read(raw)
        return events.Counted(step=step, said={id: column for id, column in said.items() if column})

    def shorten(self, by: Principal, at: float) -> events.Shortened | None:
        """Make up for lost time with the blocks that can shrink; None where there is nothing to make up for."""
        self.must_run(by)
        found = overrun.shorter(self, at)
        return events.Shortened(minutes=found, at=at) if found else None

    def host(self, by: Principal, account: str, on: bool) -> events.Hosted | None:
        """Let another account run the session, or no longer; who opened it stays."""
        self.must_run(by)
        if account == self.hosts[0] and not on:
            raise NotAllowed
        return None if (account in self.hosts) == on else events.Hosted(account=account, on=on)

    def texts(self, by: Principal) -> tuple[Contribution, ...]:
        """What waits for the facilitator: free words of closed anonymous steps."""
        self.must_run(by)
        return tuple(text for step in self.plan.steps for text in self._texts(step))

    def time(self, by: Principal, seconds: int, at: float) -> events.Timed:
        """Lengthen or shorten the step's clock; it is never set into the past."""
        self.must_run(by)
        until = self.course(self.now).until or at
        return events.Timed(step=self.now, until=max(at, until) + seconds if seconds > 0 else max(at, until + seconds))

    def set_clock(self, by: Principal, step: str, was: float, until: float) -> events.Timed | None:
        """The clock on the wall was set: a step that ran until `was` goes on as long as it would have."""
        by.must_be("clock")
        return events.Timed(step=step, until=until) if self.course(step).until == was else None

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
        known = who in self.joined or any(course.mentions(who) for course in self.courses.values())
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

    @property
    def repeatable(self) -> bool:
        """The step at hand could be asked once more, and the two rounds be compared."""
        return self._over and rounds.comparable(self.step(self.now).exercise)

    @property
    def resettable(self) -> bool:
        return self._over

    @property
    def _over(self) -> bool:
        """The step at hand has taken its answers."""
        done = self.course(self.now).phase in (Phase.CLOSED, *SHOWN)
        return done and self.step(self.now).asks and self.pace == "live" and not self.ended

    def countable(self, step: str) -> bool:
        """Answers on paper can be added to it now."""
        anonymous = self.step(step).exercise.privacy == "anonymous" and self.pace == "live"
        return anonymous and self.course(step).phase in (Phase.OPEN, Phase.PAUSED, Phase.CLOSED) and not self.ended

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
        until = at + 60 * self.minutes(self.step(self.now)) if starts else None
        return events.Moved(step=self.now, to=to, beat=beat, until=until, at=at)

    def _entering(self, step: Step, at: float) -> events.Moved:
        course = self.course(step.id)
        fresh = course.phase is Phase.PREPARED and not step.asks
        until = at + 60 * self.minutes(step) if course.phase is Phase.OPEN and course.until is None else None
        to = Phase.REVEALED if fresh else course.phase
        return events.Moved(step=step.id, to=to, beat=course.beat, until=until, at=at)

    def _closes(self, move: events.Moved) -> bool:
        """Coming back to a step that has closed closes nothing: its answers would be lost."""
        return move.to is Phase.CLOSED and self.course(move.step).phase is not Phase.CLOSED

    def _closing(self, move: events.Moved, chance: Random) -> SessionEvent:
        exercise, answers = self.step(move.step).exercise, self.course(move.step).answers
        if exercise.privacy == "named":
            return move
        real, test = self._counted(move.step), [a for a in answers.values() if a.test]
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
        What a close keeps of real answers: everything, but at one's own pace no more than was shown before.

        Two answers that came after the last five would be told by what changes.
        """
        course = self.course(step)
        every = [answer for answer in course.answers.values() if not answer.test]
        if self.pace == "self":
            return [] if course.withdrawn else every[: in_fives(len(every))]
        return every

    def _rests_on(self, who: str) -> str:
        """The anonymous step whose growing result `who` is part of."""
        for step, course in self.courses.items() if self.pace == "self" else ():
            real = [tag for tag, answer in course.answers.items() if not answer.test]
            if who in real[: in_fives(len(real))] and self.step(step).exercise.privacy == "anonymous":
                return step
        return ""


def _columns(answers: list[Answer], chance: Random) -> dict[str, tuple[JsonValue, ...]]:
    """Each question on its own, so that no row is a person."""
    columns: dict[str, tuple[JsonValue, ...]] = {}
    for id in answers[0].values if answers else ():
        column = [answer.values[id] for answer in answers]
        chance.shuffle(column)
        columns[id] = tuple(column)
    return columns
