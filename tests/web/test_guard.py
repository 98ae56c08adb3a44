import gzip
import re

import pytest
from starlette.testclient import WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from outside_in.domain.people import Principal
from outside_in.web import beside, desk, door, follow, guard, shell
from tests.web.browsers import HOME

SCRIPT = next(path for path in shell._files() if path.endswith(".js"))
HEADERS = "content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options"


# who is there -------------------------------------------------------------------------------


def test_nobody_can_say_who_they_are(browser):
    assert browser.told({"X-OI-Principal": '{"principals":[{"role":"operator"}]}', "x-oi-badge": "1"}) == []


def test_pages_learn_all_roles_of_one_browser_and_the_key_of_its_leader(live, browser):
    browser.sign_in()
    browser.join(live.code)
    browser.get(f"/show/{live.house.stage_link(live.code)}")
    badge = browser.badge()
    assert [p["role"] for p in badge["principals"]] == ["facilitator", "leader", "stage"]
    assert len(bytes.fromhex(badge["key"])) == 32


def test_a_cookie_of_one_kind_is_worth_nothing_as_another(live, browser):
    doors = live.house.database.doors
    link = doors.issue(Principal(role="facilitator", id="first"), "sign-in")
    browser.cookies.set("oi", link)
    browser.cookies.set("oi-room", live.house.stage_link(live.code))
    assert browser.badge() is None


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        (HOME, "127.0.0.1:8501", 200),
        (None, "127.0.0.1:8501", 200),
        ("http://localhost:8501", "localhost:8501", 200),
        ("http://[::1]:8501", "[::1]:8501", 200),
        ("http://localhost:8501", "127.0.0.1:8501", 403),
        ("http://127.0.0.1:8502", "127.0.0.1:8501", 403),
        ("https://127.0.0.1:8501", "127.0.0.1:8501", 403),
        ("http://evil.example", "127.0.0.1:8501", 403),
        ("null", "127.0.0.1:8501", 403),
        ("http://evil.example", "evil.example", 403),
        (None, "evil.example", 403),
        (None, "127.0.0.1.evil.example:8501", 403),
        (None, "127.0.0.1:8501@evil.example", 403),
        (None, "192.0.2.7:8501", 403),
    ],
)
def test_foreign_origins_and_names_are_refused_at_forms_and_sockets(browser, origin, host, expected):
    headers = {"host": host} | ({"origin": origin} if origin else {})
    assert browser.post("/_stcore/health", headers=headers).status_code == expected
    if expected == 200:
        with browser.socket(headers):
            return
    with pytest.raises(WebSocketDisconnect), browser.socket(headers):
        pass


