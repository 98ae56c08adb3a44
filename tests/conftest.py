"""A workshop to play with: facts about invented customers, a session made of every step of an agenda."""

import datetime as dt
from hashlib import sha256
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as habits

from outside_in.content import library
from outside_in.domain.exercise import Facts
from outside_in.domain.feedback import Quote, Theme
from outside_in.domain.flow import Flow, Follow, Happening, RealCase
from outside_in.domain.journey import Journey, Touchpoint
from outside_in.domain.measures import level, wilson
from outside_in.domain.people import Principal
from outside_in.domain.plan import Phase, Plan
from outside_in.domain.session import Session
from outside_in.domain.story import Story
from outside_in.domain.text import Text

habits.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
habits.load_profile("steady")  # a busy machine is no failure

HOST = Principal(role="facilitator", id="host")
DAY = dt.date(2026, 11, 25)
SCORES = {
    "move": [0, 2, 5, 6, 3, 9, 1],
    "bill": [9, 7, 6, 3, 10, 8],
    "meter": [10, 9, 9, 10, 8, 10],
    "call": [7, 8, 5, 9, 6],
}


def leader(name="ada", code="ABCD2345"):
    return Principal(role="leader", id=name, code=code)


def quote(row, text="Drei Mal gemeldet, nie eine Antwort."):
    return Quote(row=row, text=text, approved=True)


def _bad(scores):
    bounds = wilson(sum(score <= 6 for score in scores), len(scores))
    share = sum(score <= 6 for score in scores) / len(scores)
    return {"negative": share, "negative_low": bounds.low, "negative_high": bounds.high}


def make_facts():
    points = tuple(
        Touchpoint(
            id=id,
            name=Text(de=f"{id} de", en=f"{id} en"),
            n=len(scores),
            evidence=level("nps", scores),
            emotion=0.5,
            **_bad(scores),
            quotes=(quote(number),),
        )
        for number, (id, scores) in enumerate(SCORES.items(), 2)
    )
    themes = tuple(
        Theme(
            id=f"t{n}",
            leaves=(f"t{n}",),
            label=Text.same(f"Theme {n}"),
            size=50 - n,
            status="selected",
            quotes=(quote(20 + n), quote(40 + n)),
        )
        for n in range(1, 5)
    )
    journey = Journey(
        name=Text.same("Way"), touchpoints=points, overall=level("nps", [s for each in SCORES.values() for s in each])
    )
    calculation = library().calculation("lindhain")
    return Facts(journey=journey, themes=themes, date=DAY, story=make_story(), calculation=calculation)


def make_story():
    """Six things that happened to somebody, with three long waits among them."""
    days = (0, 1, 9, 10, 24, 45)
    told = tuple(
        Happening(activity=f"{what} {n}", day=day, channel="Brief")
        for n, (what, day) in enumerate(zip("abcdef", days, strict=True))
    )
    follows = tuple(
        Follow(source=a.activity, target=b.activity, n=9, median_wait_days=3, low_days=2, high_days=5)
        for a, b in pairwise(told)
    )
    case = RealCase(case="U-1", kind="extreme", similar=12, happenings=told)
    flow = Flow(cases=40, events=240, ways=3, follows=follows, representatives=(case,))
    return Story.of(flow, case, quote(21), (110.0, 154.0))


def make_plan(agenda="90-minutes"):
    steps = library().agenda(agenda).steps
    return Plan.of(steps, make_facts(), workshop="WORKSHOP", title="Blick von außen", date=DAY)


PLAN = make_plan()
ASKING = [step.id for step in PLAN.steps if step.asks]


class Room:
    """A session in hand: plays facilitator and leaders, one change after the other."""

    def __init__(self, plan=PLAN, pace="live"):
        self.session = Session.of(plan, "ABCD2345", ("host",), pace)
        self.chance = Random(7)

    def apply(self, event):
        if event is not None:
            self.session = self.session.after(event, self.session.version + 1)
        return event

    def press(self, times=1):
        for _ in range(times):
            self.apply(self.session.press(HOST, self.session.moved, 1000.0, self.chance))

    def go_to(self, step, phase):
        while (self.session.now, self.session.course(step).phase) != (step, phase):
            self.press()
        return self

    def values(self, step, seed=1):
        return self.session.step(step).exercise.rehearse(Random(seed))

    def answer(self, step, who="ada", seed=1, receipt=None):
        said = self.values(step, seed)
        by = leader(who)
        receipt = receipt or sha256(f"{who} {seed}".encode()).hexdigest()
        return self.apply(
            self.session.answer(by, step, said, tag=sha256(f"tag {who} {step}".encode()).hexdigest(), receipt=receipt)
        )

    def answered(self, step, people):
        self.go_to(step, Phase.OPEN)
        for n in range(people):
            self.answer(step, f"leader {n}", seed=n)
        return self

    def revealed(self, step, people):
        self.answered(step, people).go_to(step, Phase.REVEALED)
        for text in self.session.texts(HOST):
            self.apply(self.session.judge(HOST, text.step, text.ref, True))
        return self


@pytest.fixture
def room():
    return Room()
