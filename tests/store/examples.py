"""A vote of five leaders, and what they do in it."""

import datetime as dt
import secrets
import time
from hashlib import sha256
from random import Random

from outside_in.domain.exercise import Facts
from outside_in.domain.exercises.commit import Commit
from outside_in.domain.exercises.vote import Vote
from outside_in.domain.people import Principal
from outside_in.domain.plan import Plan, Step
from outside_in.domain.questions import Option
from outside_in.domain.session import Session
from outside_in.domain.text import Text
from outside_in.domain.workshop import About, Workshop
from outside_in.store import tag_of

DAY = dt.date(2026, 11, 25)
HOST = Principal(role="facilitator", id="first")
PAINS = tuple(Option(id=id, label=Text.same(id)) for id in ("waiting", "repeating", "searching"))
STEPS = (
    Step(
        id="vote",
        title=Text(de="Wo tut es weh?", en="Where does it hurt?"),
        minutes=5,
        exercise=Vote(question=Text(de="Was zuerst?", en="What first?"), options=PAINS),
    ),
    Step(id="promise", title=Text(de="Zusagen", en="Promises"), minutes=10, exercise=Commit()),
)


def a_session(code="ABCD2345"):
    plan = Plan.of(STEPS, Facts(date=DAY), workshop="WORK2345", title="Outside-In", date=DAY)
    return Session.of(plan, code, ("first",))


def a_workshop(code="WORK2345"):
    about = About(title="Outside-In", date=DAY)
    return Workshop(code=code, hosts=("first",), about=about, steps=STEPS)


class Leader:
    """Somebody with a phone: a principal, a key, and a receipt per submission."""

    def __init__(self, code="ABCD2345"):
        self.by = Principal(role="leader", id=secrets.token_hex(16), code=code)
        self.key = secrets.token_bytes(32)

    @property
    def tag(self):
        return tag_of(self.key, "vote")

    def join(self, store, name=""):
        return store.change(self.by.code, lambda now: now.join(self.by, name))

    def vote(self, store, choice="waiting", ticket=None):
        receipt = sha256((ticket or secrets.token_hex(16)).encode()).hexdigest()
        return store.change(self.by.code, self.voting(choice, receipt))

    def voting(self, choice, receipt):
        return lambda now: now.answer(self.by, "vote", {"choice": [choice]}, tag=self.tag, receipt=receipt)


def until(true, seconds=10.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "this never came true"
        time.sleep(0.02)


def press(store, code="ABCD2345", at=1000.0):
    """The facilitator's primary button."""
    return store.change(code, lambda now: now.press(HOST, now.moved, at, Random(1)))


def with_an_open_vote(store, code="ABCD2345"):
    store.open(a_session(code))
    press(store, code)
    return store
