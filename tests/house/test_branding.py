"""A workshop wears its client's brand: set, mended, taken off, refused; by hosts only."""

import pytest

from outside_in.domain.errors import BadInput, NotAllowed
from outside_in.domain.people import OPERATOR, Principal
from outside_in.house.take_home import written
from tests.exports.test_branding import picture


def test_documents_carry_the_brand_of_their_workshop_until_it_is_taken_off(live):
    before = written(live.house, live.code, "xlsx", "board", "de")[0].data
    said = live.house.dress(OPERATOR, live.workshop, "#FFD500", "#123456", None, ("logo.png", picture()))
    assert len(said) == 1
    assert live.plan.brand.logo
    assert written(live.house, live.code, "xlsx", "board", "de")[0].data != before
    live.house.undress(OPERATOR, live.workshop)
    assert live.plan.brand is None
    assert written(live.house, live.code, "xlsx", "board", "de")[0].data == before


def test_a_wrong_file_changes_nothing(live):
    for wrong in ({"theme": ("a.pptx", b"x"), "sign": None}, {"theme": None, "sign": ("a.png", b"x")}):
        with pytest.raises(BadInput):
            live.house.dress(OPERATOR, live.workshop, "#123456", "#654321", **wrong)
    assert live.plan.brand is None


def test_strangers_dress_nobody(live):
    stranger = Principal(role="facilitator", id="x")
    with pytest.raises(NotAllowed):
        live.house.dress(stranger, live.workshop, "#123456", "#654321", None, None)
    with pytest.raises(NotAllowed):
        live.house.undress(stranger, live.workshop)
