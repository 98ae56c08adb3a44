"""What a person writes down about the journey: drawn with it, undone, brought back from a file; by hosts only."""

import pytest

from outside_in import journeys
from outside_in.domain.errors import NotAllowed
from outside_in.domain.people import OPERATOR, Principal
from outside_in.house.worker import work

STRANGER = Principal(role="facilitator", id="stranger")


def drawn(world):
    while job := world.house.database.jobs.take("here"):
        work(world.house, job)
    return world.plan.journey


@pytest.fixture
def design(world):
    return world.house.design(world.plan)


def rewritten(design, **changes):
    rows = design.rows()
    for name, (place, value) in changes.items():
        rows[place][name] = value
    return design.with_rows(rows)


def test_the_sample_starts_from_its_planned_touchpoints(design):
    assert [point.id for point in design.points][:2] == ["wechsel", "abschlag"]
    assert design.points[0].phase.en == "Becoming a customer"


def test_a_new_name_and_an_owner_stand_on_the_journey_and_can_be_undone(world, design):
    before = world.plan.journey
    world.house.plan_journey(
        OPERATOR, world.workshop, rewritten(design, de=(0, "Kunde werden"), accountable=(0, "Vertrieb"))
    )
    after = drawn(world)
    assert after.touchpoints[0].name.de == "Kunde werden"
    assert after.touchpoints[0].owner == "Vertrieb"
    assert after.touchpoints[0].evidence == before.touchpoints[0].evidence
    world.house.undo_journey(OPERATOR, world.workshop)
    assert drawn(world) == before


def test_a_label_moved_to_another_row_merges_touchpoints(world, design):
    rows = design.rows()
    gone = next(n for n, row in enumerate(rows) if row["id"] == "abschlag")
    kept = next(n for n, row in enumerate(rows) if row["id"] == "rechnung")
    rows[kept]["labels"] += f"; {rows[gone]['labels']}"
    del rows[gone]
    before = {point.id: point.n for point in world.plan.journey.touchpoints}
    world.house.plan_journey(OPERATOR, world.workshop, design.with_rows(rows))
    after = {point.id: point.n for point in drawn(world).touchpoints}
    assert after["rechnung"] == before["rechnung"] + before["abschlag"]
    assert "abschlag" not in after


def test_a_segment_makes_a_persona_of_evidence(world, design):
    segment = world.house.segments(world.plan)[0]
    told = design.model_copy(update={"persona": "Privathaushalte", "segment": segment})
    everybody = sum(point.n for point in world.plan.journey.touchpoints)
    world.house.plan_journey(OPERATOR, world.workshop, told)
    after = drawn(world)
    assert 0 < sum(point.n for point in after.touchpoints) < everybody
    assert (after.persona, after.segment) == ("Privathaushalte", segment)


def test_an_assumption_is_drawn_only_where_nothing_was_measured_and_beside_what_was(world, design):
    rows = [*rewritten(design, assumed=(0, 2)).rows(), {"de": "Erinnerung", "assumed": -1}]
    world.house.plan_journey(OPERATOR, world.workshop, design.with_rows(rows))
    first, *_, last = drawn(world).touchpoints
    assert first.provenance == "measured"
    assert first.emotion != 2
    assert first.plan.assumed == 2
    assert (last.provenance, last.emotion) == ("assumed", -1)


def test_a_file_brings_the_journey_back_and_a_wrong_one_changes_nothing(world, design):
    written = journeys.design_to_json(rewritten(design, kpi=(0, "Anteil ohne Rückfrage")))
    world.house.receive_journey(OPERATOR, world.workshop, "journey.json", written)
    assert world.plan.design.points[0].kpi == "Anteil ohne Rückfrage"
    before = world.plan.design
    with pytest.raises(Exception, match="journey"):
        world.house.receive_journey(OPERATOR, world.workshop, "wrong.json", b'{"format": "x"}')
    assert world.plan.design == before


def test_strangers_plan_nothing(world, design):
    for forbidden in (
        lambda: world.house.plan_journey(STRANGER, world.workshop, design),
        lambda: world.house.undo_journey(STRANGER, world.workshop),
        lambda: world.house.receive_journey(STRANGER, world.workshop, "a.json", b"{}"),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
