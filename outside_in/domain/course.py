"""How far one step has come, and what was said in it."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from outside_in.domain import events
from outside_in.domain.exercise import Values
from outside_in.domain.model import Model
from outside_in.domain.plan import Phase


class Answer(Model):
    values: Values
    receipt: str
    spent: tuple[str, ...] = ()
    """Receipts of the answers this one replaced."""
    test: bool = False


StepEvent = (
    events.Moved
    | events.Answered
    | events.Closed
    | events.Again
    | events.Reset
    | events.Restored
    | events.Counted
    | events.Timed
    | events.Judged
)


class Course(Model):
    phase: Phase = Phase.PREPARED
    beat: int = 1
    until: float | None = None
    """When its clock runs out, in seconds since the epoch."""
    answers: Mapping[str, Answer] = {}
    """By who; empty once an anonymous step has closed."""
    closed: events.Closed | None = None
    shown: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    withdrawn: bool = False
    """Somebody was forgotten whose answer was part of a growing result; what follows would tell which."""
    paper: events.Columns = {}
    """What the facilitator counted from paper, by question; nobody's in particular from the start."""
    before: "Course | None" = None
    """The round before this one."""
    aside: "Course | None" = None
    """What a reset put away; gone for good with the first new answer."""

    def after(self, event: StepEvent) -> "Course":
        match event:
            case events.Moved(to=phase, beat=beat, until=until):
                return self._with(phase=phase, beat=beat, until=until or self.until)
            case events.Answered():
                return self._with(answers={**self.answers, event.who: self._answer(event)}, aside=None)
            case events.Closed():
                return self._with(phase=Phase.CLOSED, answers={}, closed=event, withdrawn=False)
            case events.Again(until=until):
                return Course(phase=Phase.OPEN, until=until, before=self)
            case events.Reset():
                return Course(before=self.before, aside=self._with(aside=None))
            case events.Restored():
                return self.aside or self
            case events.Counted(said=said):
                return self._with(paper=said, shown=frozenset(), aside=None)
            case events.Timed(until=until):
                return self._with(until=until)
            case events.Judged(text=text, shown=True):
                return self._with(shown=self.shown | {text}, hidden=self.hidden - {text})
            case events.Judged(text=text):
                return self._with(shown=self.shown - {text}, hidden=self.hidden | {text})
        assert_never(event)

    def cleared(self) -> "Course":
        """Without what simulated leaders said."""
        real = {who: answer for who, answer in self.answers.items() if not answer.test}
        closed = self.closed and self.closed.model_copy(update={"test": {}, "test_receipts": ()})
        before, aside = (other and other.cleared() for other in (self.before, self.aside))
        return self._with(answers=real, closed=closed, before=before, aside=aside)

    def without(self, who: str, *, withdrawn: bool = False) -> "Course":
        kept = {w: a for w, a in self.answers.items() if w != who}
        before, aside = (other and other.without(who) for other in (self.before, self.aside))
        return self._with(answers=kept, withdrawn=withdrawn or self.withdrawn, before=before, aside=aside)

    @property
    def rounds(self) -> Iterator["Course"]:
        """This one first, then those before it."""
        course: Course | None = self
        while course:
            yield course
            course = course.before

    @property
    def round(self) -> int:
        return sum(1 for _ in self.rounds)

    @property
    def _all(self) -> Iterator["Course"]:
        """With what a reset put aside."""
        yield from self.rounds
        if self.aside:
            yield from self.aside.rounds

    def mentions(self, who: str) -> bool:
        return any(who in course.answers for course in self._all)

    def knows(self, receipt: str) -> bool:
        """Whether this submission was ever saved, in whatever round, even if another has replaced it since."""
        return any(course.holds(receipt) for course in self._all)

    def holds(self, receipt: str) -> bool:
        """The same of this round alone."""
        if any(receipt == answer.receipt or receipt in answer.spent for answer in self.answers.values()):
            return True
        closed = self.closed
        return closed is not None and any(
            receipt in kept for kept in (closed.receipts, closed.test_receipts, closed.spent)
        )

    @property
    def answered(self) -> int:
        on_paper = max(map(len, self.paper.values()), default=0)
        return self.by_phone + self._tests + on_paper

    @property
    def _tests(self) -> int:
        if self.closed:
            return len(self.closed.test_receipts)
        return sum(answer.test for answer in self.answers.values())

    @property
    def by_phone(self) -> int:
        """Real answers of this round."""
        if self.closed:
            return len(self.closed.receipts)
        return sum(not answer.test for answer in self.answers.values())

    @property
    def rehearsed(self) -> int:
        """Over all rounds, because what is told of one is told beside the one before."""
        return sum(course._tests for course in self.rounds)

    def _answer(self, event: events.Answered) -> Answer:
        before = self.answers.get(event.who)
        spent = (before.receipt, *before.spent) if before else ()
        return Answer(values=event.values, receipt=event.receipt, spent=spent, test=event.test)

    def _with(self, **update: object) -> "Course":
        return self.model_copy(update=update)
