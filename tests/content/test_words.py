"""Our own sentences: all of them speak German, none is left over, and no page speaks past them."""

import ast
import re
from functools import cache
from string import Formatter

import pytest
import yaml
from babel.messages.pofile import read_po

from tests.content.messages import (
    INDIRECT,
    ROOT,
    assigned,
    listed,
    literals,
    messages_in,
    parsed,
    said,
    sources,
    tables_said,
)

PO = ROOT / "outside_in/locale/de/LC_MESSAGES/outside_in.po"
FAMILIAR = re.compile(r"\b(du|dir|dich|deine?[mnrs]?|euch|eu(er|re[mnrs]?))\b", re.IGNORECASE)


@cache
def catalogue():
    with PO.open("rb") as file:
        return read_po(file, locale="de")


def entries():
    return [entry for entry in catalogue() if entry.id]


def test_no_sentence_is_translated_twice():
    said = re.findall(r'^msgid (".*"(?:\n".*")*)', PO.read_text("utf-8"), flags=re.MULTILINE)
    assert [one for one in set(said) if said.count(one) > 1] == []


def blanks(message):
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


def pairs(entry):
    """Every original beside its translation, plural forms with their own."""
    if isinstance(entry.id, tuple):
        return list(zip(entry.id, entry.string, strict=True))
    return [(entry.id, entry.string)]


def test_every_message_in_the_code_speaks_german():
    known = {pairs(entry)[0][0]: entry.id for entry in entries()}
    missing = sorted({(m.one, m.where) for m in said() if m.one not in known})
    assert not missing
    plural = {m.one: m.many for m in said() if m.many}
    assert {one: known[one] for one in plural} == {one: (one, many) for one, many in plural.items()}


def test_no_translation_is_left_over():
    spoken = {m.one for m in said()}
    assert [entry.id for entry in entries() if pairs(entry)[0][0] not in spoken] == []


def test_nothing_is_empty_fuzzy_or_retired():
    assert [entry.id for entry in entries() if entry.fuzzy or not all(de for _, de in pairs(entry))] == []
    assert not catalogue().obsolete
    assert catalogue().num_plurals == 2


def test_translations_have_the_places_of_their_originals():
    wrong = [(en, de) for entry in entries() for en, de in pairs(entry) if blanks(en) != blanks(de)]
    assert wrong == []


def test_every_message_is_given_the_values_it_has_places_for():
    spoken = [(m, blanks(m.one) | blanks(m.many or "")) for m in said() if m.given is not None]
    wrong = [(m.where, m.one) for m, places in spoken if places - m.given or (m.given - places - {"n"})]
    assert wrong == []


def test_the_indirect_sources_still_hold_messages():
    for file, names in INDIRECT.items():
        tree, _ = parsed(ROOT / file)
        found = {name for name, value in assigned(tree.body) if listed(value)}
        assert found.issuperset(names), file


def test_what_is_said_out_of_a_table_is_listed_as_indirect():
    for path in sources():
        tree, file = parsed(path)
        assert tables_said(tree) <= set(INDIRECT.get(file, ())), file


def test_no_page_speaks_past_the_catalogue():
    drawn = [*sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "outside_in/ui").glob("*.py"))]
    found = {path.name: list(literals(parsed(path)[0])) for path in drawn}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "code",
    [
        'st.title("Welcome")',
        'left.button("Send" if ready else t("Wait"))',
        'st.info(f"{n} answers")',
        'st.markdown(plain("All is well"))',
        'st.button(t("Send"), help="Once only")',
        'st.tabs([t("One"), "Two"])',
    ],
)
def test_a_literal_on_a_page_would_be_found(code):
    assert list(literals(ast.parse(code)))


def test_messages_are_found_however_they_are_said():
    code = """
t("a"); visit.t("b"); speaker(request)("c"); line("d" if x else "e"); Line(message="f")
lines("g", "{n} g", 3)
for word in ("h", "i"): say(word)
map(self.say, ("l", "m"))
def _table(self, rows, head): return [self.say(column) for column in head]
self._table(rows, ("n", "o"))
class Wrong(WorkshopError):
    message = "j" "k"
other("no")
"""
    found = {message.one: message.many for message in messages_in(ast.parse(code), "x.py")}
    assert found == {**dict.fromkeys(["a", "b", "c", "d", "e", "f", "h", "i", "jk", *"lmno"]), "g": "{n} g"}


def content(node, path):
    if isinstance(node, dict) and {"de", "en"} == set(node):
        yield path, node["de"], node["en"]
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from content(child, path)


@cache
def texts():
    files = sorted((ROOT / "workshop_content").rglob("*.y*ml"))
    return [text for path in files for text in content(yaml.safe_load(path.read_text("utf-8")), path.name)]


def test_the_workshop_content_is_read_here():
    assert len(texts()) > 100


def german():
    yield from (de for entry in entries() for _, de in pairs(entry))
    yield from (de for _, de, _ in texts())


def english():
    yield from (en for entry in entries() for en, _ in pairs(entry))
    yield from (en for _, _, en in texts())


def test_german_addresses_its_reader_as_sie():
    assert [de for de in german() if FAMILIAR.search(de)] == []


def test_german_quotes_stand_low_and_high():
    assert [de for de in german() if '"' in de or "”" in de or de.count("„") != de.count("“")] == []


def test_english_quotes_stand_high():
    assert [en for en in english() if '"' in en or "„" in en or en.count("“") != en.count("”")] == []


def test_no_text_is_left_in_the_other_language():
    """Words both languages share, names and figures are the same; whole sentences are not."""
    same = [entry.id for entry in entries() if pairs(entry)[0][0] == pairs(entry)[0][1]]
    assert [one for one in same if len(blanks(one)) == 0 and " " in one] == []


def test_the_glossary_names_words_the_code_has():
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    rows = [row for row in glossary.splitlines() if row.startswith("| ") and "`" in row]
    code = "\n".join(path.read_text("utf-8") for path in sources())
    words = [word for row in rows for word in re.findall(r"`([\w.]+)`", row.split(" | ")[2])]
    assert len(words) > 40
    assert [word for word in words if not re.search(rf"\b{re.escape(word)}\b", code)] == []
