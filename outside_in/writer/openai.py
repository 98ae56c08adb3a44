"""Any server that speaks OpenAI's chat API, by the real client; imported on need, in the worker."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from outside_in.writer import offers, trouble
from outside_in.writer.prompt import ORDER, body, tokens
from outside_in.writer.rules import read
from outside_in.writer.trouble import Unavailable

if TYPE_CHECKING:
    from outside_in.domain.wording import Ask, Draft, Offered, Worded

NO_KEY = "none"
"""Local servers want one and do not look at it."""
PLAIN = {"Accept-Encoding": "identity"}
MADE_UP = 1_000_000
"""Tokens that no single answer costs."""
Words = tuple[str | None, int]
"""What was said, and what it cost in tokens."""


class OpenAI:
    def __init__(self, model: str, key: str, address: str, seconds: float) -> None:
        import openai

        from outside_in.writer.weight import TooMuch, weigh

        self.model, self.seconds = model, seconds
        self._openai, self._too_much = openai, TooMuch
        # What was let go is for one address: whoever answers “elsewhere” is not followed.
        line = openai.DefaultHttpxClient(follow_redirects=False, event_hooks={"response": [weigh]})
        self._client = openai.OpenAI(
            api_key=key or NO_KEY,
            base_url=address or "https://api.openai.com/v1",
            timeout=seconds,
            max_retries=0,
            http_client=line,
            default_headers=PLAIN,
        )

    def name(self, ask: Ask) -> Worded:
        said, used = self._in_time(body(ask, self.model))
        return read(said, ask, ORDER, used)

    def offer(self, draft: Draft) -> Offered:
        said, used = self._in_time(offers.body(draft, self.model))
        return offers.read(said, used)

    def _in_time(self, sent: dict[str, Any]) -> Words:
        """The client's own limit starts anew with every byte and every retry; this one does not."""
        box: SimpleQueue[Words | Unavailable] = SimpleQueue()
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

    def _asked(self, sent: dict[str, Any]) -> Words | Unavailable:
        try:
            return _words(self._called(sent), tokens(sent))
        except Unavailable as failed:
            return failed
        except Exception as error:  # four families of errors, and whatever a server or a proxy thinks of
            return self._told(error, sent)

    def _called(self, sent: dict[str, Any]) -> Any:
        ask = self._client.chat.completions.create
        try:
            return self._again(lambda: ask(**sent))
        except self._openai.BadRequestError:  # an older server: plain JSON, and our own rules
            plain = {name: sent[name] for name in ("model", "messages")}
            return ask(**plain, response_format={"type": "json_object"})

    def _again(self, ask: Callable[[], Any]) -> Any:
        """Once, soon, after what may pass; not if we shall wait, or have waited all our time."""
        api = self._openai
        try:
            return ask()
        except (api.APIConnectionError, api.InternalServerError, api.RateLimitError) as error:
            later = getattr(getattr(error, "response", None), "headers", {}).get("retry-after")
            if later or isinstance(error, api.APITimeoutError) or isinstance(error.__cause__, self._too_much):
                raise
        time.sleep(0.1 + random.random() * 0.2)
        return ask()

    def _told(self, error: Exception, sent: dict[str, Any]) -> Unavailable:
        api = self._openai
        if isinstance(error, (api.AuthenticationError, api.PermissionDeniedError)):
            return Unavailable(trouble.KEY, hopeless=True)
        moved = isinstance(error, api.APIStatusError) and 300 <= error.status_code < 400
        if moved or isinstance(error, (api.NotFoundError, api.BadRequestError)):
            return Unavailable(trouble.UNKNOWN, hopeless=True)
        if isinstance(error, api.RateLimitError):
            return Unavailable(trouble.BUSY, hopeless=True)
        if isinstance(error, api.APITimeoutError):
            return Unavailable(trouble.SLOW, hopeless=True, tokens=tokens(sent))
        heavy = isinstance(error.__cause__, self._too_much)
        if isinstance(error, (api.APIConnectionError, api.InternalServerError)) and not heavy:
            return Unavailable(trouble.NOT_REACHED, hopeless=True)
        return Unavailable(trouble.UNREADABLE, tokens=tokens(sent))


def _words(answer: Any, most: int) -> Words:
    """The client does not look whether an answer has the shape it says; `most`: what it costs if that is not told."""
    told = getattr(answer.usage, "total_tokens", None)
    used = told if isinstance(told, int) and 0 < told < MADE_UP else most
    choice = answer.choices[0] if answer.choices else None
    if choice is None or choice.finish_reason == "length" or not isinstance(choice.message.content, str | None):
        raise Unavailable(trouble.UNREADABLE, tokens=used)
    return choice.message.content, used
