"""What is kept beside the events: notebooks, comments, jobs and the log."""

import secrets
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from outside_in.domain.feedback import Placed, Verbatim
from outside_in.domain.people import OPERATOR, Principal
from outside_in.domain.text import line
from outside_in.store import tag_of
from tests.store.examples import HOST, Leader, with_an_open_vote

KEY = bytes(range(32))
WORK = "WORK2345"


def dump(database, table):
    with database._readers.connect() as db:
        return repr(db.execute(text(f"select * from {table}")).all())


def test_a_tag_tells_neither_leader_nor_other_steps():
    other = secrets.token_bytes(32)
    assert tag_of(KEY, "vote") == tag_of(KEY, "vote")
    assert len({tag_of(KEY, "vote"), tag_of(KEY, "rank"), tag_of(other, "vote"), tag_of(other, "rank")}) == 4


# notebooks ---------------------------------------------------------------


def test_a_notebook_gives_back_what_was_kept_last(database, another):
    notebooks = database.notebooks
    notebooks.keep(KEY, "vote", {"choice": ["waiting"]})
    notebooks.keep(KEY, "vote", {"choice": ["größer"]})
    assert notebooks.read(KEY, "vote") == another.notebooks.read(KEY, "vote") == {"choice": ["größer"]}
    assert notebooks.read(KEY, "rank") is None


def test_nobody_else_can_open_it(database):
    database.notebooks.keep(KEY, "vote", {"choice": ["waiting"]})
    assert database.notebooks.read(secrets.token_bytes(32), "vote") is None


def test_its_pages_tell_neither_words_nor_steps(database):
    database.notebooks.keep(KEY, "vote", {"choice": ["waiting"]})
    stored = dump(database, "notes")
    assert not any(word in stored for word in ("vote", "choice", "waiting", KEY.hex()))


def test_a_page_that_was_moved_or_touched_opens_no_more(database):
    for step in ("vote", "rank"):
        database.notebooks.keep(KEY, step, {"step": step})
    swapped = "update notes set sealed = (select max(sealed) from notes)"
    database._writer.write(lambda batch: batch.db.execute(text(swapped)) and None)
    read = [database.notebooks.read(KEY, step) for step in ("vote", "rank")]
    assert read.count(None) == 1
    assert read[0] == {"step": "vote"} or read[1] == {"step": "rank"}


def test_a_notebook_can_be_thrown_away(database):
    other = secrets.token_bytes(32)
    for key in (KEY, other):
        database.notebooks.keep(key, "vote", {"mine": True})
    database.notebooks.forget(KEY)
    assert database.notebooks.read(KEY, "vote") is None
    assert database.notebooks.read(other, "vote") == {"mine": True}


# comments ----------------------------------------------------------------


def comments(many, words="Nobody called back"):
    return [Verbatim(row=row, text=f"{words} {row}", score=row % 11) for row in range(2, many + 2)]


def test_comments_come_back_in_the_order_of_their_rows(database, another):
    database.corpora.add(WORK, "b1", comments(2500))
    assert database.corpora.verbatims(WORK) == another.corpora.verbatims(WORK) == comments(2500)
    assert database.corpora.verbatims("ELSE2345") == []


def test_rows_of_two_files_never_collide(database):
    for batch in ("b1", "b2"):
        database.corpora.add(WORK, batch, comments(3))
    rows = [verbatim.row for verbatim in database.corpora.verbatims(WORK)]
    assert rows == [2, 3, 4, 10_000_002, 10_000_003, 10_000_004]


def test_a_row_that_was_undone_is_never_used_again(database):
    """What a person approved by row must not let somebody else's words through."""
    database.corpora.add(WORK, "b1", comments(3))
    database.corpora.drop(WORK, "b1")
    assert database.corpora.verbatims(WORK) == []
    database.corpora.add(WORK, "b2", comments(3, "Other words"))
    assert {v.row for v in database.corpora.verbatims(WORK)}.isdisjoint({2, 3, 4})


def test_a_file_becomes_visible_all_at_once(database, another):
    seen = set()

    def rows():
        for verbatim in comments(3500):
            if verbatim.row % 500 == 0:
                seen.add(len(another.corpora.verbatims(WORK)))
            yield verbatim

    database.corpora.add(WORK, "b1", rows())
    assert seen == {0}
    assert len(another.corpora.verbatims(WORK)) == 3500


def test_a_file_that_breaks_off_leaves_nothing(database):
    def rows():
        yield from comments(2500)
        raise OSError("the stick was pulled out")

    with pytest.raises(OSError, match="stick"):
        database.corpora.add(WORK, "b1", rows())
    assert database.corpora.verbatims(WORK) == []
    assert "called back" not in dump(database, "verbatims")


