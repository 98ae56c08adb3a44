"""The only place where the parts meet; each is built once per process."""

import datetime as dt
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from hashlib import sha256
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from pydantic import ValidationError

from outside_in.content import Library, Speaker, library
from outside_in.domain.blocks import Block
from outside_in.domain.board import Board
from outside_in.domain.errors import NotAllowed, NotOpen, Unknown
from outside_in.domain.events import SessionEvent
from outside_in.domain.feedback import Quote
from outside_in.domain.people import Badge, Principal
from outside_in.domain.plan import Agenda, Phase, Step
from outside_in.domain.session import Session
from outside_in.domain.text import Language, Line, Text
from outside_in.domain.workshop import About, NotPlannable, Workshop, WorkshopEvent
from outside_in.house.hub import Hub
from outside_in.house.settings import Settings
from outside_in.store import Database, Job, Store, tag_of

FIRST = "first"
"""The account that exists from the first start on; the set-up link gives it a password."""
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""31 letters without 0 O 1 I L; eight of them make a join code (39.6 bit)."""


@dataclass
class House:
    settings: Settings
    database: Database
    library: Library = field(default_factory=library)
    clock: Callable[[], float] = time.time
    chance: Random = field(default_factory=SystemRandom)

    @property
    def sessions(self) -> Store[Session]:
        return self.database.sessions

    @property
    def workshops(self) -> Store[Workshop]:
        return self.database.workshops

    @cached_property
    def hub(self) -> Hub:
        return Hub(self.database)

    def speaker(self, language: Language) -> Speaker:
        return speaker(language)

    def new_code(self) -> str:
        return "".join(self.chance.choice(LETTERS) for _ in range(8))

    # changes: the door is asked again, because an open tab outlives a withdrawn token ------

    def change(self, by: Principal, code: str, decide: Callable[[Session], SessionEvent | None]) -> Session:
        self._still(by)
        return self.sessions.change(code, decide)

    def prepare(self, by: Principal, code: str, decide: Callable[[Workshop], WorkshopEvent | None]) -> Workshop:
        self._still(by)
        return self.workshops.change(code, decide)

    def press(self, by: Principal, code: str, seen: int) -> Session:
        """The primary button, as a person saw it when the session stood at move `seen`."""
        at = self.clock()
        return self.change(by, code, lambda now: now.press(by, seen, at, self.chance))

    def simulate(
        self,
        by: Principal,
        code: str,
        phones: int,
        chance: Random | None = None,
        acknowledged: Callable[[str, str], None] = lambda _step, _receipt: None,
    ) -> int:
        """Simulated leaders answer whatever is open; gives the number of answers to single items."""
        session, chance, answers = self.sessions.of(code), chance or self.chance, 0
        steps = [s for s in session.plan.steps if s.asks and session.course(s.id).phase is Phase.OPEN]
        if not steps or session.ended:
            raise NotOpen
        for _ in range(phones):
            who = f"test-{secrets.token_hex(8)}"
            for step in steps:
                values, said = rehearsed(step, chance), receipt(new_ticket())
                self.change(
                    by, code, partial(Session.answer, by=by, step=step.id, values=values, tag=who, receipt=said)
                )
                acknowledged(step.id, said)
                answers += len(values)
        return answers

    def _still(self, by: Principal) -> None:
        if not self.database.doors.active(by):
            raise NotAllowed

    # a leader's own answers ------------------------------------------------------------------

    def answer(self, badge: Badge, step: str, ticket: str, values: Mapping[str, Any]) -> Session:
        """Saved when this returns; the leader's own copy goes into the sealed notebook."""
        by, said = badge.role("leader"), receipt(ticket)
        tag = self.tag(badge, step)
        after = self.change(
            by, by.code, lambda now: now.answer(by, step, values, tag=tag, receipt=said)
        )
        asked = {question.id for question in after.step(step).exercise.asks()}
        kept = {id: value for id, value in values.items() if id in asked}
        self.database.notebooks.keep(bytes.fromhex(badge.key), step, {"values": kept, "receipt": said})
        return after

    def own_answer(self, badge: Badge, session: Session, step: str) -> Mapping[str, Any] | None:
        """None until the store knows the answer: the notebook alone is no proof."""
        if not badge.key:
            return None
        kept = self.database.notebooks.read(bytes.fromhex(badge.key), step)
        if not kept or kept["receipt"] not in session.course(step).receipts:
            return session.said_by(step, self.tag(badge, step))
        return kept["values"]

    def mine(self, badge: Badge, session: Session, step: str) -> tuple[Block, ...]:
        """What only this leader gets to see of a step; in a self-paced one, after their own answer."""
        return session.mine(step, self.own_answer(badge, session, step))

    def tag(self, badge: Badge, step: str) -> str:
        """Stands for the leader in this step only; nobody without the key can link two of them."""
        by = badge.role("leader")
        return tag_of(bytes.fromhex(badge.key), f"{by.code} {step}") if badge.key else by.id

    # what a facilitator looks at ------------------------------------------------------------

    def workshops_of(self, by: Principal) -> list[Workshop]:
        every = (self.workshops.of(code) for code in self.workshops.codes())
        return [workshop for workshop in every if by.id in workshop.hosts]

    def latest_workshop(self, by: Principal) -> str:
        mine = self.workshops_of(by)
        if not mine:
            raise Unknown(name="–")
        return mine[-1].code

    def latest_session(self, by: Principal) -> str:
        for code in self.sessions_seen_by(by):
            if self.sessions.of(code).pace == "live":
                return code
        raise Unknown(name="–")

    def open_session(self, by: Principal, workshop: str, *, own_pace: bool = False) -> Session:
        """Freezes the workshop as it is now into a session of its own."""
        planned = self.workshops.of(workshop)
        planned.must_host(by)
        session = Session.of(
            planned.frozen(), self.new_code(), planned.hosts, "self" if own_pace else "live"
        )
        self.sessions.open(session)
        self.prepare(by, workshop, lambda now: now.opened(by, session.code))
        return session


    def sessions_seen_by(self, who: Principal) -> list[str]:
        """Newest first: a facilitator's own, a consultant's of one workshop."""
        if who.role == "consultant":
            return list(reversed(self.workshops.of(who.code).sessions))
        return [code for w in reversed(self.workshops_of(who)) for code in reversed(w.sessions)]

    # preparing --------------------------------------------------------------------------------

    def about(
        self, title: str, client: str, language: Language, date: dt.date, expected: int, values: tuple[Text, ...]
    ) -> About:
        """What a form gave, or one sentence about what is wrong with it."""
        try:
            return About(
                title=title.strip(), client=client.strip(), language=language, date=date, expected=expected, values=values
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

    def shape(self, by: Principal, code: str, board: Board, what: Line) -> Workshop:
        """A person's step on the theme board, with the scores that follow from it."""
        from outside_in.house.tasks import weighed

        corpora = self.database.corpora
        scored = board.weighed(weighed(board, corpora.verbatims(code), corpora.placed(code)))
        at = self.clock()
        return self.prepare(by, code, lambda now: now.shape(by, scored, what, at))

    def undo_import(self, by: Principal, code: str, batch: str) -> Workshop:
        after = self.prepare(by, code, lambda now: now.undo_import(by, batch))
        self.database.corpora.drop(code, batch)
        return after

    def doubtful_first(self, code: str, quotes: tuple[Quote, ...]) -> list[Quote]:
        doubts = {v.row for v in self.database.corpora.verbatims(code) if v.doubtful}
        return sorted(quotes, key=lambda quote: quote.row not in doubts)

    # long work ----------------------------------------------------------------------------------

    def receive(self, by: Principal, code: str, name: str, data: bytes) -> None:
        """Put an uploaded file down and have it read; the name is only shown, never a path."""
        self.workshops.of(code).must_host(by)
        self.settings.uploads.mkdir(parents=True, exist_ok=True)
        path = self.settings.uploads / secrets.token_hex(16)
        path.write_bytes(data)
        self.start(by, code, "read", {"path": str(path), "name": name})

    def start(self, by: Principal, code: str, kind: str, args: Mapping[str, Any]) -> str:
        self._still(by)
        self.workshops.of(code).must_host(by)
        return self.database.jobs.add(kind, code, by, dict(args))

    def make(self, by: Principal, session: Session, wanted: Mapping[str, Any]) -> str:
        """All deliverables of a session, for whoever may see them."""
        self._still(by)
        if by.role != "consultant" or by.code != session.plan.workshop or wanted["audience"] == "internal":
            session.must_run(by)
        return self.database.jobs.add("export-all", session.plan.workshop, by, wanted)

    def latest_job(self, code: str, kind: str) -> Job | None:
        return self.database.jobs.latest(code, kind)

    def waiting_file(self, code: str) -> Job | None:
        """The file that has been read and is neither stored nor put away."""
        job = self.latest_job(code, "read")
        if job is None or job.state != "done" or not Path(job.args["path"]).exists():
            return None
        return job

    def discard(self, by: Principal, code: str, job: Job) -> None:
        self.workshops.of(code).must_host(by)
        Path(job.args["path"]).unlink(missing_ok=True)

    def file(self, name: str) -> bytes:
        """A file the worker left for its facilitator; names come from job results only."""
        return (self.settings.uploads / Path(name).name).read_bytes()

    # ways in ------------------------------------------------------------------------------------

    def sample_session(self, by: Principal) -> Session:
        from outside_in.house.demo import fresh

        by.must_be("facilitator")
        self._still(by)
        return fresh(self, by.id)[0]

    def stage_link(self, code: str) -> str:
        return self.database.doors.issue(Principal(role="stage", id=secrets.token_hex(8), code=code), "stage")

    def sign_in_link(self, account: str, code: str = "") -> str:
        return self.database.doors.issue(Principal(role="facilitator", id=account, code=code), "sign-in")

    def personal_link(self, by: Principal, code: str) -> str:
        """One leader's own way into a self-paced session, on any of their devices."""
        self.sessions.of(code).must_run(by)
        return self.database.doors.resume_link(code)

    def share_link(self, by: Principal, workshop: str) -> str:
        self.workshops.of(workshop).must_host(by)
        return self.database.doors.issue(
            Principal(role="consultant", id=secrets.token_hex(8), code=workshop), "share"
        )

    def add_account(self, by: Principal, login: str, password: str) -> None:
        by.must_be("facilitator", "operator")
        self._still(by)
        self.database.doors.add_account(login, password)


@cache
def speaker(language: Language) -> Speaker:
    return Speaker(language)


def receipt(ticket: str) -> str:
    """Proof that a submission was stored; says nothing about the person or the answer."""
    return sha256(ticket.encode()).hexdigest()


def new_ticket() -> str:
    return secrets.token_hex(16)


def rehearsed(step: Step, chance: Random) -> dict[str, Any]:
    """What a simulated leader answers; ranges are drawn around the level they belong to."""
    values: dict[str, Any] = {question.id: question.rehearse(chance) for question in step.exercise.asks()}
    for id, value in values.items():
        own = values.get(f"{id}-range")
        if isinstance(own, list) and isinstance(value, (int, float)):
            values[f"{id}-range"] = [min(own[0], value), max(own[1], value)]
    return values


_built: list[House] = []


def parts(*, migrate: bool = True) -> House:
    """This process's house. Built from the environment, so that every way of starting finds the same."""
    if not _built:
        settings = Settings.of()
        _built.append(House(settings, Database(settings.database, settings.data, migrated=migrate)))
    return _built[0]
