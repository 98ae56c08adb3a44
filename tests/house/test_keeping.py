"""What the clock does, what is erased, and what is brought back from a bundle."""

import io
import json
import os
import zipfile
from hashlib import sha256
from random import Random

import pytest

from outside_in.domain.errors import Unknown, UnknownCode
from outside_in.domain.people import OPERATOR
from outside_in.domain.plan import Phase
from outside_in.exports import FORMATS, BundleRefused
from outside_in.house import FIRST, keep, new_ticket
from outside_in.house.erase import DAY, KEPT_DAYS, erase
from outside_in.house.keep import KEPT, Keeper, deadlines, tidy
from outside_in.house.take_home import export_all, open_bundle, written
from tests.house.world import World, build
from tests.store.examples import until

# the clock ---------------------------------------------------------------------------------


def with_deadline(live, policy="on_deadline"):
    by = live.host()
    steps = tuple(step.model_copy(update={"reveal": policy}) for step in live.plan.steps)
    live.house.prepare(by, live.workshop, lambda now: now.plan(by, now.about, steps))
    live.code = live.house.open_session(by, live.workshop).code
    live.go_to("arrive", Phase.OPEN)
    live.simulate(6)
    return live


def test_a_step_whose_time_has_come_is_closed_by_the_clock(live, clock):
    with_deadline(live)
    deadlines(live.house)
    assert live.session.course("arrive").phase is Phase.OPEN
    clock.wait(live.session.step("arrive").minutes * 60 + 1)
    deadlines(live.house)
    assert live.session.course("arrive").phase is Phase.CLOSED
    assert not live.session.course("arrive").answers


def test_the_clock_leaves_alone_what_the_host_reveals(live, clock):
    with_deadline(live, "host")
    clock.wait(86400)
    deadlines(live.house)
    assert live.session.course("arrive").phase is Phase.OPEN


def test_a_deadline_that_was_moved_holds(live, clock):
    with_deadline(live)
    live.house.change(OPERATOR, live.code, lambda now: now.time(OPERATOR, 600, clock()))
    clock.wait(live.session.step("arrive").minutes * 60 + 1)
    deadlines(live.house)
    assert live.session.course("arrive").phase is Phase.OPEN


def test_while_a_room_is_live_a_backup_is_made_every_ten_minutes_and_the_oldest_go(live, clock):
    keeper = Keeper(live.house)
    for _ in range(KEPT + 2):
        clock.wait(601)
        another = build(live.house.settings.data, clock)  # the stamp is about other connections' writes
        another.change(OPERATOR, live.code, lambda now: now.blacken(OPERATOR, not now.black))
        another.database.close()
        keeper._back_up()
    assert len(list(live.house.settings.backups.glob("*.zip"))) == KEPT


def test_a_clock_that_is_set_back_stops_neither_backups_nor_steps(live, clock):
    keeper = Keeper(live.house)
    clock.wait(-7200)
    another = build(live.house.settings.data, clock)
    another.change(OPERATOR, live.code, lambda now: now.blacken(OPERATOR, True))
    another.database.close()
    keeper._back_up()
    assert len(list(live.house.settings.backups.glob("*.zip"))) == 1
    live.go_to("predict", Phase.REVEALED)


def test_the_clock_goes_on_after_a_fault_of_the_database(live, clock, monkeypatch):
    """What the database says when it is away is nobody's sentence."""
    with_deadline(live)
    monkeypatch.setattr(keep, "TURN", 0.01)
    whole, tries = live.house.sessions.codes, []

    def away():
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("the database is away")
        return whole()

    live.house.sessions.codes = away
    keeper = Keeper(live.house)
    keeper.start()
    clock.wait(live.session.step("arrive").minutes * 60 + 1)
    until(lambda: live.session.course("arrive").phase is Phase.CLOSED)
    keeper.stop()
    keeper._thread.join(5)


def test_nothing_new_needs_no_backup(live, clock):
    keeper = Keeper(live.house)
    clock.wait(10_000)
    keeper._stamp = live.house.database.stamp()
    keeper._back_up()
    assert not list(live.house.settings.backups.glob("*.zip"))


