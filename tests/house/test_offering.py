"""A leader asks a language model about the own draft: only when asked, only the draft, only for them."""

import json

import pytest
from pydantic import SecretStr

from outside_in.domain.errors import WorkshopError
from outside_in.domain.people import OPERATOR, Badge
from outside_in.domain.plan import Phase
from outside_in.house import new_ticket
from outside_in.house.writing import WriterSettings
from tests.writer.fake import Server, Step

GOOD = {"offer": "Angenommen, es sind Einzelfälle: Ab wie vielen würden Sie nachsehen?"}
DRAFT = "Rufen Sie Frau Schneider unter 0151 23456789 an, dann reden wir."


@pytest.fixture
def reframing(world):
    """The practice step, open, and somebody with a draft in it."""
    steps = world.house.library.agenda("exercise-library").steps
    chosen = tuple(step for step in steps if step.id in ("lobby", "reframe"))
    world.house.prepare(OPERATOR, world.workshop, lambda now: now.plan(OPERATOR, now.about, chosen))
    world.code = world.house.open_session(OPERATOR, world.workshop).code
    world.go_to("reframe", Phase.OPEN, phones=0)
    return world


def says(world, badge, words):
    asked = world.session.step("reframe").exercise.asks()
    values = {q.id: words if q.id == "reframe-draft" else [q.options[0].id] for q in asked}
    world.house.answer(badge, "reframe", new_ticket(), values)


def on(world, address, most=200_000):
    world.house.set_writer(
        OPERATOR, WriterSettings(on=True, address=address, model="small", key=SecretStr("k"), most=most)
    )
    world.house.allow_writer(OPERATOR, world.workshop, True)


def offer(world, badge):
    return world.house.offer(badge, world.session, "reframe", "de")


def test_nothing_can_be_asked_while_the_model_is_off_or_without_a_draft(reframing):
    ada = reframing.leader()
    says(reframing, ada, DRAFT)
    assert reframing.house.draft(ada, reframing.session, "reframe", "de") is None
    with Server(Step(json.dumps(GOOD))) as server:
        on(reframing, server.address)
        bob = reframing.leader()
        assert reframing.house.draft(bob, reframing.session, "reframe", "de") is None
        with pytest.raises(WorkshopError):
            offer(reframing, bob)
        assert server.asked == []


def test_the_draft_goes_redacted_and_alone_and_only_when_asked(reframing):
    ada = reframing.leader()
    says(reframing, ada, DRAFT)
    with Server(Step(json.dumps(GOOD))) as server:
        on(reframing, server.address)
        shown = reframing.house.draft(ada, reframing.session, "reframe", "de")
        assert server.asked == []
        assert offer(reframing, ada) == GOOD["offer"]
    (sent,) = server.asked
    told = json.loads(sent["messages"][1]["content"])
    assert told["draft"] == shown.text
    assert "0151" not in shown.text
    assert "Schneider" not in shown.text
    assert set(told) == {"draft", "objections"}


def test_nobody_else_can_ask_about_it_and_the_log_names_no_leader(reframing):
    ada, thief = reframing.leader(), reframing.leader()
    says(reframing, ada, DRAFT)
    with Server(Step(json.dumps(GOOD))) as server:
        on(reframing, server.address)
        stolen = Badge(principals=ada.principals, key=thief.key)
        with pytest.raises(WorkshopError):
            offer(reframing, stolen)
        offer(reframing, ada)
    entries = [one for one in reframing.house.database.log.entries() if "a draft" in one.what]
    assert [(one.role, one.principal) for one in entries] == [("leader", "")]
    assert [one.what for one in entries] == ["a draft to a language model"], "no hash that a known draft leads back to"


@pytest.mark.parametrize(
    "step",
    [
        Step("no json"),
        Step(json.dumps({"offer": ""})),
        Step(json.dumps({"offer": "See https://evil.example"})),
        Step(json.dumps({"offer": "<b>bold</b>"})),
        Step(json.dumps({"offer": "fine", "more": 1})),
        Step(status=401),
        Step(status=500),
        Step(raw=b"<html>"),
    ],
)
def test_whatever_comes_back_wrong_is_one_sentence_and_the_draft_stays(reframing, step):
    ada = reframing.leader()
    says(reframing, ada, DRAFT)
    with Server(step) as server:
        on(reframing, server.address)
        with pytest.raises(WorkshopError) as failed:
            offer(reframing, ada)
    assert failed.value.code == "offer-failed"
    assert reframing.house.own_answer(ada, reframing.session, "reframe")["reframe-draft"] == DRAFT


def test_a_spent_budget_sends_nothing(reframing):
    ada = reframing.leader()
    says(reframing, ada, DRAFT)
    with Server(Step(json.dumps(GOOD))) as server:
        on(reframing, server.address, most=10)
        with pytest.raises(WorkshopError) as failed:
            offer(reframing, ada)
        assert server.asked == []
    assert failed.value.code == "offer-budget"
