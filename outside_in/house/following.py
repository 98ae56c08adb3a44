"""After the workshop: links, calendars and letters, check-ins, thanks, and what is still open."""

import datetime as dt
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from outside_in.domain import follow
from outside_in.domain.blocks import Promise
from outside_in.domain.errors import Expired
from outside_in.domain.follow import CHECKS, LinkSpent
from outside_in.domain.follow_through import FollowThrough, over_time
from outside_in.domain.model import Model
from outside_in.domain.outcome import Outcome
from outside_in.domain.people import Badge, Principal
from outside_in.domain.session import Session
from outside_in.exports import File
from outside_in.house.answers import receipt
from outside_in.house.preparing import Preparing

DAY = 86400.0


class Followed(Model):
    """A commitment with where it was made."""

    workshop: str
    title: str
    client: str
    one: follow.Commitment

    @property
    def promise(self) -> Promise:
        return self.one.promise


class Check(Model):
    """What a check-in link opens."""

    by: Principal
    one: follow.Commitment
    day: int


class Following(Preparing):
    # a leader's own ------------------------------------------------------------------

    def own_commitments(self, badge: Badge) -> list[follow.Commitment]:
        by = badge.role("leader")
        by.must_be("leader")
        return [one for one in follow.commitments(self.sessions.of(by.code)) if one.who == by.id]

    def hand_out(self, by: Principal, code: str, promise: str, days: Sequence[int] = CHECKS) -> dict[int, str]:
        """Fresh links, by day; those for which something has been said already are left out."""
        one = follow.commitment(self.sessions.of(code), promise)
        told = {event.day for event in one.told}
        wanted = [day for day in days if day not in told]
        if not wanted:
            return {}
        at = self.clock()
        self.change(by, code, lambda now: follow.link(now, by, promise, wanted, at))
        return {day: self._link("author", code, promise, day, one.start) for day in wanted}

    def partner_link(self, by: Principal, code: str, promise: str) -> str:
        """One link for all the days: the partner answers once around each of them."""
        at = self.clock()
        after = self.change(by, code, lambda now: follow.link_partner(now, by, promise, CHECKS, at))
        return self._link("partner", code, promise, 0, after.plan.date)

    def withdraw_links(self, by: Principal, code: str, promise: str) -> None:
        at = self.clock()
        self.change(by, code, lambda now: follow.unlink(now, by, promise, at))
        self.database.doors.withdraw_checks(code, promise)

    def _link(self, role: Any, code: str, promise: str, day: int, start: dt.date) -> str:
        by = Principal(role=role, id=follow.named(promise, day), code=code)
        last = start + dt.timedelta(days=day or CHECKS[-1])
        since = dt.datetime.combine(last, dt.time(), dt.UTC).timestamp()
        return self.database.doors.issue(by, "check" if role == "author" else "partner", since=since)

    def calendar(self, badge: Badge, base: str, language: Any) -> File:
        """All of a leader's dates with fresh links; imported again, it updates instead of doubling."""
        from outside_in.exports.calendar import personal

        by, links = badge.role("leader"), {}
        own = self.own_commitments(badge)
        for one in own:
            for day, token in self.hand_out(by, by.code, one.promise.id).items():
                links[one.promise.id, day] = f"{base}/check/{token}"
        left, version = self.outcome_of(by.code, own), self.sessions.version(by.code)
        return personal(left, links, self.speaker(language), self.made(), version)

    def own_agreement(self, badge: Badge, language: Any) -> File:
        """The target agreement is the leader's own to take."""
        from outside_in import exports

        own = self.own_commitments(badge)
        left = self.outcome_of(badge.role("leader").code, own).model_copy(update={"journey": None})
        return exports.write(left, "docx", self.speaker(language), made=self.made())[0]

    def outcome_of(self, code: str, some: Sequence[follow.Commitment]) -> Outcome:
        """A session's outcome with exactly these commitments, whoever may see them elsewhere."""
        left = Outcome.of(self.sessions.of(code), "participants")
        return left.model_copy(update={"promises": tuple(one.promise for one in some)})

    def made(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.clock(), dt.UTC)

    # by link, without a login ------------------------------------------------------------

    def check(self, token: str) -> Check:
        """What this link opens; looking at it changes nothing. LinkSpent for every other one."""
        by = self._by_link(token)
        id, day = follow.split(by.id)
        one = follow.commitment(self.sessions.of(by.code), id)
        return Check(by=by, one=one, day=day or follow.window(one.start, self.clock()))

    def check_in(self, token: str, values: Mapping[str, Any], ticket: str) -> Session:
        """Saved when this returns; an author's link is worth nothing afterwards."""
        by, at, said = self._by_link(token), self.clock(), receipt(ticket or token)
        after = self.change(by, by.code, lambda now: follow.check_in(now, by, dict(values), said, at))
        if by.role == "author":
            self.database.doors.revoke(token)
        return after

    def _by_link(self, token: str) -> Principal:
        for kind in ("check", "partner"):
            try:
                return self.database.doors.peek(token, kind)
            except Expired:
                continue
        raise LinkSpent

    # the board ------------------------------------------------------------------------------

    def followed(self, by: Principal) -> list[Followed]:
        """What this person may see, newest workshop first."""
        level = "room" if by.role == "consultant" else "facilitator"
        return [each for each in self._every(by) if each.one.seen_by(level)]

    def follow_through(
        self, by: Principal, client: str | None = None, code: str | None = None
    ) -> tuple[FollowThrough | None, dict[int, Any]]:
        """Group figures over all commitments, also of those that nobody may read; and where they stood when."""
        today = self.made().date()
        every = [each for each in self._every(by) if client is None or each.client == client]
        some = [each.one for each in every if code is None or each.one.session == code]
        told = FollowThrough.of(some, today)
        return told, over_time(some, today) if told else {}

    def thank(self, by: Principal, code: str, promise: str, words: str) -> Session:
        at = self.clock()
        return self.change(by, code, lambda now: follow.thank(now, by, promise, words, at))

    def _every(self, by: Principal) -> list[Followed]:
        by.must_be("facilitator", "consultant")
        self._still(by)
        found = []
        for code in self.sessions_seen_by(by):
            session = self.sessions.of(code)
            plan = session.plan
            for one in follow.commitments(session):
                found.append(Followed(workshop=plan.workshop, title=plan.title, client=plan.client, one=one))
        return found

    # letters: written by the worker ----------------------------------------------------------

    def letters(
        self, by: Principal, code: str, days: Sequence[int], base: str, language: str, to: Mapping[str, str], send: bool
    ) -> str:
        """Drafts for everybody whose commitment the facilitator may see; `to` by commitment, kept in no table."""
        session = self.sessions.of(code)
        session.must_run(by)
        self._still(by)
        self.database.log.note(by, "letters", code)
        args = {"session": code, "days": list(days), "base": base, "language": language, "send": send}
        args |= {"to": self._noted(to), "audience": "internal"}
        return self.database.jobs.add("letters", session.plan.workshop, by, args)

    @property
    def sends_mail(self) -> bool:
        return bool(os.environ.get("OUTSIDE_IN_SMTP"))

    def report(self, by: Principal, session: Session, wanted: Mapping[str, Any]) -> str:
        """The 30/60/90 report of a session, made by the worker."""
        session.must_run(by)
        self._still(by)
        return self.database.jobs.add("report", session.plan.workshop, by, wanted)

    def _noted(self, to: Mapping[str, str]) -> str:
        """Addresses pass through a file that the worker removes: what is in the job's row would stay."""
        from outside_in.exports.letters import checked

        known = {id: checked(address) for id, address in to.items() if address.strip()}
        self.settings.uploads.mkdir(parents=True, exist_ok=True)
        path = self.settings.uploads / self.new_code()
        path.write_text(json.dumps(known), "utf-8")
        return str(path)