def test_an_import_does_not_hold_up_a_room(database):
    with_an_open_vote(database.sessions)
    with ThreadPoolExecutor(1) as beside:
        importing = beside.submit(database.corpora.add, WORK, "b1", comments(20_000))
        waits = []
        while not importing.done():
            start = time.monotonic()
            Leader().vote(database.sessions)
            waits.append(time.monotonic() - start)
        importing.result()
    assert len(waits) >= 5, "answers and pieces of the file take turns"
    assert sorted(waits)[len(waits) // 2] < 1.0


def test_comments_know_their_themes_until_they_are_placed_anew(database, another):
    database.corpora.place(WORK, [Placed(row=row, theme="t1") for row in range(2, 3000)])
    last = [Placed(row=2, theme="t1", subtheme="t1.1", confidence=0.5), Placed(row=3, theme=None)]
    database.corpora.place(WORK, last)
    assert database.corpora.placed(WORK) == another.corpora.placed(WORK) == last
    database.corpora.place(WORK, [])
    assert database.corpora.placed(WORK) == []


def test_undoing_one_file_leaves_the_other(database):
    for batch in ("b1", "b2"):
        database.corpora.add(WORK, batch, comments(3))
    database.corpora.place(WORK, [Placed(row=2, theme="t1")])
    database.corpora.drop(WORK, "b1")
    assert len(database.corpora.verbatims(WORK)) == 3
    assert database.corpora.placed(WORK) == []


def test_all_feedback_of_one_workshop_can_go(database):
    for workshop in (WORK, "ELSE2345"):
        database.corpora.add(workshop, "b1", comments(3, workshop))
    database.corpora.drop(WORK)
    assert WORK not in dump(database, "verbatims") + dump(database, "batches")
    assert len(database.corpora.verbatims("ELSE2345")) == 3


# jobs --------------------------------------------------------------------


def test_a_job_tells_how_far_it_is_and_what_came_of_it(database, another):
    jobs = database.jobs
    id = jobs.add("themes", WORK, HOST, {"seed": 1})
    assert (jobs.job(id).state, jobs.latest(WORK, "themes").args) == ("queued", {"seed": 1})
    taken = another.jobs.take("worker")
    assert (taken.id, taken.by, taken.state) == (id, HOST, "queued")
    another.jobs.progress(id, 0.5)
    assert (jobs.job(id).state, jobs.job(id).progress) == ("running", 0.5)
    another.jobs.done(id, {"themes": 7})
    assert (jobs.job(id).state, jobs.job(id).result) == ("done", {"themes": 7})


def test_a_job_that_fails_says_why(database):
    id = database.jobs.add("themes", WORK, HOST, {})
    database.jobs.take("worker")
    database.jobs.fail(id, "too-few", line("Only {n} comments.", n=3))
    assert database.jobs.job(id).state == "failed"
    assert database.jobs.job(id).message == line("Only {n} comments.", n=3)


def test_no_job_is_taken_twice(database, another):
    added = {database.jobs.add("read", WORK, HOST, {"n": n}) for n in range(30)}

    def take(place):
        job = (database, another)[place % 2].jobs.take(f"worker {place}")
        return job.id if job else None

    with ThreadPoolExecutor(8) as workers:
        taken = list(workers.map(take, range(60)))
    done = [id for id in taken if id]
    assert len(done) == len(set(done))
    while job := database.jobs.take("the last"):
        done.append(job.id)
    assert sorted(done) == sorted(added)


def test_jobs_are_done_in_the_order_in_which_they_came(database):
    added = [database.jobs.add("read", WORK, HOST, {}) for _ in range(3)]
    assert [database.jobs.take("worker").id for _ in range(3)] == added
    assert database.jobs.take("worker") is None
    assert database.jobs.latest(WORK, "read").id == added[-1]
    assert database.jobs.latest(WORK, "themes") is None


def test_what_a_dead_worker_left_is_taken_up_again(database, clock):
    id = database.jobs.add("read", WORK, HOST, {})
    database.jobs.take("dies")
    clock.wait(50)
    database.jobs.progress(id, 0.1)
    clock.wait(50)
    assert database.jobs.take("next") is None, "it has given a sign of life"
    clock.wait(11)
    assert database.jobs.take("next").id == id


def test_a_cancelled_job_stays_cancelled(database):
    queued, running = (database.jobs.add("read", WORK, HOST, {}) for _ in range(2))
    database.jobs.cancel(queued)
    assert database.jobs.take("worker").id == running
    database.jobs.cancel(running)
    database.jobs.progress(running, 0.9)
    database.jobs.done(running, {})
    assert [database.jobs.job(id).state for id in (queued, running)] == ["cancelled"] * 2
    assert database.jobs.cancelled(running)
    assert database.jobs.cancelled("unknown")


def test_jobs_go_with_their_workshop(database):
    id = database.jobs.add("read", WORK, HOST, {})
    other = database.jobs.add("read", "ELSE2345", HOST, {})
    database.jobs.drop(WORK)
    assert database.jobs.job(id) is None
    assert database.jobs.job(other).id == other


# the log -----------------------------------------------------------------


def test_the_log_says_who_did_what_but_never_which_leader(database, clock):
    leader = Principal(role="leader", id="a leader's id", code="ABCD2345")
    database.log.note(HOST, "export xlsx", WORK)
    clock.wait(1)
    database.log.note(leader, "forget", "ABCD2345")
    assert [(e.at - clock.now, e.principal, e.what) for e in database.log.entries()] == [
        (-1, "first", "export xlsx"),
        (0, "", "forget"),
    ]
    assert [entry.what for entry in database.log.entries(WORK)] == ["export xlsx"]


def test_after_twelve_months_entries_go(database, clock):
    database.log.note(OPERATOR, "restore")
    clock.wait(366 * 86400)
    database.log.note(OPERATOR, "backup")
    assert database.log.expire() == 1
    assert [entry.what for entry in database.log.entries()] == ["backup"]
