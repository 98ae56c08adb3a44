"""
The worker process: takes one job after the other, out of the web process's way.

Run as `python -m outside_in.house.worker`; the server starts it and starts it again if it dies.
"""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from types import FrameType

from outside_in import house
from outside_in.domain.errors import WorkshopError
from outside_in.domain.people import Principal
from outside_in.domain.text import line
from outside_in.house import House
from outside_in.house.tasks import TASKS
from outside_in.store import Job

log = logging.getLogger(__name__)
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""More threads cost twice the processor time for the same themes, and the room's second core."""
IDLE = 0.3
"""Seconds between two looks at an empty job table."""


class Cancelled(Exception):
    pass


def work(parts: House, job: Job) -> None:
    """Do one job and write down how it ended; a bug in one must not stop the next."""
    jobs = parts.database.jobs

    def tell(share: float) -> None:
        if jobs.cancelled(job.id):
            raise Cancelled
        jobs.progress(job.id, share)

    try:
        by = Principal.model_validate(job.by)
        jobs.done(job.id, TASKS[job.kind](parts, by, job.workshop, job.args, tell))
    except Cancelled:
        log.info("job %s was cancelled", job.id)
    except WorkshopError as error:
        jobs.fail(job.id, error.code, error.line)
    except Exception:  # whatever it is, the person is told, and the worker goes on
        traceback.print_exc()
        jobs.fail(job.id, "bug", line("Something went wrong on our side (reference {ident}).", ident=job.id[:8]))


def run(parts: House) -> None:
    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    name = f"{os.getpid()}"
    while not stop.is_set() and os.getppid() != 1:
        job = parts.database.jobs.take(name)
        if job is None:
            stop.wait(IDLE)
        else:
            work(parts, job)


class Supervisor:
    """Keeps one worker alive beside the server."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = {**ONE_THREAD, **os.environ, **environ}
        self._stop = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="worker's keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._child:
            self._child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(2)
            self._child.kill()

    def _watch(self) -> None:
        while not self._stop.is_set():
            started = time.monotonic()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "outside_in.house.worker"],
                env=self._environ,
                cwd=Path(__file__).parents[2],  # the server may have been started from any folder
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
            self._child.wait()
            if time.monotonic() - started < 5:
                self._stop.wait(5)


def start(parts: House) -> Supervisor:
    supervisor = Supervisor(parts.settings.environ())
    supervisor.start()
    return supervisor


if __name__ == "__main__":
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    run(house.parts())
