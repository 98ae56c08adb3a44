"""What is typed from paper means what it would have meant on a phone."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.domain.paper import BadCount, BadSheet, column, counted, how, tallied
from outside_in.domain.questions import Battery, Estimate, Option, Pick, Range, Scale, Share, Weigh, Words
from outside_in.domain.text import Text, line

OPTIONS = tuple(Option(id=id, label=Text.same(id.upper())) for id in "abc")
SAID = {"id": "q", "label": line("Question")}
ONE = Pick(**SAID, options=OPTIONS)
DOTS = Pick(**SAID, options=OPTIONS, most=2)


@pytest.mark.parametrize(
    ("question", "written", "read"),
    [
        (Scale(**SAID, low=0, high=10, step=0.5), "7\n\n2,5\n", (7, 2.5)),
        (Range(**SAID, low=0, high=100), "10 40\n5;6", ([10, 40], [5, 6])),
        (Estimate(**SAID, low=0, high=100), "10 20 40", ([10, 20, 40],)),
        (Pick(**SAID, options=OPTIONS, fewest=3, most=3), "2 3 1", (["c", "a", "b"],)),
        (Share(**SAID, options=OPTIONS), "50 30 20", ({"a": 50, "b": 30, "c": 20},)),
        (Weigh(**SAID, options=OPTIONS), "2:3 1:1", ({"b": 3, "a": 1},)),
        (Battery(**SAID, statements=OPTIONS, ends=(line("low"), line("high"))), "1 7 4", ([1, 7, 4],)),
        (Words(**SAID), "Drei Mal angerufen.\nNie zurückgerufen.", ("Drei Mal angerufen.", "Nie zurückgerufen.")),
    ],
)
def test_a_line_is_a_sheet(question, written, read):
    assert column(question, written) == read
    assert how(question).message.startswith("One line per sheet")


@pytest.mark.parametrize(
    ("question", "written"),
    [
        (Scale(**SAID, low=0, high=10), "7\nelf"),
        (Scale(**SAID, low=0, high=10), "7\n11"),
        (Scale(**SAID, low=0, high=10), "7\n1 2"),
        (Pick(**SAID, options=OPTIONS, fewest=3, most=3), "1 2 3\n1 2 9"),
        (Pick(**SAID, options=OPTIONS, fewest=3, most=3), "1 2 3\n0 1 2"),
        (Weigh(**SAID, options=OPTIONS), "1:1\n2"),
        (Share(**SAID, options=OPTIONS), "1 1 1\n1 1"),
    ],
)
def test_the_line_that_cannot_be_read_is_named_and_nothing_is_counted(question, written):
    with pytest.raises(BadSheet) as refusal:
        column(question, written)
    assert refusal.value.line.values["row"] == 2


@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_ticks_are_what_was_counted(numbers):
    counts = dict(zip("abc", numbers, strict=True))
    sheets = tallied(ONE, counts, 0)
    assert {id: sum(id in sheet for sheet in sheets) for id in "abc"} == counts


@given(st.integers(1, 40), st.randoms(use_true_random=False))
def test_dots_are_spread_so_that_every_sheet_could_exist(people, chance):
    truth = [Random(chance.random()).sample("abc", chance.randint(1, 2)) for _ in range(people)]
    counts = {id: sum(id in sheet for sheet in truth) for id in "abc"}
    sheets = tallied(DOTS, counts, people)
    assert [DOTS.read(sheet) for sheet in sheets]
    assert len(sheets) == people
    assert {id: sum(id in sheet for sheet in sheets) for id in "abc"} == counts


@pytest.mark.parametrize(("counts", "sheets"), [({"a": 3}, 2), ({"a": 2, "b": 2, "c": 1}, 2), ({"a": 1}, 2)])
def test_more_or_fewer_dots_than_sheets_can_hold_are_refused(counts, sheets):
    with pytest.raises(BadCount):
        tallied(DOTS, counts, sheets)


def test_only_ticks_are_counted_option_by_option():
    assert counted(ONE)
    assert not counted(Pick(**SAID, options=OPTIONS, fewest=3, most=3))
