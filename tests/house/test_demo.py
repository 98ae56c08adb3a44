"""The fictional company: seeded once, complete, and true to its own file."""

from random import Random

import pytest

from outside_in import journeys
from outside_in.domain.errors import NotAllowed
from outside_in.domain.people import OPERATOR
from outside_in.domain.plan import Phase
from outside_in.house import FIRST, LETTERS
from outside_in.house.demo import CROWD, demo, fresh, opened, seed, taste


def test_seeding_twice_is_seeding_once(world):
    """The world was seeded before; a second start finds it."""
    before = world.house.workshops.codes(), world.house.sessions.codes()
    assert seed(world.house) is None
    assert (world.house.workshops.codes(), world.house.sessions.codes()) == before


def test_the_first_start_has_a_session_whose_code_can_be_read_aloud(empty):
    code = seed(empty.house)
    assert len(code) == 8
    assert set(code) <= set(LETTERS)
    assert empty.house.sessions.of(code).pace == "live"
    assert empty.house.workshops_of(empty.host())[0].sample


@pytest.mark.parametrize("company", ["lindhain", "kestrel-row"])
def test_every_theme_s_rows_and_quotes_stand_in_the_file(world, company):
    sample = world.house.library.sample(company)
    rows = {verbatim.row for verbatim in journeys.read(sample.feedback).verbatims}
    for theme in sample.themes:
        assert set(theme.rows) <= rows
        assert {*theme.quotes, theme.dissent} - {None} <= set(theme.rows)


def test_a_row_belongs_to_one_theme_only(world):
    for sample in world.house.library.samples:
        rows = [row for theme in sample.themes for row in theme.rows]
        assert len(rows) == len(set(rows))


def test_the_english_company_is_a_sample_of_its_own_that_runs_to_the_end(world):
    live, own = fresh(world.house, FIRST, "kestrel-row")
    workshop = world.house.workshops.of(live.plan.workshop)
    assert live.plan.workshop == own.plan.workshop != world.workshop
    assert live.plan.language == "en"
    assert live.plan.title.endswith("(fictional)")
    assert len(workshop.journey.touchpoints) == 9
    assert all(point.evidence and point.quotes for point in workshop.journey.touchpoints)
    assert not workshop.lacking()
    assert not workshop.to_read()
    assert _run(world.house, live.code).ended


def _run(house, code):
    """Everybody answers whatever is asked until there is nothing left to press."""
    for _ in range(120):
        session = house.sessions.of(code)
        if session.ended:
            break
        if session.asks:
            house.simulate(OPERATOR, code, 9, Random(len(session.now)))
        house.press(OPERATOR, code, house.sessions.of(code).moved)
    return house.sessions.of(code)


def test_quotes_on_the_board_are_the_customers_own_words(world):
    words = {v.row: v.text for v in world.house.database.corpora.verbatims(world.workshop)}
    quotes = [quote for theme in world.plan.board.themes for quote in theme.quotes]
    assert quotes
    assert all(words[quote.row] == quote.text for quote in quotes)


def test_the_sample_s_quotes_have_been_read(world):
    assert not world.plan.to_read()


def test_the_journey_has_eight_touchpoints_and_each_is_measured(world):
    points = world.plan.journey.touchpoints
    assert len(points) == 8
    assert all(point.evidence and point.quotes for point in points)


def test_a_session_of_the_sample_keeps_all_eleven_steps(live):
    assert len(live.session.plan.steps) == 11
    assert not live.plan.lacking()
    assert live.session.plan.sample


def test_every_fresh_session_is_a_new_one_of_the_same_workshop(world):
    first, second = fresh(world.house, FIRST), fresh(world.house, FIRST)
    assert len({session.code for pair in (first, second) for session in pair}) == 4
    assert {session.plan.workshop for pair in (first, second) for session in pair} == {world.workshop}


def test_somebody_else_gets_a_sample_of_their_own(world):
    live, _ = fresh(world.house, "ada")
    assert live.plan.workshop != world.workshop
    assert live.hosts == ("ada",)


def test_at_most_six_presses_lead_to_the_first_question(live):
    presses = 0
    while not live.session.asks:
        live.press()
        presses += 1
    assert 0 < presses <= 6


def test_the_first_question_can_be_open_at_once(live):
    session = opened(live.house, live.session)
    assert session.course(session.now).phase is Phase.OPEN


def test_all_addresses_are_absolute_and_let_their_holder_in(world):
    made = demo(world.house, "http://127.0.0.1:8501/", open_first=True)
    doors = world.house.database.doors
    assert made.join_url == f"http://127.0.0.1:8501/j/{made.code}"
    assert doors.who(made.stage_url.rsplit("/", 1)[-1], "stage").code == made.code
    assert doors.use_once(made.facilitator_url.rsplit("/", 1)[-1], "sign-in").id == FIRST
    own = doors.peek(made.practice_url.rsplit("/", 1)[-1], "resume")
    assert world.house.sessions.of(own.code).pace == "self"


def test_a_personal_link_needs_somebody_who_runs_the_session(own_pace):
    stranger = own_pace.host("stranger")
    with pytest.raises(NotAllowed):
        own_pace.house.personal_link(stranger, own_pace.code)


def test_the_same_seed_rehearses_the_same_room(live):
    live.go_to("predict", Phase.OPEN)
    twin, _ = fresh(live.house, FIRST)
    for code in (live.code, twin.code):
        while live.house.sessions.of(code).now != "predict" or not live.house.sessions.of(code).asks:
            live.house.press(OPERATOR, code, live.house.sessions.of(code).moved)
        live.house.simulate(OPERATOR, code, 7, Random(3))
    said = [_said(live.house.sessions.of(code)) for code in (live.code, twin.code)]
    assert said[0] == said[1] != []


def _said(session):
    return sorted(str(answer.values) for answer in session.course("predict").answers.values())


def test_who_tries_it_alone_finds_every_question_answered_and_all_of_it_marked(world):
    world.code = taste(world.house, FIRST).code
    asked = []
    while not world.session.ended:
        if world.press().asks:
            asked.append(world.session.now)
            assert world.session.answered(world.session.now) == CROWD
    assert asked == ["predict", "rank", "commit"]
    assert world.session.rehearsed


def test_a_taste_leaves_the_sample_s_own_agenda_alone(world):
    before = world.plan.steps
    taste(world.house, FIRST)
    assert world.plan.steps == before
