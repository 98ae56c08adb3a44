import io
import json
import threading
import zipfile

import pytest

from outside_in.domain.people import OPERATOR
from outside_in.house.worker import work
from outside_in.store import Database


@pytest.fixture
def people(live, browser):
    """Everybody who may ask for something, each with their own browser."""
    elsewhere = live.house.open_session(OPERATOR, live.workshop).code
    names = ("nobody", "leader", "foreign-leader", "stage", "host", "foreign-host", "consultant")
    found = {name: browser.another() for name in names}
    found["leader"].join(live.code)
    found["foreign-leader"].join(elsewhere)
    found["stage"].get(f"/show/{live.house.stage_link(live.code)}")
    found["host"].sign_in()
    found["foreign-host"].sign_in("somebody else")
    found["consultant"].get(f"/share/{live.house.share_link(live.host(), live.workshop)}")
    return found


@pytest.fixture
def worker(live):
    """Does what the worker process does, beside the test."""
    over = threading.Event()

    def turn():
        while not over.wait(0.02):
            while job := live.house.database.jobs.take("test"):
                work(live.house, job)

    thread = threading.Thread(target=turn)
    thread.start()
    yield
    over.set()
    thread.join()


# following ----------------------------------------------------------------------------------

FOLLOWS = {"phones": {"leader", "stage", "host"}, "stage": {"stage", "host"}, "desk": {"host"}}


@pytest.mark.parametrize("audience", FOLLOWS)
def test_only_who_is_in_the_room_may_follow_it(live, people, audience):
    for name, browser in people.items():
        answer = browser.get(f"/live/{audience}:{live.code}")
        assert answer.status_code == (200 if name in FOLLOWS[audience] else 403), name
        if answer.status_code == 200:
            assert answer.text == f"data: 7 {audience}:{live.code}\n\n"
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert answer.headers["x-accel-buffering"] == "no"
            assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("topic", ["phones:AAAAAAAA", "phones", "other:{code}", ":{code}", "phones:"])
def test_what_is_no_topic_is_refused_like_a_foreign_one(live, people, topic):
    for browser in people.values():
        assert browser.get(f"/live/{topic.format(code=live.code)}").status_code == 403


# taking home --------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["participants", "board", "internal"])
def test_only_hosts_take_files_home_and_consultants_what_is_not_internal(live, people, worker, audience):
    expected = {"host": 200, "foreign-host": 404, "consultant": 404 if audience == "internal" else 200}
    for name, browser in people.items():
        answer = browser.get(f"/take/{live.code}/csv?audience={audience}")
        assert answer.status_code == expected.get(name, 403), name


def test_a_file_is_an_attachment_that_is_kept_nowhere(live, people, worker):
    answer = people["host"].get(f"/take/{live.code}/json")
    assert not list((live.house.settings.data / "exports").iterdir())
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        assert json.loads(bundle.read("manifest.json"))["format"] == "outside-in/workshop"


def test_nobody_learns_from_a_download_whether_a_code_exists(live, people):
    for name in ("nobody", "leader", "stage"):
        real, guess = (people[name].get(f"/take/{code}/csv") for code in (live.code, "AAAAAAAA"))
        assert (real.status_code, real.text) == (guess.status_code, guess.text)
    real, guess = (people["foreign-host"].get(f"/take/{code}/csv") for code in (live.code, "AAAAAAAA"))
    assert real.status_code == guess.status_code == 404


def test_what_the_worker_made_for_a_page_is_handed_to_those_who_might_have_asked(live, people, worker):
    args = {"session": live.code, "formats": ["csv"], "audience": "board", "language": "de"}
    job = live.house.database.jobs.add("export", live.workshop, live.host(), args)
    expected = {"host": 200, "foreign-host": 404, "consultant": 200}
    for name, browser in people.items():
        assert browser.get(f"/take/made/{job}").status_code == expected.get(name, 403), name
    assert people["host"].get("/take/made/nothing").status_code == 404


def test_only_documents_are_handed_over_and_no_other_work(live, people, worker):
    journey = live.house.database.jobs.add("journey", live.workshop, live.host(), {})
    assert people["host"].get(f"/take/made/{journey}").status_code == 404


@pytest.mark.parametrize(("ending", "status"), [("exe", 404), ("csv?audience=everybody", 403)])
def test_unknown_formats_and_audiences_are_refused(live, people, ending, status):
    assert people["host"].get(f"/take/{live.code}/{ending}").status_code == status


# health -------------------------------------------------------------------------------------


def test_health_tells_four_words_to_everybody(empty, browser):
    answer = browser.get("/health")
    assert answer.status_code == 200
    assert set(answer.json()) == {"status", "version", "database", "revision"}
    assert all(isinstance(word, str) and "/" not in word for word in answer.json().values())


def test_health_is_503_without_a_database(empty, browser, monkeypatch):
    monkeypatch.setattr(Database, "alive", lambda _: False)
    answer = browser.get("/health")
    assert answer.status_code == 503
    assert set(answer.json()) == {"status", "version", "database", "revision"}


def test_brand_files_are_kept_for_an_hour(empty, browser):
    for name in ("Inter-Regular.woff2", "door.css", "setup.js", "icon.png"):
        answer = browser.get(f"/brand/{name}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=3600"
