"""The product as it is started by people: either way, from another folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, folder, *command, port, **environ):
        self.folder, self.port = folder, port
        self._out = (folder / "out").open("wb")
        ours = ("STREAMLIT_", "OUTSIDE_IN_")
        known = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        places = {"OUTSIDE_IN_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        started = [sys.executable, "-m", *command]
        environ = known | places | environ
        self._process = subprocess.Popen(started, cwd=folder, env=environ, stdout=self._out, stderr=self._out)

    @property
    def said(self):
        return (self.folder / "out").read_text("utf-8")

    def ask(self, path, method="GET", **headers):
        asked = HTTPConnection("127.0.0.1", self.port, timeout=10)
        asked.request(method, path, headers=headers)
        return asked.getresponse()

    def ready(self):
        until = time.monotonic() + PATIENCE
        while f"http://127.0.0.1:{self.port}/\n" not in self.said:
            assert self._process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.1)
        assert self.ask("/health").status == 200
        return self

    def stop(self, with_signal=signal.SIGTERM):
        """Exit code, and how long it took."""
        began = time.monotonic()
        self._process.send_signal(with_signal)
        return self._process.wait(30), time.monotonic() - began

    def close(self):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(30)
        self._out.close()


def answers(port):
    try:
        return bool(HTTPConnection("127.0.0.1", port, timeout=5).connect() or True)
    except (OSError, HTTPException):
        return False
