"""
A whole session, press by press, beside a model made of plain dicts; SQLite and PostgreSQL live it together.

`LIVES=400 python -m pytest tests/store/test_life.py` lives more and longer ones.
"""

import os
import secrets
from collections import Counter
from hashlib import sha256
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from outside_in.domain.errors import WorkshopError
from outside_in.domain.exercise import Facts
from outside_in.domain.people import OPERATOR
from outside_in.domain.plan import Phase, Plan
from outside_in.domain.session import Session
from outside_in.domain.showing import SHOWN
from outside_in.store import Database, tag_of
from tests.store.conftest import KINDS
from tests.store.examples import DAY, HOST, PAINS, STEPS, Leader

LIVES = int(os.environ.get("LIVES", "0"))
CODES = map("L{:07}".format, count())
PEOPLE = range(7)
CHOICES = [option.id for option in PAINS]
SECOND = STEPS[0].model_copy(update={"id": "vote-2", "exercise": STEPS[0].exercise.again("-2")})
ANONYMOUS = {"vote": "choice", "vote-2": "choice-2"}


class Life(RuleBasedStateMachine):
    def __init__(self, first):
        super().__init__()
        self._mine, self._later, self.code = list(first), [], next(CODES)
        plan = Plan.of((*STEPS[:1], SECOND, *STEPS[1:]), Facts(date=DAY), workshop="WORK2345", title="x", date=DAY)
        for database in self._mine:
            database.sessions.open(Session.of(plan, self.code, ("first",)))
        self.leaders = [Leader(self.code) for _ in PEOPLE]
        self.phases = dict.fromkeys(("vote", "vote-2", "promise"), Phase.PREPARED)
        self.now, self.version, self.joined = "vote", 0, {}
        self.said = {step: {} for step in self.phases}
        """By step, what counts of whom, as long as its step knows."""
        self.closed = {}
        """By step, what was said; no longer by whom."""
        self.acknowledged, self.ended = set(), False

    @property
    def session(self):
        return self._mine[0].sessions.of(self.code)

    def change(self, decide):
        """The same wish to every database; whether anything happened, or the refusal they agree on."""
        before, ends = self.session.version, []
        for database in self._mine:
            try:
                ends.append(database.sessions.change(self.code, decide).version)
            except WorkshopError as refused:
                ends.append(refused.code)
        assert len(set(ends)) == 1, ends
        if isinstance(ends[0], str):
            assert self.session.version == before
            return ends[0]
        assert ends[0] - before in (0, 1)
        return ends[0] > before

    # what people do -------------------------------------------------------------------------

    @rule(n=st.sampled_from(PEOPLE), name=st.sampled_from(("", "Ada", "Bob")))
    def joins(self, n, name):
        by = self.leaders[n].by
        happened = self.change(lambda now: now.join(by, name))
        assert happened == ("not-open" if self.ended else self.joined.get(by.id) != name)
        if happened is True:
            self.joined[by.id] = name

    @rule(
        n=st.sampled_from(PEOPLE), step=st.sampled_from(list(ANONYMOUS)), choice=st.sampled_from(CHOICES),
        again=st.booleans(),
    )  # fmt: skip
    def votes(self, n, step, choice, again):
        leader, item = self.leaders[n], ANONYMOUS[step]
        ticket = sha256(f"{self.code} {n} {step}".encode()).hexdigest() if again else secrets.token_hex(32)
        tag = tag_of(leader.key, step)
        known = ticket in self.acknowledged
        happened = self.change(lambda now: now.answer(leader.by, step, {item: [choice]}, tag=tag, receipt=ticket))
        if known:
            assert happened is False
        elif self.phases[step] is not Phase.OPEN or self.ended:
            assert isinstance(happened, str)
        else:
            assert happened is True
            self.said[step][tag] = choice
            self.acknowledged.add(ticket)

    @rule(seed=st.integers(0, 99))
    def presses(self, seed):
        seen, ahead = self.session.moved, self.session.ahead(1000.0)
        happened = self.change(lambda now: now.press(HOST, seen, 1000.0, Random(seed)))
        assert happened is (ahead is not None)
        self._moved()

    @rule()
    def goes_back(self):
        seen = self.session.moved
        self.change(lambda now: now.back(HOST, seen, 1000.0))
        self._moved()

    @rule()
    def presses_what_is_long_past(self):
        assert self.change(lambda now: now.press(HOST, -1, 1000.0, Random(1))) is False

    @precondition(lambda self: self.ended)
    @rule()
    def takes_the_end_back(self):
        assert self.change(lambda now: now.resume(HOST, 1000.0)) is True
        self._moved()

    @rule(n=st.sampled_from(PEOPLE), tag=st.booleans())
    def is_forgotten(self, n, tag):
        leader = self.leaders[n]
        who, by = (tag_of(leader.key, "vote"), leader.by) if tag else (leader.by.id, OPERATOR)
        known = who in self.joined or who in self.said["vote"]
        gone = self.session.course("vote").answers.get(who)
        assert self.change(lambda now: now.forget(by, who)) is known
        self.joined.pop(who, None)
        if self.said["vote"].pop(who, None):
            self.acknowledged -= {gone.receipt, *gone.spent}
        for database in self._mine if known and not tag else ():
            database.sessions.compact(self.code)

    @rule()
    def a_stranger_presses(self):
        stranger = HOST.model_copy(update={"id": "stranger"})
        assert isinstance(self.change(lambda now: now.press(stranger, now.moved, 1.0, Random(1))), str)

    @rule()
    def the_process_starts_again(self):
        self._mine = [Database(database.url) for database in self._mine]
        self._later += self._mine

    def _moved(self):
        """The model follows the room; what the room may do is `ahead` and `behind`, tried elsewhere."""
        session = self.session
        self.now, self.ended = session.now, bool(session.ended)
        for step in self.phases:
            self.phases[step] = session.course(step).phase
            if step in ANONYMOUS and session.course(step).closed and step not in self.closed:
                self.closed[step] = Counter(self.said[step].values())
                self.said[step] = {}

    # what always holds ----------------------------------------------------------------------

    @invariant()
    def the_version_only_grows(self):
        assert self.session.version >= self.version
        self.version = self.session.version

    @invariant()
    def every_database_and_every_process_sees_the_same(self):
        first, *others = (database.sessions.of(self.code) for database in self._mine)
        assert all(other == first for other in others)

    @invariant()
    def what_was_said_counts_once_and_nothing_else_does(self):
        session = self.session
        assert dict(session.joined) == self.joined
        for step, item in ANONYMOUS.items():
            course = session.course(step)
            assert {tag: answer.values[item] for tag, answer in course.answers.items()} == {
                tag: [choice] for tag, choice in self.said[step].items()
            }
            counted = Counter(choice for (choice,) in course.closed.said.get(item, ())) if course.closed else None
            assert counted == self.closed.get(step)
        assert all(any(session.course(step).knows(one) for step in ANONYMOUS) for one in self.acknowledged)

    @invariant()
    def nothing_is_seen_before_its_reveal_or_of_too_few(self):
        session = self.session
        for step in ANONYMOUS:
            if session.course(step).phase not in SHOWN:
                assert session.tells(step) == ()
            elif session.answered(step) < 5:
                assert session.room(step) is None

    @invariant()
    def no_tag_survives_a_close(self):
        session = self.session
        tags = [
            tag_of(leader.key, step) for leader in self.leaders for step in ANONYMOUS if session.course(step).closed
        ]
        told = session.model_dump_json() if tags else ""
        assert not [tag for tag in tags if tag in told]

    def teardown(self):
        for database in self._mine:
            assert database.sessions.reread(self.code) == database.sessions.of(self.code)
        for database in self._later:
            database.close()


@pytest.fixture
def urls(request):
    return [request.getfixturevalue(f"{kind}_url") for kind in KINDS]


def test_a_session_is_lived_alike_on_every_database_and_in_the_model(urls, opened):
    first = [opened(url) for url in urls]
    wanted = settings(
        settings.get_profile("steady"),
        derandomize=not LIVES,
        max_examples=LIVES or 15,
        stateful_step_count=60 if LIVES else 30,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Life(first), settings=wanted)
