import re

import pytest

from outside_in.domain.mapping import Planned
from outside_in.exports import fitting
from tests.exports import readers
from tests.exports.samples import LONG, outcome, pairs, part, spread

INCH = 914_400


def test_a_deck_for_thirty_leaders_has_sixteen_slides_at_most_and_says_where_the_rest_is(written):
    data = written(outcome(leaders=30), "pptx")
    assert 8 <= len(readers.slides(data)) <= 16
    assert "im Protokoll stehen alle" in readers.deck_words(data)


def test_charts_are_native_and_their_axes_fixed(written):
    charts = readers.charts(written(outcome(), "pptx"))
    ends = [(chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) for chart in charts]
    assert ends == [(-100, 100), (0.5, 5.5), (-2, 2), (0, 14)]
    with_data = [n for n in readers.members(written(outcome(), "pptx")) if n.startswith("ppt/embeddings/")]
    assert len(with_data) == len(charts)


def test_nothing_has_a_colour_outside_the_theme(written):
    members = readers.members(written(outcome(), "pptx"))
    drawn = {n: data for n, data in members.items() if re.match(r"ppt/(slides|charts)/[^/]*\.xml", n)}
    assert [name for name, data in drawn.items() if b"srgbClr" in data] == []


def test_the_theme_carries_the_brand(written):
    from outside_in.exports import Brand

    data = written(outcome(), "pptx", brand=Brand(name="Kundin", dk2="112233", footer="Kundin AG"))
    assert b"112233" in readers.members(data)["ppt/theme/theme1.xml"]
    assert "Kundin AG" in readers.deck_words(data)


def test_customers_values_carry_their_interval(written):
    chart = readers.charts(written(outcome(), "pptx"))[0]
    assert "errBars" in chart._chartSpace.xml
    assert "<c:v>9.0</c:v>" in chart._chartSpace.xml


def test_every_slide_has_notes(written):
    assert all(notes.strip() for notes in readers.notes(written(outcome(), "pptx")))


def test_alternative_texts_hold_no_data(written):
    found = re.findall(rb'descr="([^"]*)"', b"".join(readers.members(written(outcome(), "pptx")).values()))
    assert found
    told = " ".join(text.decode() for text in found)
    assert not any(words in told for words in ("Lindhain", "Reparatur", "Weitergereicht", "Anna"))


def test_single_guesses_are_not_in_the_deck(written):
    guessed = outcome(parts=(part("predict", "Schätzen", "Predict", (spread(),)),))
    spread_chart = readers.charts(written(guessed, "pptx"))[0]
    assert [list(series.values) for series in spread_chart.plots[0].series] == [[31, 42, 20, 5, 12]]


def test_customers_own_words_stand_on_a_slide_with_where_they_come_from(written):
    words = readers.deck_words(written(outcome(), "pptx"))
    assert "„Jeder verweist auf den anderen – zuständig ist niemand.“" in words
    assert "Reparatur melden · 3. September 2026" in words


@pytest.mark.parametrize("words", ["", LONG, f"{LONG} " * 12, "W" * 20_000])
def test_no_text_is_taller_than_its_box(words, written):
    """Measured again, from the file."""
    data = written(outcome(leaders=30, words=words, title=words or "Blick von außen"), "pptx")
    boxes = [shape for shape in readers.shapes(data) if shape.has_text_frame and shape.text_frame.text]
    assert boxes
    assert [shape.text_frame.text[:40] for shape in boxes if needed(shape) > shape.height / INCH + 0.02] == []


def needed(shape):
    frame = shape.text_frame
    across = (shape.width - frame.margin_left - frame.margin_right) / INCH
    tall = (frame.margin_top + frame.margin_bottom) / INCH
    for paragraph in frame.paragraphs:
        size = max(run.font.size.pt for run in paragraph.runs)
        tall += fitting.lines(paragraph.text, size, across) * size * fitting.LEADING / fitting.POINTS
        tall += (paragraph.space_after.pt if paragraph.space_after else 0) / fitting.POINTS
    return tall - (frame.paragraphs[-1].space_after.pt if frame.paragraphs[-1].space_after else 0) / fitting.POINTS


def test_nothing_leaves_the_slide(written):
    data = written(outcome(leaders=30), "pptx")
    for shape in readers.shapes(data):
        assert shape.left >= 0
        assert shape.left + shape.width <= 13.334 * INCH
        assert shape.top + shape.height <= 7.5 * INCH


def test_twenty_touchpoints_are_spread_over_several_slides(written):
    many = pairs().model_copy(update={"rows": pairs().rows * 4})
    data = written(outcome(parts=(part("p", "Schätzen", "Predict", (many,)),)), "pptx")
    assert [len(list(chart.plots[0].categories)) for chart in readers.charts(data)][:3] == [8, 8, 4]


def test_the_board_sees_no_names_that_were_not_given(written):
    assert "Eine Führungskraft dieser Runde" in readers.deck_words(written(outcome("board"), "pptx"))


def test_a_journey_nobody_walked_is_still_a_picture_with_the_team_s_assumption_beside_it(written):
    unwalked = outcome(parts=())
    points = unwalked.journey.touchpoints
    planned = [
        point.model_copy(update={"plan": Planned(id=point.id, name=point.name, assumed=1.0)}) for point in points
    ]
    drawn = unwalked.model_copy(update={"journey": unwalked.journey.model_copy(update={"touchpoints": tuple(planned)})})
    charts = readers.charts(written(drawn, "pptx"))
    names = [series.name for chart in charts for series in chart.plots[0].series]
    assert "gemessen" in names
    assert "Annahme des Teams" in names