def test_a_browser_that_says_the_request_is_foreign_is_believed(browser):
    assert browser.post("/join", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.post("/join", headers={"sec-fetch-site": "same-site"}).status_code == 403
    assert browser.get("/join", headers={"sec-fetch-site": "cross-site"}).status_code == 200


def test_in_room_mode_a_number_is_known_and_a_strange_name_is_not(afar):
    assert afar.get("/join").status_code == 200
    assert afar.get("/join", headers={"host": "evil.example"}).status_code == 403


def test_behind_a_proxy_the_configured_name_is_known(browser):
    proxied = browser.another(base_url="https://cx.example", settings={"hosts": ("cx.example",)})
    assert proxied.get("/join").status_code == 200
    assert "max-age" in proxied.get("/join").headers["strict-transport-security"]


# what is open -------------------------------------------------------------------------------


SHUT = ["metrics", "agent/openapi.json", "agent/interact", "agent/mcp", "script-health-check", ""]


@pytest.mark.parametrize("path", [f"/_stcore/{name}" for name in SHUT])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_metrics_and_automation_stay_shut_for_facilitators_too(browser, path, method):
    browser.sign_in()
    assert browser.request(method, path).status_code == 403


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/media/abc.png", "/manifest.json"])
def test_what_pages_need_is_open(browser, path):
    assert browser.get(path).text.startswith("behind the door")


NOWHERE = ["/nothing", "/room/_stcore/metrics", "//_stcore/metrics", "/_STCORE/metrics", "/start", "/.env"]


@pytest.mark.parametrize("path", NOWHERE)
def test_an_unknown_address_ends_in_one_clear_page(browser, path):
    answer = browser.get(path, headers={"accept-language": "en"})
    assert answer.status_code in (403, 404)
    assert "behind the door" not in answer.text
    if answer.status_code == 404:
        assert "There is no page at this address." in answer.text


def test_every_route_of_ours_is_on_the_list():
    routes = *door.ROUTES, *desk.ROUTES, *beside.ROUTES, *follow.ROUTES
    assert {route.path.split("/")[1] for route in routes} == guard.OURS


@pytest.mark.parametrize(
    ("who", "expected"), [("nobody", 403), ("leader", 403), ("consultant", 403), ("facilitator", 200)]
)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_only_facilitators_upload(live, browser, who, expected, method):
    if who == "facilitator":
        browser.sign_in()
    if who == "leader":
        browser.join(live.code)
    if who == "consultant":
        host = live.host()
        browser.get(f"/share/{live.house.share_link(host, live.workshop)}")
    assert browser.request(method, "/_stcore/upload_file/visit/file", content=b"x" * 100_000).status_code == expected


def test_an_upload_of_more_than_fifty_megabytes_is_refused_whether_it_says_so_or_not(browser, monkeypatch):
    monkeypatch.setattr(guard, "UPLOAD", 1000)
    browser.sign_in()
    url = "/_stcore/upload_file/visit/file"
    assert browser.put(url, content=b"x" * 1000).status_code == 200
    assert browser.put(url, content=b"x" * 1001).status_code == 413
    assert browser.put(url, content=iter([b"x" * 600, b"x" * 600])).status_code == 413


def test_a_form_cannot_fill_the_memory(browser):
    assert browser.post("/join", data={"code": "x" * 70_000}).status_code == 413


# what every response carries ----------------------------------------------------------------


EVERYWHERE = ["/", "/room", "/join", "/health", "/nothing", "/j/UNKNOWN2", "/enter/worn-out", "/live/phones:X"]
EVERYWHERE += ["/brand/door.css", "/brand/no", "/media/x", "/media/broken", "/_stcore/metrics", SCRIPT]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_response_carries_the_headers_errors_included(browser, path):
    answer = browser.get(path)
    assert all(answer.headers.get(name) for name in HEADERS)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert "unsafe" not in policy["script-src"]
    assert policy["object-src"] == "'none'"
    assert policy["base-uri"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == "'self' ws://127.0.0.1:8501"


def test_a_refused_socket_and_an_open_one_carry_them_too(browser):
    with pytest.raises(WebSocketDenialResponse) as refused, browser.socket({"origin": "http://evil.example"}):
        pass
    assert refused.value.status_code == 403
    assert all(refused.value.headers.get(name) for name in HEADERS)
    with browser.socket() as opened:
        sent = {name.decode() for name, _ in opened.extra_headers}
    assert set(HEADERS) <= sent


def test_a_bug_tells_nothing_about_itself(browser, caplog):
    answer = browser.get("/media/broken")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert "a secret in the cellar" in caplog.text


def test_the_one_inline_script_of_the_shell_is_allowed_by_its_hash(browser):
    page = browser.get("/room")
    hashes = re.findall(r"'sha256-[\w+/=]+'", page.headers["content-security-policy"])
    assert len(hashes) == len(re.findall(r"<script>", page.text)) == 1


# what may be said ---------------------------------------------------------------------------


def message(kind):
    said = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type:
        getattr(said, kind).SetInParent()
    elif field.cpp_type == field.CPPTYPE_BOOL:
        setattr(said, kind, True)
    else:
        setattr(said, kind, "x")
    return said.SerializeToString()


KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
FINE = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}


@pytest.mark.parametrize("kind", KINDS)
def test_only_five_messages_reach_streamlit(browser, kind):
    with browser.socket() as open_socket:
        open_socket.receive_text()
        open_socket.send_bytes(message(kind))
        if kind in FINE:
            assert open_socket.receive_bytes() == message(kind)
        else:
            assert _closed(open_socket) == 1008


@pytest.mark.parametrize("garbage", [b"", b"\xff\xff\xff", b"\x00" * 50, b"hello"])
def test_garbage_ends_the_talk(browser, garbage):
    with browser.socket() as open_socket:
        open_socket.receive_text()
        open_socket.send_bytes(garbage)
        assert _closed(open_socket) == 1008


def test_text_ends_the_talk(browser):
    with browser.socket() as open_socket:
        open_socket.receive_text()
        open_socket.send_text("rerun_script")
        assert _closed(open_socket) == 1008


def _closed(open_socket):
    with pytest.raises(WebSocketDisconnect) as end:
        open_socket.receive_bytes()
    return end.value.code


# the shell and its files --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "cookie", "accepted", "expected"),
    [
        ("/room", None, "en-GB,en;q=0.9", "en"),
        ("/room", None, "de-AT", "de"),
        ("/room", None, "fr, en;q=0.5, de;q=0.8", "de"),
        ("/room", None, "fr", "de"),
        ("/room", "en", "de", "en"),
        ("/room?lang=de", "en", "en", "de"),
        ("/room?lang=xx", "en", "de", "en"),
    ],
)
def test_the_page_is_in_the_language_of_address_cookie_browser(browser, address, cookie, accepted, expected):
    if cookie:
        browser.cookies.set("oi-lang", cookie)
    answer = browser.get(address, headers={"accept-language": accepted})
    assert f'<html lang="{expected}">' in answer.text
    assert answer.headers.get("set-cookie", f"oi-lang={cookie}").startswith(f"oi-lang={expected}")


def test_the_shell_names_us_and_no_automation_interface(browser):
    page = browser.get("/").text
    assert "<title>Outside-In</title>" in page
    assert "_stcore/agent" not in page
    assert '<div id="root"></div>' in page


def test_scripts_travel_packed_and_stay_for_a_year(browser):
    answer = browser.get(SCRIPT)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content == shell._files()[SCRIPT].read_bytes()
    assert int(answer.headers["content-length"]) == len(gzip.compress(answer.content, 9))


def test_who_cannot_unpack_gets_the_file_as_it_is(browser):
    assert browser.get(SCRIPT, headers={"accept-encoding": "identity"}).text.startswith("behind the door")


@pytest.mark.parametrize("path", ["/static/../index.html", "/static/..%2f..%2fpy.typed", "/static/js/no.js"])
def test_only_files_of_the_list_are_packed(browser, path):
    assert "content-encoding" not in browser.get(path).headers
