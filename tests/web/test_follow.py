"""Check-in links: no login, each answered once; a leader's own page, and who is told no."""

import re
from random import Random

import icalendar
import pytest

from outside_in.domain import follow
from outside_in.domain.people import Badge
from outside_in.domain.plan import Phase
from outside_in.house.take_home import written
from tests.web.browsers import Browser

CARD = {
    "when": "ich montags Zahlen sehe",
    "then": "lese ich zuerst fünf Kommentare",
    "measure": "Nachfragen: 2,1 → 1,5",
    "first": "Termin mit der Hotline",
    "about": None,
    "obstacle": "",
    "plan": "",
    "partner": "",
    "gives": "",
    "sure": 7,
    "owner": "Ada",
}
ONE = {"status": "done", "evidence": "Fünf Kommentare je Woche gelesen"}


@pytest.fixture
def phone(parts, live):
    """A leader who has made a commitment; its step has closed."""
    return promised(parts, live, "room")


def promised(parts, live, shown):
    phone = Browser(parts)
    phone.join(live.code)
    live.go_to("commit", Phase.OPEN, phones=0)
    by = phone.badge()["principals"][0]["id"]
    exercise = live.session.step("commit").exercise
    values = {**exercise.rehearse(Random(1)), **CARD, "shown": [shown]}
    values["about"] = [exercise.about[0].id]
    parts.answer(badge_of(phone), "commit", "ticket", values)
    live.go_to("commit", Phase.CLOSED, phones=0)
    assert any(one.who == by for one in follow.commitments(live.session))
    return phone


def badge_of(phone):
    return Badge.model_validate(phone.badge())


@pytest.fixture
def links(parts, live, phone):
    """By day."""
    one = follow.commitments(live.session)[0]
    by = badge_of(phone).role("leader")
    return {day: f"/check/{token}" for day, token in parts.hand_out(by, live.code, one.promise.id).items()}


def words(answer):
    return re.sub(r"<[^>]+>", " ", answer.text)


def test_a_stranger_checks_in_without_a_login(parts, live, links):
    stranger = Browser(parts)
    shown = stranger.get(links[14], headers={"accept-language": "en"})
    assert shown.status_code == 200
    assert "fünf Kommentare" in words(shown)
    assert stranger.post(links[14], data=ONE).status_code == 200
    one = follow.commitments(live.session)[0]
    assert [(e.day, e.status, e.evidence) for e in one.told] == [(14, "done", ONE["evidence"])]


def test_looking_at_a_link_uses_nothing_up(parts, live, links):
    version = live.session.version
    for _ in range(3):
        assert Browser(parts).get(links[30]).status_code == 200
    assert live.session.version == version


def test_a_link_used_twice_gives_one_clear_page_and_keeps_the_first_answer(parts, live, links):
    browser = Browser(parts)
    browser.post(links[14], data=ONE)
    for again in (browser.get(links[14]), browser.post(links[14], data={"status": "dropped"})):
        assert again.status_code == 410
        assert "schon benutzt" in words(again) or "been used" in words(again)
    assert [e.status for e in follow.commitments(live.session)[0].told] == ["done"]


def test_a_double_tap_is_one_check_in(parts, live, links):
    browser = Browser(parts)
    once = re.search(r'name="once" value="([^"]+)"', browser.get(links[14]).text)[1]
    answers = [browser.post(links[14], data={**ONE, "once": once}).status_code for _ in range(2)]
    assert answers[0] == 200
    assert len(follow.commitments(live.session)[0].told) == 1


def test_two_links_for_one_day_count_once(parts, live, phone, links):
    by = badge_of(phone).role("leader")
    again = parts.hand_out(by, live.code, follow.commitments(live.session)[0].promise.id)
    browser = Browser(parts)
    assert browser.post(links[30], data=ONE).status_code == 200
    assert browser.post(f"/check/{again[30]}", data=ONE).status_code == 410


def test_a_withdrawn_link_shows_no_data(parts, live, phone, links):
    id = follow.commitments(live.session)[0].promise.id
    assert phone.post("/mine/withdraw", data={"promise": id}).status_code == 303
    for answer in (Browser(parts).get(links[14]), Browser(parts).post(links[14], data=ONE)):
        assert answer.status_code == 410
        assert "Kommentare" not in answer.text
    assert not follow.commitments(live.session)[0].told


def test_a_link_ends_thirty_days_after_its_day(parts, live, links, clock):
    clock.wait(43 * 86400)
    assert Browser(parts).get(links[14]).status_code == 200
    clock.wait(3 * 86400)
    assert Browser(parts).get(links[14]).status_code == 410
    assert Browser(parts).get(links[30]).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00"])
