"""The process: what is imported, frozen, raised, started and stopped around the pages."""

import asyncio
import contextlib
import gc
import logging
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from outside_in import house
from outside_in.house import worker
from outside_in.house.keep import Keeper
from outside_in.web.settings import missing_settings

FILES_PER_PHONE, PHONES = 5, 2_000
log = logging.getLogger("outside_in")


@asynccontextmanager
async def process(_: Any) -> AsyncIterator[None]:
    parts = house.parts()
    for name in missing_settings():
        log.error("setting %s is not in force", name)
    _quiet_logs()
    _more_files()
    _settle()
    parts.hub.start(asyncio.get_running_loop())
    keeper, supervisor = Keeper(parts), worker.start(parts)
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()
        parts.hub.stop()
        supervisor.stop()
        parts.database.close()


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
        most = FILES_PER_PHONE * PHONES if hard == resource.RLIM_INFINITY else min(FILES_PER_PHONE * PHONES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _without_visit_ids(record: logging.LogRecord) -> bool:
    """Streamlit logs the id of a visit somebody tried to take over, and that id is a key."""
    record.msg, record.args = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", record.getMessage()), ()
    return True


def _quiet_logs() -> None:
    logging.getLogger("streamlit.runtime.websocket_session_manager").addFilter(_without_visit_ids)
    logging.getLogger("uvicorn.access").disabled = True
