"""Themes in a house: found once and cut at every number, kept over waves, undone step by step."""

import json

import pytest

from outside_in import journeys
from outside_in.domain.errors import NotAllowed
from outside_in.domain.people import Principal
from outside_in.domain.text import Text, line
from outside_in.domain.workshop import BoardMoved
from outside_in.house import tasks
from outside_in.house.workbench import NothingFound
from outside_in.house.worker import work
from tests.house.world import World, build

TOPICS = {
    "Rechnung": "Die Rechnung für {month} war falsch und wurde doppelt abgebucht, Betrag {n} Euro zu hoch.",
    "Hotline": "In der Hotline hing ich {n} Minuten in der Warteschleife, niemand nahm den Anruf im {month} an.",
    "Techniker": "Der Techniker kam im {month} nicht zum vereinbarten Termin, {n} Stunden umsonst gewartet.",
    "Portal": "Das Kundenportal ließ mich im {month} nicht anmelden, Passwort {n} Mal zurückgesetzt.",
    "Lob": "Sehr freundliche Beratung im {month}, alles in {n} Minuten erledigt, vielen Dank dafür.",
    "Zähler": "Der Zählerstand wurde im {month} falsch abgelesen, {n} Kilowattstunden stimmen nicht.",
}
MONTHS = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "Oktober", "November", "Dezember"]


def rows(topics, each=24, start=0):
    return [
        f"{TOPICS[topic].format(month=MONTHS[n % 11], n=n + 2)};{(n + at) % 11};{topic}"
        for at, topic in enumerate(topics)
        for n in range(start, start + each)
    ]


def imported(house, by, code, lines, tmp_path):
    path = tmp_path / f"{len(lines)}.csv"
    path.write_text("Kommentar;Bewertung;Kontaktpunkt\n" + "\n".join(lines), "utf-8")
    reading = journeys.read(path, presets=house.library.presets)
    batch = tasks.stored(house, by, code, reading)
    return batch.id


def done(house):
    while job := house.database.jobs.take("here"):
        work(house, job)
        ended = house.database.jobs.job(job.id)
        assert ended.state == "done", ended.message


@pytest.fixture(scope="module")
def _found(tmp_path_factory):
    """A workshop with five topics, themes found; made once and copied."""
    folder = tmp_path_factory.mktemp("bench")
    made = World(build(folder))
    house, by = made.house, made.host()
    code = house.new_workshop(by, "Test", house.library.agenda("90-minutes"), "de").code
    imported(house, by, code, rows(list(TOPICS)[:5]), folder)
    house.start(by, code, "themes", {"themes": 5})
    done(house)
    house.database.close()
    return folder, by, code


