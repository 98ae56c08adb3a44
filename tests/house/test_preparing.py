"""Long work through the job table: what it comes to, how it fails, how it is stopped and undone."""

from pathlib import Path

import pytest

from outside_in.content import Speaker
from outside_in.domain.errors import NotAllowed, Unknown, WorkshopError
from outside_in.house import tasks
from outside_in.house.worker import work

BILL = "Die Rechnung vom {n}. Mai war falsch und zu hoch."
CALL = "Am Telefon wartete ich {n} Minuten, bis jemand abnahm."
MOVE = "Beim Umzug nach Hausnummer {n} lief der Strom sofort, sehr freundlich."
KINDS = ((BILL, "Rechnung"), (CALL, "Hotline"), (MOVE, "Umzug"))
LINES = [
    f"{text.format(n=n)};{(n * 7 + place) % 11};{where}"
    for n in range(1, 29)
    for place, (text, where) in enumerate(KINDS)
]
FILE = ("Kommentar;Bewertung;Kontaktpunkt\n" + "\n".join([*LINES, "Ein Satz;elf;Rechnung"])).encode("cp1252")


@pytest.fixture
def prepared(empty):
    empty.by = empty.host()
    agenda = empty.house.library.agenda("90-minutes")
    empty.workshop = empty.house.new_workshop(empty.by, "Herbstklausur", agenda, "de").code
    return empty


def done(world, kind):
    while job := world.house.database.jobs.take("here"):
        work(world.house, job)
    return world.house.latest_job(world.workshop, kind)


def read(world, data=FILE, name="umfrage.csv"):
    world.house.receive(world.by, world.workshop, name, data)
    return done(world, "read")


def taken_in(world):
    world.house.start(world.by, world.workshop, "import", read(world).args)
    return done(world, "import")


def test_a_file_is_read_without_anything_being_stored(prepared):
    job = read(prepared)
    assert job.state == "done"
    assert (job.result["de"]["accepted"], job.result["de"]["rejected"]) == (84, 1)
    assert job.result["preview"]["separator"] == ";"
    assert not prepared.house.database.corpora.verbatims(prepared.workshop)
    assert not prepared.plan.batches


def test_reasons_are_told_in_both_languages(prepared):
    result = read(prepared).result
    german, english = (result[language]["errors"][0]["message"] for language in ("de", "en"))
    assert german != english
    rejected = prepared.house.file(result["rejected"]["de"]).decode("utf-8-sig")
    assert "Ein Satz" in rejected
    assert german in rejected


def test_taking_a_file_in_stores_its_comments_draws_the_journey_and_drops_the_file(prepared):
    job = taken_in(prepared)
    assert job.state == "done"
    assert len(prepared.house.database.corpora.verbatims(prepared.workshop)) == 84
    assert {point.name.de for point in prepared.plan.journey.touchpoints} == {"Rechnung", "Hotline", "Umzug"}
    assert not Path(job.args["path"]).exists()
    assert prepared.house.waiting_file(prepared.workshop) is None


def test_themes_are_found_scored_and_proposed(prepared):
    taken_in(prepared)
    prepared.house.start(prepared.by, prepared.workshop, "themes", {"themes": 5})
    job = done(prepared, "themes")
    board = prepared.plan.board
    assert job.state == "done"
    assert job.result["many"] == len(board.themes) > 0
    assert {theme.status for theme in board.themes} == {"candidate"}
    assert not board.selected
    assert [theme for theme in board.themes if theme.evidence]


def test_an_import_that_is_undone_leaves_nothing_behind(prepared):
    batch = taken_in(prepared).result["batch"]
    prepared.house.undo_import(prepared.by, prepared.workshop, batch)
    assert not prepared.plan.batches
    assert prepared.plan.journey is None
    assert not prepared.house.database.corpora.verbatims(prepared.workshop)


def test_only_one_of_two_imports_is_undone(prepared):
    first, second = taken_in(prepared).result["batch"], taken_in(prepared).result["batch"]
    prepared.house.undo_import(prepared.by, prepared.workshop, first)
    assert [batch.id for batch in prepared.plan.batches] == [second]
    assert len(prepared.house.database.corpora.verbatims(prepared.workshop)) == 84


def test_an_unknown_import_cannot_be_undone(prepared):
    with pytest.raises(Unknown):
        prepared.house.undo_import(prepared.by, prepared.workshop, "nothing")


