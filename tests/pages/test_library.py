"""What the library adds to the desk: steps of an agenda, own values, the map, the feedback minute."""

import pytest
import yaml

from outside_in.domain.errors import WorkshopError
from outside_in.domain.people import OPERATOR
from outside_in.domain.plan import Phase
from tests.pages.tabs import SAY, open_tab, press, words


@pytest.fixture
def host(world):
    return world.badge("facilitator", "facilitator", id="first")


def held(world, agenda="exercise-library", step="bridge"):
    """A live session of the whole library in which this step has been revealed."""
    steps = [s for s in world.house.library.agenda(agenda).steps if s.id in (step, "lobby")]
    world.house.arrange(OPERATOR, world.workshop, tuple(steps))
    world.code = world.house.open_session(OPERATOR, world.workshop).code
    world.go_to(step, Phase.REVEALED)
    return world.code


# the agenda --------------------------------------------------------------------------------


def test_a_step_of_the_library_is_added_and_clock_times_run(world, host, language):
    tab, key = open_tab("prepare", host, language), world.workshop
    tab.selectbox(f"add-{key}").set_value("x-bridge").run()
    press(tab, f"add-now-{key}")
    assert world.plan.steps[-1].id == "bridge"
    assert world.plan.steps[-1].exercise.principles
    assert "09:00" in words(open_tab("prepare", host, language))


def test_a_format_that_cannot_stand_twice_is_refused_and_a_vote_gets_an_item_of_its_own(world):
    bridge = next(step for step in world.house.library.exercises if step.id == "bridge")
    vote = next(step for step in world.house.library.exercises if step.id == "diagnoses")
    world.house.add_step(OPERATOR, world.workshop, bridge)
    with pytest.raises(WorkshopError):
        world.house.add_step(OPERATOR, world.workshop, bridge)
    for _ in range(2):
        world.house.add_step(OPERATOR, world.workshop, vote)
    assert [step.exercise.item for step in world.plan.steps[-2:]] == ["diagnosis-vote", "diagnosis-vote-2"]


def test_notes_reveal_and_prework_of_a_step_are_edited(world, host):
    tab, key = open_tab("prepare", host), world.workshop
    first = world.plan.steps[0].id
    tab.text_area(f"notes-de-{key}-{first}").set_value("Neue Notiz")
    tab.checkbox(f"shrink-{key}-{first}").check()
    press(tab, f"step-save-{key}-{first}")
    assert world.plan.steps[0].notes.de == "Neue Notiz"
    assert world.plan.steps[0].shrinkable


def test_a_saved_agenda_can_be_read_again(world):
    world.house.arrange(OPERATOR, world.workshop, world.house.library.agenda("exercise-library").steps)
    written = world.house.agenda_file(world.plan)
    assert [step["exercise"]["kind"] for step in yaml.safe_load(written)["steps"]][-1] == "wanting"
    assert "Wir nehmen Kundinnen" not in written


# values ------------------------------------------------------------------------------------


def test_own_values_are_pasted_and_too_few_are_refused(world, host, language):
    tab, key = open_tab("values", host, language), world.workshop
    assert SAY[language](world.plan.about.values[0]) in words(tab)
    tab.text_area(f"own-{key}-").set_value("Mut\nKlarheit")
    press(tab, f"own-save-{key}")
    assert len(world.plan.about.values) == 6
    tab.text_area(f"own-{key}-").set_value("Mut: Ich spreche an.\nKlarheit\nNähe\nTempo\nMaß")
    press(tab, f"own-save-{key}")
    assert len(world.plan.about.values) == 5
    assert world.plan.about.values[1].en == {"de": "Clarity", "en": "Klarheit"}[language]


def test_the_map_of_a_revealed_bridge_is_shown_and_two_of_them_are_compared(world, host, language):
    say = SAY[language]
    tab = open_tab("values", host, language)
    assert say("How the map moves") not in words(tab)
    held(world)
    held(world)
    told = words(open_tab("values", host, language))
    assert say("How the map moves") in told
    assert say("Carries now") in told


# the feedback minute -----------------------------------------------------------------------


def test_every_third_minute_ends_in_a_decision_and_no_comment_comes_twice(world, host, language):
    for _ in range(2):
        press(open_tab("minute", host, language), "minute-held")
    seen = [minute.comment.row for minute in world.plan.minutes]
    assert len(set(seen)) == 2
    tab = press(open_tab("minute", host, language), "minute-held")
    assert len(world.plan.minutes) == 2
    tab.text_input(f"decision-{world.workshop}-2").set_value("Wir rufen zurück.")
    press(tab, "minute-held")
    assert world.plan.minutes[-1].decision == "Wir rufen zurück."


# papers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["cards", "guide", "minute", "slide"])
def test_every_paper_can_be_printed(world, kind, language):
    from outside_in.house.papers import paper

    file = paper(world.house, world.plan, {"kind": kind, "language": language})
    assert file.data[:4] in (b"%PDF", b"PK\x03\x04")


def test_papers_are_for_hosts_and_confirmations_for_leaders(world):
    stranger = world.host("somebody-else")
    with pytest.raises(WorkshopError):
        world.house.order_paper(stranger, world.workshop, "cards", "de")
    with pytest.raises(WorkshopError):
        world.house.order_certificate(world.badge("facilitator", "facilitator", id="first"), "de")
