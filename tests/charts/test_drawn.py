"""What many screens show alike is drawn once, and never confused with something else."""

import pytest

from outside_in.charts import Look
from outside_in.content import Speaker
from outside_in.ui.drawn import Shown, figures, picture
from tests.exports.samples import bars, every_block, pairs

DE, EN = Speaker("de"), Speaker("en")


def again(block):
    return type(block).model_validate(block.model_dump())


@pytest.mark.parametrize("made", [picture, figures])
def test_the_same_picture_is_drawn_once(made):
    assert made(Shown(pairs(), DE, Look())) is made(Shown(again(pairs()), DE, Look()))


@pytest.mark.parametrize(
    "other",
    [
        Shown(pairs(), EN, Look()),
        Shown(pairs(), DE, Look(size="phone")),
        Shown(bars(), DE, Look()),
        Shown(pairs().model_copy(update={"rows": pairs().rows[:1]}), DE, Look()),
    ],
)
def test_another_language_size_or_content_is_another_picture(other):
    assert picture(other) != picture(Shown(pairs(), DE, Look()))


def test_figures_are_written_as_their_reader_writes_them():
    told = [figures(Shown(pairs(), say, Look())).to_pylist() for say in (DE, EN)]
    assert told[0] != told[1]
    assert "Kontaktpunkt" in told[0][0]


@pytest.mark.parametrize("block", every_block(), ids=lambda block: type(block).__name__)
def test_every_block_is_drawn_or_told_in_words(block):
    shown = Shown(block, DE, Look())
    assert picture(shown) is None or "$schema" in picture(shown)
    assert (figures(shown) is None) == (block.table() is None)
