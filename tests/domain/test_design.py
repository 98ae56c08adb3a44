"""The journey as people plan it: a table in, the same table out; what it lacks is said, and bad cells are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.content import Speaker
from outside_in.domain.design import MOST, BadRow, Design, NoName, SamePlace, TooManyPoints, gaps, mermaid
from outside_in.domain.mapping import Planned
from outside_in.domain.text import Text
from tests.conftest import make_facts

SAY = Speaker("en")
WORD = st.text("abcäöü xyz", min_size=1, max_size=12).filter(str.strip).map(lambda word: " ".join(word.split()))
NAMES = st.lists(WORD, max_size=3, unique=True).map(tuple)
POINT = st.builds(
    Planned,
    id=st.just(""),
    name=WORD.map(Text.same),
    labels=NAMES,
    phase=WORD.map(Text.same),
    channels=NAMES,
    backstage=WORD,
    accountable=NAMES,
    kpi=WORD,
    truth=st.booleans(),
    assumed=st.sampled_from([None, -2.0, 0.0, 1.5]),
)


def whole(*points, **more):
    return Design(points=points, **more)


def full(id="a", **more):
    told = {"accountable": ("Ada",), "responsible": ("Bob",), "kpi": "calls", "target": "3", **more}
    return Planned(id=id, name=Text.same(id), **told)


@given(st.lists(POINT, min_size=1, max_size=6))
def test_a_table_that_nobody_touched_is_the_same_journey(points):
    numbered = tuple(point.model_copy(update={"id": f"p{n}"}) for n, point in enumerate(points))
    design = whole(*numbered, persona="Families", accountable=("Ada",))
    assert design.with_rows(design.rows()) == design


def test_the_place_orders_rows_and_new_ones_without_one_come_last():
    rows = [{"de": "Neu", "en": ""}, {"place": 2, "de": "Zwei"}, {"place": "1", "de": "Eins"}, {}]
    assert [point.name.de for point in whole().with_rows(rows).points] == ["Eins", "Zwei", "Neu"]


def test_ids_stay_and_new_ones_never_collide():
    rows = [{"id": "bill", "de": "Rechnung"}, {"de": "Bill"}, {"de": "Bill"}, {"de": "Ärger & Öl"}]
    ids = [point.id for point in whole().with_rows(rows).points]
    assert ids == ["bill", "bill-2", "bill-3", "aerger-oel"]


@pytest.mark.parametrize(
    ("rows", "error", "named"),
    [
        ([{"de": "a"}, {"channels": "Post"}], NoName, "Row 2"),
        ([{"de": "a", "assumed": "3"}], BadRow, "Team assumption"),
        ([{"de": "a", "assumed": "happy"}], BadRow, "happy"),
        ([{"de": "a", "place": "first"}], BadRow, "Place"),
        ([{"de": "a", "truth": "maybe"}], BadRow, "Moment of truth"),
        ([{"de": "a", "place": 1}, {"de": "b", "place": 1.0}], SamePlace, "Rows 1 and 2"),
        ([{"de": "a" * 400}], BadRow, "Name in German"),
        ([{"de": f"n{n}"} for n in range(MOST + 1)], TooManyPoints, str(MOST)),
    ],
)
def test_what_cannot_be_read_is_named_by_row_and_field(rows, error, named):
    with pytest.raises(error) as refused:
        whole().with_rows(rows)
    assert named in SAY(refused.value.line)


def test_a_whole_journey_lacks_nothing():
    assert gaps(whole(full(), accountable=("Eva",)), None) == ()


@pytest.mark.parametrize(
    ("point", "said", "grave"),
    [
        (full(accountable=()), "Nobody is accountable.", True),
        (full(accountable=("Ada", "Bob")), "2 are accountable, so nobody is: Ada, Bob.", True),
        (full(truth=True, kpi=""), "A moment of truth without a measure.", True),
        (full(kpi=""), "No measure", False),
        (full(target=""), "without a target", False),
        (full(responsible=()), "Nobody is responsible", False),
        (full(consulted=("a", "b", "c", "d")), "More than three", False),
    ],
)
def test_every_gap_is_said_with_its_weight(point, said, grave):
    (gap,) = gaps(whole(point, accountable=("Eva",)), None)
    assert said in SAY(gap.why)
    assert gap.grave is grave


def test_customers_scores_are_a_measure():
    journey = make_facts().journey
    measured = full(journey.touchpoints[0].id, kpi="", target="")
    assert gaps(whole(measured, accountable=("Eva",)), journey) == ()


def test_a_journey_without_an_owner_says_so_first():
    assert "as a whole" in SAY(gaps(whole(full()), None)[0].why)


def test_mermaid_has_sections_scores_and_says_what_is_assumed():
    points = (
        full("a", phase=Text(de="Kaufen", en="Buying"), assumed=2.0),
        full("b: #x", phase=Text(de="Nutzen", en="Using"), assumed=-2.0),
    )
    drawn = mermaid(whole(*points, persona="Families").drawn(), "en").splitlines()
    assert drawn[0] == "journey"
    assert drawn[2:] == [
        "    section Buying",
        "      a (assumed): 5: Families",
        "    section Using",
        "      b x (assumed): 1: Families",
    ]
