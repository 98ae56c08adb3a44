import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from outside_in.domain.people import OPERATOR
from outside_in.web import door


def once(page):
    return re.search(r'name="once" value="([\w-]+)"', page.text)[1]


def sent_cookies(answer):
    return {line.split("=", 1)[0]: line for line in answer.headers.get_list("set-cookie")}


# joining ------------------------------------------------------------------------------------


def test_the_invitation_shows_its_code_and_who_will_see_what(live, browser):
    page = browser.get(f"/j/{live.code}", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert f'value="{live.code[:4]}-{live.code[4:]}"' in page.text
    assert "Your answers are anonymous" in page.text


@pytest.mark.parametrize("written", ["{}", "{a}-{b}", " {a} {b} ", "lower"])
def test_a_leader_joins_however_the_code_is_written(live, browser, written):
    a, b = live.code[:4], live.code[4:]
    code = live.code.lower() if written == "lower" else written.format(live.code, a=a, b=b)
    answer = browser.join(code, name="  Ada   L. ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/room")
    assert list(live.session.joined.values()) == ["Ada L."]
    cookie = sent_cookies(answer)["oi-room"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(live, browser):
    tls = browser.another(base_url="https://127.0.0.1:8501")
    cookie = sent_cookies(tls.join(live.code))["__Host-oi-room"]
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert tls.badge()["principals"][0]["role"] == "leader"


def test_a_proxy_on_this_machine_may_say_that_it_speaks_tls_and_nobody_else(live, browser, afar):
    told = {"x-forwarded-proto": "https"}
    assert "__Host-oi-room" in sent_cookies(browser.post("/join", data={"code": live.code}, headers=told))
    assert "oi-room" in sent_cookies(afar.post("/join", data={"code": live.code}, headers=told))


def test_joining_again_is_the_same_leader_with_a_new_token(live, browser):
    browser.join(live.code, name="Ada")
    before, token = browser.badge(), browser.cookies["oi-room"]
    browser.join(live.code)
    assert browser.badge() == before
    assert browser.cookies["oi-room"] != token
    assert list(live.session.joined.values()) == ["Ada"]
    thief = browser.another()
    thief.cookies.set("oi-room", token)
    live.clock_of_doors_forgets = live.house.clock.wait(6)
    assert thief.badge() is None


def test_a_cookie_of_another_session_is_another_leader(live, world, browser):
    other = live.house.open_session(OPERATOR, live.workshop).code
    browser.join(other)
    elsewhere = browser.badge()
    browser.join(live.code)
    assert browser.badge()["principals"][0]["id"] != elsewhere["principals"][0]["id"]
    assert browser.badge()["principals"][0]["code"] == live.code


def test_a_form_that_is_sent_twice_is_one_leader(live, browser):
    ticket = once(browser.get(f"/j/{live.code}"))
    with ThreadPoolExecutor(8) as room:
        answers = list(room.map(lambda _: browser.another().join(live.code, once=ticket), range(8)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({sent_cookies(answer)["oi-room"] for answer in answers}) == 1
    assert len(live.session.joined) == 1


def test_a_refused_form_can_be_corrected_with_the_same_ticket(live, browser):
    ticket = once(browser.get("/join"))
    assert browser.join("ABCDEFGH", once=ticket).status_code == 404
    assert browser.join(live.code, once=ticket).status_code == 303


def test_an_unknown_code_is_said_and_the_form_is_there_again(live, browser):
    for answer in (browser.join("AAAA-AAAA"), browser.get("/j/AAAAAAAA"), browser.join(""), browser.join("<script>")):
        assert answer.status_code == 404
        assert 'role="alert"' in answer.text
        assert 'action="/join"' in answer.text
        assert "<script>" not in answer.text
    assert "oi-room" not in browser.cookies


def test_a_workshops_code_is_no_join_code(live, browser):
    assert browser.join(live.workshop).status_code == 404


def test_nobody_new_joins_a_session_that_has_ended_and_who_was_there_comes_back(live, browser):
    browser.join(live.code)
    live.house.change(OPERATOR, live.code, lambda now: now.end(OPERATOR, 1.0))
    late = browser.another().join(live.code)
    assert late.status_code == 410
    assert "oi-room" not in sent_cookies(late)
    before = browser.badge()
    assert browser.join(live.code).headers["location"] == "/room"
    assert browser.badge() == before


def test_a_self_paced_session_leads_to_its_own_page(own_pace, browser):
    assert browser.join(own_pace.code).headers["location"] == "/practice"


# limits -------------------------------------------------------------------------------------


def test_sixty_wrong_codes_at_once_then_thirty_a_minute_and_right_ones_always(live, browser, clock):
    assert [browser.join("AAAAAAAA").status_code for _ in range(60)] == [404] * 60
    held = browser.join("AAAAAAAA")
    assert held.status_code == 429
    assert 0 < int(held.headers["retry-after"]) <= 3
    assert browser.get("/j/AAAAAAAA").status_code == 429
    assert browser.get(f"/j/{live.code}").status_code == 200
    assert browser.another().join(live.code).status_code == 303
    assert browser.another(address="192.0.2.5").join("AAAAAAAA").status_code == 404
    clock.wait(60)
    assert [browser.join("AAAAAAAA").status_code for _ in range(31)] == [404] * 30 + [429]


def test_three_hundred_phones_behind_one_address_get_in(live, browser):
    answers = {browser.another().join(live.code).status_code for _ in range(100)}
    assert answers == {303}
    assert len(live.session.joined) == 100


# language -----------------------------------------------------------------------------------


def test_the_language_is_chosen_and_remembered(live, browser):
    answer = browser.post("/language", data={"lang": "en", "to": f"/j/{live.code}"})
    assert answer.headers["location"] == f"/j/{live.code}"
    page = browser.get(f"/j/{live.code}", headers={"accept-language": "de"})
    assert '<html lang="en">' in page.text
    browser.post("/language", data={"lang": "de", "to": "/"})
    assert '<html lang="de">' in browser.get("/join", headers={"accept-language": "en"}).text


ELSEWHERE = ["//evil.example", "/\\evil.example", "https://evil.example", "/%2f%2fevil", "\\\\evil", "javascript:x"]
ELSEWHERE += ["/a//b", "/\t/evil", "", "/j/X?to=1", "/ evil"]


@pytest.mark.parametrize("to", ELSEWHERE)
def test_no_other_address_than_ours_is_returned_to(browser, to):
    assert not door.safe(to)
    assert browser.post("/language", data={"lang": "en", "to": to}).headers["location"] == "/"


@pytest.mark.parametrize("to", ["/", "/join", "/j/ABCD2345", "/resume/Zm9v-bar_", "/room"])
def test_our_own_addresses_are_returned_to(to):
    assert door.safe(to)


@pytest.mark.parametrize("spoken", ["de", "en"])
@pytest.mark.parametrize("path", ["/join", "/login", "/logout", "/setup", "/enter/x", "/nothing"])
def test_every_page_speaks_one_language_has_labels_and_is_kept_nowhere(browser, path, spoken):
    page = browser.get(path, headers={"accept-language": spoken})
    assert f'<html lang="{spoken}">' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "style=" not in page.text
    assert "<script>" not in page.text
    shown = re.findall(r'<input id="([\w-]+)"', page.text)
    assert set(shown) == set(re.findall(r'<label for="([\w-]+)"', page.text))
    assert page.text.count("<h1>") == 1
    assert "Setup" not in page.text


# personal links -----------------------------------------------------------------------------


def test_a_personal_link_is_the_same_leader_on_every_device(own_pace, browser):
    link = f"/resume/{own_pace.house.personal_link(OPERATOR, own_pace.code)}"
    assert 'method="post"' in browser.get(link).text
    assert browser.badge() is None
    laptop = browser.another()
    for device in (browser, laptop):
        assert device.post(link).headers["location"] == "/practice"
    assert browser.badge() == laptop.badge()
    assert browser.cookies["oi-room"] != laptop.cookies["oi-room"]
    assert len(own_pace.session.joined) == 1


def test_a_personal_link_works_after_the_end_and_not_after_its_time(own_pace, browser, clock):
    link = f"/resume/{own_pace.house.personal_link(OPERATOR, own_pace.code)}"
    own_pace.house.change(OPERATOR, own_pace.code, lambda now: now.end(OPERATOR, 1.0))
    assert browser.post(link).status_code == 303
    clock.wait(31 * 86400)
    assert browser.get(link).status_code == browser.post(link).status_code == 410


def test_the_stage_link_carries_its_own_read_only_token(live, browser):
    answer = browser.get(f"/show/{live.house.stage_link(live.code)}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/stage")
    assert "HttpOnly" in sent_cookies(answer)["oi-stage"]
    assert [p["role"] for p in browser.badge()["principals"]] == ["stage"]


@pytest.mark.parametrize("kind", ["resume", "enter", "show", "share"])
def test_a_link_of_another_kind_or_none_at_all_opens_nothing(live, browser, kind):
    links = {
        "resume": live.house.personal_link(OPERATOR, live.code),
        "enter": live.house.sign_in_link("first"),
        "show": live.house.stage_link(live.code),
        "share": live.house.share_link(live.host(), live.workshop),
    }
    for token in ("x", *(link for name, link in links.items() if name != kind)):
        answers = [browser.get(f"/{kind}/{token}")]
        answers += [browser.post(f"/{kind}/{token}")] if kind in ("resume", "enter") else []
        for answer in answers:
            assert answer.status_code == 410
            assert not sent_cookies(answer)
    assert browser.badge() is None
