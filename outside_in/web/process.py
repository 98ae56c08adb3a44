"""The process: what is imported, frozen, raised, started and stopped around the pages."""

import asyncio
import contextlib
import gc
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

from outside_in import house
from outside_in.house import worker
from outside_in.house.keep import Keeper
from outside_in.web import leaving
from outside_in.web.announce import announced, system_language
from outside_in.web.settings import by_streamlit, missing_settings

FILES_PER_PHONE, PHONES = 5, 2_000
THREADS = 32
"""They wait for commits, which travel together."""
LAST_MOMENT = 4.5
"""Seconds after which a server that was asked to stop is gone, whatever it waits for."""
log = logging.getLogger("outside_in")


@asynccontextmanager
async def process(_: Any) -> AsyncIterator[None]:
    parts, loop = house.parts(), asyncio.get_running_loop()
    for name in missing_settings():
        log.error("setting %s is not in force", name)
    _quiet_logs()
    _more_files()
    _settle()
    loop.set_default_executor(ThreadPoolExecutor(THREADS, "held"))
    _leave_in_time(loop)
    parts.hub.start(loop)
    keeper, supervisor = Keeper(parts), worker.start(parts)
    keeper.start()
    spoken = parts.speaker(system_language())
    try:
        with announced(parts, parts.settings, spoken) if by_streamlit() else contextlib.nullcontext():
            yield
    finally:
        keeper.stop()
        parts.hub.stop()
        supervisor.stop()
        parts.database.close()


def _leave_in_time(loop: asyncio.AbstractEventLoop) -> None:
    """
    Asked to stop, the server ends within five seconds and with 0.

    It would wait for streams that never end, and then raise the signal once more.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    server: Any = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if not hasattr(server, "should_exit"):
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        server.should_exit = True
        loop.call_soon_threadsafe(leaving.leave)
        last = threading.Timer(LAST_MOMENT, os._exit, [0])  # what was acknowledged is on the disk
        last.daemon = True
        last.start()

    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, stop)


def _settle() -> None:
    """The console's first chart would pay for these imports; frozen, no collection looks at them again."""
    import altair  # noqa: F401
    import pandas  # noqa: F401

    sys.setswitchinterval(0.001)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _more_files() -> None:
    """The usual 1,024 end at about two hundred phones."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        enough = FILES_PER_PHONE * PHONES
        most = enough if hard == resource.RLIM_INFINITY else min(enough, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _without_visit_ids(record: logging.LogRecord) -> bool:
    """Streamlit logs the id of a visit somebody tried to take over, and that id is a key."""
    record.msg, record.args = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", record.getMessage()), ()
    return True


def _quiet_logs() -> None:
    logging.getLogger("streamlit.runtime.websocket_session_manager").addFilter(_without_visit_ids)
    logging.getLogger("uvicorn.access").disabled = True
