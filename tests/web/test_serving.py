import re
import signal
import subprocess
import sys

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.web.servers import ROOT, Server, answers, free_port

OURS = "outside_in", "--no-browser"
THEIRS = "streamlit", "run", str(ROOT / "app.py")


@pytest.fixture
def start(tmp_path):
    """A server in another folder, whose own settings for Streamlit must not count."""
    (tmp_path / ".streamlit").mkdir()
    theirs = "[runner]\npostScriptGC = true\n[server]\nmaxWidgetStateSize = 25\n"
    (tmp_path / ".streamlit" / "config.toml").write_text(theirs)
    started = []

    def begin(*command, port, **environ):
        started.append(Server(tmp_path, *command, port=port, **environ))
        return started[-1].ready()

    yield begin
    for server in started:
        server.close()


@pytest.fixture(params=["python -m outside_in", "streamlit run"])
def server(request, start):
    port = free_port()
    if request.param == "streamlit run":
        return start(*THEIRS, "--server.port", str(port), port=port)
    return start(*OURS, "--port", str(port), port=port)


def test_either_way_it_says_where_it_is_keeps_its_promises_and_stops_at_once(server):
    said = server.said
    code = re.search(r"\b([A-HJ-KM-NP-Z2-9]{4}-[A-HJ-KM-NP-Z2-9]{4})\b", said)[1]
    assert re.search(rf"http://127\.0\.0\.1:{server.port}/setup#[\w-]{{43}}", said)
    assert "not in force" not in said
    assert (server.folder / "data" / "server.url").read_text().startswith(f"http://127.0.0.1:{server.port}/\n")

    # our routes in front, Streamlit behind, our headers on both
    joined = server.ask(f"/j/{code}")
    assert joined.status == 200
    assert server.ask("/_stcore/health").headers["content-security-policy"]
    assert server.ask("/_stcore/metrics").status == 403
    assert b'<html lang="en">' in server.ask("/stage", **{"Accept-Language": "en"}).read()

    # a phone may send one megabyte, not twenty-five; nobody may empty caches
    assert closed_with(server.port, BackMsg(clear_cache=True)) == 1008
    big = BackMsg()
    big.rerun_script.query_string = "x" * (2 << 20)
    assert closed_with(server.port, big) == 1009

    # streams and sockets that never end do not keep it
    streaming = server.ask("/_stcore/health")
    leader = cookie_of_a_leader(server, code)
    stream = server.ask(f"/live/phones:{code.replace('-', '')}", Cookie=leader)
    assert stream.readline().startswith(b"data: ")
    with connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", subprotocols=["streamlit"]):
        exit_code, seconds = server.stop()
    assert exit_code == 0
    assert seconds < 9, "five on a quiet machine; open sockets would be waited for without end"
    assert streaming.status == 200
    assert not (server.folder / "data" / "server.url").exists()

    # and nothing private was written down on the way
    assert "Traceback" not in server.said
    assert leader.split("=")[1] not in server.said
    assert "/j/" not in server.said


def cookie_of_a_leader(server, code):
    from http.client import HTTPConnection

    asked = HTTPConnection("127.0.0.1", server.port, timeout=10)
    asked.request("POST", "/join", f"code={code}", {"Content-Type": "application/x-www-form-urlencoded"})
    return asked.getresponse().headers["set-cookie"].split(";")[0]


def closed_with(port, message):
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as phone:
        phone.send(message.SerializeToString())
        try:
            while True:
                phone.recv(timeout=10)
        except ConnectionClosed as end:
            return end.rcvd.code


def test_ctrl_c_stops_it_too(start):
    port = free_port()
    assert start(*OURS, "--port", str(port), "--no-demo", port=port).stop(signal.SIGINT)[0] == 0


def test_streamlit_run_obeys_our_port(start):
    port = free_port()
    server = start(*THEIRS, port=port, OUTSIDE_IN_PORT=str(port), OUTSIDE_IN_DEMO="0")
    assert server.stop()[0] == 0


def test_a_port_given_to_streamlit_run_wins(start):
    port, other = free_port(), free_port()
    start(*THEIRS, "--server.port", str(port), port=port, OUTSIDE_IN_PORT=str(other), OUTSIDE_IN_DEMO="0")
    assert not answers(other)


def test_a_setting_that_is_not_in_force_is_named(start):
    port = free_port()
    options = "--server.port", str(port), "--server.maxWidgetStateSize", "25"
    server = start(*THEIRS, *options, port=port, OUTSIDE_IN_DEMO="0")
    assert "server.maxWidgetStateSize is not in force" in server.said


def test_the_server_never_imports_what_belongs_to_the_worker(tmp_path):
    """Half of the memory, and every garbage collection, would be theirs."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import app, asyncio\n"
        "async def main():\n"
        "    async with app.process(None): return {'sklearn', 'torch', 'openai', 'scipy'} & sys.modules.keys()\n"
        "print(asyncio.run(main()), 'pandas' in sys.modules)"
    )
    environ = {"OUTSIDE_IN_DATA": str(tmp_path), "PATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT)], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip().endswith("set() True"), done.stderr


def test_visit_ids_never_reach_the_log(caplog):
    import logging

    from outside_in.web import process

    process._quiet_logs()
    log = logging.getLogger("streamlit.runtime.websocket_session_manager")
    log.propagate = True
    log.warning("refused: %s", "0b2b5f0e-8f5e-4c9b-9a57-0123456789ab")
    assert "0b2b5f0e" not in caplog.text
    assert "refused: …" in caplog.text
