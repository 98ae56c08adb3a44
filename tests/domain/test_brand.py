"""Colours people give stay their own as far as they can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outside_in.content import Speaker
from outside_in.domain.brand import LARGE, READABLE, NoColour, branded, contrast, readable

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06X}")


@given(COLOUR, st.sampled_from([LARGE, READABLE, 7.0]))
def test_whatever_is_given_can_be_read_in_the_end_and_what_could_be_stays(colour, least):
    found = readable(colour, least)
    assert contrast(found) >= least
    assert contrast(colour) < least or found == colour


def test_contrast_is_that_of_the_standard():
    assert contrast("000000") == pytest.approx(21)
    assert contrast("FFFFFF") == pytest.approx(1)
    assert contrast("0B6E6E") == pytest.approx(6.1, abs=0.05)


def test_a_yellow_is_mended_and_said_and_a_dark_blue_is_left_alone():
    brand, mended = branded("Lindhain", "#FFD500", "12355B")
    assert [one.was for one in mended] == ["FFD500"]
    assert brand.accent2 == "12355B"
    assert contrast(brand.accent1) >= READABLE
    assert "#FFD500 is too light" in Speaker("en")(mended[0].line())


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#GGGGGG", "=cmd()"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(NoColour):
        branded("x", colour, "#000000")