def test_an_unknown_link_is_the_same_clear_page(parts, live, token):
    assert Browser(parts).get(f"/check/{token}").status_code in (404, 410)


def test_a_wrong_answer_comes_back_with_its_words(parts, live, links):
    answer = Browser(parts).post(links[14], data={**ONE, "on": "1999-01-01"})
    assert answer.status_code == 422
    assert ONE["evidence"] in answer.text
    assert "Bitte wählen Sie einen Tag" in words(answer)
    assert not follow.commitments(live.session)[0].told


@pytest.mark.parametrize("bad", [{}, {"status": "great"}, {"status": "done", "evidence": "x" * 300}])
def test_what_nobody_can_mean_is_not_saved(parts, live, links, bad):
    assert Browser(parts).post(links[14], data=bad).status_code == 422
    assert not follow.commitments(live.session)[0].told


def test_words_of_people_stay_words(parts, live, links):
    said = '<script>alert(1)</script> \u202eמוזר 😀 "&'
    Browser(parts).post(links[14], data={"status": "running", "evidence": said})
    shown = Browser(parts).get(links[30]).text
    assert "<script>alert" not in shown
    assert "😀" in shown


def test_a_leader_takes_the_calendar_with_links_and_again_it_updates(parts, phone):
    first, second = (phone.post("/mine/calendar") for _ in range(2))
    events = [icalendar.Calendar.from_ical(answer.content).walk("VEVENT") for answer in (first, second)]
    assert [str(e["uid"]) for e in events[0]] == [str(e["uid"]) for e in events[1]]
    assert int(events[1][0]["sequence"]) > int(events[0][0]["sequence"])
    found = [str(e["url"]) for e in events[1] if "url" in e]
    assert len(found) == 4
    assert Browser(parts).get(found[0].split("8501")[1]).status_code == 200


def test_the_calendar_of_the_outcomes_has_the_same_uids(parts, live, phone):
    live.go_to("commit", Phase.REVEALED, phones=0)
    own = icalendar.Calendar.from_ical(phone.post("/mine/calendar").content).walk("VEVENT")
    files = written(parts, live.code, "ics", "participants", "de")
    theirs = icalendar.Calendar.from_ical(files[0].data).walk("VEVENT")
    assert {str(e["uid"]) for e in own} == {str(e["uid"]) for e in theirs}
    assert b"/check/" not in files[0].data


def test_only_the_phone_that_took_part_sees_its_page(parts, live, phone):
    assert "fünf Kommentare" in words(phone.get("/mine"))
    stranger = Browser(parts)
    stranger.join(live.code)
    assert "Kommentare" not in words(stranger.get("/mine"))
    assert Browser(parts).get("/mine").status_code == 403
    assert Browser(parts).post("/mine/calendar").status_code in (403, 404)


def test_another_leader_hands_out_no_links_for_it(parts, live, phone):
    stranger, id = Browser(parts), follow.commitments(live.session)[0].promise.id
    stranger.join(live.code)
    for path in ("/mine/partner", "/mine/withdraw", "/mine/now"):
        assert stranger.post(path, data={"promise": id, "day": "14"}).status_code == 404
    assert not live.session.followed


def test_check_in_now_leads_to_the_form(parts, live, phone):
    id = follow.commitments(live.session)[0].promise.id
    answer = phone.post("/mine/now", data={"promise": id, "day": "14"})
    assert answer.status_code == 303
    assert phone.get(answer.headers["location"]).status_code == 200


def test_the_partner_answers_beside_the_leader(parts, live, phone):
    one = follow.commitments(live.session)[0]
    shown = phone.post("/mine/partner", data={"promise": one.promise.id})
    link = re.search(r"/check/[\w-]+", shown.text)[0]
    partner = Browser(parts)
    assert partner.post(link, data={"status": "running", "evidence": "Ich sehe es"}).status_code == 200
    assert partner.get(link).status_code == 410
    one = follow.commitments(live.session)[0]
    assert [e.evidence for e in one.partner_told] == ["Ich sehe es"]
    assert one.status == "open", "what the partner says does not change the leader's own word"


def test_who_keeps_it_to_themselves_has_no_partner_link(parts, live):
    phone = promised(parts, live, "me")
    id = follow.commitments(live.session)[0].promise.id
    assert phone.post("/mine/partner", data={"promise": id}).status_code == 404
    assert phone.post("/mine/calendar").status_code == 200


def test_the_target_agreement_is_the_leaders_own(parts, phone, live):
    assert phone.get("/mine/agreement").content[:2] == b"PK"
    assert Browser(parts).get("/mine/agreement").status_code in (403, 404)
