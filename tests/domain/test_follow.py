"""What becomes of commitments: who may say what, what counts as kept, and what others get to see."""

import datetime as dt
from random import Random

import pytest

from outside_in.domain import follow
from outside_in.domain.errors import BadAnswer, NotAllowed
from outside_in.domain.events import SESSION_EVENT
from outside_in.domain.exercise import Room as Said
from outside_in.domain.follow import LinkSpent, commitments
from outside_in.domain.follow_through import FollowThrough, over_time
from outside_in.domain.outcome import Outcome
from outside_in.domain.people import Principal
from outside_in.domain.plan import Phase
from outside_in.domain.remeasure import Again, Change, closer
from outside_in.domain.session import Session
from outside_in.domain.text import Text
from tests.conftest import DAY, HOST, PLAN, Room, leader
from tests.exports.samples import nps, pairs

DAYS = 86400.0
NOON = dt.datetime.combine(DAY, dt.time(12), dt.UTC).timestamp()
CARD = next(step.exercise for step in PLAN.steps if step.id == "commit")


class Group(Room):
    """Leaders who have committed; `shown` by leader."""

    def __init__(self, *shown, due=60):
        super().__init__()
        self.go_to("commit", Phase.OPEN)
        for n, level in enumerate(shown):
            own = {**CARD.rehearse(Random(n)), "shown": [level], "when": f"Fall Nummer {n}"}
            own["due"] = (DAY + dt.timedelta(days=due)).isoformat()
            by = leader(f"leader {n}")
            self.apply(self.session.answer(by, "commit", own, tag="", receipt=f"r{n}"))
        self.go_to("commit", Phase.CLOSED)

    @property
    def all(self):
        return commitments(self.session)

    def of(self, n):
        return next(one for one in self.all if one.who == f"leader {n}")

    def link(self, n, *days, by=None):
        id = self.of(n).promise.id
        return self.apply(follow.link(self.session, by or leader(f"leader {n}"), id, days or follow.CHECKS, NOON))

    def says(self, n, day, status, at=None, role="author", **words):
        id = self.of(n).promise.id
        by = Principal(role=role, id=follow.named(id, day), code=self.session.code)
        when = NOON + (day if at is None else at) * DAYS
        said = {"status": status, **words}
        return self.apply(follow.check_in(self.session, by, said, f"{n} {day} {role} {status}", when))

    def told(self, day):
        return FollowThrough.of(self.all, DAY + dt.timedelta(days=day))


def five(**about):
    group = Group(*["room"] * 5, **about)
    for n in range(5):
        group.link(n)
    return group


# verbs ----------------------------------------------------------------------------------------


def test_a_card_is_nobodys_before_its_step_has_closed(room):
    room.go_to("commit", Phase.OPEN).answer("commit")
    assert commitments(room.session) == ()
    room.go_to("commit", Phase.CLOSED)
    assert len(commitments(room.session)) == 1


def test_its_id_is_the_one_in_the_outcome():
    group = Group("room", "company")
    group.go_to("commit", Phase.REVEALED)
    assert {p.id for p in Outcome.of(group.session, "participants").promises} == {c.promise.id for c in group.all}


def test_a_check_in_needs_a_link_that_was_handed_out():
    group = Group("room")
    with pytest.raises(LinkSpent):
        group.says(0, 14, "done")
    group.link(0, 14)
    assert group.says(0, 14, "done").day == 14


def test_each_day_is_answered_once_and_nothing_told_changes():
    group = five()
    group.says(0, 14, "running", evidence="Erster Termin war da")
    with pytest.raises(LinkSpent):
        group.says(0, 14, "dropped")
    group.says(0, 30, "done")
    assert [(e.day, e.status) for e in group.of(0).told] == [(14, "running"), (30, "done")]


def test_the_same_submission_twice_is_already_so():
    group = five()
    group.says(0, 14, "running")
    assert group.says(0, 14, "running") is None


def test_after_a_withdrawal_no_link_of_it_works():
    group = five()
    group.apply(follow.unlink(group.session, leader("leader 0"), group.of(0).promise.id, NOON))
    with pytest.raises(LinkSpent):
        group.says(0, 30, "done")
    group.link(0, 30)
    assert group.says(0, 30, "done")


