"""What CX is worth: the business case, customers' figures, and the rungs between them."""

import pytest

from outside_in.house.worker import work
from tests.pages.tabs import SAY, keys, open_tab, press, words
from tests.pages.test_preparing import new_workshop


@pytest.fixture
def host(request):
    world = request.getfixturevalue(next(name for name in ("empty", "world") if name in request.fixturenames))
    return world.badge("facilitator", "facilitator", id="first")


def shown(tab, view):
    return tab.radio("worth-view").set_value(view).run()


def done(world):
    while job := world.house.database.jobs.take("here"):
        work(world.house, job)


def test_a_stranger_sees_no_money(world, language):
    assert "money-card" not in keys(open_tab("worth", language=language))


def test_the_sample_s_case_stands_there_with_its_range_and_survives_a_reload(world, host, language):
    tab = open_tab("worth", host, language)
    assert "money-card" in keys(tab)
    key = world.workshop
    tab.number_input(f"best-churn-{key}").set_value(10.5)
    press(tab, f"value-{key}")
    assert world.plan.calculation.best.churn == pytest.approx(0.105)
    again = open_tab("worth", host, language)
    assert again.number_input(f"best-churn-{key}").value == 10.5


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("low-churn", 50, "the three values must rise from low over best guess to high"),
        ("high-churn", 140, "lies between"),
        ("low-customers", -5, "must not be negative"),
    ],
)
def test_a_bad_input_is_refused_in_a_sentence_and_changes_nothing(world, host, language, name, value, says):
    tab, key, before = open_tab("worth", host, language), world.workshop, world.plan.calculation
    tab.number_input(f"{name}-{key}").set_value(float(value))
    press(tab, f"value-{key}")
    assert len(tab.error) == 1
    assert language == "de" or says in tab.error[0].value
    assert world.plan.calculation == before


def test_a_workshop_without_a_case_starts_with_the_form(empty, host, language):
    code = new_workshop(empty, host)
    tab = open_tab("worth", host, language)
    assert "money-card" not in keys(tab)
    press(tab, f"value-{code}")
    assert "money-card" in keys(open_tab("worth", host, language))
    assert SAY[language]("Figures need customers' answers. Import a file first.") in words(shown(tab, "figures"))


def test_figures_and_rungs_come_from_the_feedback(world, host, language):
    press(shown(open_tab("worth", host, language), "figures"), "climb")
    done(world)
    assert world.plan.ladder.rows == 600
    told = words(shown(open_tab("worth", host, language), "figures"))
    assert "Net Promoter" in told
    said = words(shown(open_tab("worth", host, language), "ladder"))
    for title in ("1 · Compare", "2 · Compare like with like", "3 · First the score, then the behaviour", "4 · Change"):
        assert SAY[language](title) in said
    assert said.count(SAY[language]("What it cannot show: {what}", what="")) == 4


def test_another_file_and_the_rungs_have_to_be_climbed_again(world, host):
    press(shown(open_tab("worth", host), "ladder"), "climb")
    done(world)
    batch = world.plan.batches[0].id
    world.house.undo_import(host.principals[0], world.workshop, batch)
    assert world.plan.ladder is None
