"""How far one step has come, and what was said in it."""

from collections.abc import Mapping
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


StepEvent = events.Moved | events.Answered | events.Closed | events.Timed | events.Judged


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

    def after(self, event: StepEvent) -> "Course":
        match event:
            case events.Moved(to=phase, beat=beat, until=until):
                return self._with(phase=phase, beat=beat, until=until or self.until)
            case events.Answered():
                return self._with(answers={**self.answers, event.who: self._answer(event)})
            case events.Closed():
                return self._with(phase=Phase.CLOSED, answers={}, closed=event, withdrawn=False)
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
        return self._with(answers=real, closed=closed)

    def without(self, who: str, *, withdrawn: bool = False) -> "Course":
        kept = {w: a for w, a in self.answers.items() if w != who}
        return self._with(answers=kept, withdrawn=withdrawn or self.withdrawn)

    def knows(self, receipt: str) -> bool:
        """Whether this submission was ever saved, even if another has replaced it since."""
        if any(receipt == answer.receipt or receipt in answer.spent for answer in self.answers.values()):
            return True
        closed = self.closed
        return closed is not None and any(
            receipt in kept for kept in (closed.receipts, closed.test_receipts, closed.spent)
        )

    @property
    def answered(self) -> int:
        if self.closed:
            return len(self.closed.receipts) + len(self.closed.test_receipts)
        return len(self.answers)

    @property
    def rehearsed(self) -> int:
        closed = len(self.closed.test_receipts) if self.closed else 0
        return closed + sum(answer.test for answer in self.answers.values())

    def _answer(self, event: events.Answered) -> Answer:
        before = self.answers.get(event.who)
        spent = (before.receipt, *before.spent) if before else ()
        return Answer(values=event.values, receipt=event.receipt, spent=spent, test=event.test)

    def _with(self, **update: object) -> "Course":
        return self.model_copy(update=update)
