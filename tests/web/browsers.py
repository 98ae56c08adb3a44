"""A browser before our door, with something that stands for Streamlit behind it."""

import dataclasses
import json

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, WebSocketRoute
from starlette.testclient import TestClient

from outside_in import house
from outside_in.domain.errors import WorkshopError
from outside_in.house import FIRST
from outside_in.web import beside, desk, door, follow
from outside_in.web.guard import Guard

HOME = "http://127.0.0.1:8501"
PASSWORD = "sehr langes Passwort 7"


async def socket(call):
    """Tells who it thinks is there, then repeats what comes through."""
    await call.accept()
    await call.send_text(json.dumps(call.headers.getlist("x-oi-principal")))
    async for said in call.iter_bytes():
        await call.send_bytes(said)


async def behind(scope, receive, send):
    if scope["path"].endswith("broken"):
        raise RuntimeError("a secret in the cellar")
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body")
    await PlainTextResponse(f"behind the door: {size}")(scope, receive, send)


class Ends:
    """A hub whose streams end, so that a test can read them whole."""

    async def stream(self, topic):
        yield f"data: 7 {topic}\n\n"


class Browser(TestClient):
    def __init__(self, parts, base_url=HOME, address="127.0.0.1", settings=None):
        if settings:
            parts = dataclasses.replace(parts, settings=parts.settings.model_copy(update=settings))
            house._built[:] = [parts]
        parts.__dict__["hub"] = Ends()
        self.parts = parts
        ours = [*door.ROUTES, *desk.ROUTES, *beside.ROUTES, *follow.ROUTES]
        app = Starlette(
            routes=[*ours, WebSocketRoute("/_stcore/stream", socket), Mount("/", behind)],
            middleware=[Middleware(Guard)],
            exception_handlers={WorkshopError: door.no_longer},
        )
        super().__init__(app, base_url, client=(address, 50_000), follow_redirects=False, raise_server_exceptions=False)

    def another(self, **about):
        """Somebody else's, before the same door."""
        return Browser(self.parts, **about)

    def join(self, code, **fields):
        return self.post("/join", data={"code": code, **fields})

    def sign_in(self, account=FIRST):
        return self.post(f"/enter/{self.parts.sign_in_link(account)}")

    def socket(self, headers=None):
        address = str(self.base_url).replace("http", "ws", 1).rstrip("/")
        return self.websocket_connect(f"{address}/_stcore/stream", headers=dict(headers or {}))

    def told(self, headers=None):
        """What the pages are told about us."""
        with self.socket(headers) as open_socket:
            return open_socket.receive_json()

    def badge(self):
        told = self.told()
        return json.loads(told[0]) if told else None
