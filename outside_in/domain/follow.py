"""
What becomes of commitments: links, check-ins, thanks; told by their leaders, appended, never edited.

The wording is frozen when its step closes. Every verb asks for the right first, inside the store's turn.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from outside_in.domain import events
from outside_in.domain.blocks import Promise, Shown
from outside_in.domain.errors import BadAnswer, Expired, NotAllowed, NotThatDay
from outside_in.domain.exercise import Room
from outside_in.domain.exercises.commit import Commit
from outside_in.domain.model import Model
from outside_in.domain.people import Principal
from outside_in.domain.plan import Phase
from outside_in.domain.questions import Day, Option, Pick, Words
from outside_in.domain.session import Session
from outside_in.domain.text import Text, line

CHECKS = (14, 30, 60, 90)
Status = Literal["open", "running", "done", "late", "adapted", "dropped"]
STATUSES: tuple[Status, ...] = ("open", "running", "done", "late", "adapted", "dropped")
LEVELS: tuple[Shown, ...] = ("me", "partner", "facilitator", "room", "company")
STATUS = Pick(
    id="status",
    label=line("How far is it?"),
    options=(
        Option(id="open", label=Text(de="Noch nicht begonnen", en="Not begun yet")),
        Option(id="running", label=Text(de="Läuft", en="Under way")),
        Option(id="done", label=Text(de="Eingehalten", en="Kept")),
        Option(id="adapted", label=Text(de="Angepasst", en="Adapted")),
        Option(id="dropped", label=Text(de="Aufgegeben", en="Dropped")),
    ),
)
NAMES = {option.id: option.label for option in STATUS.options} | {"late": Text(de="Spät eingehalten", en="Kept late")}
EVIDENCE = Words(id="evidence", label=line("How can others tell? (one sentence)"), fewest=0, most=280, lines=2)
OBSTACLE = Words(id="obstacle", label=line("What is in the way?"), fewest=0, most=280, lines=2)
HELP = Words(id="help", label=line("What would help you?"), fewest=0, most=280, lines=2)


class LinkSpent(Expired):
    message = "This link has been used, withdrawn or has expired. What was sent with it before is kept."
    code = "link-spent"


class Commitment(Model):
    """One card and its course so far."""

    session: str
    step: str
    who: str
    promise: Promise
    start: dt.date
    test: bool = False
    """Made by a simulated leader."""
    course: tuple[events.AnyFollowUp, ...] = ()

    @property
    def told(self) -> tuple[events.CheckedIn, ...]:
        """Its leader's own check-ins; the partner's are beside them."""
        return tuple(e for e in self.course if isinstance(e, events.CheckedIn) and not e.partner)

    @property
    def partner_told(self) -> tuple[events.CheckedIn, ...]:
        return tuple(e for e in self.course if isinstance(e, events.CheckedIn) and e.partner)

    @property
    def thanks(self) -> tuple[events.Thanked, ...]:
        return tuple(e for e in self.course if isinstance(e, events.Thanked))

    @property
    def linked(self) -> frozenset[int]:
        """Days for which a link has been handed out since the last withdrawal."""
        days: frozenset[int] = frozenset()
        for event in self.course:
            if isinstance(event, events.Unlinked):
                days = frozenset()
            elif isinstance(event, events.Linked) and not event.partner:
                days |= frozenset(event.days)
        return days

    @property
    def asked(self) -> frozenset[int]:
        """Days for which a link was ever handed out: a withdrawn one was still a question."""
        found = (e for e in self.course if isinstance(e, events.Linked) and not e.partner)
        return frozenset(day for event in found for day in event.days)

    @property
    def status(self) -> Status:
        return self._status(self.told)

    def status_at(self, day: int) -> Status:
        """As it was known on this day after the workshop."""
        return self._status(tuple(e for e in self.told if day_of(self.start, e.at) <= day))

    def _status(self, told: tuple[events.CheckedIn, ...]) -> Status:
        if not told:
            return "open"
        last = told[-1].status
        return "late" if last == "done" and self._happened(told[-1]) > self.promise.due else last

    @property
    def done_on(self) -> dt.date | None:
        return self._happened(self.told[-1]) if self.told and self.told[-1].status == "done" else None

    @property
    def begun_on(self) -> dt.date | None:
        """The first day something was done about it."""
        begun = [self._happened(e) for e in self.told if e.status in ("running", "done")]
        return min(begun, default=None)

    def _happened(self, event: events.CheckedIn) -> dt.date:
        return event.on or date_of(event.at)

    def seen_by(self, level: Shown) -> bool:
        """Whether its leader lets this circle see it."""
        return LEVELS.index(self.promise.shown) >= LEVELS.index(level)


def date_of(at: float) -> dt.date:
    return dt.datetime.fromtimestamp(at, dt.UTC).date()


def day_of(start: dt.date, at: float) -> int:
    return (date_of(at) - start).days


def commitments(session: Session) -> tuple[Commitment, ...]:
    """Every card of every leader, also of those that nobody else may see; frozen ones only."""
    found: list[Commitment] = []
    for step in session.plan.steps:
        exercise, course = step.exercise, session.course(step.id)
        frozen = session.pace == "self" or course.phase not in (Phase.PREPARED, Phase.OPEN, Phase.PAUSED)
        if not isinstance(exercise, Commit) or not frozen:
            continue
        said = {who: answer for who, answer in course.answers.items() if who not in course.hidden}
        columns = {q.id: tuple(a.values.get(q.id) for a in said.values()) for q in exercise.asks()}
        cards = exercise.pledges(Room(answers=columns))
        for (who, answer), own in zip(said.items(), cards, strict=True):
            for promise in own:
                happened = tuple(e for e in session.followed if e.promise == promise.id and e.who == who)
                found.append(
                    Commitment(
                        session=session.code,
                        step=step.id,
                        who=who,
                        promise=promise,
                        start=session.plan.date,
                        test=answer.test,
                        course=happened,
                    )
                )
    return tuple(found)


def commitment(session: Session, id: str) -> Commitment:
    for one in commitments(session):
        if one.promise.id == id:
            return one
    raise LinkSpent


# verbs ----------------------------------------------------------------------------------------


def link(session: Session, by: Principal, id: str, days: Iterable[int], at: float) -> events.Linked | None:
    """The leader, or whoever runs the session where the leader lets them see it, hands out links."""
    one = _may_link(session, by, id)
    wanted = tuple(sorted(set(days)))
    if not wanted or not set(wanted) <= set(CHECKS):
        raise NotAllowed
    return events.Linked(step=one.step, who=one.who, promise=id, days=wanted, at=at)


def link_partner(session: Session, by: Principal, id: str, days: Iterable[int], at: float) -> events.Linked:
    """Only its leader decides who else is asked."""
    one = commitment(session, id)
    if by.role != "leader" or by.code != session.code or by.id != one.who or one.promise.shown == "me":
        raise NotAllowed
    return events.Linked(step=one.step, who=one.who, promise=id, days=tuple(days), partner=True, at=at)


def unlink(session: Session, by: Principal, id: str, at: float) -> events.Unlinked | None:
    one = _may_link(session, by, id)
    last = one.course[-1] if one.course else None
    return (
        None
        if last is None or last.kind == "unlinked"
        else events.Unlinked(step=one.step, who=one.who, promise=id, at=at)
    )


def check_in(
    session: Session, by: Principal, values: dict[str, object], receipt: str, at: float
) -> events.CheckedIn | None:
    """By link: `by.id` is the commitment and the day. Once per day and person; None when saved before."""
    by.must_be("author", "partner")
    id, day = split(by.id)
    partner = by.role == "partner"
    if by.code != session.code:
        raise NotAllowed
    one = commitment(session, id)
    day = day or window(one.start, at)
    told = one.partner_told if partner else one.told
    if any(event.receipt == receipt for event in told):
        return None
    if any(event.day == day for event in told) or (not partner and day not in one.linked):
        raise LinkSpent
    said = Room.of_one({q.id: values.get(q.id) or "" for q in (EVIDENCE, OBSTACLE, HELP)})  # type: ignore[misc]
    return events.CheckedIn(
        step=one.step,
        who=one.who,
        receipt=receipt,
        promise=id,
        day=day,
        partner=partner,
        status=STATUS.read([str(values.get("status") or "")])[0],  # type: ignore[arg-type]
        evidence=said.said(EVIDENCE)[0],
        obstacle=said.said(OBSTACLE)[0],
        help=said.said(HELP)[0],
        on=_on(one.start, values.get("on"), at),
        at=at,
    )


def thank(session: Session, by: Principal, id: str, words: str, at: float) -> events.Thanked:
    """For what a leader made visible; whoever runs the session says it."""
    session.must_run(by)
    one = commitment(session, id)
    if not one.seen_by("facilitator"):
        raise NotAllowed
    if not any(event.evidence for event in one.told):
        raise NothingToThank
    said = Words(id="words", label=line("Thank you"), fewest=0, most=160).read(words)
    return events.Thanked(step=one.step, who=one.who, promise=id, words=said, at=at)


class NothingToThank(BadAnswer):
    message = "There is nothing to thank for yet: nobody has said what can be seen."
    code = "nothing-to-thank"


def _may_link(session: Session, by: Principal, id: str) -> Commitment:
    one = commitment(session, id)
    if by.role == "leader":
        if by.code != session.code or by.id != one.who:
            raise NotAllowed
        return one
    session.must_run(by)
    if not one.seen_by("facilitator"):
        raise NotAllowed
    return one


def _on(start: dt.date, given: object, at: float) -> dt.date | None:
    if not given:
        return None
    latest = max(start, date_of(at) + dt.timedelta(days=1))  # a leader east of here may be a day ahead
    day = Day(id="on", label=line("When was that?"), earliest=start, latest=latest)
    try:
        return day.read(str(given))
    except NotThatDay:
        raise
    except BadAnswer as error:
        raise NotThatDay(question=day.label, earliest=start, latest=latest) from error


def window(start: dt.date, at: float) -> int:
    """Around which check-in day it is now: the last one that has come, before the first the first."""
    return max((day for day in CHECKS if day_of(start, at) >= day), default=CHECKS[0])


def named(id: str, day: int) -> str:
    """What a check-in link stands for."""
    return f"{id}/{day}"


def split(name: str) -> tuple[str, int]:
    id, _, day = name.rpartition("/")
    if not day.isdecimal():
        raise LinkSpent
    return id, int(day)


def hushed(session: Session) -> Session:
    """As it may leave the house: without the words of what not even the facilitator may see."""
    kept: set[str] = set()
    courses = dict(session.courses)
    for step in session.plan.steps:
        if isinstance(step.exercise, Commit) and (course := courses.get(step.id)):
            answers = {
                who: answer.model_copy(update={"values": step.exercise.hushed(answer.values)})
                for who, answer in course.answers.items()
            }
            kept |= {who for who, answer in answers.items() if answer.values == course.answers[who].values}
            courses[step.id] = course.model_copy(update={"answers": answers, "aside": None})
    followed = tuple(event for event in session.followed if event.who in kept)
    return session.model_copy(update={"courses": courses, "followed": followed})


def nameless(session: Session) -> Session:
    """When nobody looks after it any more: commitments and their course stay, all names go."""
    courses = dict(session.courses)
    for step in session.plan.steps:
        if isinstance(step.exercise, Commit) and (course := courses.get(step.id)):
            answers = {
                who: answer.model_copy(update={"values": step.exercise.nameless(answer.values)})
                for who, answer in course.answers.items()
            }
            courses[step.id] = course.model_copy(update={"answers": answers, "aside": None})
    joined = dict.fromkeys(session.joined, "")
    after = session.model_copy(update={"courses": courses, "joined": joined})
    both = zip(commitments(session), commitments(after), strict=True)
    named = {before.promise.id: now.promise.id for before, now in both}  # a card's id comes from its words
    told = (e.model_copy(update={"promise": named.get(e.promise, e.promise)}) for e in session.followed)
    return after.model_copy(update={"followed": tuple(told)})
