"""The 30/60/90 report: what became of a session's commitments, and what customers say since."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from outside_in import journeys
from outside_in.domain import follow, follow_told
from outside_in.domain.blocks import Pairs, Says
from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import Verbatim
from outside_in.domain.follow_told import Section, Sheet
from outside_in.domain.people import Principal
from outside_in.domain.remeasure import Change, again, changes
from outside_in.domain.session import Session
from outside_in.domain.text import Line, Text, line
from outside_in.domain.workshop import Workshop
from outside_in.house import House

DAYS = (30, 60, 90)
Known = dict[str, tuple[Text, Evidence]]


def sections(house: House, by: Principal, code: str, days: int) -> list[Section]:
    """Group figures over everything; words only where their leaders let this room see them."""
    session = house.sessions.of(code)
    session.must_run(by)
    every, today = follow.commitments(session), house.made().date()
    seen = [one for one in every if one.seen_by("room")]
    told, stood = house.follow_through(by, code=code)
    said = [*follow_told.rates(told), *([follow_told.begun(every, today)] if told else [])]
    said += follow_told.unseen(len(every) - len(seen))
    where = [follow_told.listed(said, line("Nothing has been promised."))]
    where += [follow_told.course(stood)] if stood else []
    found = [
        Section(title=line("Where the commitments stand"), blocks=tuple(where)),
        _words(line("What can be seen"), follow_told.wins(seen)),
        _words(line("What is in the way"), follow_told.hurdles(seen)),
        Section(title=line("Customers since then"), blocks=(follow_told.moved(remeasured(house, session)),)),
        Section(title=line("Nobody owns this yet"), blocks=(gaps(house.workshops.of(session.plan.workshop), seen),)),
    ]
    return found if days < DAYS[-1] else [*found, *_last(house, session, seen)]


def _words(title: Line, said: Sequence[Any]) -> Section:
    nothing = line("Nobody has told anything yet that this room may see.")
    return Section(title=title, blocks=(follow_told.listed(said, nothing),))


def _last(house: House, session: Session, seen: Sequence[follow.Commitment]) -> list[Section]:
    """On day 90 the room looks again: guesses, target agreements, the next invitation."""
    ready = follow_told.listed(follow_told.candidates(seen), line("None is kept with evidence and a measure yet."))
    invitation = line(
        "In {months} months: the same questions once more, about newer feedback. Please bring one thing that worked.",
        months=3,
    )
    return [
        Section(title=line("Guessing again"), blocks=follow_told.guessed(guesses(house, session))),
        Section(title=line("Ready for a target agreement"), blocks=(ready,)),
        Section(title=line("Invitation"), blocks=(Says(text=invitation),)),
    ]


# what customers say since ---------------------------------------------------------------------


def remeasured(house: House, session: Session) -> tuple[Change, ...]:
    """Touchpoints and themes that commitments are about: frozen level against feedback dated after the workshop."""
    promised = [one.promise for one in follow.commitments(session) if one.seen_by("room")]
    names = [text.en for p in promised for text in (p.about, p.point) if text]
    facts = session.plan.facts
    points = facts.journey.touchpoints if facts.journey else ()
    known: Known = {f"at-{p.id}": (p.name, p.evidence) for p in points if p.evidence and p.name.en in names}
    known |= {f"theme-{t.id}": (t.label, t.evidence) for t in facts.themes if t.evidence and t.label.en in names}
    return changes(known, _since(house, session) if known else {})


def _since(house: House, session: Session) -> dict[str, Evidence]:
    """By touchpoint and theme; kept themes, as far as newer comments have been placed on them."""
    code, day = session.plan.workshop, session.plan.date
    corpora, workshop = house.database.corpora, house.workshops.of(code)
    new = [v for v in corpora.verbatims(code) if v.date and v.date > day]
    placed = workshop.board.placed(corpora.placed(code))
    drawn = journeys.journey(new, house.planned(workshop), placed, Text.same(""), "") if new else None
    levels = {f"at-{p.id}": p.evidence for p in (drawn.touchpoints if drawn else ()) if p.evidence}
    return levels | _themes(new, placed)


def _themes(new: Sequence[Verbatim], placed: Sequence[Any]) -> dict[str, Evidence]:
    rows: dict[str, list[int]] = {}
    for comment in placed:
        if comment.theme:
            rows.setdefault(comment.theme, []).append(comment.row)
    found = {id: journeys.theme_evidence(new, some) for id, some in rows.items()}
    return {f"theme-{id}": evidence for id, evidence in found.items() if evidence}


def guesses(house: House, session: Session) -> Any:
    """Day 0 against the newest later session of this client that guessed."""
    for code in reversed(_later(house, session)):
        now = _gaps(house.sessions.of(code))
        if now:
            return again(_gaps(session), now)
    return ()


def _later(house: House, session: Session) -> list[str]:
    codes = house.sessions.codes()
    plan = session.plan

    def related(other: Session) -> bool:
        same_client = bool(plan.client) and other.plan.client == plan.client and set(other.hosts) & set(session.hosts)
        return bool(other.plan.workshop == plan.workshop or same_client)

    return [c for c in codes[codes.index(session.code) + 1 :] if related(house.sessions.of(c))]


def _gaps(session: Session) -> list[Pairs.Row]:
    rows: Mapping[str, Pairs.Row] = {
        row.label.en: row
        for step in session.plan.steps
        for beat in session.outcome(step.id)
        for block in beat.blocks
        if isinstance(block, Pairs)
        for row in block.rows
    }
    return list(rows.values())


def gaps(workshop: Workshop, seen: Sequence[follow.Commitment]) -> Any:
    """Touchpoints without an owner, and whether at least somebody promised something about them."""
    points = workshop.journey.touchpoints if workshop.journey else ()
    promised = [text.en for one in seen for text in (one.promise.about, one.promise.point) if text]
    rows = tuple(
        (point.name, point.owner or line("nobody yet"), promised.count(point.name.en))
        for point in points
        if not point.owner or point.name.en not in promised
    )
    if not rows:
        return follow_told.listed((), line("Every touchpoint has an owner and a commitment."))
    heads = line("Touchpoint"), line("Owner"), line("Commitments")
    return Sheet(says=line("Touchpoints without an owner or without a commitment."), columns=heads, rows=rows)


def day_of_report(session: Session, today: dt.date) -> int:
    """The report whose time has come; before day 30 the first."""
    gone = (today - session.plan.date).days
    return max((day for day in DAYS if day <= gone), default=DAYS[0])
