"""Before the workshop: plan, feedback, themes, journey; each page with nothing yet, with data, and refused."""

import pytest

from outside_in.house.worker import work
from tests.pages.tabs import SAY, keys, open_tab, press, words

ROWS = [f"Die Rechnung Nummer {n} war falsch und niemand rief zurück.;{n % 11};Rechnung" for n in range(30)]
FILE = ("Kommentar;Bewertung;Kontaktpunkt\n" + "\n".join([*ROWS, "Ein Satz;elf;Rechnung"])).encode("cp1252")


@pytest.fixture
def host(request):
    world = request.getfixturevalue(next(name for name in ("empty", "world") if name in request.fixturenames))
    return world.badge("facilitator", "facilitator", id="first")


def done(world):
    """The worker's part, here and now."""
    while job := world.house.database.jobs.take("here"):
        work(world.house, job)


def new_workshop(world, host):
    agenda = world.house.library.agenda("90-minutes")
    by = host.principals[0]
    return world.house.new_workshop(by, "Herbstklausur", agenda, "de").code


# prepare -----------------------------------------------------------------------------------


def test_a_first_workshop_is_made_from_an_agenda(empty, host, language):
    tab = open_tab("prepare", host, language)
    assert SAY[language]("You have no workshop yet. Create one above; the feedback comes next.") in words(tab)
    tab.text_input("new-title").set_value("Herbstklausur")
    press(tab, "new-create")
    assert "Herbstklausur" in str([box.value for box in tab.text_input])
    assert SAY[language]("Steps without data are left out of the session.") in words(tab)


def test_a_workshop_without_a_title_is_refused_in_a_sentence(empty, host, language):
    tab = press(open_tab("prepare", host, language), "new-create")
    assert tab.toast[0].value == SAY[language]("Please give the workshop a title and at least one step.")
    assert not empty.house.workshops.codes()


def test_what_the_workshop_is_about_is_saved(world, host, language):
    tab, key = open_tab("prepare", host, language), world.workshop
    tab.text_input(f"client-{key}").set_value("Lindhain & Söhne")
    tab.number_input(f"expected-{key}").set_value(40)
    press(tab, f"save-{key}")
    assert tab.toast[0].value == SAY[language]("Saved")
    assert (world.plan.about.client, world.plan.about.expected) == ("Lindhain & Söhne", 40)


def test_the_agenda_is_changed_by_buttons_and_minutes(world, host):
    tab, key = open_tab("prepare", host), world.workshop
    first, second, third, *_ = [step.id for step in world.plan.steps]
    press(tab, f"up-{key}-{second}")
    press(tab, f"out-{key}-{third}")
    tab.number_input(f"min-{key}-{first}").set_value(17).run()
    steps = {step.id: step.minutes for step in world.plan.steps}
    assert list(steps)[:2] == [second, first]
    assert third not in steps
    assert steps[first] == 17


def test_the_sample_is_ready_and_opens_on_the_console(world, host, language):
    tab = open_tab("prepare", host, language)
    n = len(world.plan.steps)
    assert SAY[language]("{n} of {of} steps have the data they need.", n=n, of=n) in words(tab)
    assert "primary" in keys(press(tab, "open-live"))
    assert len(world.plan.sessions) == 1


def test_a_self_paced_session_gives_personal_links(world, host):
    tab = press(open_tab("prepare", host), "open-self")
    (code,) = world.plan.sessions
    press(tab, f"link-{code}")
    link = tab.code[0].value.rsplit("/", 1)[-1]
    assert world.house.database.doors.peek(link, "resume").code == code


# feedback ----------------------------------------------------------------------------------


def upload(world, host, language="de", name="umfrage.csv", data=FILE):
    tab = open_tab("feedback", host, language)
    tab.file_uploader(next(box.key for box in tab.file_uploader)).set_value((name, data, "text/csv")).run()
    done(world)
    return open_tab("feedback", host, language)


def test_the_feedback_page_begins_with_the_upload(empty, host, language):
    new_workshop(empty, host)
    tab = open_tab("feedback", host, language)
    assert "upload" in keys(tab)
    assert "commit-import" not in keys(tab)


def test_a_file_is_looked_at_before_anything_is_stored(empty, host, language):
    code = new_workshop(empty, host)
    tab = upload(empty, host, language)
    assert tab.button("commit-import").label == SAY[language]("Take in {n} comments", n=30)
    assert SAY[language]("{n} rejected", n=1) in words(tab)
    assert "rejected" in keys(tab)
    assert not empty.house.database.corpora.verbatims(code)


def test_a_file_is_taken_in_and_taken_out_again(empty, host, language):
    code = new_workshop(empty, host)
    press(upload(empty, host, language), "commit-import")
    done(empty)
    (batch,) = empty.house.workshops.of(code).batches
    tab = open_tab("feedback", host, language)
    assert SAY[language]("{file}: {n} comments", file="umfrage.csv", n=30) in words(tab)
    press(tab, f"undo-{batch.id}")
    assert not empty.house.workshops.of(code).batches
    assert not empty.house.database.corpora.verbatims(code)


def test_a_file_that_is_put_away_leaves_nothing(empty, host):
    new_workshop(empty, host)
    tab = press(upload(empty, host), "discard")
    assert "commit-import" not in keys(tab)
    assert not [path for path in empty.house.settings.uploads.iterdir() if not path.suffix]


def test_columns_can_be_put_right_by_a_person(empty, host):
    code = new_workshop(empty, host)
    tab = upload(empty, host)
    job = empty.house.latest_job(code, "read")
    tab.selectbox(f"map-{job.id}-touchpoint").select_index(0)
    press(tab, "remap")
    done(empty)
    press(open_tab("feedback", host), "commit-import")
    done(empty)
    assert {v.touchpoint for v in empty.house.database.corpora.verbatims(code)} <= {None, ""}


