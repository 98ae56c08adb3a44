"""What never ends by itself ends when the server is asked to stop."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

_waiting: set["asyncio.Future[None]"] = set()


def leave() -> None:
    """On the event loop."""
    for asked in _waiting:
        if not asked.done():
            asked.set_result(None)


async def until_leaving(stream: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    asked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    _waiting.add(asked)
    coming: asyncio.Future[str] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(anext(stream))
            await asyncio.wait({asked, coming}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                return
            try:
                yield coming.result()
            except StopAsyncIteration:
                return
    finally:
        _waiting.discard(asked)
        if coming:
            coming.cancel()
