"""After the workshop, in the house: letters and a mail server that hangs, the next session, the report."""

import datetime as dt
import email
import email.policy
import json
import os
import re
import socket
import threading
import time
import zipfile
from random import Random

import icalendar
import pytest
from pypdf import PdfReader

from outside_in.domain import follow
from outside_in.domain.errors import NotAllowed
from outside_in.domain.exercises.review import Review
from outside_in.domain.people import OPERATOR, Principal
from outside_in.domain.plan import Phase
from outside_in.exports.letters import NoAddress
from outside_in.house import reporting
from outside_in.house.mail import MailFailed, MailNotSetUp, MailServer, send
from outside_in.house.tasks import TASKS
from outside_in.house.worker import work

DAY = 86400
BASE = "https://workshop.example"


class Group:
    """Leaders with a commitment each, in a session of a real client."""

    def __init__(self, world, *shown):
        self.world, self.house = world, world.house
        plan = world.plan
        about = plan.about.model_copy(update={"client": "Stadtwerke"})
        self.workshop = self.house.new_code()
        again = {"code": self.workshop, "sample": False, "about": about, "sessions": (), "version": 0}
        self.house.workshops.open(plan.model_copy(update=again))
        self.session = self.opened()
        self.people = []
        world.code = self.session
        badges = [world.leader() for _ in shown]
        world.go_to("commit", Phase.OPEN, phones=0)
        exercise = world.session.step("commit").exercise
        for n, (badge, level) in enumerate(zip(badges, shown, strict=True)):
            own = {**exercise.rehearse(Random(n)), "shown": [level], "when": f"Fall Nummer {n}", "then": "rufe ich an"}
            own["about"] = [exercise.points[0].id]
            self.house.answer(badge, "commit", f"t{n}", own)
        world.go_to("commit", Phase.REVEALED, phones=0)
        self.people = badges
        self.host = world.host()

    def opened(self, workshop=None):
        return self.house.open_session(OPERATOR, workshop or self.workshop).code

    def own(self, n):
        return self.house.own_commitments(self.people[n])[0]

    def says(self, n, day, status, **words):
        by = self.people[n].role("leader")
        token = self.house.hand_out(by, self.session, self.own(n).promise.id, [day])[day]
        self.house.check_in(token, {"status": status, **words}, "")

    def job(self, id):
        job = self.house.database.jobs.take("test")
        assert job.id == id
        work(self.house, job)
        return self.house.database.jobs.job(id)


@pytest.fixture
def group(world):
    return Group(world, "me", "partner", "facilitator", "room", "company")


# letters ----------------------------------------------------------------------------------------


def letters(group, to=None, send=False, days=(30,)):
    id = group.house.letters(group.host, group.session, days, BASE, "de", to or {}, send)
    return group.job(id)


