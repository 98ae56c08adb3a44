"""`python -m outside_in`: migrate, add the sample, serve, say where; stop within five seconds."""

import contextlib
import os
import socket
import sys

from outside_in import house
from outside_in.domain.text import Say
from outside_in.house.settings import Settings
from outside_in.store.check import damage
from outside_in.web import settings as streamlits
from outside_in.web.announce import announced


def serve(settings: Settings, say: Say) -> int:
    os.environ.update(settings.environ())
    if problems := damage(settings.database):
        print(_damaged(settings, say, problems), file=sys.stderr)
        return 1
    parts = house.parts()
    port = _free(settings.host, settings.port)
    settings = settings.model_copy(update={"port": port})
    with announced(parts, settings, say):
        _run(settings)
    return 0


def _run(settings: Settings) -> None:
    import uvicorn

    streamlits.apply(port=settings.port, address=settings.host)
    sys.path.insert(0, str(streamlits.ROOT))
    from app import app  # the process in front of the pages, shared with `streamlit run`

    uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            access_log=False,
            ws_max_size=streamlits.message_bytes(),
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=2,
            backlog=2048,
        )
    ).run()


def _free(host: str, port: int) -> int:
    """The wanted port, else the next one: two workshops on one laptop are no reason to fail."""
    for wanted in (*range(port, port + 20), 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, wanted))
                return int(probe.getsockname()[1])
    return port


def _damaged(settings: Settings, say: Say, problems: list[str]) -> str:
    from outside_in.store.backup import newest_good

    good = newest_good(settings.backups)
    return say(
        "The database is damaged ({what}) and was left as it is. Newest good backup: {backup}",
        what=problems[0],
        backup=str(good) if good else "–",
    )
