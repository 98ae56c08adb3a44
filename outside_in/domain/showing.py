"""Who may see what of a session; everything shown has been cut by `visible.released`."""

from typing import Self

from pydantic import JsonValue

from outside_in.domain import rounds
from outside_in.domain.blocks import Beat, Block, TooFew, beat
from outside_in.domain.course import Course
from outside_in.domain.exercise import Exercise, Room, Values
from outside_in.domain.model import Model
from outside_in.domain.plan import Phase, Step
from outside_in.domain.state import State
from outside_in.domain.visible import Columns, growing, reference, released, taken_home

SHOWN = (Phase.REVEALED, Phase.DISCUSSED)


class Contribution(Model):
    """One text waiting to be read by the facilitator."""

    step: str
    ref: str
    words: str
    shown: bool


class Showing(State):
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
        return self.step(step).exercise.mine(Room.of_one(own)) if own and self.mirrors(step) else ()

    def mirrors(self, step: str) -> bool:
        """Whether authors see what became of their own answer: with the room, or at once."""
        return self.shows(step) or self.step(step).reveal == "on_submit"

    def advice(self, step: str, own: Values | None) -> tuple[Block, ...]:
        """For its author, as long as the answer can still be changed."""
        if not own or self.final(step) or self.course(step).phase not in (Phase.OPEN, Phase.PAUSED):
            return ()
        return self.step(step).exercise.advise(Room.of_one(own))

    def room(self, step: str) -> Room | None:
        """What was said, as far as the room may know it."""
        return self._room(step, self.course(step))

    def _room(self, step: str, course: Course) -> Room | None:
        exercise, said = self.step(step).exercise, self._said(step, course)
        if self.pace == "self" and exercise.privacy == "anonymous" and not course.closed:
            said = {} if course.withdrawn else growing(*self._sides(step, course))
        room = released(exercise, said, course.shown)
        return room and self._beside(exercise.looks_back, room)

    def _beside(self, earlier: str, room: Room) -> Room:
        """With what the room knows of an earlier step; columns of two steps, never rows of a person."""
        if not any(step.id == earlier for step in self.plan.steps) or not self.shows(earlier):
            return room
        before = self.room(earlier)
        return Room(answers={**before.answers, **room.answers}) if before else room

    def without_answers(self) -> Self:
        """The same course of the room, but nobody's words: for whoever may see results only."""
        courses = {
            id: Course(phase=course.phase, beat=course.beat, until=course.until) for id, course in self.courses.items()
        }
        return self.model_copy(update={"courses": courses, "joined": {}, "followed": ()})

    def discreet(self) -> Self:
        """As its facilitator takes it home: no answer of few, none of an open step, no name from the door."""
        courses = {id: self._discreet(self.step(id).exercise, course) for id, course in self.courses.items()}
        return self.model_copy(update={"courses": courses, "joined": dict.fromkeys(self.joined, "")})

    @classmethod
    def _discreet(cls, exercise: Exercise, course: Course) -> Course:
        """Round by round; what a reset has put aside stays in the house."""
        before = course.before and cls._discreet(exercise, course.before)
        course = course.model_copy(update={"before": before, "aside": None})
        if exercise.privacy == "named":
            return course
        if not course.closed:
            rehearsal = all(answer.test for answer in course.answers.values())
            return course if rehearsal else course.model_copy(update={"answers": {}})
        few = course.paper and 0 < course.by_phone < exercise.fewest
        both = ({}, {}) if few else (course.closed.said, course.closed.test)
        said, test = taken_home(exercise, *both, course.shown)
        closed = course.closed.model_copy(update={"said": said, "test": test})
        return course.model_copy(update={"closed": closed})

    def columns(self, step: str) -> dict[str, tuple[JsonValue, ...]]:
        """Raw answers of the latest round by question, simulated ones last; never shown without `room`'s rule."""
        return self._said(step, self.course(step))

    def _said(self, step: str, course: Course) -> dict[str, tuple[JsonValue, ...]]:
        exercise = self.step(step).exercise
        ids, paper = [question.id for question in exercise.asks()], course.paper
        if paper and 0 < course.by_phone < exercise.fewest:
            return {id: paper.get(id, ()) for id in ids}  # whoever counted the sheets could work the others out
        if closed := course.closed:
            return {id: (*closed.said.get(id, ()), *paper.get(id, ()), *closed.test.get(id, ())) for id in ids}
        seen = [a for who, a in course.answers.items() if who not in course.hidden]
        return {id: (*(a.values.get(id) for a in seen), *paper.get(id, ())) for id in ids}

    def _sides(self, step: str, course: Course) -> tuple[Columns, Columns]:
        """Of an open step: what was said, and what was simulated."""
        ids = [question.id for question in self.step(step).exercise.asks()]
        both = ([answer for answer in course.answers.values() if answer.test is test] for test in (False, True))
        real, test = ({id: tuple(answer.values.get(id) for answer in side) for id in ids} for side in both)
        return real, test

    def _told(self, step: str) -> tuple[Beat, ...]:
        exercise, room = self.step(step).exercise, self.room(step)
        too_few = (beat(TooFew(fewest=exercise.fewest)),)
        told = too_few if room is None else exercise.tells(room) or too_few
        return (*self._moved(step), *told)

    def _moved(self, step: str) -> tuple[Beat, ...]:
        """Of a second round, first of all: how far the room has moved since the one before."""
        course = self.course(step)
        before = self._room(step, course.before) if course.before else None
        after = self._room(step, course)
        return rounds.moved(self.step(step).exercise.asks(), before, after) if before and after else ()

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