@pytest.mark.parametrize("by", [leader("leader 1"), leader("leader 0", code="ZZZZ2345"), Principal()])
def test_only_its_leader_hands_out_and_withdraws(by):
    group = Group("me", "room")
    with pytest.raises(NotAllowed):
        group.link(0, by=by)
    with pytest.raises(NotAllowed):
        follow.unlink(group.session, by, group.of(0).promise.id, NOON)


@pytest.mark.parametrize(("level", "may"), [("me", False), ("partner", False), ("facilitator", True), ("room", True)])
def test_who_runs_the_session_asks_only_about_what_they_may_see(level, may):
    group = Group(level)
    if may:
        assert group.link(0, by=HOST)
        return
    with pytest.raises(NotAllowed):
        group.link(0, by=HOST)


def test_a_stranger_runs_nothing():
    group = Group("room")
    with pytest.raises(NotAllowed):
        group.link(0, by=Principal(role="facilitator", id="stranger"))


@pytest.mark.parametrize("role", ["leader", "facilitator", "consultant", "stage", "nobody", "clock"])
def test_no_other_role_checks_in(role):
    group = five()
    with pytest.raises(NotAllowed):
        group.says(0, 14, "done", role=role)


def test_a_link_of_another_session_opens_nothing_here():
    group = five()
    by = Principal(role="author", id=follow.named(group.of(0).promise.id, 14), code="ZZZZ2345")
    with pytest.raises(NotAllowed):
        follow.check_in(group.session, by, {"status": "done"}, "r", NOON)


@pytest.mark.parametrize(
    "words",
    [{"evidence": "x" * 281}, {"evidence": "\x00"}, {"on": "2026-01-01"}, {"on": "morgen"}, {"on": "2099-01-01"}],
)
def test_what_cannot_be_meant_is_refused(words):
    with pytest.raises(BadAnswer):
        five().says(0, 14, "done", **words)


def test_the_partner_is_beside_the_leader_and_changes_nothing_of_theirs():
    group = five()
    group.says(0, 0, "done", at=31, role="partner")
    assert [e.day for e in group.of(0).partner_told] == [30]
    assert group.of(0).status == "open"


def test_thanks_need_something_to_thank_for():
    group, id = five(), None
    id = group.of(0).promise.id
    with pytest.raises(BadAnswer):
        follow.thank(group.session, HOST, id, "", NOON)
    group.says(0, 14, "running", evidence="Fünf Kommentare gelesen")
    group.apply(follow.thank(group.session, HOST, id, "Stark", NOON))
    assert [event.words for event in group.of(0).thanks] == ["Stark"]


def test_forgetting_a_leader_forgets_what_was_told_and_leaves_the_others():
    group = five()
    group.says(0, 14, "running", evidence="geheim")
    group.says(1, 14, "running", evidence="bleibt")
    group.apply(group.session.forget(leader("leader 0"), "leader 0"))
    assert "geheim" not in group.session.model_dump_json()
    assert [e.evidence for one in group.all for e in one.told] == ["bleibt"]


def test_what_happened_survives_being_written_down():
    group, written = Group("room"), []
    group.apply = lambda event: written.append(event) or Room.apply(group, event)
    before = group.session
    group.link(0)
    group.says(0, 14, "done", evidence="x", on=DAY.isoformat())
    again = Session.model_validate_json(before.model_dump_json())
    for event in written:
        again = again.after(SESSION_EVENT.validate_json(event.model_dump_json()), again.version + 1)
    assert again == group.session


def test_check_ins_disturb_no_phone():
    group = five()
    moved = group.session.moved
    group.says(0, 14, "running")
    assert group.session.moved == moved


# rates ------------------------------------------------------------------------------------------


def test_silent_dropped_and_adapted_count_as_not_kept():
    group = five()
    group.says(0, 30, "done")
    group.says(1, 30, "dropped")
    group.says(2, 30, "adapted")
    told = group.told(30)
    assert (told.kept[30].k, told.kept[30].n) == (1, 5)
    assert (told.adapted, told.dropped, told.silent) == (1, 1, 2)


def test_kept_is_measured_at_its_day_and_later_ones_wait():
    group = five()
    group.says(0, 30, "done", at=33)
    told = group.told(60)
    assert (told.kept[30].k, told.kept[60].k, told.kept[90]) == (0, 1, None)


