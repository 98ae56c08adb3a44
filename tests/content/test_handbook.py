"""The handbooks name buttons as they stand on the screen, show pictures that exist, and come in pairs."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from outside_in.content.speaker import LOCALE

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted((DOCS / "handbook").glob("*/*.md"))
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
SIGNS = {"+1", "−1"}


def spoken(language):
    """Every sentence of the product in this language; what is filled in may be anything."""
    with (LOCALE / "de" / "LC_MESSAGES" / "outside_in.po").open("rb") as source:
        entries = [entry for entry in read_po(source, locale="de") if entry.id]
    said = [entry.string if language == "de" else entry.id for entry in entries]
    return [one for some in said for one in ((some,) if isinstance(some, str) else some)]


def named(sentence):
    """As a handbook may call it: “…” where something is filled in, and without what stands in brackets behind."""
    whole = re.sub(r"\{\w+\}", "…", sentence)
    return {whole, whole.partition(" (…")[0]}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_what_is_bold_stands_on_the_screen(page):
    known = SIGNS.union(*map(named, spoken(page.parent.name)))
    bold = [words for words in BOLD.findall(page.read_text("utf-8")) if not words.endswith(".")]
    assert [words for words in bold if words not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_every_picture_is_there(page):
    for picture in re.findall(r"\]\(([^)]+\.png)\)", page.read_text("utf-8")):
        assert (page.parent / picture).is_file(), picture


def test_both_languages_have_the_same_handbooks():
    de, en = ([page for page in PAGES if page.parent.name == lang] for lang in ("de", "en"))
    assert len(de) == len(en) == 4
    headings = {"de": 0, "en": 0}
    for page in PAGES:
        headings[page.parent.name] += len(re.findall(r"^## ", page.read_text("utf-8"), re.M))
    assert headings["de"] == headings["en"]
