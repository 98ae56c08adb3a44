"""Say where the house stands, once it answers: to people on stdout, to our other commands in a file."""

import contextlib
import http.client
import locale
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager

from outside_in.domain.people import Principal
from outside_in.domain.text import Language, Say
from outside_in.house import FIRST, House, demo
from outside_in.house.settings import Settings

PATIENCE = 60.0
"""Seconds until a server that does not answer is given up."""


@contextmanager
def announced(parts: House, settings: Settings, say: Say) -> Iterator[None]:
    """`settings` as they came true: the port may be another than the one that was wished for."""
    told = _told(parts, settings, say)
    note, mine = settings.data / "server.url", f"{settings.address}\n{os.getpid()}"
    note.write_text(mine, "utf-8")
    threading.Thread(target=_when_ready, args=[settings, told], daemon=True).start()
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if note.read_text("utf-8") == mine:
                note.unlink()


def _told(parts: House, settings: Settings, say: Say) -> list[str]:
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
            host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
            asked = http.client.HTTPConnection(host, settings.port, timeout=5)
            asked.request("GET", "/health")
            if asked.getresponse().status == 200:
                break
        time.sleep(0.1)
    print("\n".join(told), flush=True)
    if settings.browser and _on_a_desktop():
        setup = (line.rsplit(" ", 1)[-1] for line in told if "/setup#" in line)
        webbrowser.open(next(setup, told[0]))


def _on_a_desktop() -> bool:
    """A text browser would take over the terminal that the addresses were just printed to."""
    screen = sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    return bool(screen) and sys.stdout.isatty()


def system_language() -> Language:
    return "de" if (locale.getlocale()[0] or os.environ.get("LANG", ""))[:2].lower() == "de" else "en"


def _own_addresses() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # nothing is sent: the system only names the interface
        return [str(probe.getsockname()[0])]
    return []
