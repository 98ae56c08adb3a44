"""
Phones, a stage and a console without browsers: what a tab says to the server over its socket, and what it gets back.

A `Tab` does what the page in a browser does, as far as the server can tell: it follows its topic by server-sent
events, asks gently first, then for the whole page with growing pauses; it comes back by itself after a lost
connection; it holds typed values until Send. Loopback only.
"""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

now = time.perf_counter
LOST = (OSError, ConnectionClosed, InvalidHandshake, TimeoutError, asyncio.IncompleteReadError)
BACK_OFF = 3.0, 60.0
"""Seconds before a page that was asked for is asked for again: twice this, doubled each time, at most that."""


class Tab:
    """`drawn` is the revision the page shows, `server` the one the server has; `fates` are awaited words."""

    def __init__(self, base: str, page: str, cookie: str, query: str = "") -> None:
        self.base, self.page, self.cookie, self.query = base, page, cookie, query
        self.host, self.port = urlsplit(base).hostname, urlsplit(base).port
        self.elements: dict[tuple[int, ...], tuple[str, object, str, int]] = {}
        self.typed: dict[str, WidgetState] = {}
        self.server = self.drawn = ""
        self.drops = self.runs = 0
        self.connected = asyncio.Event()
        self._changed: list[tuple[Callable[[bytes], bool], asyncio.Future[float]]] = []
        self._finished: list[asyncio.Future[float]] = []
        self._socket: ClientConnection | None = None
        self._hash, self._run, self._partly = "", 0, False
        self._after = self._wait = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._sending: set[asyncio.Task[None]] = set()

    # coming and going -----------------------------------------------------------------------

    async def open(self) -> float:
        """Until the page is drawn whole; gives seconds."""
        began = now()
        done = self.finish()
        self._tasks = [asyncio.create_task(self._talk()), asyncio.create_task(self._follow())]
        await asyncio.wait_for(done, 60)
        return now() - began

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def drop(self) -> None:
        """As a phone that falls asleep or leaves the radio's reach; it comes back by itself."""
        if self._socket:
            self._socket.transport.abort()

    async def _talk(self) -> None:
        pause = 0.5
        while True:
            try:
                async with connect(
                    self.base.replace("http", "ws") + "/_stcore/stream",
                    subprotocols=[Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")],
                    additional_headers={"Cookie": self.cookie},
                    origin=self.base,  # type: ignore[arg-type]
                    max_size=None,
                    compression=None,
                    ping_interval=None,
                ) as self._socket:
                    pause = 0.5
                    self.rerun()  # the page's long timer makes a browser ask after every reconnect
                    self.connected.set()
                    async for message in self._socket:
                        self._hear(message if isinstance(message, bytes) else message.encode())
            except LOST:
                pass
            self.drops += 1
            self.connected.clear()
            await asyncio.sleep(pause * (0.5 + random.random()))
            pause = min(pause * 2, 8)

    async def _follow(self) -> None:
        """The long-lived line: a revision at every change; asks until what is drawn is what the server has."""
        while True:
            try:
                await asyncio.wait_for(self._until(lambda: bool(self._component("follow"))), 60)
                url = json.loads(self._component("follow")[0].json)["url"]
                reader, writer = await asyncio.open_connection(self.host, self.port)
                writer.write(
                    f"GET {url} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n\r\n".encode()
                )
                while row := await reader.readline():
                    if row.startswith(b"data:"):
                        self._told(row[5:].strip().decode())
            except LOST:
                pass
            await asyncio.sleep(0.5 + random.random())

    def _told(self, revision: str) -> None:
        if revision != self.server:
            self.server, self._after, self._wait = revision, 0.0, 0.0
        self._check()

    def _check(self) -> None:
        if not self.server or self.server.split(" ")[0] == self.drawn:
            return
        if now() >= self._after and self.connected.is_set():
            part = "follow" if self._wait else "ask"
            self._wait = min((self._wait or BACK_OFF[0]) * 2, BACK_OFF[1])
            self._after = now() + self._wait * (1 + random.random() / 2)
            if found := self._component(part):
                state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{found[0].id}__events")
                state.json_trigger_value = json.dumps([{"event": "rev", "value": self.server}])
                self.rerun(found[1], state)
        asyncio.get_running_loop().call_later(2, self._check)

    # what the server says -------------------------------------------------------------------

    def _hear(self, raw: bytes) -> None:
        at = now()
        message = ForwardMsg.FromString(raw)
        match message.WhichOneof("type"):
            case "delta":
                self._draw(message)
            case "new_session":
                self._run += 1
                self._partly = bool(message.metadata.run.fragment_ids)
                self._hash = self._hash or message.new_session.page_script_hash
            case "navigation":
                self._hash = message.navigation.page_script_hash or self._hash
            case "script_finished":
                self._end(message.script_finished, at)
        waiting, self._changed = self._changed, []
        for wanted, fate in waiting:
            if fate.done():
                continue
            if wanted(raw):
                fate.set_result(at)
            else:
                self._changed.append((wanted, fate))

    def _draw(self, message: ForwardMsg) -> None:
        delta = message.delta
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type") or ""
        element = getattr(delta.new_element, kind, None)
        self.elements[tuple(message.metadata.delta_path)] = kind, element, delta.fragment_id, self._run
        if kind == "exception":
            raise RuntimeError(delta.new_element.exception.message)
        if kind == "bidi_component" and "-follow-" in element.id:
            self.drawn = str(json.loads(element.json)["rev"])
        if kind == "text_input" and element.set_value:  # the stamp: the server says what stands in it
            self.typed[element.id] = WidgetState(id=element.id, string_value=element.value)

    def _end(self, how: int, at: float) -> None:
        whole = ForwardMsg.FINISHED_SUCCESSFULLY
        if how == whole and not self._partly:
            self.elements = {path: known for path, known in self.elements.items() if known[3] >= self._run}
        if how in (whole, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY):
            self.runs += 1
            waiting, self._finished = self._finished, []
            for fate in waiting:
                if not fate.done():
                    fate.set_result(at)

    # what a person does ---------------------------------------------------------------------

    def rerun(self, fragment: str = "", extra: WidgetState | None = None) -> None:
        ask = BackMsg()
        run = ask.rerun_script
        run.query_string, run.fragment_id = self.query, fragment
        if self._hash:
            run.page_script_hash = self._hash
        else:
            run.page_name = self.page
        run.context_info.timezone, run.context_info.locale = "Europe/Berlin", "de-DE"
        run.context_info.url = f"{self.base}/{self.page}"
        run.widget_states.widgets.extend([*self.typed.values(), *([extra] if extra else [])])
        sending = asyncio.ensure_future(self._send(ask.SerializeToString()))
        self._sending.add(sending)  # the loop holds tasks weakly
        sending.add_done_callback(self._sending.discard)

    async def _send(self, raw: bytes) -> None:
        if self._socket:
            try:
                await self._socket.send(raw)
            except ConnectionClosed:
                return

    def press(self, key: str) -> None:
        button, fragment = self.find(key)
        self.rerun(fragment, WidgetState(id=button.id, trigger_value=True))

    def fill(self, chance: random.Random) -> None:
        """Every question that has no answer of its own yet; sliders stay where they are."""
        for kind, element, *_ in list(self.elements.values()):
            if "-answer-" not in getattr(element, "id", ""):
                continue
            if kind in ("radio", "selectbox"):
                self.typed[element.id] = WidgetState(id=element.id, string_value=chance.choice(element.options))
            elif kind == "multiselect":
                many = list(element.options)[: element.max_selections or None]
                self.typed[element.id] = chosen = WidgetState(id=element.id)
                chosen.string_array_value.data.extend(chance.sample(many, len(many)))
            elif kind in ("text_area", "text_input"):
                words = f"Satz {chance.randrange(10**6)} über Kunden."
                self.typed[element.id] = WidgetState(id=element.id, string_value=words)
            elif kind == "number_input":
                self.typed[element.id] = WidgetState(id=element.id, double_value=element.min)

    def find(self, key: str):
        """The input with this key, and the fragment it stands in."""
        for kind, element, fragment, _ in self.elements.values():
            if kind not in ("", "bidi_component") and getattr(element, "id", "").endswith(f"-{key}"):
                return element, fragment
        raise LookupError(f"{self.page}: no {key}")

    def _component(self, name: str):
        for kind, element, fragment, _ in self.elements.values():
            if kind == "bidi_component" and f"-{name}-" in element.id:
                return element, fragment
        return None

    # waiting --------------------------------------------------------------------------------

    def finish(self) -> asyncio.Future[float]:
        """The end of the next whole or partial run."""
        self._finished.append(fate := asyncio.get_running_loop().create_future())
        return fate

    def hears(self, words: str) -> asyncio.Future[float]:
        """The next message with these words; only what comes from now on."""
        looked = re.compile(re.escape(words).encode())
        return self.when(lambda raw: bool(looked.search(raw)))

    def when(self, wanted: Callable[[bytes], bool]) -> asyncio.Future[float]:
        self._changed.append((wanted, fate := asyncio.get_running_loop().create_future()))
        return fate

    def level(self) -> asyncio.Future[float]:
        """When the page shows at least the revision that the server has told us last after now."""
        was = self.drawn
        return self.when(lambda _: self.drawn != was and self.drawn == self.server.split(" ")[0])

    @staticmethod
    async def _until(true: Callable[[], bool]) -> None:
        while not true():
            await asyncio.sleep(0.05)


async def join(base: str, code: str) -> str:
    """By the form; gives the cookie that makes this leader the same one from now on."""
    body = urlencode({"code": code}).encode()
    status, head, _ = await http(base, "POST", "/join", body)
    if status != 303:
        raise RuntimeError(f"joining: {status}")
    return cookie_of(head)


async def visit(base: str, address: str) -> str:
    """A link with a token (a stage, a console); gives the cookies it sets."""
    path = address.removeprefix(base)
    status, head, body = await http(base, "GET", path)
    if status == 200:  # the page with one form that uses the link up
        once = re.findall(rb'name="([^"]+)"[^>]*value="([^"]*)"', body)
        form = urlencode({name.decode(): value.decode() for name, value in once}).encode()
        status, head, _ = await http(base, "POST", path, form)
    if status != 303:
        raise RuntimeError(f"{path}: {status}")
    return cookie_of(head)


async def http(base: str, method: str, path: str, body: bytes = b"") -> tuple[int, str, bytes]:
    place = urlsplit(base)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    head = f"{method} {path} HTTP/1.1\r\nHost: {place.netloc}\r\nOrigin: {base}\r\nConnection: close\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    top, _, rest = answer.partition(b"\r\n\r\n")
    return int(top.split(b" ", 2)[1]), top.decode("latin-1"), rest


def cookie_of(head: str) -> str:
    jar = SimpleCookie()
    for row in re.findall(r"(?im)^set-cookie: ([^\r\n]+)", head):
        jar.load(row)
    return "; ".join(f"{name}={one.value}" for name, one in jar.items())