@pytest.fixture
def bench(_found, tmp_path):
    folder, by, code = _found
    for file in folder.glob("outside-in.sqlite3*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    house = build(tmp_path)
    yield house, by, code
    house.database.close()


def now(house, code):
    return house.workshops.of(code)


def homes(house, code):
    return {one.row: one.theme for one in house.stands(now(house, code))}


def test_a_run_is_cut_at_every_number_and_the_slider_needs_no_worker(bench):
    house, by, code = bench
    numbers = house.numbers(now(house, code))
    assert numbers[0] == 5
    assert numbers[-1] == 25
    for number in numbers:
        board = house.recut(by, code, now(house, code).board.run, number).board
        assert len(board.themes) <= number
        assert sum(theme.size for theme in board.themes) + sum(
            home is None for home in homes(house, code).values()
        ) == len(homes(house, code))


def test_going_back_on_the_slider_gives_the_same_board_again(bench):
    house, by, code = bench
    before = now(house, code).board
    house.recut(by, code, before.run, 9)
    after = house.recut(by, code, before.run, before.many).board
    assert {frozenset(theme.leaves) for theme in after.themes} == {frozenset(theme.leaves) for theme in before.themes}


def test_every_step_comes_back_with_its_comments_and_stands_in_the_history(bench):
    house, by, code = bench
    boards, places = [now(house, code).board], [homes(house, code)]
    first, second = boards[0].themes[:2]
    row = next(row for row, home in places[0].items() if home == first.id)
    steps = [
        lambda board: board.merge(first.id, second.id),
        lambda board: board.put_comment(row, ""),
        lambda board: board.threshold(0.6),
        lambda board: board.pin(first.id, True),
    ]
    for step in steps:
        boards.append(house.shape(by, code, step, line("Moved: “{label}”", label=first.label)).board)
        places.append(homes(house, code))
    house.recut(by, code, boards[-1].run, 8)
    for board, place in zip(reversed(boards), reversed(places), strict=True):
        house.undo(by, code)
        assert now(house, code).board == board or board is boards[-1]
        assert homes(house, code) == place
    deeds = now(house, code).history
    assert len(deeds) == 1 + len(steps) + 1 + len(boards)
    assert {deed.by for deed in deeds} == {by.id}
    assert all(deed.at == house.clock() for deed in deeds)


def test_a_second_wave_is_shown_first_and_then_keeps_ids_names_pins_and_merges(bench, tmp_path):
    house, by, code = bench
    first, second, third = now(house, code).board.themes[:3]
    house.shape(by, code, lambda board: board.merge(first.id, second.id), line("Split: “{label}”", label=first.label))
    house.shape(
        by, code, lambda board: board.rename(third.id, Text(de="Mein Name", en="My name")), line("Quote chosen")
    )
    house.shape(by, code, lambda board: board.pin(third.id, True), line("Quote chosen"))
    before, was = now(house, code).board, homes(house, code)
    imported(house, by, code, rows(list(TOPICS)[:5], 6, 30) + rows(["Zähler"], 40), tmp_path)
    assert len(house.newcomers(now(house, code))) == 70
    house.start(by, code, "wave", {})
    done(house)
    assert now(house, code).board == before
    (proposal,) = house.proposals(now(house, code))
    assert proposal.difference.moved == proposal.difference.left == 0
    assert proposal.difference.joined > 20
    house.take_over(by, code, proposal)
    after, here = now(house, code).board, homes(house, code)
    assert {row: here[row] for row in was} == was
    assert [theme.id for theme in after.themes][: len(before.themes)] == [theme.id for theme in before.themes]
    assert after.theme(third.id).label.de == "Mein Name"
    assert after.theme(third.id).pinned
    assert not house.newcomers(now(house, code))
    assert not house.proposals(now(house, code))
    house.undo(by, code)
    assert now(house, code).board == before


def test_a_later_wave_stands_on_every_other_cut_too(bench, tmp_path):
    house, by, code = bench
    imported(house, by, code, rows(list(TOPICS)[:5], 6, 30), tmp_path)
    house.start(by, code, "wave", {})
    done(house)
    house.take_over(by, code, house.proposals(now(house, code))[0])
    house.recut(by, code, now(house, code).board.run, 9)
    new = {row: home for row, home in homes(house, code).items() if row > 10_000_000}
    assert len(new) == 30
    assert sum(home is not None for home in new.values()) > 20
    assert set(house.atlas(now(house, code))) >= set(new)


def test_a_wave_that_is_put_away_leaves_nothing(bench, tmp_path):
    house, by, code = bench
    before, known = now(house, code).board, house.database.layers.ids(code)
    imported(house, by, code, rows(["Hotline"], 6, 30), tmp_path)
    house.start(by, code, "wave", {})
    done(house)
    house.put_away(by, code, house.proposals(now(house, code))[0])
    assert house.database.layers.ids(code) == known
    assert (now(house, code).board, house.proposals(now(house, code))) == (before, [])


def test_undoing_the_second_file_takes_its_words_and_leaves_the_themes(bench, tmp_path):
    house, by, code = bench
    before = homes(house, code)
    batch = imported(house, by, code, rows(["Hotline"], 6, 30), tmp_path)
    house.start(by, code, "wave", {})
    done(house)
    house.take_over(by, code, house.proposals(now(house, code))[0])
    house.undo_import(by, code, batch)
    assert homes(house, code) == before
    assert now(house, code).board.themes


def test_another_run_never_replaces_a_shaped_board_by_itself(bench):
    house, by, code = bench
    theme = now(house, code).board.themes[0]
    house.shape(by, code, lambda board: board.choose(theme.id, True), line("Selected: “{label}”", label=theme.label))
    before = now(house, code).board
    house.start(by, code, "themes", {"themes": 8})
    done(house)
    assert now(house, code).board == before
    (proposal,) = house.proposals(now(house, code))
    house.take_over(by, code, proposal)
    after = now(house, code).board
    assert after.run != before.run
    assert after.theme(theme.id).status == "selected"
    assert after.theme(theme.id).size == theme.size


def test_comments_outside_the_selected_themes_are_assigned_to_them_on_request(bench):
    house, by, code = bench
    chosen = now(house, code).board.themes[:2]
    for theme in chosen:
        house.shape(by, code, lambda board, id=theme.id: board.choose(id, True), line("Quote chosen"))
    was = homes(house, code)
    house.start(by, code, "rest", {})
    done(house)
    (proposal,) = house.proposals(now(house, code))
    house.take_over(by, code, proposal)
    here = homes(house, code)
    assert all(here[row] == home for row, home in was.items() if home in {theme.id for theme in chosen})
    assert sum(home in {theme.id for theme in chosen} for home in here.values()) > sum(theme.size for theme in chosen)


def test_a_search_becomes_a_theme_and_finds_later_comments_too(bench, tmp_path):
    house, by, code = bench
    board = house.add_theme(
        by, code, 'Rechnung AND ("doppelt abgebucht" OR Gutschrift)', Text(de="Doppelt", en="Twice")
    ).board
    theme = board.themes[0]
    assert (theme.label.de, theme.size) == ("Doppelt", 24)
    assert theme.quotes
    imported(house, by, code, rows(["Rechnung"], 7, 40), tmp_path)
    house.start(by, code, "wave", {})
    done(house)
    house.take_over(by, code, house.proposals(now(house, code))[0])
    assert now(house, code).board.theme(theme.id).size == 31
    with pytest.raises(NothingFound):
        house.add_theme(by, code, "Zeppelin", Text.same("Z"))


def test_two_people_at_one_board_do_not_overwrite_each_other(bench):
    house, by, code = bench
    first, second = now(house, code).board.themes[:2]
    between = []

    def slow(board):
        if not between:
            between.append(house.shape(by, code, lambda now: now.hide(second.id), line("Quote chosen")))
        return board.choose(first.id, True)

    board = house.shape(by, code, slow, line("Quote chosen")).board
    assert (board.theme(first.id).status, board.theme(second.id).status) == ("selected", "hidden")
    with pytest.raises(BoardMoved):
        now(house, code).shape(by, board, line("Quote chosen"), 0.0, board.hide(first.id))


def test_nobody_else_touches_the_board(bench):
    house, _, code = bench
    stranger = Principal(role="facilitator", id="stranger")
    house.database.doors.issue(stranger, "facilitator")
    with pytest.raises(NotAllowed):
        house.shape(stranger, code, lambda board: board, line("Quote chosen"))
    with pytest.raises(NotAllowed):
        house.start(stranger, code, "wave", {})


def test_a_model_that_is_missing_falls_back_with_one_sentence(bench):
    house, by, code = bench
    house.start(by, code, "themes", {"themes": 5, "model": "/no/such/model"})
    done(house)
    told = house.latest_job(code, "themes").result
    assert told["encoder"] == "builtin"
    assert told["note"].startswith("The sentence model could not be used")


def test_erasing_a_workshop_takes_its_layers_along(bench):
    from outside_in.house.erase import erase

    house, _, code = bench
    erase(house, workshop=code)
    assert house.database.layers.ids(code) == []


def test_a_step_writes_down_little(bench):
    house, by, code = bench
    theme = now(house, code).board.themes[0]
    house.shape(by, code, lambda board: board.pin(theme.id, True), line("Quote chosen"))
    event = now(house, code).shape(by, now(house, code).board.pin(theme.id, False), line("Quote chosen"), 0.0)
    assert event.same_leaves
    assert len(json.dumps(event.model_dump(mode="json"))) < 60_000
