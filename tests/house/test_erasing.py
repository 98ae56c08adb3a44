"""What is erased is in no file any more: database, its log, backups, documents."""

import zipfile
from random import Random

import pytest

from outside_in.domain.events import Linked
from outside_in.domain.feedback import Verbatim
from outside_in.domain.follow import CHECKS, commitments
from outside_in.domain.people import OPERATOR
from outside_in.domain.plan import Phase
from outside_in.domain.workshop import Batch
from outside_in.house import FIRST, new_ticket
from outside_in.house.erase import COMMENTS_DAYS, DAY, KEPT_DAYS, erase
from outside_in.house.keep import Keeper
from outside_in.store.backup import backup, check_file

CANARY = "Xanthippe Quellenfels"


def bytes_of(world):
    """Everything in the folder of this house, backups unpacked."""
    found = b""
    for path in world.house.settings.data.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                found += b"".join(archive.read(name) for name in archive.namelist())
        elif path.is_file():
            found += path.read_bytes()
    return found


@pytest.fixture
def known(live):
    """A leader with a name and a commitment, a comment, a document, a backup that hold the canary."""
    live.go_to("commit", Phase.OPEN)
    badge = live.leader()
    (by,) = badge.principals
    live.house.change(by, live.code, lambda now: now.join(by, CANARY))
    said = live.session.step("commit").exercise.rehearse(Random(1))
    live.house.answer(badge, "commit", new_ticket(), {**said, "owner": CANARY})
    backup(live.house.database, live.house.settings.backups)
    live.badge_of_ada = badge
    return live


def test_a_leader_is_in_no_file_any_more(known):
    (by,) = known.badge_of_ada.principals
    for there in (CANARY, by.id):
        assert there.encode() in bytes_of(known)
    certificate = erase(known.house, participant=by.id)
    assert certificate["log_emptied"]
    assert len(certificate["backups"]["removed"]) == 1
    for gone in (CANARY, by.id):
        assert gone.encode() not in bytes_of(known)


def test_the_session_is_the_same_without_its_leader(known):
    (by,) = known.badge_of_ada.principals
    before = known.session
    erase(known.house, participant=by.id)
    after = known.house.database.sessions.reread(known.code)
    assert after == known.session
    assert after.courses.keys() == before.courses.keys()
    assert after.answered("arrive") == before.answered("arrive")
    assert known.house.database.check() == []
    known.press()


def test_a_workshop_is_in_no_file_any_more(known):
    known.house.settings.exports.mkdir(exist_ok=True)
    document = known.house.settings.exports / "deck.pptx"
    document.write_text(CANARY)
    job = known.house.database.jobs.add("export", known.workshop, OPERATOR, {"session": known.code})
    known.house.database.jobs.take("worker")
    known.house.database.jobs.done(job, {"path": str(document), "name": "deck.pptx"})
    certificate = erase(known.house, workshop=known.workshop)
    assert "deck.pptx" in certificate["files"]
    left = bytes_of(known)
    for gone in (CANARY, known.code, known.workshop):
        assert gone.encode() not in left.replace(b'"erased"', b"")


def test_whoever_was_in_an_erased_workshop_has_no_token_and_no_page_left(known):
    database = known.house.database
    erase(known.house, workshop=known.workshop)
    (by,) = known.badge_of_ada.principals
    assert not database.doors.active(by)
    assert database.notebooks.read(bytes.fromhex(known.badge_of_ada.key), "commit") is None


def test_the_backup_that_takes_the_place_of_the_others_is_good(known):
    certificate = erase(known.house, workshop=known.workshop)
    (kept,) = known.house.settings.backups.glob("*.zip")
    assert kept.name == certificate["backups"]["made"]
    assert check_file(kept)


def test_nothing_outside_of_our_folder_is_touched(known, tmp_path_factory):
    theirs = tmp_path_factory.mktemp("theirs") / "feedback.csv"
    theirs.write_text("comment\nfine\n")
    known.house.database.jobs.add("read", known.workshop, OPERATOR, {"path": str(theirs)})
    erase(known.house, workshop=known.workshop)
    assert theirs.exists()


# when its time has come -----------------------------------------------------------------------


@pytest.fixture
def own(empty):
    """A workshop of one's own with a file of comments."""
    by = empty.host()
    empty.workshop = empty.house.new_workshop(by, "Blick", empty.house.agendas(by)[0], "de").code
    rows = [Verbatim(row=2, text=CANARY)]
    empty.house.database.corpora.add(empty.workshop, "B1", rows)
    batch = Batch(id="B1", file="a.csv", accepted=1, rejected=0, at=empty.house.clock())
    empty.house.prepare(by, empty.workshop, lambda now: now.take_in(by, batch))
    return empty


def test_comments_go_before_the_workshop_does(own, clock):
    keeper = Keeper(own.house)
    keeper._sweep()
    assert own.house.database.corpora.verbatims(own.workshop)
    clock.wait((COMMENTS_DAYS + 2) * DAY)
    keeper._sweep()
    assert not own.house.database.corpora.verbatims(own.workshop)
    assert own.house.workshops.codes() == [own.workshop]
    assert CANARY.encode() not in bytes_of(own)
    clock.wait((KEPT_DAYS - COMMENTS_DAYS) * DAY)
    keeper._sweep()
    assert own.house.workshops.codes() == []


def test_what_happened_last_counts_and_not_the_date(own, clock):
    clock.wait((KEPT_DAYS - 1) * DAY)
    by = own.host(FIRST)
    batch = Batch(id="B2", file="b.csv", accepted=1, rejected=0, at=own.house.clock())
    own.house.prepare(by, own.workshop, lambda now: now.take_in(by, batch))
    clock.wait(3 * DAY)
    assert erase(own.house, expired=True)["erased"] == []
    assert own.house.workshops.codes() == [own.workshop]


def test_thirty_days_after_the_last_check_in_names_go_and_commitments_stay(known, clock):
    known.go_to("commit", Phase.REVEALED)
    (by,) = known.badge_of_ada.principals
    (card,) = (one for one in commitments(known.session) if one.promise.owner == CANARY)
    link = Linked(step="commit", who=by.id, promise=card.promise.id, at=clock(), days=(14,))
    known.house.database.sessions.change(known.code, lambda _: link)
    keeper = Keeper(known.house)
    clock.wait((CHECKS[-1] + 29) * DAY)
    keeper._sweep()
    assert known.session.joined[by.id] == CANARY
    clock.wait(3 * DAY)
    keeper._sweep()
    assert known.session.joined[by.id] == ""
    (still,) = (one for one in commitments(known.session) if one.who == by.id)
    assert (still.promise.when, still.promise.owner, still.linked) == (card.promise.when, "", {14})
    assert CANARY.encode() not in bytes_of(known)
    assert known.house.database.sessions.reread(known.code) == known.session
    assert erase(known.house, expired=True)["erased"] == []
