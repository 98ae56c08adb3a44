"""Whatever can be told, in every document, in both languages."""

import pytest

from outside_in.domain.blocks import AnyBlock, Promise, TooFew
from outside_in.domain.inputs import ABOUT
from outside_in.domain.text import line
from outside_in.exports import FORMATS, UnknownFormat, write
from tests.exports import readers
from tests.exports.samples import HOSTILE, MADE, every_block, outcome, part

SILENT = {
    "pptx": ("TooFew", "Invitation"),
    "pdf": ("Invitation",),
    "xlsx": ("TooFew", "Invitation", "Points"),
}
"""What is held back is told beside the method; the way in leads into a room that is over."""
IN_TABLES = {
    "Promise",
    "Voice",
    "Sayings",
    "Spread",
    "Pairs",
    "Bars",
    "Slope",
    "Says",
    "Estimates",
    "Money",
    "Tornado",
    "Grid",
    "Links",
    "Quadrant",
    "Shift",
}


def with_block(block):
    """An outcome that holds nothing but this block."""
    promises = (block,) if isinstance(block, Promise) else ()
    told = part("step", "Ein Schritt", "One step", (block,))
    return outcome("board", parts=(told,), promises=promises, journey=None, themes=(), suppressed=())


def mark(block, say):
    """Words that only this block brings."""
    name = type(block).__name__
    if name == "Voice":
        return block.quote.text
    if name == "Sayings":
        return block.items[0]
    if name == "Points":
        return say(block.items[0])
    if name == "Promise":
        return block.then
    if name in ("Says", "TooFew"):
        return say(block.sentence())
    if name == "Tornado":
        return say(ABOUT[block.bars[1].input].name)
    if name == "Money":
        return say(line("Residual value, not included"))
    if name == "Curve":
        return say(block.points[0].label)
    if name == "Links":
        return say(block.rows[1].right)
    if name == "Quadrant":
        return say(block.dots[1].label)
    if name == "Shift":
        return say(block.after)
    return say(block.rows[1].label)


def test_the_samples_hold_every_block_there_is():
    assert {type(block) for block in every_block()} == set(AnyBlock.__args__)


@pytest.mark.parametrize("block", every_block(), ids=lambda block: type(block).__name__)
@pytest.mark.parametrize("format", ["pptx", "xlsx", "pdf"])
def test_every_block_is_told_in_every_document(block, format, say, written):
    words = readers.WORDS[format](written(with_block(block), format, say))
    if type(block).__name__ in (*SILENT[format], *({"Curve"} if format == "xlsx" else ())):
        assert say.value(outcome().title) in words
    else:
        assert mark(block, say) in words


@pytest.mark.parametrize("block", every_block(), ids=lambda block: type(block).__name__)
def test_every_block_with_figures_stands_in_a_csv_table(block, say):
    files = write(with_block(block), "csv", say, made=MADE)
    told = [cell for file in files for row in readers.rows(file.data)[1:] for cell in row]
    if type(block).__name__ in IN_TABLES:
        assert any(mark(block, say) in cell for cell in told)
    else:
        assert isinstance(block, TooFew) or not any(block.sentence() == cell for cell in told)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("audience", ["board", "participants", "internal"])
def test_every_format_can_be_written_for_everybody(format, audience, say):
    files = write(outcome(audience), format, say, made=MADE, parts={"session.json": b"{}"})
    assert files
    assert all(file.data for file in files)
    assert len({file.name for file in files}) == len(files)


@pytest.mark.parametrize("format", FORMATS)
def test_an_outcome_with_nothing_in_it_still_is_a_document(format, say):
    nothing = outcome("board", leaders=0, parts=(), journey=None, themes=(), suppressed=(), client="")
    assert write(nothing, format, say, made=MADE)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_people_write_the_document_opens(format, words, german):
    hostile = outcome("internal", leaders=6, words=words, title=words, client=words)
    for file in write(hostile, format, german, made=MADE):
        match format:
            case "pptx" | "xlsx" | "pdf" | "docx":
                assert readers.WORDS[format](file.data)
            case "ics":
                assert readers.events(file.data)
            case "csv":
                assert readers.rows(file.data)
            case "json":
                assert readers.members(file.data)["outcome.json"]


@pytest.mark.parametrize("format", ["pptx", "xlsx", "pdf", "docx"])
def test_a_fictional_company_and_simulated_answers_are_said_aloud(format, say, written):
    words = readers.WORDS[format](written(outcome(rehearsed=12), format, say))
    assert {"de": "(fiktiv)", "en": "(fictional)"}[say.language] in words
    assert "12" in words
    assert {"de": "simuliert", "en": "simulated"}[say.language] in words
    real = readers.WORDS[format](written(outcome(sample=False), format, say))
    assert {"de": "(fiktiv)", "en": "(fictional)"}[say.language] not in real


@pytest.mark.parametrize("format", ["pptx", "xlsx", "pdf"])
def test_the_owners_of_the_trade_mark_are_named_where_it_is_used(format, written):
    assert "Fred Reichheld" in readers.WORDS[format](written(outcome(), format))
    without = outcome(parts=(), journey=None, themes=())
    assert "Fred Reichheld" not in readers.WORDS[format](written(without, format))


def test_an_unknown_format_is_refused_with_the_known_ones(german):
    with pytest.raises(UnknownFormat) as refused:
        write(outcome(), "doc", german, made=MADE)
    assert "pptx" in german(refused.value.line)
