"""What a facilitator does before the room opens: workshops, themes, files, and the long work behind them."""

import datetime as dt
import secrets
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from outside_in.content import written
from outside_in.domain.blocks import Promise
from outside_in.domain.brand import Brand, branded
from outside_in.domain.design import Design
from outside_in.domain.errors import Unknown
from outside_in.domain.feedback import Quote
from outside_in.domain.flow import SIMILAR, LogReport
from outside_in.domain.follow import NAMES, Commitment, commitments
from outside_in.domain.mapping import Planned
from outside_in.domain.people import Principal
from outside_in.domain.plan import Agenda, Step, differ, fresh
from outside_in.domain.session import Session
from outside_in.domain.story import Story
from outside_in.domain.text import LANGUAGES, Language, Line, Text, line
from outside_in.domain.values import checked
from outside_in.domain.workshop import About, NotPlannable, Workshop, WorkshopEvent
from outside_in.house.writing import Writing
from outside_in.store import Job

UNFINISHED = ("open", "running", "adapted")


def _as_in(workshop: Workshop) -> Text:
    title = workshop.about.title
    return Text(de=f"wie in „{title}“", en=f"as in “{title}”")


Upload = tuple[str, bytes]
"""A file's name as it is shown, and what is in it."""


class NoWorkshop(Unknown):
    message = "You have no workshop yet. Create one under “Prepare” first."
    code = "no-workshop"


class NoSession(Unknown):
    message = "There is no live session yet. Open one under “Prepare” first."
    code = "no-session"


