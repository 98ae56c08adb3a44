import io

from pypdf import PdfReader

from outside_in.exports.glyphs import LACKS, printable
from outside_in.exports.handout import FONTS
from tests.exports import readers
from tests.exports.samples import outcome

FONT = FONTS / "Inter-Regular.otf"


def test_the_same_outcome_gives_the_same_bytes(written):
    assert written(outcome(), "pdf") == written(outcome(), "pdf")


def test_the_protocol_is_tagged_titled_and_speaks_its_language(say, written):
    root = PdfReader(io.BytesIO(written(outcome(), "pdf", say))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == say.language
    assert PdfReader(io.BytesIO(written(outcome(), "pdf", say))).metadata.title == outcome().title


def test_words_of_people_are_never_markup(written):
    words = '#panic("x") $a^2$ *fett* <b>x</b> @ref'
    assert words in readers.pdf_words(written(outcome(words=words), "pdf"))


def test_what_the_font_lacks_leaves_a_mark_and_a_note(written):
    words = readers.pdf_words(written(outcome(words="gut 😀👍🏽 so"), "pdf"))
    assert f"gut {LACKS} so" in words
    assert f"{LACKS} steht für" in words
    assert f"{LACKS} steht für" not in readers.pdf_words(written(outcome(), "pdf"))


def test_german_and_turkish_names_are_printed_as_they_are():
    assert printable("Öztürk – „Straße“ İĞŞ ≥ 5 €", FONT) == "Öztürk – „Straße“ İĞŞ ≥ 5 €"
    assert printable("τ = 0,2", FONT) == "tau = 0,2"


def test_it_holds_what_was_seen_and_what_was_promised(written):
    words = readers.pdf_words(written(outcome(), "pdf"))
    assert "In 4 von 5 Punkten" in words
    assert "lese ich zuerst fünf Kommentare" in words
    assert "Zu wenige Antworten: 3." in words


def test_nobodys_single_guess_is_printed(written):
    words = readers.pdf_words(written(outcome(journey=None, themes=()), "pdf"))
    assert "Unteres Quartil" in words
    assert "Niedrigste" not in words
