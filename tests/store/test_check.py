"""One byte that the disk has changed is found out, or it does not matter."""

import random

import pytest
from sqlalchemy import text

from outside_in.store.engines import file_of
from tests.store.test_backup import CODE, everything, lived_in

PAGE = 4096


@pytest.fixture
def saved(opened, sqlite_url):
    """The bytes of a database with something of everything, and what it says."""
    database = opened(sqlite_url)
    lived_in(database)
    said = everything(database)
    database.close()
    return file_of(sqlite_url).read_bytes(), said


def test_one_changed_byte_per_page_is_found_out_or_harmless(saved, opened, tmp_path):
    raw, said = saved
    chance, found, pages = random.Random(5), 0, len(raw) // PAGE
    for page in range(pages):
        damaged = bytearray(raw)
        used = [at for at in range(page * PAGE, (page + 1) * PAGE) if raw[at]]
        if not used:
            continue
        damaged[chance.choice(used)] ^= 1 << chance.randrange(8)
        file = tmp_path / f"{page}.sqlite3"
        file.write_bytes(damaged)
        database = opened(f"sqlite:///{file}", migrated=False)
        if database.check():
            found += 1
            continue
        assert counted(everything(database)) == counted(said)
    assert found > pages // 3


def counted(said):
    """What figures are made of: sessions, workshops and comments."""
    return said[:3]


@pytest.mark.parametrize("table", ["folds", "events", "verbatims"])
def test_a_letter_inside_a_row_is_found_out(database, table):
    lived_in(database)
    column = {"folds": "opening", "events": "event", "verbatims": "body"}[table]
    assert database.check() == []
    changed = text(
        f"update {table} set {column} = replace(replace({column}, 'waiting', 'waitinG'), 'größer', 'größeR')"
    )
    database._writer.write(lambda batch: batch.db.execute(changed) and None)
    assert any("changed on disk" in problem for problem in database.check())


def test_an_event_that_nobody_can_read_is_named(database):
    lived_in(database)
    foreign = text("update events set event = '{}', digest = null where version = 2")
    database._writer.write(lambda batch: batch.db.execute(foreign) and None)
    assert database.check() == [f"{CODE}: ValidationError"]


def test_an_event_that_is_missing_at_the_end_is_missed(database):
    lived_in(database)
    gone = text("delete from events where version = 4")
    database._writer.write(lambda batch: batch.db.execute(gone) and None)
    assert database.check() == [f"{CODE}: 1 missing"]


def test_a_file_that_is_no_database_is_said_to_be_none(opened, sqlite_url):
    file_of(sqlite_url).write_bytes(b"this is a letter, not a database" * 200)
    before = file_of(sqlite_url).read_bytes()
    assert opened(sqlite_url, migrated=False).check() == ["file is not a database"]
    assert file_of(sqlite_url).read_bytes() == before


def test_looking_at_a_damaged_file_leaves_it_as_it_is(saved, opened, tmp_path):
    raw, _ = saved
    file = tmp_path / "damaged.sqlite3"
    file.write_bytes(raw[: PAGE * 3] + b"\xaa" * PAGE + raw[PAGE * 4 :])
    before = file.read_bytes()
    database = opened(f"sqlite:///{file}", migrated=False)
    assert database.check()
    database.close()
    assert file.read_bytes() == before
