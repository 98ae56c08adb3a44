"""
The door in front of Streamlit: who comes in, what may be said, what every response carries.

Streamlit lets any anonymous visitor resume another's visit, empty all caches and upload into
memory. It is told who somebody is by one header, and only this door sets that header.
"""

import asyncio
import gzip
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from outside_in import house
from outside_in.domain.people import Badge
from outside_in.web import cookies
from outside_in.web.language import language
from outside_in.web.messages import allowed
from outside_in.web.shell import STATIC, shell

ROUTES = frozenset({"stream", "health", "host-config", "upload_file", "bidi-components"})
"""Of Streamlit's own routes below /_stcore; metrics and the automation interface stay shut."""
PACKED = re.compile(r"/static/[\w./-]+\.(?:js|css|svg)")
REFUSED = PlainTextResponse("Forbidden", 403)
LOCAL = {"127.0.0.1", "localhost", "[::1]", "testserver"}


class Guard:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            return await self._app(scope, receive, send)
        call = HTTPConnection(scope)
        visit = _Visit(call, scope, receive, send)
        if not (_known_host(call) and _same_origin(call)):
            return await REFUSED(scope, receive, visit.say)
        badge = await asyncio.to_thread(cookies.badge, house.parts(), call)
        if not _open_to(badge, scope["path"]):
            return await REFUSED(scope, receive, visit.say)
        if ready := await _ready_made(call):
            return await ready(scope, receive, visit.say)
        headers = [(k, v) for k, v in scope["headers"] if not k.lower().startswith(b"x-oi-")]
        if badge.principals:
            headers.append((b"x-oi-principal", badge.model_dump_json().encode()))
        try:
            return await self._app({**scope, "headers": headers}, visit.hear, visit.say)
        except Exception:
            if not visit.answering:
                await PlainTextResponse("Internal Server Error", 500)(scope, receive, visit.say)
            raise


class _Visit:
    """One request or one socket: what goes out gets our headers, what comes in is filtered."""

    def __init__(self, call: HTTPConnection, scope: Scope, receive: Receive, send: Send) -> None:
        self._call, self._scope, self._receive, self._send = call, scope, receive, send
        self.answering = self._expelled = False

    async def say(self, message: Message) -> None:
        if message["type"] == "websocket.close" and not self.answering:
            await REFUSED(self._scope, self._receive, self.say)  # a bare close would carry no headers
        elif not self._expelled:
            self.answering = True
            if message["type"].endswith("response.start"):
                MutableHeaders(scope=message).update(headers(self._call))
            await self._send(message)

    async def hear(self) -> Message:
        message = await self._receive()
        if message["type"] != "websocket.receive" or allowed(message):
            return message
        await self.say({"type": "websocket.close", "code": 1008})
        self._expelled = True
        return {"type": "websocket.disconnect", "code": 1008}


def headers(call: HTTPConnection) -> dict[str, str]:
    host = re.sub(r"[^\w.:\[\]-]", "", call.headers.get("host", ""))
    return {
        "Content-Security-Policy": f"default-src 'self'; script-src {_scripts()}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self' ws://{host} wss://{host}; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'",
        # no-referrer would make browsers send "Origin: null" with our own forms
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    } | ({"Strict-Transport-Security": "max-age=31536000"} if cookies.is_secure(call) else {})


@cache
def _scripts() -> str:
    """Streamlit's shell has one inline script; inline components reach the browser as blobs."""
    inline = re.findall(rb"<script>(.*?)</script>", (STATIC / "index.html").read_bytes(), re.DOTALL)
    hashes = (b64encode(sha256(script).digest()).decode() for script in inline)
    return " ".join(["'self'", "blob:", *(f"'sha256-{h}'" for h in hashes)])


def _known_host(call: HTTPConnection) -> bool:
    """Against DNS rebinding: a foreign page that lets its name point here is told nothing."""
    settings = house.parts().settings
    host = call.headers.get("host", "").rsplit(":", 1)[0] if not call.headers.get("host", "").endswith("]") else call.headers["host"]
    if settings.lan or settings.hosts == ("*",):
        return True
    return host in LOCAL or host == settings.host or host in settings.hosts


def _same_origin(call: HTTPConnection) -> bool:
    """Whether our own page asks; a program that sends no Origin has no victim's cookie either."""
    if call.scope.get("method") in {"GET", "HEAD", "OPTIONS"}:  # a socket has no method
        return True
    own = f"{'https' if cookies.is_secure(call) else 'http'}://{call.headers.get('host')}"
    site = call.headers.get("sec-fetch-site", "none")
    return call.headers.get("origin", own) == own and site in {"none", "same-origin"}


def _open_to(badge: Badge, path: str) -> bool:
    """`path` is the scope's: a forged Host header can bend the path of `request.url`."""
    route = path.partition("/_stcore/")[2].partition("/")[0]
    if route == "upload_file":
        return badge.role("facilitator").role == "facilitator"
    return "/_stcore" not in path or route in ROUTES


async def _ready_made(call: HTTPConnection) -> Response | None:
    """The page shell in the person's language, and large static files packed once."""
    if call.scope.get("method") != "GET":
        return None
    path = call.scope["path"]
    if "gzip" in call.headers.get("accept-encoding", "") and PACKED.fullmatch(path):
        return await asyncio.to_thread(packed, path)
    if path in SHELLS:
        return shell(language(call))
    return None


SHELLS = frozenset(
    {"/"}
    | {f"/{name}" for name in "start prepare feedback themes journeys facilitate stage room practice outcomes settings".split()}
)
KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def packed(path: str) -> Response | None:
    """A cold phone loads three megabytes otherwise; the names carry a hash, so they never change."""
    file = (STATIC / path.removeprefix("/static/").lstrip("/")).resolve()
    candidates = [STATIC / "static" / path.removeprefix("/static/"), file]
    found = next((c for c in candidates if c.is_file() and c.resolve().is_relative_to(STATIC.resolve())), None)
    if found is None:
        return None
    sent = Headers(
        {
            "content-encoding": "gzip",
            "cache-control": "public, max-age=31536000, immutable",
            "vary": "accept-encoding",
        }
    )
    return Response(gzip.compress(found.read_bytes(), 6), media_type=KINDS[Path(path).suffix], headers=dict(sent))
