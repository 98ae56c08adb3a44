"""The board: a person's steps, other cuts, later waves; nothing a person shaped is ever lost."""

import pytest

from outside_in.domain.board import Board, CannotSplit, NoName
from outside_in.domain.errors import Unknown
from outside_in.domain.feedback import CandidateTheme, Placed, Quote
from outside_in.domain.layer import Cut, Layer
from outside_in.domain.reshaping import difference, recut, with_wave
from outside_in.domain.text import Text
from outside_in.domain.wording import Wording


def cut(layer, **themes):
    """`cut("a-2", t1={"t1.1": rows, …}, …)`: a run's themes with their sub-themes."""
    found, placed = [], []
    for name, parts in themes.items():
        size = sum(map(len, parts.values()))
        found.append(CandidateTheme(id=f"{layer}/{name}", label=Text.same(f"{layer} {name}"), size=size))
        for part, rows in parts.items():
            leaf = f"{layer}/{part.replace('_', '.')}"
            found.append(CandidateTheme(id=leaf, parent=f"{layer}/{name}", label=Text.same(leaf), size=len(rows)))
            placed += [Placed(row=row, theme=f"{layer}/{name}", subtheme=leaf, confidence=0.9) for row in rows]
    return Cut(tuple(found), Layer.of(layer, placed))


COARSE = cut("a-2", t1={"t1_1": range(20), "t1_2": range(20, 30)}, t2={"t2_1": range(30, 50)})
FINE = cut("a-3", t1={"t1_1": range(20)}, t2={"t2_1": range(30, 50)}, t3={"t3_1": range(20, 30)})
LAYERS = {one.layer.id: one.layer for one in (COARSE, FINE)}


def lying(board, **more):
    known = {**LAYERS, **more}
    return board.lying([known[id] for id in board.layers if id in known])


def members(board, id, **more):
    return {one.row for one in lying(board, **more) if one.theme == id}


def on(found, board=None, many=2):
    board = board or Board(layers=())
    return recut(board, lying(board), found, "a", many)


def test_a_run_on_an_empty_board_gives_its_themes_the_largest_first():
    board = on(COARSE)
    assert [(theme.id, theme.size) for theme in board.themes] == [("t1", 30), ("t2", 20)]
    assert members(board, "t1") == set(range(30))


def test_another_number_of_themes_keeps_the_ids_of_what_is_mostly_the_same():
    board = on(FINE, on(COARSE), 3)
    assert members(board, "t1") == set(range(20))
    assert members(board, "t2") == set(range(30, 50))
    assert [theme.id for theme in board.themes] == ["t1", "t2", "t3"]
    back = on(COARSE, board)
    assert members(back, "t1") == set(range(30))


@pytest.mark.parametrize(
    "shape",
    [
        lambda board: board.choose("t1", True),
        lambda board: board.pin("t1", True),
        lambda board: board.rename("t1", Text(de="Eins", en="One")),
        lambda board: board.put_comment(0, "t1"),
    ],
    ids=["selected", "pinned", "renamed", "a comment moved into it"],
)
def test_what_a_person_has_shaped_keeps_its_comments_at_every_number(shape):
    board = shape(on(COARSE))
    again = on(FINE, board, 3)
    assert members(again, "t1") == set(range(30))
    assert again.theme("t1").label == board.theme("t1").label
    assert members(again, "t2") == set(range(30, 50))
    assert len(again.themes) == 2  # the part of t1 that the finer cut sees as its own has nothing left to say


def test_a_hidden_theme_stays_hidden_and_can_come_back():
    board = on(FINE, on(COARSE).hide("t2"), 3)
    assert board.theme("t2").status == "hidden"
    assert board.choose("t2", False).theme("t2").status == "candidate"


def test_a_merged_theme_survives_another_cut_and_keeps_the_first_name():
    board = on(COARSE).merge("t1", "t2")
    again = on(FINE, board, 3)
    assert [theme.id for theme in again.themes] == ["t1"]
    assert members(again, "t1") == set(range(50))


def test_a_split_theme_becomes_its_parts_with_ids_of_their_own():
    board = on(COARSE).split("t1")
    assert [theme.id for theme in board.themes] == ["t1", "t3", "t2"]
    assert members(board, "t1") == set(range(20))
    assert members(board, "t3") == set(range(20, 30))
    with pytest.raises(CannotSplit):
        board.split("t2")


