"""An event log comes into a workshop: looked at first, stored as counts, and one real case of it chosen."""

import io
import json
import zipfile

import pytest

from outside_in.content.library import ROOT
from outside_in.domain.errors import NotAllowed
from outside_in.domain.people import OPERATOR, Principal
from outside_in.domain.plan import Phase
from outside_in.house.take_home import written
from outside_in.house.worker import work

LOG = ROOT / "sample" / "kestrel-row" / "events.csv"
STRANGER = Principal(role="facilitator", id="stranger")


@pytest.fixture
def given(world):
    world.house.receive(OPERATOR, world.workshop, "claims.csv", LOG.read_bytes(), "log")
    work(world.house, world.house.database.jobs.take("test"))
    return world


def test_nothing_is_stored_before_somebody_takes_it_in_and_then_the_file_is_gone(given):
    before = given.plan.flow
    job = given.house.waiting_file(given.workshop, "log")
    assert given.plan.flow == before
    given.house.take_log(OPERATOR, given.workshop, job)
    assert given.plan.flow.file == "claims.csv"
    assert given.house.waiting_file(given.workshop, "log") is None
    assert not list(given.house.settings.uploads.glob("*"))


def test_a_new_log_takes_the_case_of_the_old_one_away(given):
    assert given.plan.story
    given.house.take_log(OPERATOR, given.workshop, given.house.waiting_file(given.workshop, "log"))
    assert given.plan.story is None


def test_only_hosts_bring_logs_and_choose_cases(given):
    job = given.house.waiting_file(given.workshop, "log")
    for forbidden in (
        lambda: given.house.take_log(STRANGER, given.workshop, job),
        lambda: given.house.choose_case(STRANGER, given.workshop, 0, None, None),
        lambda: given.house.receive(STRANGER, given.workshop, "x.csv", b"", "log"),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_a_file_that_is_no_log_is_refused_in_both_languages_and_can_be_put_away(world):
    world.house.receive(OPERATOR, world.workshop, "words.csv", b"a,b\n1,2\n", "log")
    work(world.house, world.house.database.jobs.take("test"))
    job = world.house.waiting_file(world.workshop, "log")
    assert "Fall" in job.result["problems"]["de"][0]
    assert "case" in job.result["problems"]["en"][0]
    world.house.discard(OPERATOR, world.workshop, job)
    assert world.house.waiting_file(world.workshop, "log") is None


def test_the_sample_s_case_can_be_taken_away_and_chosen_again(world):
    house, code = world.house, world.workshop
    assert world.plan.story.case.kind == "extreme"
    house.choose_case(OPERATOR, code, None, None, None)
    assert world.plan.story is None
    said = world.plan.voices()[0].row
    house.choose_case(OPERATOR, code, 0, said, (10.0, 20.0))
    assert world.plan.story.case.kind == "typical"
    assert world.plan.facts().story.quote.approved


def test_a_quote_taken_back_is_not_the_last_word_of_a_case(world):
    row = world.plan.story.quote.row
    world.house.prepare(OPERATOR, world.workshop, lambda now: now.review(OPERATOR, (), (row,)))
    assert world.plan.facts().story.quote is None


def test_half_a_day_leads_through_the_case(world):
    steps = world.house.library.agenda("half-day").steps
    world.house.prepare(OPERATOR, world.workshop, lambda now: now.plan(OPERATOR, now.about, steps))
    world.code = world.house.open_session(OPERATOR, world.workshop).code
    world.go_to("real-case-end", Phase.DISCUSSED)
    assert "ranges" in [step.id for step in world.session.plan.steps]


@pytest.mark.parametrize(("audience", "held"), [("board", False), ("participants", False), ("internal", True)])
def test_real_cases_leave_the_house_only_for_those_inside(live, audience, held):
    (bundle,) = written(live.house, live.code, "json", audience, "de")
    with zipfile.ZipFile(io.BytesIO(bundle.data)) as archive:
        workshop = json.loads(archive.read("workshop.json"))
    assert bool(workshop.get("flow")) is held
