"""A language model in this house: where it is, what it may cost, and what exactly would be sent to it."""

import ipaddress
import json
import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError

from outside_in import writer
from outside_in.domain.errors import BadInput
from outside_in.domain.feedback import Theme, Verbatim
from outside_in.domain.model import Model
from outside_in.domain.people import Principal
from outside_in.domain.wording import Ask, Said
from outside_in.domain.workshop import Workshop
from outside_in.house.workbench import Workbench, same

KEY = "OUTSIDE_IN_OPENAI_KEY"
QUOTES = 12
"""Comments of one theme that are sent."""
LETTERS = 400
SHORTEST = 15
OPENAI = "api.openai.com"


class NotAnAddress(BadInput):
    message = "This address cannot be used. It starts with https://; plain http:// only leads into your own network."
    code = "writer-address"


class NoModelNamed(BadInput):
    message = "Please name the model."
    code = "writer-model"


class WriterSettings(Model):
    on: bool = False
    address: str = Field(default="", max_length=300)
    """Base URL of a server that speaks OpenAI's chat API; empty for OpenAI itself."""
    model: str = Field(default="", max_length=120)
    key: SecretStr = SecretStr("")
    most: int = Field(default=200_000, ge=0, le=100_000_000)
    """Tokens per workshop."""
    price: float = Field(default=0.0, ge=0, le=10_000)
    """Euro per million tokens, for the estimate that is shown; 0 where nobody has said."""

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or OPENAI


class Sending(NamedTuple):
    """One theme as it would be asked about; `rows` by the ids that are sent."""

    ask: Ask
    body: Mapping[str, Any]
    digest: str
    rows: Mapping[str, int]
    tokens: int


class Letter(NamedTuple):
    """Everything that would leave the house at once."""

    sendings: tuple[Sending, ...]
    digest: str

    @property
    def comments(self) -> int:
        return sum(len(sending.ask.comments) for sending in self.sendings)

    @property
    def tokens(self) -> int:
        return sum(sending.tokens for sending in self.sendings)


class Writing(Workbench):
    @property
    def _writer_file(self) -> Path:
        return self.settings.data / "writer.json"

    def writer_settings(self) -> WriterSettings:
        """The key of the environment wins over the one of the file."""
        try:
            known = WriterSettings.model_validate_json(self._writer_file.read_bytes())
        except (OSError, ValidationError):
            known = WriterSettings()
        given = os.environ.get(KEY)
        return known.model_copy(update={"key": SecretStr(given)}) if given else known

    def set_writer(self, by: Principal, wanted: WriterSettings) -> None:
        """A key is never taken along to another address; there it has to be entered again."""
        by.must_be("facilitator", "operator")
        self._still(by)
        if wanted.on and not wanted.model.strip():
            raise NoModelNamed
        if not _allowed(wanted.address):
            raise NotAnAddress
        key = wanted.key.get_secret_value()
        known = self.writer_settings()
        if not key and wanted.address == known.address and not os.environ.get(KEY):
            key = known.key.get_secret_value()
        told = {**wanted.model_dump(exclude={"key"}), "key": key}
        partial = self._writer_file.with_suffix(".partial")
        partial.touch(mode=0o600)
        partial.chmod(0o600)
        partial.write_text(json.dumps(told), "utf-8")
        partial.replace(self._writer_file)
        self.database.log.note(by, "language model " + ("on" if wanted.on else "off"))

    def allow_writer(self, by: Principal, code: str, allowed: bool) -> Workshop:
        at = self.clock()
        return self.prepare(by, code, lambda now: now.allow_writer(by, allowed, at))

    def letter(self, workshop: Workshop) -> Letter:
        """What would be sent about the selected themes, or about all where none is selected."""
        known = self.writer_settings()
        board = workshop.board
        themes = board.selected or tuple(one for one in board.themes if one.status != "hidden")
        sendings = tuple(self._sendings(workshop, themes, known))
        whole = sha256("".join(sending.digest for sending in sendings).encode()).hexdigest()
        return Letter(sendings, whole)

    def _sendings(self, workshop: Workshop, themes: tuple[Theme, ...], known: WriterSettings) -> Iterator[Sending]:
        from outside_in.journeys import redact

        stands = self.stands(workshop)
        sure = {one.row: one.confidence for one in stands}
        home = {one.row: one.theme for one in stands}
        inside: dict[str, list[Verbatim]] = {theme.id: [] for theme in themes}
        for one in self.comments(workshop):
            if (theme := home.get(one.row)) in inside and not one.doubtful and len(one.text) >= SHORTEST:
                inside[str(theme)].append(one)
        for theme in themes:
            chosen = _spread(inside[theme.id], sure)
            said = {f"c{at}": one for at, one in enumerate(chosen, 1)}
            ask = Ask(
                theme=theme.id,
                keywords=tuple(redact(word) for word in theme.keywords[:8]),
                comments=tuple(Said(id=id, text=redact(one.text[:LETTERS])) for id, one in said.items()),
                neighbours=tuple(redact(one.label.en) for one in themes if one.id != theme.id)[:24],
            )
            if ask.comments:
                body = writer.body(ask, known.model)
                rows = {id: one.row for id, one in said.items()}
                yield Sending(ask, body, writer.digest(body, known.address), rows, writer.tokens(body))


def _spread(comments: list[Verbatim], sure: Mapping[int, float]) -> list[Verbatim]:
    """Typical ones from every part of the scale in turn, no two alike."""
    different = {same(one): one for one in sorted(comments, key=lambda one: -one.row)}
    ordered = sorted(different.values(), key=lambda one: (-sure.get(one.row, 0), one.row))
    scores = sorted({one.score for one in ordered if one.score is not None})
    bands: dict[int, list[Verbatim]] = {}
    for one in ordered:
        band = -1 if one.score is None else 3 * scores.index(one.score) // len(scores)
        bands.setdefault(band, []).append(one)
    chosen: list[Verbatim] = []
    while len(chosen) < QUOTES and any(bands.values()):
        for band in sorted(bands):
            if bands[band] and len(chosen) < QUOTES:
                chosen.append(bands[band].pop(0))
    return chosen


def _allowed(address: str) -> bool:
    """https anywhere; http only to this machine or a private network."""
    if not address:
        return True
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username or parts.password or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _private(host))


def _private(host: str) -> bool:
    if host == "localhost" or host.endswith(".local"):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
