"""Somebody who has the database file, and knows who joined when, cannot tell who said what."""

import json
import sqlite3
from random import Random

import pytest

from outside_in.domain.plan import Phase
from outside_in.house import new_ticket
from outside_in.store import tag_of
from outside_in.store.engines import file_of

STEP = "predict"


@pytest.fixture
def asked(live):
    live.go_to(STEP, Phase.OPEN)
    return live


def rows(world, wanted):
    """As a thief of the file reads it, with what SQLite itself counts."""
    db = sqlite3.connect(f"file:{file_of(world.house.settings.database)}?mode=ro", uri=True)
    try:
        return db.execute(wanted).fetchall()
    finally:
        db.close()


def say(world, badge, seed, step=STEP):
    values = world.session.step(step).exercise.rehearse(Random(seed))
    world.house.answer(badge, step, new_ticket(), values)
    return values


def test_pages_of_a_notebook_do_not_stand_in_the_order_in_which_answers_came(asked):
    """The events of an open step do; two lists in one order would be one list."""
    badges = [asked.leader() for _ in range(12)]
    for seed, badge in enumerate(badges):
        say(asked, badge, seed)
    names = {tag_of(bytes.fromhex(badge.key), "notebook"): n for n, badge in enumerate(badges)}
    stored = [names[name] for (name,) in rows(asked, "select notebook from notes order by rowid")]
    assert sorted(stored) == list(range(12))
    assert stored != sorted(stored)


def test_a_page_is_as_long_whatever_was_said(live):
    live.go_to("explain", Phase.OPEN)
    for words in ("Nein.", "ä" * 280):
        live.house.answer(live.leader(), "explain", new_ticket(), {"reason": words})
    lengths = {length for (length,) in rows(live, "select length(sealed) from notes")}
    assert len(lengths) == 1


def test_after_the_close_nothing_but_who_was_there_is_left_of_a_leader(asked):
    """Neither tag nor id, nor any row that two tables share, leads from a leader to an answer."""
    badges = [asked.leader() for _ in range(6)]
    said = [say(asked, badge, seed) for seed, badge in enumerate(badges)]
    tags = [asked.house.tag(badge, asked.session, STEP) for badge in badges]
    asked.go_to(STEP, Phase.REVEALED)
    events = [json.loads(event) for (event,) in rows(asked, "select event from events")]
    assert not [event for event in events if event["kind"] == "answered"]
    (closed,) = [event for event in events if event["kind"] == "closed" and event["step"] == STEP]
    whole = json.dumps(closed)
    for badge, tag in zip(badges, tags, strict=True):
        assert tag not in whole
        assert badge.principals[0].id not in whole
        assert badge.key not in whole
    for item, column in closed["said"].items():
        assert sorted(map(json.dumps, column)) == sorted(json.dumps(values[item]) for values in said)
    assert closed["receipts"] == sorted(closed["receipts"])


def test_whoever_guesses_from_the_order_of_joining_is_right_as_often_as_chance(asked):
    """Leaders answer in the order in which they joined; 40 rooms are closed by the same session."""
    badges = [asked.leader() for _ in range(10)]
    said = [say(asked, badge, seed) for seed, badge in enumerate(badges)]
    item = next(iter(said[0]))
    values = [json.dumps(one[item]) for one in said]
    hits = guesses = 0
    chance = Random(3)
    for _ in range(40):
        closed = asked.session._closing(asked.session.ahead(1.0), chance)
        column = [json.dumps(value) for value in closed.said[item]]
        hits += sum(guess == true for guess, true in zip(column, values, strict=True))
        guesses += len(values)
    by_chance = sum(values.count(value) for value in values) / len(values) ** 2
    assert hits / guesses < by_chance + 0.06, "400 guesses: three standard errors at most"
