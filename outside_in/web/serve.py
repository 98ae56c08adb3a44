"""`python -m outside_in`: migrate, add the sample, serve, say where; stop within five seconds."""

import contextlib
import http.client
import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator

from outside_in import house
from outside_in.domain.people import Principal
from outside_in.domain.text import Say
from outside_in.house import FIRST, House, demo
from outside_in.house.settings import Settings
from outside_in.web import settings as streamlits

PATIENCE = 60.0
"""Seconds until a server that does not answer is given up."""


def serve(settings: Settings, say: Say) -> int:
    os.environ.update(settings.environ())
    parts = house.parts()
    problems = parts.database.check()
    if problems:
        print(_damaged(settings, say, problems), file=sys.stderr)
        return 1
    port = _free(settings.host, settings.port)
    settings = settings.model_copy(update={"port": port})
    told = _tell(parts, settings, say)
    note = settings.data / "server.url"
    mine = f"{settings.address}\n{os.getpid()}"
    note.write_text(mine, "utf-8")
    threading.Thread(target=_when_ready, args=[settings, told], daemon=True).start()
    try:
        _run(settings)
    finally:
        with contextlib.suppress(OSError):
            if note.read_text("utf-8") == mine:
                note.unlink()
    return 0


def _tell(parts: House, settings: Settings, say: Say) -> list[str]:
    """What stands on stdout once the house answers: the address, on first start the ways in."""
    lines = [settings.address]
    code = demo.seed(parts) if settings.demo else None
    if parts.database.doors.needs_setup:
        by = Principal(role="facilitator", id=FIRST)
        link = f"{settings.address}setup#{parts.database.doors.issue(by, 'setup')}"
        lines.append(say("Set up your account (once, within 15 minutes): {link}", link=link))
    if code:
        lines.append(say("Sample session, join code: {code}", code=f"{code[:4]}-{code[4:]}"))
    if settings.lan:
        lines.append(say("Room mode: phones join over plain HTTP. Facilitate on this machine only."))
        lines += [f"http://{address}:{settings.port}/" for address in _own_addresses()]
    return lines


def _when_ready(settings: Settings, told: list[str]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            asked = http.client.HTTPConnection("127.0.0.1" if settings.host == "0.0.0.0" else settings.host, settings.port, timeout=5)
            asked.request("GET", "/health")
            if asked.getresponse().status == 200:
                break
        time.sleep(0.1)
    print("\n".join(told), flush=True)
    if settings.browser:
        setup = (line.rsplit(" ", 1)[-1] for line in told if "/setup#" in line)
        webbrowser.open(next(setup, told[0]))


def _run(settings: Settings) -> None:
    import uvicorn

    streamlits.apply(port=settings.port, address=settings.host)
    sys.path.insert(0, str(streamlits.ROOT))
    from app import app  # the process in front of the pages, shared with `streamlit run`

    class Server(uvicorn.Server):
        """Ends with 0 when it is asked to stop; uvicorn would raise the signal again."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            for wanted in (signal.SIGINT, signal.SIGTERM):
                signal.signal(wanted, self.handle_exit)
            yield

    Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            ws_max_size=streamlits.message_bytes(),
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=2,
            backlog=2048,
        )
    ).run()


def _free(host: str, port: int) -> int:
    """The wanted port, else the next one: two workshops on one laptop are no reason to fail."""
    for wanted in (*range(port, port + 20), 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, wanted))
                return int(probe.getsockname()[1])
    return port


def _own_addresses() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # nothing is sent: the system only names the interface
        return [str(probe.getsockname()[0])]
    return []


def _damaged(settings: Settings, say: Say, problems: list[str]) -> str:
    from outside_in.store.backup import newest_good

    good = newest_good(settings.backups)
    return say(
        "The database is damaged ({what}) and was left as it is. Newest good backup: {backup}",
        what=problems[0],
        backup=str(good) if good else "–",
    )