def test_files_that_nobody_came_back_for_go_after_a_day(empty, clock):
    empty.house.settings.uploads.mkdir()
    old, new = (empty.house.settings.uploads / name for name in ("old", "new"))
    for path, age in ((old, 2 * DAY), (new, 60)):
        path.write_bytes(b"x")
        os.utime(path, (clock() - age, clock() - age))
    tidy(empty.house)
    assert (old.exists(), new.exists()) == (False, True)


# erasing -----------------------------------------------------------------------------------


def test_a_workshop_is_erased_with_everything_that_belongs_to_it(live):
    certificate = erase(live.house, workshop=f"{live.workshop[:4]}-{live.workshop[4:]}".lower())
    assert certificate["format"] == "outside-in/erased/1"
    assert f"workshop {live.workshop}" in certificate["erased"]
    assert f"session {live.code}" in certificate["erased"]
    assert not live.house.database.corpora.verbatims(live.workshop)
    with pytest.raises(UnknownCode):
        live.house.sessions.of(live.code)
    with pytest.raises(Unknown):
        live.house.workshops.of(live.workshop)


def test_a_leader_is_erased_with_name_and_promise_and_signed_out(live):
    live.go_to("commit", Phase.OPEN)
    badge = live.leader()
    (by,) = badge.principals
    live.house.change(by, live.code, lambda now: now.join(by, "Ada"))
    live.house.answer(badge, "commit", new_ticket(), live.session.step("commit").exercise.rehearse(Random(1)))
    assert by.id in live.session.course("commit").answers
    certificate = erase(live.house, participant=by.id)
    assert certificate["erased"] == [f"leader in session {live.code}"]
    assert by.id not in live.session.joined
    assert by.id not in live.session.course("commit").answers
    assert not live.house.database.doors.active(by)


def test_who_is_unknown_gets_no_certificate(live):
    with pytest.raises(Unknown):
        erase(live.house, participant="nobody")
    with pytest.raises(Unknown):
        erase(live.house, workshop="ZZZZZZZZ")


def test_what_is_older_than_its_time_goes_and_nothing_else(live, clock):
    assert erase(live.house, expired=True)["erased"] == []
    clock.wait((KEPT_DAYS + 2) * DAY)
    assert f"session {live.code}" in erase(live.house, expired=True)["erased"]
    assert not live.house.workshops.codes()


# taking home -------------------------------------------------------------------------------


@pytest.fixture
def held(live):
    live.go_to("rank", Phase.REVEALED, phones=8)
    return live


@pytest.fixture
def elsewhere(tmp_path_factory, clock):
    world = World(build(tmp_path_factory.mktemp("elsewhere"), clock))
    yield world
    world.house.database.close()


def bundle(world, audience="internal"):
    (file,) = written(world.house, world.code, "json", audience, "de")
    return file.data


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_bundle_that_was_opened_elsewhere_exports_the_same(held, elsewhere):
    before = members(bundle(held))
    opened = open_bundle(elsewhere.house, bundle(held))
    elsewhere.code, elsewhere.workshop = opened["codes"][0], opened["workshop"]
    after = members(bundle(elsewhere))
    assert (elsewhere.code, elsewhere.workshop) == (held.code, held.workshop)
    assert after["outcome.json"] == before["outcome.json"]
    for name in ("answers.jsonl", "receipts.jsonl", "comments.jsonl"):
        assert sorted(after[name].splitlines()) == sorted(before[name].splitlines()) != []


@pytest.mark.parametrize("audience", ["board", "participants"])
def test_a_bundle_for_other_eyes_opens_without_anybody_s_words(held, elsewhere, audience):
    opened = open_bundle(elsewhere.house, bundle(held, audience))
    again = elsewhere.house.sessions.of(opened["codes"][0])
    assert (again.now, again.plan.steps) == (held.session.now, held.session.plan.steps)
    assert not [course for course in again.courses.values() if course.answers or course.closed]
    assert not elsewhere.house.database.corpora.verbatims(opened["workshop"])


def test_the_same_state_gives_the_same_bytes(held):
    assert bundle(held) == bundle(held)


