"""Finds our own sentences in the sources, and words that a page says past them."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SAYING = {"t", "say", "line", "lines", "speaker()", "say()"}
INDIRECT = {
    "outside_in/domain/feedback.py": ("RedactedKind",),
    "outside_in/themes/study.py": ("NO_MODEL", "SHORTENED", "NO_WORDS", "TOO_FEW"),
    "outside_in/ui/handover.py": ("NAMES",),
    "outside_in/ui/intake.py": ("FIELD_NAMES", "METRICS"),
    "outside_in/ui/theme.py": ("STANCES",),
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


class Message(NamedTuple):
    one: str
    many: str | None
    where: str
    given: frozenset[str] | None = None
    """The names of the values it is said with; None where they come later or from elsewhere."""


@cache
def said():
    return [message for path in sources() for message in messages_in(*parsed(path))]


def sources():
    yield from sorted((ROOT / "outside_in").rglob("*.py"))
    yield from sorted((ROOT / "pages").glob("*.py"))
    yield ROOT / "app.py"


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
    yield from (Message(one, None, file) for one in handed_on(tree))


def from_call(call, file, known):
    called = name_of(call.func)
    if called == "Line":
        spoken = [word.value for word in call.keywords if word.arg == "message"]
    elif called == "map" and name_of(call.args[0]) in SAYING:
        spoken = getattr(call.args[1], "elts", [])
    elif called in SAYING or (called == "self" and file.endswith("/speaker.py")):
        spoken = call.args[:1]
    else:
        return
    many = next(iter(words(call.args[1])), None) if called == "lines" and len(call.args) > 1 else None
    names = [word.arg for word in call.keywords]
    unknown = None in names or called in ("Line", "map")
    given = None if unknown else frozenset([*names, "n"] if many else names)
    for value in spoken:
        for one in words(value, known):
            if one:
                yield Message(one, many, f"{file}:{call.lineno}", given)


def handed_on(tree):
    """Words that are handed to a function of the same file, which says them."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    places = {function.name.lstrip("_"): place for function in functions for place in parameters_said(function)}
    tables = {name: value for function in functions for name, value in assigned(ast.walk(function))}
    for call in ast.walk(tree):
        place = places.get(name_of(call.func).lstrip("_")) if isinstance(call, ast.Call) else None
        if place is not None and place < len(call.args):
            value = call.args[place]
            value = tables.get(value.id) if isinstance(value, ast.Name) else value
            yield from (one for part in getattr(value, "elts", [value]) for one in words(part))


def parameters_said(function):
    """The places of parameters that the function says, or whose items it says."""
    places = {each.arg: place for place, each in enumerate(a for a in function.args.args if a.arg != "self")}
    loops = (node for node in ast.walk(function) if isinstance(node, ast.comprehension | ast.For))
    for loop in loops:
        if isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Name) and loop.iter.id in places:
            places[loop.target.id] = places[loop.iter.id]
    for node in ast.walk(function):
        match node:
            case ast.Call(func=called, args=[ast.Name(id=name), *_]) if name_of(called) in SAYING:
                yield from [places[name]] if name in places else []


def name_of(called):
    """`t` for `t(…)`, `visit.t(…)` and `self._t(…)`; `speaker()` for `speaker(request)(…)`."""
    match called:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name.lstrip("_")
        case ast.Call(func=maker):
            return f"{name_of(maker).lstrip('_')}()"
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