def unpacked(job):
    with zipfile.ZipFile(job.result["path"]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_letters_go_only_to_those_whose_commitment_the_facilitator_may_see(group):
    job = letters(group)
    told = b"".join(unpacked(job).values()).decode(errors="replace")
    assert job.result["letters"] == 3
    assert [n for n in range(5) if f"Fall Nummer {n}" in told] == [2, 3, 4]


def test_a_letter_is_text_and_a_draft_with_the_calendar_and_a_link_that_works(group):
    files = unpacked(letters(group, days=(14, 90)))
    text = next(data for name, data in files.items() if name.endswith(".txt")).decode()
    links = re.findall(rf"{BASE}/check/([\w-]+)", text)
    assert [group.house.check(token).day for token in links] == [14, 90]
    draft = email.message_from_bytes(
        next(data for name, data in files.items() if name.endswith(".eml")), policy=email.policy.default
    )
    assert draft["X-Unsent"] == "1"
    assert "Fall Nummer" in draft.get_body(("plain",)).get_content()
    calendar = next(draft.iter_attachments()).get_content()
    assert len(icalendar.Calendar.from_ical(calendar).walk("VEVENT")) == 6


def test_no_letter_holds_somebody_elses_words(group):
    for name, data in unpacked(letters(group)).items():
        if name.endswith(".txt"):
            assert len(set(re.findall(r"Fall Nummer \d", data.decode()))) == 1


def test_addresses_stay_in_no_table(group):
    to = {group.own(3).promise.id: "ada@example.org"}
    job = letters(group, to)
    assert "example.org" not in json.dumps(job.args)
    assert not list(group.house.settings.uploads.glob("*"))


@pytest.mark.parametrize("address", ["ada", "a@b", "ada@example.org\nBcc: all@example.org", "<x@example.org>, y@z.de"])
def test_what_is_no_address_is_refused_before_anything_is_made(group, address):
    with pytest.raises(NoAddress):
        group.house.letters(group.host, group.session, (30,), BASE, "de", {group.own(3).promise.id: address}, False)
    assert not group.house.sessions.of(group.session).followed


def test_only_who_runs_the_session_writes_letters(group):
    for by in (Principal(role="facilitator", id="stranger"), group.people[0].role("leader")):
        with pytest.raises(NotAllowed):
            group.house.letters(by, group.session, (30,), BASE, "de", {}, False)


# a mail server ------------------------------------------------------------------------------------


class Post:
    """Takes letters as a mail server does, or says nothing at all."""

    def __init__(self, hangs=False):
        self.hangs, self.letters = hangs, []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._done = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._done.set()
        self._listening.close()

    def _serve(self):
        try:
            call, _ = self._listening.accept()
        except OSError:
            return
        if self.hangs:
            self._done.wait(20)
            call.close()
            return
        with call, call.makefile("rwb") as talk:
            self._talk(talk)

    def _talk(self, talk):
        def say(words):
            talk.write(words + b"\r\n")
            talk.flush()

        say(b"220 here")
        while line := talk.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                say(b"354 go on")
                self.letters.append(b"".join(iter(talk.readline, b".\r\n")))
            if verb == b"QUIT":
                return say(b"221 bye")
            say(b"250 ok")
        return None


@pytest.fixture
def post(request, monkeypatch):
    post = Post(hangs=getattr(request, "param", False))
    monkeypatch.setenv("OUTSIDE_IN_SMTP", f"smtp+plain://127.0.0.1:{post.port}")
    monkeypatch.setenv("OUTSIDE_IN_MAIL_FROM", "moderation@example.org")
    yield post
    post.close()


def test_letters_go_out_where_a_server_is_set_up(group, post):
    job = letters(group, {group.own(3).promise.id: "ada@example.org"}, send=True)
    assert (job.result["sent"], job.result["failed"]) == (1, None)
    assert len(post.letters) == 1
    assert b"To: ada@example.org" in post.letters[0]


@pytest.mark.parametrize("post", [True], indirect=True)
def test_a_server_that_hangs_is_given_up_in_time(post):
    began = time.monotonic()
    with pytest.raises(MailFailed):
        send(MailServer.of(os.environ), [email.message.EmailMessage()], print, patience=0.3)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("post", [True], indirect=True)
def test_where_no_server_answers_the_drafts_are_there_all_the_same(group, post, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = closed.getsockname()[1]
    monkeypatch.setenv("OUTSIDE_IN_SMTP", f"smtp+plain://127.0.0.1:{nobody}")
    job = letters(group, {group.own(3).promise.id: "ada@example.org"}, send=True)
    assert job.state == "done"
    assert job.result["failed"]["values"] == {"n": 0, "of": 1}
    assert len(unpacked(job)) == 6


@pytest.mark.parametrize("address", ["mail.example.org", "http://x", "smtp://", "smtp://x:port"])
def test_a_wrong_setting_is_said_in_one_sentence(address):
    with pytest.raises(MailNotSetUp):
        MailServer.of({"OUTSIDE_IN_SMTP": address, "OUTSIDE_IN_MAIL_FROM": "a@b.org"})


def test_a_password_is_not_in_what_is_printed():
    server = MailServer.of({"OUTSIDE_IN_SMTP": "smtps://u:ge%40heim@h", "OUTSIDE_IN_MAIL_FROM": "a@b.org"})
    assert server.password.get_secret_value() == "ge@heim"
    assert "ge@heim" not in repr(server)


# the next session -----------------------------------------------------------------------------------


def review(group, code):
    steps = group.house.sessions.of(code).plan.steps
    return next((step.exercise for step in steps if isinstance(step.exercise, Review)), None)


def test_the_next_session_opens_with_what_is_still_open(group):
    group.says(4, 14, "done")
    again = group.opened()
    assert [step.id for step in group.house.sessions.of(again).plan.steps][:2] == ["lobby", "review"]
    assert [card.when for card in review(group, again).open] == ["Fall Nummer 3"]
    assert review(group, group.session) is None, "an open session keeps its plan"


def test_another_workshop_of_the_client_sees_only_what_is_for_the_company(group):
    known = group.house.workshops.of(group.workshop)
    other = group.house.new_code()
    group.house.workshops.open(known.model_copy(update={"code": other, "sessions": (), "version": 0}))
    assert [card.when for card in review(group, group.opened(other)).open] == ["Fall Nummer 4"]


def test_another_client_sees_nothing(group):
    known = group.house.workshops.of(group.workshop)
    about, other = known.about.model_copy(update={"client": "Andere AG"}), group.house.new_code()
    new = {"code": other, "sessions": (), "version": 0, "about": about}
    group.house.workshops.open(known.model_copy(update=new))
    assert review(group, group.opened(other)) is None


def test_the_open_ones_are_told_to_the_room_and_are_no_new_outcome(group):
    again = group.house.sessions.of(group.opened())
    told = review(group, again.code).tells(None)
    assert len(told) == 2
    assert not follow.commitments(again)


# the board and the report ----------------------------------------------------------------------------


def test_the_board_shows_what_its_reader_may_see(group):
    seen = {each.promise.when for each in group.house.followed(group.host)}
    assert seen == {f"Fall Nummer {n}" for n in (2, 3, 4)}
    guest = group.world.badge("consultant", "share", group.workshop).principals[0]
    assert {each.promise.when for each in group.house.followed(guest)} == {"Fall Nummer 3", "Fall Nummer 4"}
    stranger = group.world.host("stranger")
    assert group.house.followed(stranger) == []
    for by in (group.people[0].role("leader"), Principal()):
        with pytest.raises(NotAllowed):
            group.house.followed(by)


def test_figures_are_the_groups_and_count_the_unseen(group):
    group.says(0, 14, "done", evidence="geheim")
    told, stood = group.house.follow_through(group.host, "Stadtwerke")
    assert (told.made, told.leaders) == (5, 5)
    assert stood[0]["open"] == 4
    assert "geheim" not in told.model_dump_json()


def test_the_report_comes_as_a_pdf_and_holds_no_private_word(group, clock):
    group.says(0, 14, "running", evidence="privat")
    group.says(3, 14, "running", evidence="Fünf Kommentare gelesen", obstacle="Zeit", help="Zugang")
    clock.wait(91 * DAY)
    host = group.world.host()
    wanted = {"session": group.session, "days": 90, "language": "de", "audience": "participants"}
    job = group.job(group.house.report(host, group.house.sessions.of(group.session), wanted))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(job.result["path"]).pages).split())
    text = text.replace("\xad ", "")  # hyphens of narrow columns
    assert "Fünf Kommentare gelesen" in text
    assert "Innerhalb von 90 Tagen eingehalten: 0" in text
    assert "noch nicht zu sagen" in text
    assert "privat" not in text
    assert "Fall Nummer 0" not in text


def test_newer_feedback_is_measured_against_day_zero(group):
    session = group.house.sessions.of(group.session)
    later = session.plan.date + dt.timedelta(days=40)
    old = group.house.database.corpora.verbatims(group.world.workshop)
    new = [
        v.model_copy(update={"date": later, "score": 10.0}) for v in old if v.score is not None and v.metric == "nps"
    ]
    before = reporting.remeasured(group.house, session)
    group.house.database.corpora.add(group.workshop, "WAVE2", new)
    after = reporting.remeasured(group.house, session)
    assert {change.verdict.message for change in before} == {"too early to tell"}
    many = [change for change in after if change.now and change.now.n >= 20]
    assert {change.verdict.message for change in many} == {"better"}


def test_every_kind_of_work_has_its_task():
    assert {"letters", "report"} <= set(TASKS)
