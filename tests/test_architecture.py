"""Floors are import-linter's; here stands who may bring which guest, and what must stay true of all files."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ROOT / "outside_in"
SOURCES = sorted(ROOMS.rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))

GUESTS = {  # who may bring whom; everything else is refused
    "pydantic": {
        "domain",
        "house",
        "ui",
        "web",
        "store",
        "themes",
        "journeys",
        "worth",
        "writer",
        "content",
        "exports",
    },
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "cryptography": {"store"},
    "argon2": {"store"},
    "platformdirs": {"house"},
    "numpy": {"worth", "journeys", "themes"},
    "sklearn": {"themes"},
    "scipy": {"themes"},
    "statsmodels": {"worth"},
    "sentence_transformers": {"themes"},
    "distributed": {"themes"},
    "pyarrow": {"journeys", "themes", "store", "ui"},
    "openpyxl": {"journeys"},
    "rapidfuzz": {"journeys"},
    "defusedxml": {"journeys", "exports"},
    "psutil": {"journeys"},
    "openai": {"writer"},
    "httpx2": {"writer"},  # what openai speaks through: how much may come in is decided there
    "altair": {"charts", "web"},  # web: imported once at the start, so that no press has to wait for it
    "pandas": {"journeys", "themes", "charts", "exports", "web"},  # web: likewise
    "yaml": {"content"},
    "babel": {"content"},
    "pptx": {"exports"},
    "docx": {"exports"},
    "xlsxwriter": {"exports"},
    "typst": {"exports"},
    "icalendar": {"exports"},
    "segno": {"ui", "exports"},
    "streamlit": {"ui", "web"},  # web: the browser's messages and the settings, see pyproject.toml
    "google": {"web"},  # protobuf, which those messages are written in
    "starlette": {"web"},
    "uvicorn": {"web"},
    "app": {"web"},
}
REMEMBERS = {"hall", "visit", "forms", "fate", "console", "planning", "intake", "offers", "handover", "bench", "work"}
"""Files of ui that may touch st.session_state; a page never does."""
HEAVY = {"sklearn", "torch", "openai", "sentence_transformers", "scipy", "statsmodels"}


def room(path):
    return path.relative_to(ROOMS).parts[0].removesuffix(".py")


def guests(path):
    """Top names of everything imported that is neither ours nor Python's."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (name.split(".")[0] for name in names)


def test_every_guest_is_where_it_was_invited():
    uninvited = {
        (str(path.relative_to(ROOT)), guest)
        for path in SOURCES
        for guest in guests(path)
        if guest not in sys.stdlib_module_names | {"outside_in"} and room(path) not in GUESTS.get(guest, set())
    }
    assert not uninvited


def test_nobody_is_on_the_list_who_no_longer_comes():
    seen = {guest for path in SOURCES for guest in guests(path)}
    assert set(GUESTS) <= seen


def test_the_domain_needs_no_guest_but_pydantic():
    ours = {guest for path in (ROOMS / "domain").rglob("*.py") for guest in guests(path)}
    assert ours - sys.stdlib_module_names == {"outside_in", "pydantic"}


def test_a_page_is_thin():
    long = {page.name: n for page in PAGES if (n := len(page.read_text("utf-8").splitlines())) > 60}
    assert not long


def test_a_page_keeps_no_state_and_takes_no_callback():
    for page in PAGES:
        text = page.read_text("utf-8")
        assert "session_state" not in text, page.name
        assert "on_click" not in text, page.name


def test_only_few_files_remember_anything_of_a_tab():
    remembers = {path.stem for path in SOURCES if "session_state" in path.read_text("utf-8")}
    assert remembers <= REMEMBERS
    assert all((ROOMS / "ui" / f"{name}.py").exists() for name in REMEMBERS)


@pytest.mark.parametrize("word", ["on_click=", "cache_resource", "cache_data", "date.today(", "unsafe_allow_html"])
def test_what_was_ruled_out_stays_out(word):
    assert not [str(path.relative_to(ROOT)) for path in [*SOURCES, *PAGES] if word in path.read_text("utf-8")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_says_what_it_is_for_and_looks_at_the_visit_first(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    assert "visit = Visit()" in path.read_text("utf-8")


def test_every_module_says_what_it_is_for():
    silent = [str(path.relative_to(ROOT)) for path in SOURCES if path.read_text("utf-8").strip() and not _said(path)]
    assert not silent


def _said(path):
    return ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_the_light_variant_lacks_what_is_imported_on_need_and_nothing_else():
    full, light = (
        (ROOT / name).read_text("utf-8").splitlines() for name in ("requirements.txt", "requirements-light.txt")
    )
    missing = [line for line in full if line not in light]
    assert [line.split("=")[0] for line in missing] == ["sentence-transformers", "torch", "dask", "distributed"]
    assert [line for line in full if line not in missing] == light


SERVING = """
import json, sys
sys.path.insert(0, sys.argv[1])
import app
from streamlit.testing.v1 import AppTest
from outside_in import house
from outside_in.domain.people import Badge, Principal
from outside_in.house import FIRST, demo
from outside_in.ui.places import at
parts = house.parts()
demo.seed(parts)
by = Principal(role="facilitator", id=FIRST)
parts.database.doors.issue(by, "facilitator")
tab = AppTest.from_file(sys.argv[1] + "/outside_in/ui/frame.py", default_timeout=60)
tab.user = {"badge": Badge(principals=(by,)).model_dump_json()}
tab.run()
failed = []
for page in sys.argv[2].split():
    tab.switch_page(at(page)).run()
    failed += [page for _ in tab.exception]
tab.switch_page(at("themes")).run()
next(button for button in tab.button if button.key.startswith("select-")).click().run()
print(json.dumps({"failed": failed, "there": sorted(sys.modules)}))
"""


def test_the_web_process_never_invites_heavy_guests(tmp_path):
    """From the first start over every page to a press on the theme board."""
    pages = " ".join(page.stem for page in PAGES)
    environ = {**os.environ, "OUTSIDE_IN_DATA": str(tmp_path), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-c", SERVING, str(ROOT), pages],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert not told["failed"]
    assert "streamlit" in told["there"]
    assert not HEAVY & set(told["there"])
