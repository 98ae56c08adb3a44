"""The product as an operator starts it, and its commands as an operator types them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
PATIENCE = 60


class Server:
    """Can be killed and started again on the same port and data."""

    def __init__(self, data, **environ):
        self.data, self.port = data, free_port()
        self.log = data / "server.log"
        self.address = f"http://127.0.0.1:{self.port}"
        self._env = {**os.environ, "OUTSIDE_IN_DATA": str(data), "PYTHONUTF8": "1", **environ}
        self._process = None

    @property
    def pid(self):
        return self._process.pid

    def start(self):
        log = self.log.open("ab")
        command = [sys.executable, "-m", "outside_in", "--no-browser", "--port", str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._env, stdout=log, stderr=log)
        log.close()
        until(self.is_well, "the server does not answer")

    def is_well(self):
        assert self._process.poll() is None, f"{self._process.returncode}: {self.log.read_text()[-2000:]}"
        try:
            return urlopen(f"{self.address}/health", timeout=5).status == 200
        except (URLError, OSError):
            return False

    def kill(self):
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self):
        self._process.terminate()
        self._process.wait(PATIENCE)

    def begin(self, *words):
        """One command with --json, left to itself."""
        command = [sys.executable, "-m", "outside_in", *map(str, words), "--json"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        return subprocess.Popen(command, cwd=ROOT, env=self._env, **pipes)

    def run(self, *words):
        """The same to its end, and what it told."""
        with self.begin(*words) as command:
            out, err = command.communicate(timeout=PATIENCE)
        assert command.returncode == 0, err
        return json.loads(out)


def until(true, lacking, seconds=PATIENCE):
    """For what lies outside the browser; inside it, `expect` waits by itself."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, lacking
        time.sleep(0.05)
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
