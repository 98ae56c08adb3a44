"""Any server that speaks OpenAI's chat API, by the real client; imported on need, in the worker."""

from __future__ import annotations

import contextlib
import json
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from outside_in.writer import offers, trouble
from outside_in.writer.prompt import ORDER, body, tokens
from outside_in.writer.rules import read
from outside_in.writer.trouble import Unavailable

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from outside_in.domain.wording import Ask, Draft, Offered, Worded

NO_KEY = "none"
"""Local servers want one and do not look at it."""


class OpenAI:
    def __init__(self, model: str, key: str, address: str, seconds: float) -> None:
        import openai

        self.model, self.seconds = model, seconds
        self._openai = openai
        self._client = openai.OpenAI(
            api_key=key or NO_KEY, base_url=address or "https://api.openai.com/v1", timeout=seconds, max_retries=1
        )

    def name(self, ask: Ask) -> Worded:
        said, used = self._said(body(ask, self.model))
        return read(said, ask, ORDER, used)

    def offer(self, draft: Draft) -> Offered:
        said, used = self._said(offers.body(draft, self.model))
        return offers.read(said, used)

    def _said(self, sent: dict[str, Any]) -> tuple[str | None, int]:
        """The answer's words, and what it cost in tokens."""
        answer = self._in_time(sent)
        used = answer.usage.total_tokens if answer.usage else tokens(sent)
        choice = answer.choices[0] if answer.choices else None
        if choice is None or choice.finish_reason == "length":
            raise Unavailable(trouble.UNREADABLE, tokens=used)
        return choice.message.content, used

    def _in_time(self, sent: dict[str, Any]) -> ChatCompletion:
        """The client's own limit starts anew with every byte and every retry; this one does not."""
        box: SimpleQueue[ChatCompletion | Unavailable] = SimpleQueue()
        Thread(target=lambda: box.put(self._asked(sent)), name="asking", daemon=True).start()
        try:
            came = box.get(timeout=self.seconds)
        except Empty:
            with contextlib.suppress(Exception):
                self._client.close()
            raise Unavailable(trouble.SLOW, hopeless=True, tokens=tokens(sent)) from None
        if isinstance(came, Unavailable):
            raise came
        return came

    def _asked(self, sent: dict[str, Any]) -> ChatCompletion | Unavailable:
        try:
            return self._called(sent)
        except Exception as error:  # four families of errors, and whatever a proxy in between thinks of
            return self._told(error, sent)

    def _called(self, sent: dict[str, Any]) -> ChatCompletion:
        ask = self._client.chat.completions.create
        try:
            answer = ask(**sent)
        except self._openai.BadRequestError:  # an older server: plain JSON, and our own rules
            plain = {name: sent[name] for name in ("model", "messages")}
            answer = ask(**plain, response_format={"type": "json_object"})
        if not hasattr(answer, "choices"):
            raise json.JSONDecodeError("no completion", str(answer)[:80], 0)
        return answer

    def _told(self, error: Exception, sent: dict[str, Any]) -> Unavailable:
        api = self._openai
        if isinstance(error, (api.AuthenticationError, api.PermissionDeniedError)):
            return Unavailable(trouble.KEY, hopeless=True)
        if isinstance(error, (api.NotFoundError, api.BadRequestError)):
            return Unavailable(trouble.UNKNOWN, hopeless=True)
        if isinstance(error, api.RateLimitError):
            return Unavailable(trouble.BUSY, hopeless=True)
        if isinstance(error, api.APITimeoutError):
            return Unavailable(trouble.SLOW, hopeless=True, tokens=tokens(sent))
        if isinstance(error, (api.APIConnectionError, api.InternalServerError)):
            return Unavailable(trouble.NOT_REACHED, hopeless=True)
        return Unavailable(trouble.UNREADABLE, tokens=tokens(sent))
