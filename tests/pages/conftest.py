"""Pages as people meet them: the real frame, a real house on SQLite, rights from the real door."""

import os
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from outside_in import house
from outside_in.domain.people import OPERATOR, Badge, Principal
from outside_in.domain.plan import Phase
from outside_in.house import FIRST, House
from outside_in.house.demo import fresh, sample_workshop
from outside_in.house.settings import Settings
from outside_in.store import Database
from outside_in.ui.places import at

os.environ["STREAMLIT_RUNNER_POST_SCRIPT_GC"] = "false"  # most of a short run is collection otherwise
FRAME = Path(house.__file__).parents[1] / "ui" / "frame.py"
LOCALE = {"de": "de-DE", "en": "en-GB"}


def build(folder):
    settings = Settings.of({}, data=folder)
    return House(settings, Database(settings.database, settings.data))


class Person:
    """Somebody with a browser tab: opens pages, is found again by role."""

    def __init__(self, badge, language="de", **query):
        self.badge, self.language, self.query = badge, language, query

    def open(self, page=None):
        tab = AppTest.from_file(FRAME, default_timeout=30)
        tab.user = {"badge": self.badge.model_dump_json()}
        tab.context["locale"] = LOCALE[self.language]
        for name, value in self.query.items():
            tab.query_params[name] = value
        tab.run()
        return tab.switch_page(at(page)).run() if page else tab


class World:
    """The house, the sample company in it, and everybody who may come in."""

    def __init__(self, parts):
        self.house = parts

    def leader(self, code, language="de"):
        doors = self.house.database.doors
        by, token = doors.new_leader(code)
        self.house.change(by, code, lambda now: now.join(by))
        return Person(Badge(principals=(by,), key=doors.leader_key(token).hex()), language)

    def person(self, role, kind, code="", id="someone", language="de", **query):
        by = Principal(role=role, id=id, code=code)
        self.house.database.doors.issue(by, kind)
        return Person(Badge(principals=(by,)), language, **query)

    def facilitator(self, language="de", id=FIRST, **query):
        return self.person("facilitator", "facilitator", id=id, language=language, **query)

    def stage(self, code, language="de"):
        return self.person("stage", "stage", code, language=language)

    def consultant(self, workshop, language="de"):
        return self.person("consultant", "share", workshop, language=language)

    def press(self, code, times=1):
        for _ in range(times):
            self.house.press(OPERATOR, code, self.house.sessions.of(code).moved)
        return self.house.sessions.of(code)

    def go_to(self, code, step, phase):
        """Press until the step is there; what asks is answered by a simulated room on the way."""
        for _ in range(120):
            now = self.house.sessions.of(code)
            if (now.now, now.course(now.now).phase) == (step, phase):
                return now
            if now.asks and not now.answered(now.now):
                self.house.simulate(OPERATOR, code, 6)
            self.press(code)
        raise AssertionError(step, phase)


@pytest.fixture(scope="session")
def _sample(tmp_path_factory):
    """Reading the sample's file takes seconds, so its database is made once and copied."""
    folder = tmp_path_factory.mktemp("sample")
    parts = build(folder)
    workshop = sample_workshop(parts, FIRST)
    parts.database.close()
    return folder, workshop.code


@pytest.fixture
def empty(tmp_path, monkeypatch):
    parts = build(tmp_path)
    monkeypatch.setattr(house, "_built", [parts])
    yield World(parts)
    parts.database.close()


@pytest.fixture
def world(_sample, tmp_path, monkeypatch):
    folder, workshop = _sample
    for file in folder.glob("outside-in.sqlite3*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    parts = build(tmp_path)
    monkeypatch.setattr(house, "_built", [parts])
    made = World(parts)
    made.workshop = workshop
    yield made
    parts.database.close()


@pytest.fixture
def live(world):
    """A live session of the sample; the world knows its code."""
    world.code = fresh(world.house, FIRST)[0].code
    return world


@pytest.fixture
def own_pace(world):
    world.code = fresh(world.house, FIRST)[1].code
    return world


def keys(tab):
    """Every key on the page, of inputs and of containers alike, as the browser sees them."""
    return {key for key in (_key(node) for node in _every(tab._tree)) if key}


def _key(node):
    proto = getattr(node, "proto", None)
    id = getattr(proto, "id", "") or ""
    return id.rsplit("-", 1)[-1] if False else id


def _every(node):
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _every(child)


def words(tab):
    """Everything a person can read on the page, in one string."""
    found = []
    for node in _every(tab._tree):
        for name in ("value", "label", "body"):
            said = getattr(node, name, None)
            if isinstance(said, str):
                found.append(said)
    return "\n".join(found)


def fine(tab):
    assert not tab.exception, tab.exception[0].value
    return tab