class Preparing(Writing):
    def workshops_of(self, by: Principal) -> list[Workshop]:
        every = (self.workshops.of(code) for code in self.workshops.codes())
        return [workshop for workshop in every if by.id in workshop.hosts]

    def latest_workshop(self, by: Principal) -> str:
        mine = self.workshops_of(by)
        if not mine:
            raise NoWorkshop
        return mine[-1].code

    def latest_session(self, by: Principal) -> str:
        for code in self.sessions_seen_by(by):
            if self.sessions.of(code).pace == "live":
                return code
        raise NoSession

    def open_session(
        self, by: Principal, workshop: str, *, own_pace: bool = False, due: dt.date | None = None
    ) -> Session:
        """Freezes the workshop as it is now into a session of its own; a self-paced one ends with the day `due`."""
        planned = self.workshops.of(workshop)
        planned.must_host(by)
        until = dt.datetime.combine(due, dt.time.max).timestamp() if due and own_pace else None
        session = Session.of(
            planned.frozen(self.still_open(planned)),
            self.new_code(),
            planned.hosts,
            "self" if own_pace else "live",
            until,
        )
        return self._opened(by, session)

    def open_taste(self, by: Principal, workshop: str, agenda: str, crowd: int) -> Session:
        """This agenda with the workshop's customers, and a crowd of simulated leaders who answer by themselves."""
        planned = self.workshops.of(workshop)
        planned.must_host(by)
        brief = planned.model_copy(update={"steps": self.library.agenda(agenda).steps})
        plan = brief.frozen().model_copy(update={"crowd": crowd})
        return self._opened(by, Session.of(plan, self.new_code(), planned.hosts))

    def _opened(self, by: Principal, session: Session) -> Session:
        self.sessions.open(session)
        self.prepare(by, session.plan.workshop, lambda now: now.opened(by, session.code))
        return session

    def still_open(self, workshop: Workshop) -> tuple[Promise, ...]:
        """
        What the next session of this client opens with.

        A card for “this room” comes back in the same workshop only: another one has other people.
        """
        if workshop.sample:  # every fresh session of the sample company starts clean
            return ()
        found: list[Commitment] = []
        for other in map(self.workshops.of, self.workshops.codes()):
            same, client = other.code == workshop.code, workshop.about.client
            if same or (client and other.about.client == client and set(other.hosts) & set(workshop.hosts)):
                every = (one for code in other.sessions for one in commitments(self.sessions.of(code)))
                found += [one for one in every if one.seen_by("room" if same else "company") and not one.test]
        some = sorted((one for one in found if one.status in UNFINISHED), key=lambda one: one.promise.due)
        return tuple(one.promise.model_copy(update={"status": NAMES[one.status]}) for one in some)

    def planned(self, workshop: Workshop) -> tuple[Planned, ...]:
        """The touchpoints somebody has thought of beforehand."""
        if workshop.design:
            return workshop.design.points
        return self.library.planned(workshop.company).touchpoints if workshop.sample else ()

    def design(self, workshop: Workshop) -> Design:
        """As somebody wrote it down, else what the data show: something to start from."""
        if workshop.design:
            return workshop.design
        points = {point.id: point for point in self.planned(workshop)}
        found = workshop.journey.touchpoints if workshop.journey else ()
        drawn = (points.get(p.id) or Planned(id=p.id, name=p.name, labels=tuple(p.labels)) for p in found)
        return Design(points=tuple(drawn) or tuple(points.values()))

    def segments(self, workshop: Workshop) -> tuple[str, ...]:
        """Of at least five comments each, the largest first."""
        counts = Counter(one.segment for one in self.comments(workshop) if one.segment)
        return tuple(name for name, n in counts.most_common() if n >= SIMILAR)

    def plan_journey(self, by: Principal, code: str, design: Design) -> None:
        """Written down, and drawn again with it."""
        at = self.clock()
        self.prepare(by, code, lambda now: now.plan_journey(by, design, at))
        self.start(by, code, "journey", {})

    def undo_journey(self, by: Principal, code: str) -> None:
        at = self.clock()
        self.prepare(by, code, lambda now: now.undo_journey(by, at))
        self.start(by, code, "journey", {})

    def receive_journey(self, by: Principal, code: str, name: str, data: bytes) -> None:
        """A journey file of ours; refused in one sentence, or planned as it stands. The file is not kept."""
        from outside_in.journeys import read_design

        workshop = self.workshops.of(code)
        workshop.must_host(by)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "journey"
            path.write_bytes(data)
            read = read_design(path, name, self.design(workshop), {lang: self.speaker(lang) for lang in LANGUAGES})
        self.plan_journey(by, code, read)

    def sessions_seen_by(self, who: Principal) -> list[str]:
        """Newest first: a facilitator's own, a consultant's of one workshop."""
        if who.role == "consultant":
            return list(reversed(self.workshops.of(who.code).sessions))
        return [code for w in reversed(self.workshops_of(who)) for code in reversed(w.sessions)]

    def about(
        self,
        title: str,
        client: str,
        language: Language,
        date: dt.date,
        expected: int,
        values: tuple[Text, ...],
        start: dt.time = dt.time(9, 0),
    ) -> About:
        """What a form gave, or one sentence about what is wrong with it."""
        try:
            return About(
                title=title.strip(),
                client=client.strip(),
                language=language,
                date=date,
                expected=expected,
                values=checked(values),
                start=start,
            )
        except ValidationError as error:
            raise NotPlannable from error

    def new_workshop(self, by: Principal, title: str, agenda: Agenda, language: Language) -> Workshop:
        by.must_be("facilitator")
        self._still(by)
        today = dt.date.fromtimestamp(self.clock())
        about = self.about(title, "", language, today, 12, ())
        workshop = Workshop(code=self.new_code(), hosts=(by.id,), about=about, steps=agenda.steps)
        self.workshops.open(workshop)
        return workshop

    # the agenda ---------------------------------------------------------

    def agendas(self, by: Principal) -> tuple[Agenda, ...]:
        """Ready ones, and those of this facilitator's workshops, to be used again."""
        mine = (
            Agenda(id=w.code, name=_as_in(w), steps=w.steps) for w in self.workshops_of(by) if w.steps and not w.sample
        )
        return (*self.library.agendas, *mine)

    def arrange(self, by: Principal, code: str, steps: tuple[Step, ...]) -> Workshop:
        return self.prepare(by, code, lambda now: now.plan(by, now.about, steps))

    def add_step(self, by: Principal, code: str, step: Step, after: str = "") -> Workshop:
        """At the end, or after another one; what would be asked twice gets other names or is refused."""

        def decide(now: Workshop) -> WorkshopEvent | None:
            places = [known.id for known in now.steps]
            new = fresh(step, now.steps)
            at = places.index(after) + 1 if after in places else len(places)
            steps = (*now.steps[:at], new, *now.steps[at:])
            differ(steps, now.facts())
            return now.plan(by, now.about, steps)

        return self.prepare(by, code, decide)

    def agenda_file(self, workshop: Workshop) -> str:
        """As a file for workshop_content/agendas."""
        name = workshop.about.title
        agenda = Agenda(id=f"own-{workshop.code.lower()}", name=Text.same(name), steps=workshop.steps)
        return written(agenda)

    def undo_import(self, by: Principal, code: str, batch: str) -> Workshop:
        """Its comments go; themes that a person has shaped stay with the comments of other files."""
        board = self.workshops.of(code).board
        after = self.prepare(by, code, lambda now: now.undo_import(by, batch))
        self.database.corpora.drop(code, batch)
        self.shelf.clear()
        self.database.log.note(by, "import undone", code)
        return self.shape(by, code, lambda _: board, line("Import undone")) if after.batches else after

    def doubtful_first(self, code: str, quotes: tuple[Quote, ...]) -> list[Quote]:
        doubts = {v.row for v in self.database.corpora.verbatims(code) if v.doubtful}
        return sorted(quotes, key=lambda quote: quote.row not in doubts)

    # long work: done by the worker, seen and stopped from here ------------------------------

    def receive(self, by: Principal, code: str, name: str, data: bytes, kind: str = "read") -> None:
        """Put an uploaded file down and have it read; the name is only shown, never a path. `kind`: read or log."""
        self.workshops.of(code).must_host(by)
        self.settings.uploads.mkdir(parents=True, exist_ok=True)
        path = self.settings.uploads / secrets.token_hex(16)
        path.write_bytes(data)
        self.start(by, code, kind, {"path": str(path), "name": name})

    def start(self, by: Principal, code: str, kind: str, args: Mapping[str, Any]) -> str:
        self._still(by)
        self.workshops.of(code).must_host(by)
        self.database.log.note(by, kind, code)
        return self.database.jobs.add(kind, code, by, dict(args))

    def make(self, by: Principal, session: Session, wanted: Mapping[str, Any]) -> str:
        """All deliverables of a session, for whoever may see them."""
        self._still(by)
        if by.role != "consultant" or by.code != session.plan.workshop or wanted["audience"] == "internal":
            session.must_run(by)
        return self.database.jobs.add("export-all", session.plan.workshop, by, wanted)

    def latest_job(self, code: str, kind: str) -> Job | None:
        return self.database.jobs.latest(code, kind)

    def waiting_file(self, code: str, kind: str = "read") -> Job | None:
        """The file that has been read and is neither stored nor put away."""
        job = self.latest_job(code, kind)
        if job is None or job.state != "done" or not Path(job.args["path"]).exists():
            return None
        return job

    def take_log(self, by: Principal, code: str, job: Job) -> None:
        """What the log told stays with the workshop; the file goes."""
        report = LogReport.model_validate(job.result["report"])
        if report.flow:
            flow = report.flow
            self.prepare(by, code, lambda now: now.find_flow(by, flow))
        self.discard(by, code, job)

    def choose_case(
        self, by: Principal, code: str, place: int | None, quote: int | None, stake: tuple[float, float] | None
    ) -> None:
        """The representative at this place, the words of this row at its end; None takes the case away."""
        now = self.workshops.of(code)
        cases = now.flow.representatives if now.flow else ()
        story = None
        if place is not None and now.flow and 0 <= place < len(cases):
            said = next((one for one in now.voices() if one.row == quote), None)
            story = Story.of(now.flow, cases[place], said, stake)
        self.prepare(by, code, lambda now: now.choose_case(by, story))

    def dress(
        self, by: Principal, code: str, main: str, second: str, theme: Upload | None, sign: Upload | None
    ) -> tuple[Line, ...]:
        """
        The client's brand from two colours, a PowerPoint or a sign; gives what had to be mended.

        A PowerPoint's colours win over typed ones. Raises NoColour, NoPowerPoint, NoLogo; then nothing changes.
        """
        from outside_in.exports.branding import from_powerpoint, logo

        now = self.workshops.of(code)
        now.must_host(by)
        known = now.brand or Brand()
        if theme:
            known = from_powerpoint(theme[1], theme[0], known)
            main, second = known.accent1, known.accent2
        brand, mended = branded(now.about.client, main, second, known)
        if sign:
            brand = brand.model_copy(update={"logo": logo(sign[1], sign[0])})
        self.prepare(by, code, lambda now: now.dress(by, brand))
        return tuple(one.line() for one in mended)

    def undress(self, by: Principal, code: str) -> None:
        self.prepare(by, code, lambda now: now.dress(by, None))

    def discard(self, by: Principal, code: str, job: Job) -> None:
        self.workshops.of(code).must_host(by)
        Path(job.args["path"]).unlink(missing_ok=True)

    def file(self, name: str) -> bytes:
        """A file the worker left for its facilitator; names come from job results only."""
        return (self.settings.uploads / Path(name).name).read_bytes()
