"""A client's brand from their own files, on every document; a wrong file is one sentence and changes nothing."""

import base64
import zipfile
from io import BytesIO

import pytest
from PIL import Image
from pptx import Presentation

from outside_in.domain.brand import Brand, branded
from outside_in.exports.branding import NoLogo, NoPowerPoint, from_powerpoint, logo
from outside_in.exports.deck import Deck
from tests.exports import readers
from tests.exports.samples import MADE, outcome

OWN = branded("Lindhain Energie", "#7A1F3D", "#1F6F7A")[0]


def picture(kind="PNG", size=(300, 120)):
    out = BytesIO()
    Image.new("RGB", size, (122, 31, 61)).save(out, kind)
    return out.getvalue()


def plain_deck():
    out = BytesIO()
    Presentation().save(out)
    return out.getvalue()


def test_the_theme_of_a_deck_of_ours_comes_back_as_it_was():
    deck = Deck(OWN.model_copy(update={"font": "Georgia"}), "foot", "title", MADE)
    found = from_powerpoint(deck.saved(), "brand.pptx", Brand())
    assert (found.accent1, found.accent2, found.dk2, found.font) == (OWN.accent1, OWN.accent2, OWN.dk2, "Georgia")


def test_a_plain_powerpoint_has_a_theme_whatever_its_layouts():
    assert from_powerpoint(plain_deck(), "plain.pptx", Brand()).accent1 == "4F81BD"


def zipped(**members):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip at all",
        plain_deck()[:2_000],
        zipped(hello="x"),
        zipped(ppt__theme__theme1="<broken"),
        zipped(ppt__theme__theme1="<a/>"),
        zipped(ppt__theme__theme1='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        zipped(ppt__theme__theme1=" " * 5_000_000),
    ],
    ids=["empty", "text", "cut", "no theme", "broken", "bare", "entities", "huge"],
)
def test_a_file_that_is_no_powerpoint_is_refused(data):
    with pytest.raises(NoPowerPoint):
        from_powerpoint(data, "brand.pptx", Brand())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_sign_is_taken_as_it_is(kind):
    assert base64.b64decode(logo(picture(kind), "logo")) == picture(kind)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", picture()[:60], picture(size=(5_000, 10)), picture() + b"x" * 400_000, b"\xff\xd8\xff\xe0"]
)
def test_what_is_no_small_picture_is_refused(data):
    with pytest.raises(NoLogo):
        logo(data, "logo.png")


@pytest.mark.parametrize("format", ["pptx", "pdf", "xlsx", "docx"])
def test_every_document_comes_with_a_brand_and_its_sign(written, format):
    own = OWN.model_copy(update={"logo": logo(picture(), "logo.png")})
    assert len(written(outcome(), format, brand=own)) > 1_000


def test_the_sign_stands_on_the_first_slide_and_the_first_page(written):
    own = OWN.model_copy(update={"logo": logo(picture(), "logo.png")})
    first = readers.slides(written(outcome(), "pptx", brand=own))[0]
    assert [shape.image.blob for shape in first.shapes if shape.shape_type == 13] == [picture()]
    from pypdf import PdfReader

    page = PdfReader(BytesIO(written(outcome(), "pdf", brand=own))).pages[0]
    assert len(page.images) == 1
