"""What is printed beside a workshop, made by the worker like every other document."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from outside_in.domain.blocks import Promise
from outside_in.domain.errors import Unknown
from outside_in.domain.exercises.chair import Chair
from outside_in.domain.minute import Minute, next_minute
from outside_in.domain.outcome import Outcome
from outside_in.domain.people import Badge, Principal
from outside_in.domain.plan import Step
from outside_in.domain.session import Session
from outside_in.domain.text import Say, line
from outside_in.domain.workshop import Workshop
from outside_in.exports.files import Brand, File
from outside_in.house.answers import Answers
from outside_in.house.maps import Maps

KINDS = ("cards", "guide", "minute", "slide", "data-sheet", "record")


class Papers(Answers, Maps):
    def next_minute(self, by: Principal, code: str) -> Minute:
        """What the next meeting would begin with."""
        workshop = self.workshops.of(code)
        workshop.must_host(by)
        return next_minute(workshop.facts(), self.promises_of(workshop), workshop.minutes, self.clock())

    def hold_minute(self, by: Principal, code: str, minute: Minute) -> Workshop:
        return self.prepare(by, code, lambda now: now.hold(by, minute))

    def promises_of(self, workshop: Workshop) -> list[Promise]:
        """Only what their leaders let the room see."""
        sessions = (self.sessions.of(code) for code in workshop.sessions)
        return [promise for session in sessions for promise in Outcome.of(session, "participants").promises]

    def order_paper(self, by: Principal, code: str, kind: str, language: str) -> str:
        workshop = self.workshops.of(code)
        workshop.must_host(by)
        self._still(by)
        if kind not in KINDS:
            raise Unknown(name=kind)
        return self.database.jobs.add("paper", code, by, {"kind": kind, "language": language})

    def order_poster(self, by: Principal, code: str, address: str, language: str) -> str:
        """The way in, large enough for a wall; `address` is the house as the room reaches it."""
        session = self.sessions.of(code)
        session.must_run(by)
        self._still(by)
        args = {"kind": "poster", "session": code, "address": address, "language": language}
        return self.database.jobs.add("paper", session.plan.workshop, by, args)

    def order_sheets(self, by: Principal, code: str, language: str) -> str:
        """Every question of a session on paper, for a room without network."""
        session = self.sessions.of(code)
        session.must_run(by)
        self._still(by)
        args = {"kind": "sheets", "session": code, "language": language}
        return self.database.jobs.add("paper", session.plan.workshop, by, args)

    def order_certificate(self, badge: Badge, language: str) -> str:
        """By nobody in particular: what is ordered names units, not the leader."""
        by = badge.role("leader")
        by.must_be("leader")
        self._still(by)
        session = self.sessions.of(by.code)
        done = [
            step.id for step in units(session) if step.asks and self.own_answer(badge, session, step.id) is not None
        ]
        args = {"kind": "certificate", "session": session.code, "done": done, "language": language}
        return self.database.jobs.add("paper", session.plan.workshop, Principal(), args)


def units(session: Session) -> tuple[Step, ...]:
    """The parts of a path at one's own pace; of a live session only its pre-work."""
    return session.plan.steps if session.pace == "self" else session.prework


def paper(house: Papers, workshop: Workshop, args: Mapping[str, Any]) -> File:
    from outside_in.exports import papers
    from outside_in.exports.minute import minute_slide
    from outside_in.exports.sheets import sheets

    say, made = house.speaker(args["language"]), dt.datetime.fromtimestamp(house.clock(), dt.UTC)
    about, brand, kind = workshop.about.title, workshop.brand or Brand(), args["kind"]
    if kind == "cards":
        chair = Chair(comments=8, numbers=8).filled(workshop.facts())
        return papers.cards(chair.cards, about, say, made, brand)
    if kind == "guide":
        return papers.guide(about, say, made, brand)
    if kind in ("minute", "slide"):
        held = next_minute(workshop.facts(), house.promises_of(workshop), workshop.minutes, house.clock())
        if kind == "slide":
            return minute_slide(held, about, say, made, brand)
        return papers.minute(held, about, say, made, brand)
    if kind in ("data-sheet", "record"):
        return declared(house, kind, say, workshop)
    session = house.sessions.of(args["session"])
    if kind == "poster":
        return papers.poster(session.code, args["address"], session.plan.title, session.plan.date, say, made, brand)
    if kind == "sheets":
        return sheets(session.plan, say, made, brand)
    asked = [step for step in units(session) if step.asks]
    titles = [say(step.title) for step in asked if step.id in args["done"]]
    return papers.certificate(titles, len(asked), session.plan.title, session.plan.date, say, made, brand)


def declared(house: Any, kind: str, say: Say, workshop: Workshop | None = None) -> File:
    """For a works council and data protection: the data sheet, or the record of processing activities."""
    from outside_in.exports import papers
    from outside_in.house import privacy

    made = dt.datetime.fromtimestamp(house.clock(), dt.UTC)
    under = say("As of {date}", date=made.date())
    if workshop:
        under = f"{workshop.about.title} · {under}"
    brand = workshop.brand if workshop and workshop.brand else Brand()
    if kind == "record":
        title, sections = line("Record of processing activities (Art. 30 GDPR)"), privacy.record(house, workshop)
        note = line("Written from the settings that are in force; blanks are for the controller. Not legal advice.")
    else:
        title, sections = line("Data sheet for works council and data protection"), privacy.data_sheet(house, workshop)
        note = line("Written from the settings that are in force in this installation. Not legal advice.")
    return papers.register(kind, sections, title, under, note, say, made, brand)