def test_what_the_leader_says_when_it_happened_counts():
    group = five()
    group.says(0, 30, "done", at=33, on=(DAY + dt.timedelta(days=20)).isoformat())
    assert group.told(60).kept[30].k == 1


def test_after_the_promised_day_it_is_late_and_not_on_time():
    group = five(due=20)
    group.says(0, 30, "done")
    group.says(1, 14, "done")
    assert [group.of(n).status for n in (0, 1, 2)] == ["late", "done", "open"]
    assert (group.told(30).on_time.k, group.told(30).on_time.n) == (1, 5)


def test_silence_lowers_the_response_also_after_a_withdrawal():
    group = five()
    group.says(0, 14, "running")
    group.apply(follow.unlink(group.session, leader("leader 1"), group.of(1).promise.id, NOON))
    told = group.told(14)
    assert (told.response.k, told.response.n) == (1, 5)


def test_a_rate_carries_its_wilson_interval():
    group = five()
    group.says(0, 30, "done")
    found = group.told(30).kept[30].interval
    assert (round(found.low, 3), round(found.high, 3)) == (0.036, 0.624)


def test_fewer_than_five_leaders_have_no_rate():
    group = Group(*["room"] * 4)
    assert group.told(90) is None


def test_the_course_adds_up_on_every_day():
    group = five()
    group.says(0, 14, "running")
    group.says(0, 30, "done")
    stood = over_time(group.all, DAY + dt.timedelta(days=40))
    assert list(stood) == [0, 14, 30, 40]
    assert {sum(day.values()) for day in stood.values()} == {5}
    assert [stood[day]["open"] for day in stood] == [5, 4, 4, 4]


# who may see what ------------------------------------------------------------------------------


def test_each_circle_sees_what_its_leader_chose():
    group = Group("me", "partner", "facilitator", "room", "company")
    seen = {level: [n for n in range(5) if group.of(n).seen_by(level)] for level in follow.LEVELS}
    assert seen == {
        "me": [0, 1, 2, 3, 4],
        "partner": [1, 2, 3, 4],
        "facilitator": [2, 3, 4],
        "room": [3, 4],
        "company": [4],
    }


@pytest.mark.parametrize(("audience", "shown"), [("board", [4]), ("participants", [3, 4]), ("internal", [3, 4])])
def test_documents_hold_what_their_audience_may_see(audience, shown):
    group = Group("me", "partner", "facilitator", "room", "company")
    group.go_to("commit", Phase.REVEALED)
    outcome = Outcome.of(group.session, audience)
    assert sorted(p.when for p in outcome.promises) == [f"Fall Nummer {n}" for n in shown]


def test_what_is_kept_from_the_facilitator_leaves_the_house_without_its_words():
    group = Group("me", "partner", "facilitator")
    group.link(0)
    group.says(0, 14, "running", evidence="streng vertraulich")
    told = Outcome.of(group.session, "internal").model_dump_json() + follow.hushed(group.session).model_dump_json()
    assert "Fall Nummer 0" not in told
    assert "Fall Nummer 1" not in told
    assert "streng vertraulich" not in told
    assert "Fall Nummer 2" in told
    assert follow.hushed(follow.hushed(group.session)) == follow.hushed(group.session)
    assert CARD.tells(Said(answers=follow.hushed(group.session).columns("commit")))


# before and now ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [(-30, 10, "better"), (10, -30, "worse"), (-5, 3, "too early to tell"), (-5, None, "too early to tell")],
)
def test_a_change_inside_chance_is_too_early_to_tell(was, now, told):
    change = Change(name=Text.same("Umzug"), before=nps(was), now=None if now is None else nps(now))
    assert change.verdict.message == told


def test_four_answers_say_nothing():
    assert Change(name=Text.same("Umzug"), before=nps(-50), now=nps(80, n=4)).interval is None


def test_guessing_again_counts_how_much_nearer_the_room_is():
    then, rows = pairs().rows, pairs().rows
    now = [row.model_copy(update={"inside": row.outside.value + 1}) for row in rows]
    points = [Again(label=a.label, then=a, now=b) for a, b in zip(then, now, strict=True)]
    assert closer(points).mean == pytest.approx(sum(abs(row.gap) - 1 for row in rows) / len(rows))
    assert closer(points[:2]) is None
