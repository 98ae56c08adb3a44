"""Our own sentences: all of them speak German, none is left over, and no page speaks past them."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
import yaml
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PO = ROOT / "outside_in/locale/de/LC_MESSAGES/outside_in.po"
SAYING = {"t", "say", "line", "lines", "speaker"}
INDIRECT = {
    "outside_in/domain/feedback.py": ("RedactedKind",),
    "outside_in/themes/study.py": ("NO_MODEL", "SHORTENED", "NO_WORDS", "TOO_FEW"),
    "outside_in/ui/handover.py": ("NAMES",),
    "outside_in/ui/intake.py": ("FIELD_NAMES", "METRICS"),
}
"""Where messages stand that are said under another name; of a row of a table its first word."""

WIDGETS = {
    *("title", "header", "subheader", "markdown", "write", "text", "caption", "badge", "toast", "status"),
    *("info", "success", "warning", "error", "spinner", "progress", "metric", "image", "altair_chart"),
    *("button", "link_button", "download_button", "form_submit_button", "page_link", "popover", "dialog"),
    *("expander", "tabs", "checkbox", "toggle", "radio", "pills", "segmented_control", "selectbox"),
    *("multiselect", "slider", "select_slider", "text_input", "text_area", "number_input", "date_input"),
    *("time_input", "file_uploader", "chat_input", "set_page_config", "Page"),
}
SHOWN = {"label", "help", "placeholder", "text", "body", "alt", "caption", "page_title", "title"}
BRAND = "Outside-In"
FAMILIAR = re.compile(r"\b(du|dir|dich|deine?[mnrs]?|euch|eu(er|re[mnrs]?))\b", re.IGNORECASE)


class Message(NamedTuple):
    one: str
    many: str | None
    where: str
    given: frozenset[str] | None = None
    """The names of the values it is said with; None where they come later or from elsewhere."""


def sources():
    yield from sorted((ROOT / "outside_in").rglob("*.py"))
    yield from sorted((ROOT / "pages").glob("*.py"))
    yield ROOT / "app.py"


@cache
def said():
    return [message for path in sources() for message in messages_in(*parsed(path))]


@cache
def catalogue():
    with PO.open("rb") as file:
        return read_po(file, locale="de")


def entries():
    return [entry for entry in catalogue() if entry.id]


def parsed(path):
    return ast.parse(path.read_text("utf-8")), path.relative_to(ROOT).as_posix()


def messages_in(tree, file):
    """Calls that say or build a sentence, the sentences of our errors, and the indirect ones."""
    known, constant = bound(tree), {id(node) for _, value in assigned(tree.body) for node in ast.walk(value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for message in from_call(node, file, known):
                yield message._replace(given=None) if id(node) in constant else message
        elif isinstance(node, ast.ClassDef):
            for name, value in assigned(node.body):
                if name == "message":
                    yield from (Message(one, None, file) for one in words(value))
    for name, value in assigned(tree.body):
        if name in INDIRECT.get(file, ()):
            yield from (Message(one, None, file) for one in listed(value))


def from_call(call, file, known):
    called = name_of(call.func)
    if called == "Line":
        spoken = [word.value for word in call.keywords if word.arg == "message"]
    elif called in SAYING or (called == "self" and file.endswith("/speaker.py")):
        spoken = call.args[:1]
    else:
        return
    many = next(iter(words(call.args[1])), None) if called == "lines" and len(call.args) > 1 else None
    names = [word.arg for word in call.keywords]
    given = None if None in names or called == "Line" else frozenset(names) | ({"n"} if many else set())
    for value in spoken:
        for one in words(value, known):
            if one:
                yield Message(one, many, f"{file}:{call.lineno}", given)


def name_of(called):
    """`t` for `t(…)`, `visit.t(…)` and `self._t(…)`; `say` for `_say(args)(…)`."""
    match called:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name) | ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name.lstrip("_")
    return ""


def words(value, known=None):
    match value:
        case ast.Constant(value=str(one)):
            return [one]
        case ast.IfExp(body=first, orelse=second):
            return words(first, known) + words(second, known)
        case ast.Name(id=name):
            return (known or {}).get(name, [])
    return []


def bound(tree):
    """Constants of this file, and what a loop over written words calls them."""
    known = {name: words(value) for name, value in assigned(tree.body) if name.isupper()}
    for node in ast.walk(tree):
        if isinstance(node, ast.comprehension | ast.For) and isinstance(node.target, ast.Name):
            inside = [one for value in getattr(node.iter, "elts", ()) for one in words(value)]
            known.setdefault(node.target.id, []).extend(inside)
    return known


def assigned(body):
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value:
                yield name, value


def listed(value):
    match value:
        case ast.Dict(values=values):
            return [one for each in values for one in listed(each)]
        case ast.Tuple(elts=[first, *_]):
            return words(first)
        case ast.Subscript(slice=ast.Tuple(elts=kinds)):
            return [one for kind in kinds for one in words(kind)]
    return words(value)


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


def tables_said(tree):
    """`NAMES` of `t(NAMES[key])`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node.func) in SAYING]
    picked = [call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Subscript)]
    return {table.id for table in picked if isinstance(table, ast.Name) and table.id.isupper()}


def literals(tree):
    """Natural language that a page or a part hands to Streamlit by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WIDGETS:
            for value in [*node.args[:1], *(word.value for word in node.keywords if word.arg in SHOWN)]:
                yield from ((node.lineno, one) for one in written(value) if speaks(one))


def written(value):
    match value:
        case ast.JoinedStr(values=values):
            return [part.value for part in values if isinstance(part, ast.Constant)]
        case ast.BinOp(left=left, right=right):
            return written(left) + written(right)
        case ast.List(elts=each) | ast.Tuple(elts=each):
            return [one for part in each for one in written(part)]
        case ast.Call(func=ast.Name(id="plain"), args=[inside, *_]):
            return written(inside)
    return words(value)


def speaks(text):
    return bool(re.search(r"[^\W\d_]{2,}", text.replace(BRAND, "")))


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
class Wrong(WorkshopError):
    message = "j" "k"
other("no")
"""
    found = {message.one: message.many for message in messages_in(ast.parse(code), "x.py")}
    assert found == {**dict.fromkeys(["a", "b", "c", "d", "e", "f", "h", "i", "jk"]), "g": "{n} g"}


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
