"""What may come in from a foreign server: an answer of its own, unpacked, and no more than a name can weigh."""

from collections.abc import Iterator
from typing import Any

import httpx2

MOST = 256 << 10
"""Bytes of one answer; what is asked for fits into a hundredth."""


class TooMuch(Exception):
    """Longer than any answer, or packed so that its length is not known."""


class _Weighed(httpx2.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        came = 0
        for piece in self._stream:
            came += len(piece)
            if came > MOST:
                raise TooMuch
            yield piece

    def close(self) -> None:
        self._stream.close()


def weigh(response: httpx2.Response) -> None:
    """Before anything of the body is read."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise TooMuch
    response.stream = _Weighed(response.stream)
