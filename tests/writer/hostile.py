"""A server on the loopback address that answers as no server should: every mode is what one connection gets."""

import gzip
import json
import socket
import time
import zlib
from contextlib import suppress
from threading import Event, Thread

from tests.writer.fake import Step

GOOD = Step().body("small")
LONG = 300.0
"""Seconds for which somebody who hangs would go on hanging."""
MUCH = 64 << 20
"""Bytes nobody should take in for a name."""


def head(status="200 OK", **fields):
    fields = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in fields.items()}
    rows = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{rows}\r\n".encode()


def whole(body, status="200 OK", **fields):
    return head(status, Content_Length=len(body), **fields) + body


def says(words):
    """A proper completion with these words in it."""
    return whole(Step(words).body("small"))


class Talk:
    """One connection: what was asked, and what may be said; ends when the server does."""

    def __init__(self, line, over):
        self._line, self._over = line, over

    def send(self, data):
        self._line.sendall(data)

    def hang(self):
        self._over.wait(LONG)

    def drip(self, data, pause=0.02):
        for byte in data:
            if self._over.is_set():
                return
            self.send(bytes([byte]))
            time.sleep(pause)

    def pour(self, piece, much=MUCH):
        for _ in range(much // len(piece)):
            self.send(piece)


def chunk(data):
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def huge_chunks(talk):
    talk.send(head(Transfer_Encoding="chunked"))
    talk.pour(chunk(b" " * 65_536))


def huge_declared(talk):
    talk.send(head(Content_Length=MUCH))
    talk.pour(b" " * 65_536)


def bomb(talk):
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(packed.compress(b" " * (1 << 20)) for _ in range(MUCH >> 20)) + packed.flush()
    talk.send(whole(body, Content_Encoding="gzip"))


def endless_head(talk):
    talk.send(b"HTTP/1.1 200 OK\r\n")
    talk.pour(b"X-More: " + b"x" * 1_000 + b"\r\n")


def endless_early(talk):
    while True:
        talk.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")


MODES = {
    "nothing at all, the line stays open": lambda talk: talk.hang(),
    "closed at once": lambda _: None,
    "hangs in the status line": lambda talk: (talk.send(b"HTTP/1.1 2"), talk.hang()),
    "hangs in the header": lambda talk: (talk.send(head()[:-2]), talk.hang()),
    "hangs before the body": lambda talk: (talk.send(head(Content_Length=len(GOOD))), talk.hang()),
    "hangs in the body": lambda talk: (talk.send(whole(GOOD)[:-20]), talk.hang()),
    "closed in the body": lambda talk: talk.send(whole(GOOD)[:-20]),
    "drips its header": lambda talk: talk.drip(whole(GOOD)),
    "drips its body": lambda talk: (talk.send(head(Content_Length=len(GOOD))), talk.drip(GOOD)),
    "drips spaces for ever": lambda talk: (talk.send(head()), talk.drip(b" " * 100_000)),
    "endless header": endless_head,
    "endless early hints": endless_early,
    "64 MB in pieces": huge_chunks,
    "64 MB as announced": huge_declared,
    "64 MB packed into 64 kB": bomb,
    "half a gzip": lambda talk: talk.send(whole(gzip.compress(GOOD)[:40], Content_Encoding="gzip")),
    "no gzip at all": lambda talk: talk.send(whole(GOOD, Content_Encoding="gzip")),
    "broken chunks": lambda talk: talk.send(head(Transfer_Encoding="chunked") + b"zz\r\nnothing\r\n"),
    "a wrong length": lambda talk: talk.send(head(Content_Length=5) + GOOD),
    "another type": lambda talk: talk.send(whole(b"<html>the proxy says hello</html>", Content_Type="text/html")),
    "no HTTP": lambda talk: talk.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64)),
    "204 without a word": lambda talk: talk.send(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "an empty body": lambda talk: talk.send(whole(b"")),
    "letters of no alphabet": lambda talk: talk.send(whole(b"\xff\xfe\x00\xd8" * 50)),
    "surrogates and zeros": lambda talk: talk.send(says(json.dumps({"label_de": "\ud800\x00"}))),
    "NaN": lambda talk: talk.send(says('{"label_de": NaN}')),
    "100,000 levels": lambda talk: talk.send(whole(b"[" * 100_000)),
    "another shape": lambda talk: talk.send(whole(b'{"choices": [{"message": 3, "finish_reason": []}]}')),
    "choices that are none": lambda talk: talk.send(whole(b'{"choices": {"a": 1}}')),
    "a list": lambda talk: talk.send(whole(b"[1, 2, 3]")),
    "words that are a number": lambda talk: talk.send(whole(b'{"choices": [{"message": {"content": 7}}]}')),
    "429 without a word on when": lambda talk: talk.send(whole(b"{}", "429 Too Many Requests")),
    "429, in an hour": lambda talk: talk.send(whole(b"{}", "429 Too Many Requests", Retry_After=3600)),
    "503 for ever": lambda talk: talk.send(whole(b"", "503 Service Unavailable", Retry_After=60)),
    "a status that does not exist": lambda talk: talk.send(whole(b"{}", "999 What")),
}


class Hostile:
    """In a `with` block: every connection is treated by `mode`; `asked` counts them."""

    def __init__(self, mode):
        self.asked, self._mode, self._over = 0, mode, Event()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}/v1"

    def _serve(self):
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                Thread(target=self._meet, args=(line,), daemon=True).start()

    def _meet(self, line):
        with suppress(OSError), line:
            read = b""
            while not read.endswith(b"}") and read[:1] != b"\x16":  # the end of what is asked, or TLS
                read += line.recv(65_536)
            self.asked += 1
            self._mode(Talk(line, self._over))

    def __enter__(self):
        Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
