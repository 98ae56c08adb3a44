import io

from docx import Document

from tests.exports import readers
from tests.exports.samples import outcome


def test_every_commitment_has_its_own_page(written):
    document = Document(io.BytesIO(written(outcome(leaders=5), "docx")))
    heads = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [bool(head.paragraph_format.page_break_before) for head in heads] == [False, *[True] * 5]
    assert heads[-1].text.startswith("Wer wofür einsteht"), "the owners' sheet comes last"
    assert 'w:type="page"' not in document.element.xml, "on a full page a break alone makes an empty one"


def test_it_leaves_room_for_weight_rule_and_hand_over(written):
    words = readers.letter_words(written(outcome(), "docx"))
    assert "10 bis 20 %" in words
    assert "Übergeben am" in words
    assert "Betriebsrat" in words
    assert "Nachfragen je Umzug: 2,1 → 1,5" in words


def test_the_spelling_check_is_told_the_language(say, written):
    styles = readers.members(written(outcome(), "docx", say))["word/styles.xml"].decode()
    assert {"de": 'w:val="de-DE"', "en": 'w:val="en-GB"'}[say.language] in styles
    assert "asciiTheme" not in styles.split('w:styleId="Normal"')[1].split("</w:style>")[0]


def test_a_session_without_commitments_says_so(written):
    assert "keine Zusage" in readers.letter_words(written(outcome(leaders=0), "docx")).replace("Keine", "keine")


def test_measure_and_behaviour_are_ready_to_be_agreed(written):
    words = readers.letter_words(written(outcome(leaders=1), "docx"))
    assert "2,1 → 1,5" in words
    assert "Vereinbartes Verhalten" in words
    assert "Davon: Verhalten, Messgröße, gemeinsam" in words


def test_the_owners_sheet_names_who_is_there_and_who_is_missing(written):
    words = readers.letter_words(written(outcome(leaders=1), "docx"))
    assert "Leitung Kundenservice" in words
    assert "Ohne Zuständige: Wohnung finden" in words
    assert "Genau ein A je Kontaktpunkt" in words
