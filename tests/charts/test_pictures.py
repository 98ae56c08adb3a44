"""Pictures are data: they are read here, not looked at."""

import json
from itertools import pairwise

import pytest

from outside_in.charts import Look, chart
from outside_in.charts.labels import distinct, wrapped
from outside_in.charts.ways import spaced
from outside_in.content import Speaker
from outside_in.domain.blocks import (
    Bars,
    Curve,
    Estimates,
    Grid,
    Links,
    Money,
    Pairs,
    Quadrant,
    Shift,
    Slope,
    Spread,
    Tornado,
)
from outside_in.domain.text import Text
from tests.exports.samples import HOSTILE, bars, curve, every_block, pairs, slope, spread

DRAWN = (Spread, Pairs, Bars, Slope, Curve, Estimates, Money, Tornado, Grid, Links, Quadrant, Shift)


@pytest.fixture(params=["de", "en"])
def say(request):
    return Speaker(request.param)


def spec(block, say, look=None):
    return chart(block, say, look or Look()).to_dict()


def parts(told):
    """The chart's layers, however deep they lie."""
    inner = [part for layer in told.get("layer", ()) for part in parts(layer)]
    return inner or [told]


def datasets(told):
    """All rows of data, wherever in the layers they hang."""
    own = list(told.get("data", {}).get("values", ()))
    return own + [row for layer in told.get("layer", ()) for row in datasets(layer)]


@pytest.mark.parametrize("size", ["phone", "laptop", "stage"])
@pytest.mark.parametrize("block", every_block(), ids=lambda block: type(block).__name__)
def test_every_block_is_a_picture_or_words(block, size, say):
    drawn = chart(block, say, Look.of(size))
    assert (drawn is not None) == isinstance(block, DRAWN)
    if drawn is not None:
        assert drawn.to_dict()["description"] == say(block.sentence())
        assert drawn.to_dict()["width"] == "container"


@pytest.mark.parametrize(
    ("block", "domain"),
    [
        (spread(), [-100, 100]),
        (pairs(), [-100, 100]),
        (bars(), [0, 14]),
        (slope(), [0.5, 5.5]),
        (curve(), [-2.3, 2.3]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_axes_end_where_the_scale_ends(block, domain, say):
    assert f'"domain": {json.dumps(domain)}' in json.dumps(spec(block, say))


def test_customers_values_carry_interval_and_number(say):
    told = spec(pairs(), say)
    assert any(row.get("low") == 1 and row.get("high") == 19 for row in datasets(told))
    assert any("n = 240" in row["label"] for row in datasets(told))


def test_inside_and_outside_differ_in_shape_as_well_as_in_colour(say):
    dots = next(part for part in parts(spec(pairs(), say)) if "shape" in part.get("encoding", {}))
    assert dots["encoding"]["shape"]["scale"]["range"] == ["circle", "square"]
    assert len(set(dots["encoding"]["color"]["scale"]["range"])) == 2


def test_numbers_are_written_in_the_language_of_the_chart():
    assert any(row.get("told") == "3,4" for row in datasets(spec(slope(), Speaker("de"))))
    assert any(row.get("told") == "3.4" for row in datasets(spec(slope(), Speaker("en"))))


def test_values_beside_a_slope_never_lie_on_each_other():
    assert spaced([5, 1, 1.1], 1) == pytest.approx([5, 0.55, 1.55])
    assert spaced([1, 2, 4], 1) == [1, 2, 4]
    assert spaced([2, 2, 2, 2], 0.5) == pytest.approx([1.25, 1.75, 2.25, 2.75])
    alike = slope().model_copy(update={"rows": tuple(r.model_copy(update={"inside": 2.0}) for r in slope().rows)})
    beside = sorted({row["beside"] for row in datasets(spec(alike, Speaker("de"))) if row.get("told") == "2,0"})
    assert min(b - a for a, b in pairwise(beside)) > 0.1
    assert len(beside) == len(alike.rows)


def test_the_way_past_an_assumed_touchpoint_is_dashed(say):
    told = spec(curve(), say)
    assert {row["piece"]: row["dashed"] for row in datasets(told) if "piece" in row} == {
        0: "no",
        1: "no",
        2: "yes",
    }
    dashed = [part["mark"] for part in parts(told) if part["mark"].get("strokeDash")]
    assert len(dashed) == 1


def test_the_journey_runs_down_a_phone_and_across_everything_else(say):
    places = {size: spec(curve(), say, Look.of(size)) for size in ("phone", "stage")}
    assert parts(places["phone"])[0]["encoding"]["y"]["field"] == "label"
    assert parts(places["stage"])[0]["encoding"]["x"]["field"] == "label"


@pytest.mark.parametrize("words", [*HOSTILE, "datum.x', alert(1), '", "{signal: 'x'}"])
def test_words_of_people_never_reach_an_expression(words, say):
    label = Text.same(words)
    row = pairs().rows[0].model_copy(update={"label": label})
    told = spec(Pairs(rows=(row,)), say)
    expressions = {part["encoding"]["y"]["axis"]["labelExpr"] for part in parts(told)}
    assert expressions == {"split(datum.value, '\\n')"}
    assert all(len(row["label"]) < 120 for row in datasets(told) if "label" in row)


def test_the_number_of_customers_is_not_cut_off_on_the_smallest_phone(say):
    """A clipped “n = 240” reads as “n = 24”: 40 letters is what 320 pixels hold."""
    labels = {row["label"] for row in datasets(spec(pairs(), say, Look.of("phone"))) if "label" in row}
    assert all(label.rstrip("\u200b").endswith("n = 240") for label in labels)
    assert max(map(len, labels)) <= 40


def test_touchpoints_of_the_same_name_stay_two_rows():
    assert len(set(distinct(["gleich", "gleich", "gleich"]))) == 3


@pytest.mark.parametrize("width", [16, 26, 44])
def test_long_german_words_are_not_broken_and_long_texts_are_cut(width):
    assert "Schlüsselübergabe" in wrapped("Umzug und Schlüsselübergabe", width)
    assert wrapped("wort " * 200, width).count("\n") == 1
    assert wrapped("wort " * 200, width).endswith("…")
    assert max(map(len, wrapped("W" * 20_000, width).split("\n"))) <= 44


def test_the_stage_is_readable_from_the_last_row():
    assert Look.of("stage").font >= 24
    assert Look.of("stage").ground == "#FFFFFF"