def test_a_moved_comment_stays_where_a_person_put_it():
    board = on(COARSE).put_comment(3, "t2").put_comment(4, "")
    assert 3 in members(board, "t2")
    assert 4 not in members(board, "t1")
    again = on(FINE, board, 3)
    assert 3 in members(again, "t2")
    assert {one.row: one.theme for one in lying(again)}[4] is None
    with pytest.raises(Unknown):
        board.put_comment(5, "t9")


def test_comments_follow_when_the_theme_they_were_put_into_is_merged():
    board = on(COARSE).put_comment(3, "t2").merge("t1", "t2")
    assert 3 in members(board, "t1")


def test_the_threshold_leaves_the_unsure_without_a_theme_and_can_be_taken_back():
    board = on(COARSE)
    assert all(one.theme is None for one in lying(board.threshold(0.95)))
    assert all(one.theme for one in lying(board.threshold(0.9)))
    moved = board.threshold(0.95).put_comment(1, "t2")
    assert members(moved, "t2") == {1}


def test_what_a_search_found_belongs_to_it_before_anything_else():
    rows = [Placed(row=row, theme="search-x", confidence=1.0) for row in (1, 2, 40)]
    board = on(COARSE).add("Rechnung", Text.same("Rechnung"), "search-x", rows, ())
    found = {"search-x": Layer.of("search-x", rows)}
    assert board.themes[0].id == "t3"
    assert members(board, "t3", **found) == {1, 2, 40}
    assert members(board, "t1", **found) == set(range(30)) - {1, 2}
    again = recut(board, lying(board, **found), FINE, "a", 3)
    assert members(again, "t3", **found) == {1, 2, 40}


def test_a_later_wave_joins_the_themes_as_they_are_and_moves_nothing_old():
    board = on(COARSE).merge("t1", "t2").choose("t1", True)
    wave = Layer.of("wave-x", [Placed(row=row, theme="a-2/t2.1", confidence=0.8) for row in (100, 101)])
    grown = with_wave(board, "wave-x")
    assert members(grown, "t1", **{"wave-x": wave}) == {*range(50), 100, 101}
    assert [theme.label for theme in grown.themes] == [theme.label for theme in board.themes]
    again = recut(grown, lying(grown, **{"wave-x": wave}), FINE, "a", 3)
    assert {100, 101} <= members(again, "t1", **{"wave-x": wave})


def test_what_fits_no_theme_can_become_new_candidates():
    fresh = cut("new-wave-x", t1={"t1_1": range(200, 210)})
    board = with_wave(on(COARSE), "wave-x", fresh)
    known = {"new-wave-x": fresh.layer, "wave-x": Layer.of("wave-x", [Placed(row=200, theme=None)])}
    assert members(board, "t3", **known) == set(range(200, 210))
    assert board.theme("t3").status == "candidate"


def test_a_dry_run_says_what_would_change_before_anything_does():
    before, after = on(COARSE), on(FINE, on(COARSE), 3)
    told = difference(before, lying(before), after, lying(after))
    assert (told.joined, told.moved, told.left, told.without, told.of) == (0, 10, 0, 0, 50)
    assert (told.grown, [str(label.en) for label in told.fresh], told.gone) == ({"t3": 10}, ["a-3 t3"], ())
    assert difference(before, lying(before), before, lying(before)).nothing


def test_words_of_comments_that_left_go_from_a_themes_quotes():
    board = on(COARSE).put("t1", quotes=(Quote(row=3, text="bleibt"), Quote(row=4, text="geht")))
    moved = board.put_comment(4, "t2")
    counted = moved.counted(lying(moved))
    assert [quote.row for quote in counted.theme("t1").quotes] == [3]
    assert (counted.theme("t1").size, counted.theme("t2").size) == (29, 21)


def test_a_name_has_to_be_there_in_both_languages():
    with pytest.raises(NoName):
        on(COARSE).rename("t1", Text(de="Da", en="  "))


def test_a_proposal_changes_nothing_until_it_is_accepted():
    wording = Wording(
        label=Text(de="Rechnung", en="Bill"), description=Text(de="Ist falsch.", en="Is wrong."), stance="pain"
    )
    board = on(COARSE).propose("t1", wording)
    assert board.theme("t1").label == Text.same("a-2 t1")
    accepted = board.accept("t1").theme("t1")
    assert (accepted.label.de, accepted.stance, accepted.wording, accepted.kept) == ("Rechnung", "pain", None, True)
    assert board.propose("t1", None).accept("t1").theme("t1").label == Text.same("a-2 t1")


def test_a_layer_comes_back_as_it_was():
    again = Layer.reopened("a-2", COARSE.layer.leaves, COARSE.layer.columns)
    assert list(again.spots()) == list(COARSE.layer.spots())