@pytest.mark.parametrize(("name", "data"), [("leer.csv", b""), ("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(90))])
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(empty, host, language, name, data):
    new_workshop(empty, host)
    tab = upload(empty, host, language, name, data)
    assert "commit-import" not in keys(tab)
    assert not tab.exception


def test_work_under_way_is_shown_and_can_be_stopped(empty, host, language):
    code = new_workshop(empty, host)
    tab = open_tab("feedback", host, language)
    tab.file_uploader(next(box.key for box in tab.file_uploader)).set_value(("a.csv", FILE, "text/csv")).run()
    assert SAY[language]("Reading the file …") in words(tab)
    job = empty.house.latest_job(code, "read")
    tab.button(f"cancel-{job.id}").click().run()
    assert empty.house.latest_job(code, "read").state == "cancelled"


def test_quotes_wait_for_a_person_one_by_one_or_all_at_once(empty, host, language):
    code = new_workshop(empty, host)
    press(upload(empty, host, language), "commit-import")
    done(empty)
    waiting = empty.house.workshops.of(code).to_read()
    assert waiting
    tab = press(open_tab("feedback", host, language), f"approve-{waiting[0].row}")
    assert len(empty.house.workshops.of(code).to_read()) == len(waiting) - 1
    if len(waiting) > 1:
        press(tab, "approve-all")
    assert not empty.house.workshops.of(code).to_read()
    assert SAY[language]("Every quote of this workshop has been read.") in words(open_tab("feedback", host, language))


# themes ------------------------------------------------------------------------------------


def test_themes_without_feedback_lead_to_the_import(empty, host, language):
    new_workshop(empty, host)
    tab = open_tab("themes", host, language)
    assert SAY[language]("Themes are found in customers' comments. Import a file first.") in words(tab)


def test_a_run_is_started_and_found_themes_are_proposed(world, host, language):
    tab = press(open_tab("themes", host, language), "find")
    assert SAY[language]("Looking for themes …") in words(tab)
    assert world.house.latest_job(world.workshop, "themes").state == "queued"


def test_every_press_on_the_board_can_be_undone(world, host):
    before, tab = world.plan.board, open_tab("themes", host)
    first, second = before.themes[:2]
    press(tab, f"select-{first.id}")
    assert first.id not in [theme.id for theme in world.plan.board.selected]
    press(tab, f"hide-{second.id}")
    tab.text_input(f"de-{first.id}").set_value("Ganz neu")
    press(tab, f"rename-send-{first.id}")
    assert "Ganz neu" in words(tab)
    for _ in range(3):
        press(tab, "undo")
    assert world.plan.board == before


def test_two_themes_become_one(world, host):
    tab = open_tab("themes", host)
    first, second = world.plan.board.themes[:2]
    tab.selectbox(f"merge-{first.id}").set_value(second.id).run()
    press(tab, f"merge-send-{first.id}")
    ids = [theme.id for theme in world.plan.board.themes]
    assert (first.id in ids) != (second.id in ids)


def test_the_board_shows_what_is_selected_in_both_languages(world, host, language):
    tab = open_tab("themes", host, language)
    n = len(world.plan.board.selected)
    of = len(world.plan.board.themes)
    told = SAY[language]("{n} of {of} themes are selected. Leaders see only selected themes.", n=n, of=of)
    assert told in words(tab)
    assert SAY[language](world.plan.board.themes[0].label) in words(tab)


# journey -----------------------------------------------------------------------------------


def test_a_journey_without_touchpoints_says_what_it_needs(empty, host, language):
    new_workshop(empty, host)
    tab = open_tab("journeys", host, language)
    told = "A journey needs feedback with a touchpoint column. Import a file, or map that column."
    assert SAY[language](told) in words(tab)


def test_every_touchpoint_stands_on_the_page_with_its_comments(world, host, language):
    tab = open_tab("journeys", host, language)
    labels = [expander.label for expander in tab.expander]
    for point in world.plan.journey.touchpoints:
        assert SAY[language]("{name} · {n} comments", name=point.name, n=point.n) in [
            x.replace("\\", "") for x in labels
        ]


def test_the_journey_is_drawn_again_in_the_worker(world, host):
    press(open_tab("journeys", host), "draw")
    done(world)
    assert world.house.latest_job(world.workshop, "journey").state == "done"


def test_an_event_log_is_told_with_its_real_cases_and_one_can_be_chosen(world, host, language):
    tab = open_tab("journeys", host, language)
    tab.radio(key="journey-view").set_value("log")
    tab.run()
    said = words(tab)
    assert "250" in said
    assert world.plan.flow.loops[0].activity in said
    tab = press(tab, "case-gone")
    assert world.plan.story is None
    tab.selectbox(key="case-place").set_value(1)
    tab = press(tab, "case-choose")
    assert world.plan.story.case.kind == world.plan.flow.representatives[1].kind


def test_the_plan_of_a_journey_can_be_written_and_says_what_is_missing(world, host, language):
    tab = open_tab("journeys", host, language)
    tab.radio(key="journey-view").set_value("design").run()
    said = words(tab)
    assert SAY[language]("Nobody is accountable for the journey as a whole.") in str(
        tab.dataframe[-1].value.values.tolist()
    )
    assert SAY[language]("What is missing") in said
    owner = next(box for box in tab.text_input if box.key.startswith("owner-"))
    owner.set_value("Eva")
    press(tab, "design-save")
    done(world)
    assert world.plan.design.accountable == ("Eva",)
    tab = open_tab("journeys", host, language)
    tab.radio(key="journey-view").set_value("design").run()
    press(tab, "design-undo")
    assert world.plan.design is None