def test_the_journey_is_drawn_anew_from_what_there_is(prepared):
    taken_in(prepared)
    before = prepared.plan.journey
    prepared.house.start(prepared.by, prepared.workshop, "journey", {})
    assert done(prepared, "journey").state == "done"
    assert prepared.plan.journey == before


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_job_that_the_workshop_refuses_fails_with_its_sentence(prepared, monkeypatch, language):
    def refused(*_):
        raise Unknown(name="Rechnung")

    monkeypatch.setitem(tasks.TASKS, "journey", refused)
    prepared.house.start(prepared.by, prepared.workshop, "journey", {})
    job = done(prepared, "journey")
    assert job.state == "failed"
    assert Speaker(language)(job.message) == Speaker(language)("We do not know “{name}”.", name="Rechnung")


def test_a_bug_in_a_job_shows_a_reference_and_nothing_of_the_inside(prepared, monkeypatch, capsys):
    def broken(*_):
        raise RuntimeError("a secret of the inside")

    monkeypatch.setitem(tasks.TASKS, "journey", broken)
    prepared.house.start(prepared.by, prepared.workshop, "journey", {})
    job = done(prepared, "journey")
    said = Speaker("de")(job.message)
    assert job.state == "failed"
    assert job.id[:8] in said
    assert "secret" not in said
    assert "a secret of the inside" in capsys.readouterr().err


def test_the_worker_goes_on_after_a_bug(prepared, monkeypatch):
    monkeypatch.setitem(tasks.TASKS, "themes", lambda *_: 1 / 0)
    prepared.house.start(prepared.by, prepared.workshop, "themes", {})
    assert read(prepared).state == "done"


def test_a_job_of_a_kind_nobody_knows_fails_instead_of_stopping_the_worker(prepared):
    prepared.house.start(prepared.by, prepared.workshop, "surprise", {})
    assert done(prepared, "surprise").state == "failed"


def test_a_cancelled_job_stays_cancelled(prepared, monkeypatch):
    def slow(house, by, workshop, args, tell):
        house.database.jobs.cancel(house.latest_job(workshop, "themes").id)
        tell(0.5)
        raise AssertionError("went on")

    monkeypatch.setitem(tasks.TASKS, "themes", slow)
    prepared.house.start(prepared.by, prepared.workshop, "themes", {})
    assert done(prepared, "themes").state == "cancelled"


def test_a_job_that_is_cancelled_in_its_last_moment_stays_cancelled(prepared, monkeypatch):
    def done_anyway(house, by, workshop, args, tell):
        house.database.jobs.cancel(house.latest_job(workshop, "themes").id)
        return {"themes": 3}

    monkeypatch.setitem(tasks.TASKS, "themes", done_anyway)
    prepared.house.start(prepared.by, prepared.workshop, "themes", {})
    assert done(prepared, "themes").state == "cancelled"


def test_a_queued_job_that_is_cancelled_is_never_taken(prepared):
    id = prepared.house.start(prepared.by, prepared.workshop, "journey", {})
    prepared.house.database.jobs.cancel(id)
    assert prepared.house.database.jobs.take("here") is None


@pytest.mark.parametrize("act", ["receive", "start", "undo_import"])
def test_a_stranger_can_neither_bring_nor_undo_anything(prepared, act):
    stranger = prepared.host("stranger")
    args = {"receive": ("a.csv", FILE), "start": ("journey", {}), "undo_import": ("x",)}[act]
    with pytest.raises(NotAllowed):
        getattr(prepared.house, act)(stranger, prepared.workshop, *args)
    assert prepared.house.database.jobs.take("here") is None


def test_work_asked_for_by_somebody_who_left_since_is_refused(prepared):
    prepared.house.start(prepared.by, prepared.workshop, "import", read(prepared).args)
    prepared.house.database.doors.revoke_all(prepared.by.id)
    job = done(prepared, "import")
    assert (job.state, job.message.message) == ("failed", NotAllowed.message)


def test_an_uploaded_file_s_name_is_shown_and_never_becomes_a_path(prepared):
    job = read(prepared, name="../../../etc/passwd.csv")
    assert Path(job.args["path"]).parent == prepared.house.settings.uploads
    assert [*prepared.house.settings.uploads.parent.parent.glob("passwd*")] == []


def test_a_name_from_elsewhere_reads_no_file_outside_the_uploads(prepared):
    (prepared.house.settings.data / "secret").write_bytes(b"secret")
    prepared.house.settings.uploads.mkdir()
    with pytest.raises(OSError, match="secret"):
        prepared.house.file("../secret")


def test_a_workshop_needs_a_title(prepared):
    agenda = prepared.house.library.agenda("45-minutes")
    with pytest.raises(WorkshopError):
        prepared.house.new_workshop(prepared.by, "   ", agenda, "de")


def test_a_session_keeps_the_plan_it_was_opened_with(live):
    steps, by = live.session.plan.steps, live.host()
    live.house.prepare(by, live.workshop, lambda now: now.plan(by, now.about, now.steps[:3]))
    assert live.session.plan.steps == steps
    assert len(live.house.open_session(by, live.workshop).plan.steps) == 3
