"""Whatever a foreign server does ends soon, in one sentence, and takes in no more than an answer may weigh."""

import socket
import threading
import time
import tracemalloc

import pytest

from outside_in.domain.wording import Ask, Said
from outside_in.writer import Unavailable, online, trouble
from tests.store.examples import until
from tests.writer.fake import Server
from tests.writer.hostile import MODES, Hostile, whole

ASK = Ask(theme="t1", keywords=("Rückruf",), comments=(Said(id="c1", text="Keiner rief zurück."),), neighbours=())
SENTENCES = {line.message for line in vars(trouble).values() if hasattr(line, "message")}
SECONDS = 0.5


def why(address):
    with pytest.raises(Unavailable) as failed:
        online("small", "secret", address, SECONDS).name(ASK)
    return failed.value


@pytest.fixture
def heaviest():
    """Bytes of Python's own at their most, since the test began."""
    online("small", "secret", "http://127.0.0.1:9/v1", SECONDS)  # what is loaded once is no answer's weight
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.mark.parametrize("mode", MODES)
def test_a_hostile_server_costs_a_moment_one_sentence_and_little_memory(mode, heaviest):
    with Hostile(MODES[mode]) as server:
        before, began = heaviest(), time.monotonic()
        failed = why(server.address)
        took, grown = time.monotonic() - began, heaviest() - before
        until(lambda: not [one for one in threading.enumerate() if one.name == "asking"])
        assert server.asked <= 2
    assert failed.why.message in SENTENCES
    assert took < SECONDS + 2
    assert grown < 16 << 20


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_nobody_is_followed_elsewhere_with_customers_words(status):
    with Server() as elsewhere:
        moved = whole(b"", status, Location=f"{elsewhere.address}/chat/completions")
        with Hostile(lambda talk: talk.send(moved)) as server:
            failed = why(server.address)
        assert elsewhere.asked == []
    assert "no such model at this address" in failed.why.message


@pytest.mark.parametrize("mode", ["no HTTP", "nothing at all, the line stays open", "closed at once"])
def test_a_server_that_cannot_speak_tls_is_given_up_in_time(mode):
    began = time.monotonic()
    with Hostile(MODES[mode]) as server:
        failed = why(server.address.replace("http:", "https:"))
    assert failed.why.message in SENTENCES
    assert time.monotonic() - began < SECONDS + 2


def test_a_server_that_takes_no_more_connections_is_given_up_in_time():
    with socket.create_server(("127.0.0.1", 0), backlog=0) as door:
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(door.getsockname())
        began = time.monotonic()
        failed = why(f"http://127.0.0.1:{door.getsockname()[1]}/v1")
        for one in waiting:
            one.close()
    assert "too long" in failed.why.message
    assert time.monotonic() - began < SECONDS + 2
