"""The value map: labels beyond chance, agreement, what nobody named, and how it moves."""

from random import Random

import pytest

from outside_in.content import library
from outside_in.domain.agreement import krippendorff_alpha
from outside_in.domain.bridging import agreement, cells, empty, overlap, unnamed, weights
from outside_in.domain.errors import BadAnswer
from outside_in.domain.exercises.bridge import Bridge
from outside_in.domain.movement import Map, movement
from outside_in.domain.questions import Option, Share, Weigh
from outside_in.domain.text import Text
from outside_in.domain.values import WrongValues, checked, own_values
from tests.conftest import DAY, make_facts

TEN = [f"v{n}" for n in range(10)]


def named(picked, of, strength=2):
    """So many of a room name the first value, with this strength; the others name another."""
    return [{"v0": strength} if n < picked else {"v9": 1} for n in range(of)]


def test_six_of_eight_carry_and_six_of_twelve_do_not():
    assert cells({"hear": named(6, 8)}, TEN)[0].state == "carrying"
    assert cells({"hear": named(6, 12)}, TEN)[0].state != "carrying"


def test_chance_follows_the_number_of_values_in_use():
    assert cells({"hear": named(6, 8)}, TEN[:5])[0].state != "carrying"


def test_a_strong_half_against_a_silent_half_is_contested():
    assert cells({"hear": named(4, 8, strength=3)}, TEN)[0].state == "contested"
    assert cells({"hear": named(4, 8, strength=1)}, TEN)[0].state == ""


def test_a_principle_without_a_carrying_value_is_empty_and_white_cells_are_counted():
    found = cells({"hear": named(8, 8), "own": [{"v0": 2}] * 2 + [{}] * 6}, TEN)
    assert empty(found) == ("own",)
    assert len(unnamed(found)) == 9 + 9
    assert weights(found)["hear"] == 2


def test_priority_grows_with_strength_and_shrinks_with_what_is_lived():
    cell = cells({"hear": named(8, 8)}, TEN)[0]
    assert cell.priority(1) == 2
    assert cell.priority(5) == 0


@pytest.mark.parametrize("seed", range(4))
def test_the_fast_alpha_is_krippendorffs(seed):
    chance = Random(seed)
    said = {p: [{v: chance.randint(1, 3) for v in chance.sample(TEN, 3)} for _ in range(7)] for p in "abcdefgh"}
    rows = [[said[p][leader].get(v, 0) for p in said for v in TEN] for leader in range(7)]
    known = agreement(said, TEN)
    assert known.alpha == pytest.approx(krippendorff_alpha(rows, "ordinal"))
    assert known.low <= known.alpha <= known.high


def test_agreement_is_the_same_in_whatever_order_people_answered():
    said = {"a": [{"v0": 3}, {"v1": 1}, {"v0": 2}], "b": [{"v2": 1}, {"v0": 3}, {"v0": 3}]}
    turned = {id: answers[::-1] for id, answers in said.items()}
    assert agreement(said, TEN) == agreement(turned, TEN)


def test_a_room_that_names_the_same_shares_everything():
    share, chance = overlap({"a": [{"v0": 1, "v1": 1}] * 5}, 10)
    assert share == 1
    assert 0.1 < chance < 0.25


def test_a_clients_own_values_take_the_place_of_ours_and_keep_their_ids():
    names = tuple(Text.same(name) for name in ("Mut: Ich spreche Unbequemes an.", "Klarheit", "Nähe", "Tempo", "Maß"))
    facts = make_facts().model_copy(update={"values": names})
    bridge = Bridge().stocked(library().shelf).filled(facts)
    assert [value.name.de for value in bridge.values] == ["Mut", "Klarheit", "Nähe", "Tempo", "Maß"]
    assert bridge.values[0].sentence.de == "Ich spreche Unbequemes an."
    assert own_values((Text.same("mut"),))[0].id == bridge.values[0].id


@pytest.mark.parametrize("many", [1, 4, 13])
def test_too_few_or_too_many_own_values_are_refused(many):
    with pytest.raises(WrongValues):
        checked(tuple(Text.same(f"Wert {n}") for n in range(many)))
    assert checked(()) == ()


def test_naming_more_than_three_values_is_refused():
    question = Weigh(id="x", label=Text.same("x"), options=tuple(Option(id=v, label=Text.same(v)) for v in TEN))
    assert question.read({"v0": 3, "v1": 1}) == {"v0": 3, "v1": 1}
    for wrong in ({"v0": 4}, {"v0": 0}, dict.fromkeys(TEN[:4], 1), {"no": 1}):
        with pytest.raises(BadAnswer):
            question.read(wrong)


def test_points_that_are_not_a_hundred_are_converted():
    question = Share(id="x", label=Text.same("x"), options=tuple(Option(id=v, label=Text.same(v)) for v in TEN[:2]))
    assert question.read({"v0": 30, "v1": 20}) == {"v0": 60, "v1": 40}
    for wrong in ({"v0": 0, "v1": 0}, {"v0": -1, "v1": 101}, {"v0": 100}):
        with pytest.raises(BadAnswer):
            question.read(wrong)


def test_a_map_moves_only_where_it_is_clearly_beyond_chance():
    def known(picked, lived):
        found = cells({"hear": named(picked, 12), "own": named(3, 12)}, TEN)
        about = {"code": "A", "step": "bridge", "title": "W", "date": DAY}
        return Map(cells=found, lived={"hear": lived}, **about)

    moved = movement(known(2, (2, 2, 3, 2, 3)), known(12, (4, 4, 5, 4, 4)))
    assert moved.new == (("hear", "v0"),)
    assert ("hear", "v0") in [(one.principle, one.value) for one in moved.clear]
    assert moved.lived["hear"][1].low > 0
    assert not movement(known(5, (2, 3, 3)), known(6, (2, 3, 3))).clear