def test_codes_that_are_taken_get_new_ones(held):
    opened = open_bundle(held.house, bundle(held))
    assert opened["workshop"] != held.workshop
    assert opened["codes"] != [held.code]
    again = held.house.sessions.of(opened["codes"][0])
    assert again.plan.workshop == opened["workshop"]
    assert again.courses == held.session.courses


def test_an_opened_bundle_belongs_to_this_house(held, elsewhere):
    opened = open_bundle(elsewhere.house, bundle(held))
    assert elsewhere.house.sessions.of(opened["codes"][0]).hosts == (FIRST,)
    assert elsewhere.house.workshops.of(opened["workshop"]).hosts == (FIRST,)


def test_single_answers_leave_the_house_for_internal_eyes_only(held):
    for audience in ("board", "participants"):
        inside = members(bundle(held, audience))
        assert not {"answers.jsonl", "receipts.jsonl", "comments.jsonl"} & set(inside)
        assert not [course for course in json.loads(inside["session.json"])["courses"].values() if course["answers"]]


@pytest.mark.parametrize("broken", [b"", b"PK nothing", b"{}"])
def test_a_damaged_bundle_is_refused_and_writes_nothing(elsewhere, broken):
    with pytest.raises(BundleRefused):
        open_bundle(elsewhere.house, broken)
    assert not elsewhere.house.workshops.codes()


def test_a_bundle_without_its_session_is_refused_in_a_sentence(held, elsewhere):
    with pytest.raises(BundleRefused):
        open_bundle(elsewhere.house, rewritten(bundle(held), {"session.json": None}))
    assert not elsewhere.house.workshops.codes()


def test_a_bundle_whose_session_makes_no_sense_is_refused_in_a_sentence(held, elsewhere):
    with pytest.raises(BundleRefused):
        open_bundle(elsewhere.house, rewritten(bundle(held), {"session.json": b'{"code": 3}'}))
    assert not elsewhere.house.workshops.codes()


def rewritten(data, changes):
    """Some members are others or gone, and the manifest agrees."""
    inside = {name: content for name, content in {**members(data), **changes}.items() if content is not None}
    manifest = json.loads(inside.pop("manifest.json"))
    manifest["files"] = {
        name: {"sha256": sha256(content).hexdigest(), "size": len(content)} for name, content in inside.items()
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for member, content in inside.items():
            archive.writestr(member, content)
    return packed.getvalue()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_format_is_written_and_described(held, tmp_path, language):
    made = export_all(held.house, held.code, tmp_path / "out", None, "participants", language)
    assert {one["format"] for one in made} == set(FORMATS)
    assert all(os.path.getsize(one["path"]) == one["bytes"] > 0 for one in made)
    assert len({one["path"] for one in made}) == len(made)


def test_an_unknown_code_writes_no_folder(held, tmp_path):
    with pytest.raises(UnknownCode):
        export_all(held.house, "ZZZZZZZZ", tmp_path / "out", None, "participants", "de")
    assert not (tmp_path / "out").exists()


def test_a_facilitators_bundle_holds_no_answer_of_few_and_the_operators_holds_them(live, tmp_path):
    """The operator has the database anyway, and must be able to bring a session to another house."""
    live.go_to("predict", Phase.OPEN)
    for seed in range(3):
        live.house.answer(
            live.leader(), "predict", new_ticket(), live.session.step("predict").exercise.rehearse(Random(seed))
        )
    for phase in (Phase.OPEN, Phase.REVEALED):
        live.go_to("predict", phase)
        own = members(bundle(live))
        assert not [row for row in own["answers.jsonl"].splitlines() if json.loads(row)["step"] == "predict"]
        told = json.loads(own["session.json"])["courses"]["predict"]
        assert not told["answers"]
        assert not (told["closed"] and told["closed"]["said"])
        (made,) = export_all(live.house, live.code, tmp_path / phase, ("json",), "internal", "de")
        with zipfile.ZipFile(made["path"]) as whole:
            assert len(whole.read("answers.jsonl").splitlines()) > 3
        assert len(own["receipts.jsonl"].splitlines()) == 3 + live.session.answered("arrive")
