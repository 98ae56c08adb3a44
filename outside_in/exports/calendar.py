"""
Calendar files: a commitment in its leader's calendar, the check-ins in the facilitator's.

The UID of an event follows from session, commitment and occasion, so a later export updates
instead of doubling. No customer's words and no other person's name stand in a calendar.
"""

import datetime as dt
from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from outside_in.domain.blocks import Promise
from outside_in.domain.outcome import Outcome
from outside_in.domain.text import Line, Say, line
from outside_in.exports import telling
from outside_in.exports.clean import Clean
from outside_in.exports.files import Brand, File, named, slug

MEDIA = "text/calendar; charset=utf-8"
AHEAD = dt.timedelta(hours=-15)
"""An all-day event begins at midnight: the reminder comes at nine the day before."""


def calendars(outcome: Outcome, say: Say, made: dt.datetime, brand: Brand, sequence: int) -> list[File]:
    """One file per commitment, and one with all of them."""
    writer = _Writer(outcome, Clean(say, 300), made, brand, sequence)
    alone = [
        File(named(outcome, "ics", slug(f"commitment {p.id}")), MEDIA, writer.file(writer.own(p)))
        for p in outcome.promises
    ]
    together = [event for promise in outcome.promises for event in writer.dates(promise)]
    return [*alone, File(named(outcome, "ics", "all"), MEDIA, writer.file([*together, *writer.checks()]))]


def personal(
    outcome: Outcome,
    links: Mapping[tuple[str, int], str],
    say: Say,
    made: dt.datetime,
    sequence: int,
    brand: Brand | None = None,
) -> File:
    """One leader's own: the same events as above, each check-in with its link; `links` by card and day."""
    writer = _Writer(outcome, Clean(say, 300), made, brand or Brand(), sequence, links)
    events = [event for promise in outcome.promises for event in writer.own(promise)]
    return File(f"outside-in-{slug(outcome.code)}-commitment.ics", MEDIA, writer.file(events))


class _Writer:
    def __init__(
        self,
        outcome: Outcome,
        say: Say,
        made: dt.datetime,
        brand: Brand,
        sequence: int,
        links: Mapping[tuple[str, int], str] | None = None,
    ) -> None:
        self.outcome, self.say, self.made, self.brand, self.sequence = outcome, say, made, brand, sequence
        self.links = links or {}

    def file(self, events: list[Event]) -> bytes:
        calendar = Calendar()
        calendar.add("prodid", f"-//{slug(self.brand.name)}//Outside-In//{self.say.language.upper()}")
        calendar.add("version", "2.0")
        for event in events:
            calendar.add_component(event)
        return calendar.to_ical()

    def own(self, promise: Promise) -> list[Event]:
        """Everything one leader needs, in the order of the days."""
        checks = [
            self.event(
                f"{promise.id}/{days}",
                day,
                line("Check-in: {n} days after the workshop", n=days),
                telling.promised(promise),
                link=self.links.get((promise.id, days), ""),
            )
            for days, day in telling.checks(self.outcome)
        ]
        return sorted([*self.dates(promise), *checks], key=lambda event: event["dtstart"].dt)

    def dates(self, promise: Promise) -> list[Event]:
        first = telling.first_steps(self.outcome)
        step = line("First step: {step}", step=promise.first_step)
        measure = line("Visible by {due}: {measure}", due=promise.due, measure=promise.measure)
        return [
            self.event(f"{promise.id}/first", first, step, telling.promised(promise), remind=True),
            self.event(f"{promise.id}/due", promise.due, telling.promised(promise), measure, remind=True),
        ]

    def checks(self) -> list[Event]:
        about = line("What became of the commitments?")
        return [
            self.event(f"all/{days}", day, line("Check-in of the group: {n} days after the workshop", n=days), about)
            for days, day in telling.checks(self.outcome)
        ]

    def event(
        self, occasion: str, day: dt.date, title: Line, about: Line, remind: bool = False, link: str = ""
    ) -> Event:
        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'outside-in/{self.outcome.code}/{occasion}')}@outside-in")
        event.add("sequence", self.sequence)
        event.add("dtstamp", self.made.astimezone(dt.UTC))
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        event.add("summary", _one_line(self.say(title)))
        said = [self.say(about), self.outcome_line()]
        if link:
            event.add("url", link)
            said.insert(1, self.say("Check in here, two minutes, no login: {link}", link=link))
        event.add("description", "\n".join(said))
        event.add("transp", "TRANSPARENT")
        if remind:
            event.add_component(self.alarm(title))
        return event

    def alarm(self, title: Line) -> Alarm:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _one_line(self.say(title)))
        alarm.add("trigger", AHEAD)
        return alarm

    def outcome_line(self) -> str:
        said = [
            self.say("Workshop of {date}", date=self.outcome.date),
            *map(self.say, telling.notices(self.outcome)),
        ]
        return " · ".join(said)


def _one_line(words: str) -> str:
    return " ".join(words.split())
