"""The tables change their form in one step or not at all, forwards and backwards, with what is in them."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, text

from outside_in.domain.errors import WorkshopError
from outside_in.store.backup import check_file, restore
from outside_in.store.disk import NetworkDisk, must_be_local
from outside_in.store.engines import engine, file_of
from outside_in.store.migrate import APPLICATION, HEAD, ForeignFile, NewerDatabase, migrate, moved, revision
from outside_in.store.tables import metadata
from tests.store.test_backup import CODE, OLD, everything, lived_in


@pytest.fixture
def connect(url):
    made = engine(url, writes=True)
    yield made.begin
    made.dispose()


@pytest.fixture
def old(url, tmp_path):
    """A database as the first form of this program left it."""
    restore(OLD, url, tmp_path)
    migrate(url, "0001")
    return url


def test_the_tables_are_what_the_program_expects(url, connect):
    migrate(url)
    with connect() as db:
        assert revision(db) == HEAD
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_forwards_backwards_and_forwards_again(url, connect):
    migrate(url)
    migrate(url, "base")
    with connect() as db:
        assert set(inspect(db).get_table_names()) <= {"alembic_version"}
    migrate(url)
    with connect() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []
        assert db.execute(text("select id from accounts")).scalars().all() == ["first"]


def test_what_is_there_survives_the_way_back_and_forth(opened, url):
    database = opened(url)
    lived_in(database)
    before = everything(database)
    database.close()
    migrate(url, "0001")
    migrate(url)
    after = opened(url)
    assert everything(after) == before
    assert after.check() == []


def test_before_anything_changes_a_backup_is_kept(old, opened, tmp_path):
    database = opened(old, data=tmp_path / "data")
    assert not database.behind()
    (kept,) = (tmp_path / "data" / "backups").iterdir()
    assert check_file(kept)["revision"] == "0001"
    assert database.sessions.of(CODE).answered("vote") == 3


def test_a_new_database_needs_no_backup(url, opened, tmp_path):
    opened(url, data=tmp_path / "data")
    opened(url, data=tmp_path / "data")
    assert not (tmp_path / "data" / "backups").exists()


def test_whoever_only_looks_changes_nothing(old, opened):
    database = opened(old, migrated=False)
    assert database.behind()
    assert database.check() == []


def test_wherever_it_breaks_off_the_old_form_is_whole(old, opened):
    broken, breaks = True, 0
    while broken:
        broken = _breaks_off(old, breaks)
        breaks += 1
        if broken:
            database = opened(old, migrated=False)
            with database._readers.connect() as db:
                assert revision(db) == "0001"
            database.close()
    assert breaks > 5
    migrate(old)
    assert opened(old).check() == []
    assert opened(old).sessions.of(CODE).answered("vote") == 3


def _breaks_off(url, after):
    """Whether a migration that may run so many statements came to its end."""
    left, writes = [after], engine(url, writes=True)

    def count(*_):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt

    try:
        with writes.begin() as db:
            event.listen(writes, "before_cursor_execute", count)
            moved(db, HEAD)
            event.remove(writes, "before_cursor_execute", count)
    except KeyboardInterrupt:
        return True
    finally:
        if event.contains(writes, "before_cursor_execute", count):
            event.remove(writes, "before_cursor_execute", count)
        writes.dispose()
    return False


def test_processes_that_start_together_migrate_once(url, connect):
    with ThreadPoolExecutor(4) as processes:
        list(processes.map(migrate, [url] * 4))
    with connect() as db:
        assert db.execute(text("select id from accounts")).scalars().all() == ["first"]


def test_a_newer_database_is_refused_with_both_forms_named(url, connect):
    migrate(url)
    with connect() as db:
        db.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NewerDatabase) as refused:
        migrate(url)
    assert refused.value.values == {"theirs": "9999", "ours": HEAD}


def test_a_file_says_whose_it_is_and_in_which_form(sqlite_url):
    migrate(sqlite_url)
    with sqlite3.connect(file_of(sqlite_url)) as db:
        assert db.execute("pragma application_id").fetchone() == (APPLICATION,)
        assert db.execute("pragma user_version").fetchone() == (int(HEAD),)
    db.close()


def test_the_file_of_another_program_is_left_alone(sqlite_url):
    file = file_of(sqlite_url)
    with sqlite3.connect(file) as db:
        db.execute("pragma application_id = 42")
        db.execute("create table theirs (id)")
    db.close()
    before = file.read_bytes()
    with pytest.raises(ForeignFile):
        migrate(sqlite_url)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("folder", "local"),
    [
        ("/home/kim/data", True),
        ("/mnt/team drive/data", False),
        ("/mnt/team drive/local", True),
        ("/mnt/else", True),
    ],
)
def test_network_drives_are_refused(tmp_path, folder, local):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "server:/export /mnt/team\\040drive nfs4 rw 0 0\n"
        "/dev/sdb1 /mnt/team\\040drive/local ext4 rw 0 0\n"
    )
    refused = None
    try:
        must_be_local(file_of(f"sqlite:///{folder}/outside-in.sqlite3"), mounts)
    except WorkshopError as error:
        refused = error
    assert isinstance(refused, NetworkDisk) is not local
