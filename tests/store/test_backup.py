"""A backup is a picture of one moment, on whatever kind of database it is brought back."""

import json
import random
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from outside_in.domain.feedback import Placed, Verbatim
from outside_in.store.backup import BadBackup, DataThere, backup, check_file, newest_good, restore
from outside_in.store.engines import file_of
from outside_in.store.migrate import HEAD
from tests.store.examples import HOST, Leader, a_workshop, press, with_an_open_vote

CODE, WORK = "ABCD2345", "WORK2345"
OLD = Path(__file__).parent / "golden" / "form-0001.zip"


def lived_in(database):
    """Something of everything."""
    leader, token = database.doors.new_leader(CODE)
    database.workshops.open(a_workshop())
    database.corpora.add(WORK, "b1", [Verbatim(row=row, text=f"größer {row}", score=3) for row in range(2, 9)])
    database.corpora.place(WORK, [Placed(row=2, theme="t1")])
    with_an_open_vote(database.sessions)
    for choice in ("waiting", "searching", "waiting"):
        Leader().vote(database.sessions, choice)
    database.notebooks.keep(b"k" * 32, "vote", {"choice": ["waiting"]})
    database.jobs.add("themes", WORK, HOST, {"seed": 1})
    database.log.note(HOST, "export", WORK)
    return leader, token


def everything(database):
    return (
        [database.sessions.reread(code) for code in database.sessions.codes()],
        [database.workshops.reread(code) for code in database.workshops.codes()],
        database.corpora.verbatims(WORK),
        database.corpora.placed(WORK),
        database.notebooks.read(b"k" * 32, "vote"),
        database.jobs.latest(WORK, "themes"),
        database.log.entries(),
        database.doors.accounts(),
    )


@pytest.fixture
def full(database):
    lived_in(database)
    return database


@pytest.fixture
def empty_url(tmp_path):
    return f"sqlite:///{tmp_path}/elsewhere/outside-in.sqlite3"


def test_what_was_saved_comes_back_on_another_machine(full, opened, empty_url, tmp_path):
    made = backup(full, tmp_path / "backups")
    assert Path(made["file"]).stat().st_size == made["bytes"]
    restore(Path(made["file"]), empty_url, tmp_path)
    back = opened(empty_url)
    assert everything(back) == everything(full)
    assert back.check() == []


def test_what_was_saved_comes_back_in_its_place(database, opened, url, tmp_path):
    leader, token = lived_in(database)
    before = everything(database)
    made = backup(database, tmp_path)
    press(database.sessions)
    database.corpora.drop(WORK)
    restore(Path(made["file"]), url, tmp_path, force=True)
    back = opened(url)
    assert everything(back) == before
    assert back.doors.who(token) == leader
    assert back.check() == []
    assert back.jobs.add("read", WORK, HOST, {}), "numbers go on where they were"


def test_a_running_process_goes_on_with_what_was_brought_back(full, url, tmp_path):
    made, before = backup(full, tmp_path), full.sessions.of(CODE)
    press(full.sessions)
    assert full.sessions.of(CODE) != before
    restore(Path(made["file"]), url, tmp_path, force=True)
    assert full.sessions.of(CODE) == before
    assert Leader().vote(full.sessions).answered("vote") == 4
    assert full.sessions.of(CODE) == full.sessions.reread(CODE)


def test_what_is_there_is_replaced_only_by_force(full, url, tmp_path):
    made, before = backup(full, tmp_path), everything(full)
    with pytest.raises(DataThere):
        restore(Path(made["file"]), url, tmp_path)
    assert everything(full) == before


def test_a_backup_shows_one_moment_while_a_room_answers(full, opened, empty_url, tmp_path):
    with ThreadPoolExecutor(4) as phones:
        votes = [phones.submit(Leader().vote, full.sessions) for _ in range(60)]
        made = backup(full, tmp_path)
        for vote in votes:
            vote.result()
    restore(Path(made["file"]), empty_url, tmp_path)
    back = opened(empty_url).sessions
    assert back.of(CODE).version == back.version(CODE)
    assert back.of(CODE).answered("vote") == back.version(CODE) - 1


def test_damaged_backups_are_found_out_before_anything_is_replaced(opened, sqlite_url, tmp_path):
    database = opened(sqlite_url)
    lived_in(database)
    good, before = Path(backup(database, tmp_path)["file"]), everything(database)
    raw, chance = good.read_bytes(), random.Random(3)
    bad = tmp_path / "bad.zip"
    for _ in range(60):
        damaged = bytearray(raw)
        damaged[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        bad.write_bytes(damaged)
        try:
            check_file(bad)
        except BadBackup:
            continue
        assert _members(bad) == _members(good), "harmless: a date or an attribute"
    for cut in (0, 1, len(raw) // 2, len(raw) - 1):
        bad.write_bytes(raw[:cut])
        with pytest.raises(BadBackup):
            restore(bad, sqlite_url, tmp_path, force=True)
    assert everything(database) == before


def _members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_backup_of_a_newer_program_is_refused(full, empty_url, tmp_path):
    made, newer = backup(full, tmp_path), tmp_path / "newer.zip"
    with zipfile.ZipFile(newer, "w") as archive:
        for name, data in _members(Path(made["file"])).items():
            manifest = json.dumps({**json.loads(data), "revision": "9999"}) if name == "manifest.json" else data
            archive.writestr(name, manifest)
    with pytest.raises(BadBackup) as refused:
        restore(newer, empty_url, tmp_path)
    assert "9999" in refused.value.values["why"]
    assert not file_of(empty_url).exists()


def test_the_newest_good_one_is_named(full, tmp_path):
    assert newest_good(tmp_path / "nothing here") is None
    made = [Path(backup(full, tmp_path)["file"]) for _ in range(3)]
    made[-1].write_bytes(made[-1].read_bytes()[:-50])
    assert newest_good(tmp_path) == made[-2]


def test_a_disk_that_is_full_leaves_no_half_backup(full, tmp_path):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="large"):
            backup(full, tmp_path / "backups")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "backups").iterdir()) == []
    assert Path(backup(full, tmp_path / "backups")["file"]).exists()


def test_a_damaged_database_is_put_aside_and_replaced(opened, sqlite_url, tmp_path):
    database = opened(sqlite_url)
    lived_in(database)
    made, before = backup(database, tmp_path), everything(database)
    database.close()
    file = file_of(sqlite_url)
    file.write_bytes(file.read_bytes()[:4096] + b"\xaa" * 60_000)
    damaged = file.read_bytes()
    restore(Path(made["file"]), sqlite_url, tmp_path)
    assert everything(opened(sqlite_url)) == before
    kept = [path for path in tmp_path.iterdir() if ".damaged-" in path.name]
    assert [path.read_bytes() for path in kept] == [damaged]


def test_what_the_first_form_held_is_read_by_every_later_program(opened, url, tmp_path):
    assert check_file(OLD)["revision"] == "0001" < HEAD
    restore(OLD, url, tmp_path)
    back = opened(url)
    assert back.check() == []
    session = back.sessions.of(CODE)
    assert (session.answered("vote"), session.version) == (3, 4)
    assert back.corpora.verbatims(WORK)[0].text == "größer 2"
    assert back.notebooks.read(b"k" * 32, "vote") == {"choice": ["waiting"]}
    assert press(back.sessions).columns("vote")["choice"].count(["waiting"]) == 2
