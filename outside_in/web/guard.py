"""
The door in front of Streamlit: who comes in, what may be said, what every response carries.

Streamlit lets any anonymous visitor resume another's visit, empty all caches and upload into
memory. It is told who somebody is by one header, and only this door sets that header.
"""

import asyncio
import logging
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from ipaddress import ip_address

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outside_in import house
from outside_in.domain.people import Badge
from outside_in.web import cookies
from outside_in.web.limits import Quota
from outside_in.web.messages import allowed
from outside_in.web.shell import INDEX, SHELLS, packed, shell, unknown

STREAMLIT = frozenset({"stream", "health", "host-config", "upload_file", "bidi-components"})
"""Of Streamlit's own routes below /_stcore; metrics and the automation interface stay shut."""
OURS = frozenset({"j", "join", "resume", "enter", "show", "share", "login", "logout", "setup", "language"})
OURS |= {"live", "take", "health", "brand", "check", "mine"}
FILES = frozenset({"static", "media", "component", "favicon.png", "manifest.json"})
UPLOAD, FORM = 51 << 20, 64 << 10
"""Bytes that one request may carry."""
REFUSED = PlainTextResponse("Forbidden", 403)
TOO_MUCH = PlainTextResponse("Too much at once", 413)
log = logging.getLogger("outside_in")
LOCAL = {"127.0.0.1", "localhost", "::1"}


class TooMuch(Exception):
    """More bytes than this address takes."""


class Guard:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._quota = Quota()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            return await self._app(scope, receive, send)
        call = HTTPConnection(scope)
        visit = _Visit(call, scope, receive, send)
        try:
            return await (await self._way(call))(await self._told(call), visit.hear, visit.say)
        except TooMuch:
            answer = TOO_MUCH
        except Exception:
            if visit.answering:
                raise
            log.exception("a request failed")
            answer = PlainTextResponse("Internal Server Error", 500)
        return await answer(scope, receive, visit.say)

    async def _way(self, call: HTTPConnection) -> ASGIApp:
        """Who answers: Streamlit and our routes behind this door, or somebody in front of it."""
        path = call.scope["path"]  # a forged Host header can bend the path of `request.url`
        if not (_known_host(call) and _same_origin(call)):
            return REFUSED
        first, _, rest = path.removeprefix("/").partition("/")
        if first == "_stcore":
            return await self._into_streamlit(call, rest.partition("/")[0])
        if path in SHELLS and call.scope.get("method") in {"GET", "HEAD"}:
            return shell(call)
        if first == "static" and (file := await packed(call)):
            return file
        return self._app if first in OURS | FILES else unknown(call)

    async def _into_streamlit(self, call: HTTPConnection, route: str) -> ASGIApp:
        if route != "upload_file":
            return self._app if route in STREAMLIT else REFUSED
        host = (await _badge(call)).role("facilitator")
        if host.role != "facilitator":
            return REFUSED
        announced = call.headers.get("content-length", "0")
        size = int(announced) if announced.isdigit() else UPLOAD
        return self._app if size <= UPLOAD and self._quota.takes(host.id, size) else TOO_MUCH

    async def _told(self, call: HTTPConnection) -> Scope:
        """Only a socket's headers reach the pages; nobody but us says who is there."""
        headers = [(k, v) for k, v in call.scope["headers"] if not k.lower().startswith(b"x-oi-")]
        if call.scope["type"] == "websocket" and (badge := await _badge(call)).principals:
            headers.append((b"x-oi-principal", badge.model_dump_json().encode()))
        return {**call.scope, "headers": headers}


class _Visit:
    """One request or one socket: what goes out gets our headers, what comes in is filtered."""

    def __init__(self, call: HTTPConnection, scope: Scope, receive: Receive, send: Send) -> None:
        self._call, self._scope, self._receive, self._send = call, scope, receive, send
        self.answering = self._expelled = False
        self._left = UPLOAD if "/upload_file/" in scope["path"] else FORM

    async def say(self, message: Message) -> None:
        if message["type"] == "websocket.close" and not self.answering:
            await REFUSED(self._scope, self._receive, self.say)  # a bare close would carry no headers
        elif not self._expelled:
            self.answering = True
            if message["type"].endswith((".start", ".accept")):
                message.setdefault("headers", [])
                _dressed(MutableHeaders(scope=message), self._call)
            await self._send(message)

    async def hear(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise TooMuch
        if message["type"] != "websocket.receive" or allowed(message):
            return message
        await self.say({"type": "websocket.close", "code": 1008})
        self._expelled = True
        return {"type": "websocket.disconnect", "code": 1008}


async def _badge(call: HTTPConnection) -> Badge:
    return await asyncio.to_thread(cookies.badge, house.parts(), call)


def _dressed(answer: MutableHeaders, call: HTTPConnection) -> None:
    answer.update(headers(call))
    first = call.scope["path"].removeprefix("/").partition("/")[0]
    if first == "brand":
        answer.setdefault("Cache-Control", "public, max-age=3600")
    elif first in OURS:
        answer.setdefault("Cache-Control", "no-store")


def headers(call: HTTPConnection) -> dict[str, str]:
    host = re.sub(r"[^\w.:\[\]-]", "", call.headers.get("host", ""))
    socket = f"{'wss' if cookies.is_secure(call) else 'ws'}://{host}"
    return {
        "Content-Security-Policy": f"default-src 'self'; script-src {_scripts()}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self' {socket}; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'",
        # no-referrer would make browsers send "Origin: null" with our own forms
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    } | ({"Strict-Transport-Security": "max-age=31536000"} if cookies.is_secure(call) else {})


@cache
def _scripts() -> str:
    """Streamlit's shell has one inline script; inline components reach the browser as blobs."""
    inline = re.findall(r"<script>(.*?)</script>", INDEX, re.DOTALL)
    hashes = (b64encode(sha256(script.encode()).digest()).decode() for script in inline)
    return " ".join(["'self'", "blob:", *(f"'sha256-{h}'" for h in hashes)])


def _known_host(call: HTTPConnection) -> bool:
    """Against DNS rebinding: a foreign page that lets its name point here is told nothing."""
    settings, host = house.parts().settings, _host(call)
    if host in LOCAL or host == settings.host or host in settings.hosts or settings.hosts == ("*",):
        return True
    return settings.host not in LOCAL and _is_address(host)


def _host(call: HTTPConnection) -> str:
    """Without port and brackets; empty where the header is none."""
    match = re.fullmatch(r"\[([0-9a-fA-F:.]+)\](?::\d+)?|([\w.-]+)(?::\d+)?", call.headers.get("host", ""))
    return (match[1] or match[2]).lower().rstrip(".") if match else ""


def _is_address(host: str) -> bool:
    """A number cannot be rebound, a name can; the room's own number changes with its network."""
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _same_origin(call: HTTPConnection) -> bool:
    """Whether our own page asks; a program that sends no Origin has no victim's cookie either."""
    if call.scope.get("method") in {"GET", "HEAD", "OPTIONS"}:  # a socket has no method
        return True
    own = f"{'https' if cookies.is_secure(call) else 'http'}://{call.headers.get('host')}"
    site = call.headers.get("sec-fetch-site", "none")
    return call.headers.get("origin", own) == own and site in {"none", "same-origin"}
