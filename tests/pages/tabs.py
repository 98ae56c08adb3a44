"""A browser tab without a browser: opened from the frame, read as a person reads it."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from outside_in import house
from outside_in.content import Speaker
from outside_in.domain.people import Badge
from outside_in.ui.places import at

FRAME = Path(house.__file__).parents[1] / "ui" / "frame.py"
SAY = {language: Speaker(language) for language in ("de", "en")}
NOBODY = Badge()
BUG = re.compile(r"went wrong|schiefgegangen|schiefgelaufen")


def open_tab(page, badge=NOBODY, language="de", **query):
    return fine(visit(page, badge, language, **query))


def visit(page, badge=NOBODY, language="de", **query):
    """Whatever comes of it."""
    tab = AppTest.from_file(FRAME, default_timeout=30)
    tab.user = {"badge": badge.model_dump_json()}
    for name, value in {"lang": language, **query}.items():  # AppTest has neither cookies nor a browser
        tab.query_params[name] = value
    return tab.run().switch_page(at(page)).run()


def fine(tab):
    """No traceback, and no sentence that only a bug would say."""
    assert not tab.exception, tab.exception[0].value
    assert not [told.value for told in (*tab.toast, *tab.warning) if BUG.search(told.value)]
    return tab


def press(tab, key):
    """A click, and what the page is after it."""
    return fine(tab.button(key).click().run())


def keys(tab):
    """Of inputs and containers alike, as they become CSS classes; a key may stand there twice."""
    return [key for key in map(_key, _every(tab._tree)) if key]


def words(tab):
    """Everything that can be read, inputs' labels included."""
    found = []
    for node in _every(tab._tree, unseen=False):
        said = [getattr(node, name, None) for name in ("label", "value")]
        said.append(getattr(getattr(node, "proto", None), "text", None))
        found += [text.replace("\\", "") for text in said if isinstance(text, str) and "<style>" not in text]
    return "\n".join(found)


def primaries(tab):
    return [
        node.key for node in _every(tab._tree, unseen=False) if node.type == "button" and node.proto.type == "primary"
    ]


def _every(node, unseen=True):
    """Depth first; without what the style sheet hides, if `unseen` is False."""
    if not unseen and _key(node).startswith("unseen"):
        return
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _every(child, unseen)


def _key(node):
    id = str(getattr(getattr(node, "proto", None), "id", ""))
    key = id.split("-", 2)[2] if id.startswith("$$ID-") else ""
    return "" if key == "None" else key
