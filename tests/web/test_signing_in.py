import pytest

from outside_in.domain.people import OPERATOR, Principal
from outside_in.house import FIRST
from tests.web.browsers import PASSWORD


def setup_link(parts):
    return parts.database.doors.issue(Principal(role="facilitator", id=FIRST), "setup")


def set_up(browser, **changed):
    fields = {"token": setup_link(browser.parts), "login": "Frau Kern", "password": PASSWORD} | changed
    return browser.post("/setup", data=fields)


def sign_in(browser, password=PASSWORD, login="Frau Kern"):
    return browser.post("/login", data={"login": login, "password": password})


# the first account --------------------------------------------------------------------------


def test_the_set_up_link_makes_the_first_account_and_signs_in(empty, browser):
    page = browser.get("/setup")
    assert 'src="/brand/setup.js"' in page.text
    assert '<input id="token"' in page.text
    answer = set_up(browser)
    assert answer.status_code == 303
    assert browser.badge()["principals"] == [{"role": "facilitator", "id": FIRST, "code": ""}]
    assert sign_in(browser.another()).status_code == 303


def test_a_set_up_link_works_once_and_a_quarter_of_an_hour(empty, browser, clock):
    used = setup_link(empty.house)
    assert set_up(browser, token=used).status_code == 303
    assert set_up(browser.another(), token=used).status_code == 403
    old = setup_link(empty.house)
    clock.wait(16 * 60)
    assert set_up(browser.another(), token=old).status_code == 403


def test_a_weak_password_is_said_and_the_form_keeps_what_was_typed_but_no_secret(empty, browser):
    answer = set_up(browser, password="short <b>")
    assert answer.status_code == 400
    assert 'value="Frau Kern"' in answer.text
    assert "short" not in answer.text
    assert browser.badge() is None


def test_nobody_sets_up_from_afar(empty, afar):
    assert afar.get("/setup").status_code == 403
    assert set_up(afar).status_code == 403
    assert empty.house.database.doors.needs_setup


# signing in and out -------------------------------------------------------------------------


def test_a_wrong_password_is_said_without_saying_which_part_was_wrong(empty, browser):
    set_up(browser.another())
    wrong, nobody = sign_in(browser, "falsch falsch falsch"), sign_in(browser, login="Herr Niemand")
    assert wrong.status_code == nobody.status_code == 403
    assert wrong.text.replace("Frau Kern", "") == nobody.text.replace("Herr Niemand", "")


def test_after_ten_wrong_passwords_there_is_a_pause(empty, browser):
    set_up(browser.another())
    for _ in range(10):
        assert sign_in(browser, "falsch falsch falsch").status_code == 403
    held = sign_in(browser)
    assert held.status_code == 429
    assert int(held.headers["retry-after"]) >= 1
    assert held.headers["cache-control"] == "no-store"


def test_signing_in_again_ends_what_was_before(empty, browser, clock):
    set_up(browser)
    planted = browser.cookies["oi"]
    sign_in(browser)
    assert browser.cookies["oi"] != planted
    thief = browser.another()
    thief.cookies.set("oi", planted)
    assert thief.badge() is None


def test_signing_out_takes_the_token_back_but_only_when_asked_with_a_form(empty, browser):
    set_up(browser)
    token = browser.cookies["oi"]
    assert browser.get("/logout").status_code == 200
    assert browser.badge()
    assert browser.post("/logout").status_code == 303
    assert "oi" not in browser.cookies
    browser.cookies.set("oi", token)
    assert browser.badge() is None


# one-time links -----------------------------------------------------------------------------


def test_looking_at_a_sign_in_link_does_not_use_it_up_and_using_it_does(world, browser):
    link = f"/enter/{world.house.sign_in_link(FIRST, 'ABCD2345')}"
    for _ in range(3):
        assert f'action="{link}"' in browser.get(link).text
    answer = browser.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/facilitate")
    assert browser.badge()["principals"][0]["role"] == "facilitator"
    late = browser.another()
    assert late.get(link).status_code == late.post(link).status_code == 410
    assert late.badge() is None


def test_a_sign_in_link_ends_after_a_quarter_of_an_hour(world, browser, clock):
    link = f"/enter/{world.house.sign_in_link(FIRST)}"
    clock.wait(15 * 60 + 1)
    assert browser.post(link).status_code == 410


# consultants --------------------------------------------------------------------------------


def test_a_share_link_leads_to_the_outcomes_and_is_counted(live, browser):
    host = live.host()
    link = live.house.share_link(host, live.workshop)
    for _ in range(2):
        answer = browser.get(f"/share/{link}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/outcomes")
    assert live.house.database.doors.shares(live.workshop) == (1, 2)
    assert browser.badge()["principals"][0]["role"] == "consultant"


def test_a_withdrawn_share_link_opens_nothing_and_ends_its_visits(live, browser, clock):
    link = live.house.share_link(live.host(), live.workshop)
    browser.get(f"/share/{link}")
    live.house.database.doors.withdraw_shares(live.workshop)
    assert browser.get(f"/share/{link}").status_code == 410
    assert browser.badge() is None


# room mode ----------------------------------------------------------------------------------


def test_over_plain_http_from_afar_nobody_is_a_host_and_leaders_are_leaders(live, browser, afar):
    browser.sign_in()
    afar.cookies.set("oi", browser.cookies["oi"])
    assert afar.badge() is None
    assert afar.put("/_stcore/upload_file/visit/file", content=b"x").status_code == 403
    assert afar.get(f"/take/{live.code}/csv").status_code == 403
    afar.join(live.code)
    assert [p["role"] for p in afar.badge()["principals"]] == ["leader"]


@pytest.mark.parametrize("kind", ["login", "enter", "share"])
def test_over_plain_http_from_afar_nothing_secret_is_asked_or_given(live, afar, kind):
    tokens = {
        "login": "",
        "enter": "/" + live.house.sign_in_link(FIRST),
        "share": "/" + live.house.share_link(live.host(), live.workshop),
    }
    answers = [afar.get(f"/{kind}{tokens[kind]}")]
    answers += [afar.post(f"/{kind}{tokens[kind]}")] if kind != "share" else []
    for answer in answers:
        assert answer.status_code == 403
        assert "password" not in answer.text
        assert "set-cookie" not in answer.headers


def test_over_tls_from_afar_a_host_is_a_host(live, browser):
    far = browser.another(base_url="https://192.0.2.7", address="192.0.2.99", settings={"host": "0.0.0.0"})
    assert far.sign_in().status_code == 303
    assert far.badge()["principals"][0]["role"] == "facilitator"
    assert far.cookies["__Host-oi"]


def test_no_browser_is_ever_the_operator(live, browser):
    browser.cookies.set("oi", live.house.database.doors.issue(OPERATOR, "facilitator"))
    assert browser.badge() is None
