"""
Names for themes. Offline is the default and a full citizen; a language model keeps the same promises.

A writer gets redacted words and gives a proposal. It has no tools, and nothing it says is shown
before a person has accepted it.
"""

from typing import Protocol

from outside_in.domain.text import Line
from outside_in.domain.wording import Ask, Draft, Offered, Worded
from outside_in.writer import offers
from outside_in.writer.offline import Offline
from outside_in.writer.prompt import body, digest, tokens
from outside_in.writer.rules import Refused, read
from outside_in.writer.trouble import Unavailable

__all__ = [
    "Ask",
    "Line",
    "Offline",
    "Refused",
    "Unavailable",
    "Worded",
    "Writer",
    "body",
    "digest",
    "offers",
    "online",
    "read",
    "tokens",
]

SECONDS = 20.0
"""Longest time for one theme, retries included."""


class Writer(Protocol):
    def name(self, ask: Ask) -> Worded:
        """Unavailable where there is no answer that keeps the rules."""
        ...

    def offer(self, draft: Draft) -> Offered:
        """Unavailable likewise; offline there is none but the content's own."""
        ...


def online(model: str, key: str, address: str = "", seconds: float = SECONDS) -> Writer:
    """Any server that speaks OpenAI's chat API; `address` is its base URL, empty for OpenAI itself."""
    from outside_in.writer.openai import OpenAI

    return OpenAI(model, key, address, seconds)
