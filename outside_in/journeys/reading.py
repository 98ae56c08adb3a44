"""Reading a file from outside: everything dangerous happens in a child that may die of it."""

import logging
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

import outside_in
from outside_in.domain.errors import BadInput
from outside_in.domain.feedback import Verbatim
from outside_in.domain.mapping import Mapping, Preset, Preview, Problem, Reading
from outside_in.journeys import refusals
from outside_in.journeys.child import AnyJob, memory, seconds
from outside_in.journeys.inside import Job
from outside_in.journeys.refusals import FileDamaged, FileTooLarge, refusal

log = logging.getLogger(__name__)
TICK = 0.2
"""Seconds between two looks at a silent child."""
READ_AHEAD = 16
VERBATIMS = TypeAdapter(tuple[Verbatim, ...])
FAILURE = TypeAdapter(dict[str, Any])

Progress = Callable[[float], None]
"""Told how far it is, also while nothing moves; what it raises ends the child and goes through."""
Take = Callable[[Sequence[Verbatim]], None]


def preview(
    path: Path,
    mapping: Mapping | None = None,
    *,
    presets: Sequence[Preset] = (),
    preset: Preset | None = None,
    name: str = "",
    rows: int = 20,
    limit_bytes: int = refusals.FILE_BYTES,
) -> Preview:
    """What was detected and guessed, for a person to correct; FileRefused where there is none."""
    job = _job(path, mapping, presets, preset, name, limit_bytes)
    job = job.model_copy(update={"preview_rows": rows})
    for kind, content in messages(job, _silent):
        if kind == "preview":
            return Preview.model_validate_json(content)
    raise refusal(FileDamaged.code, job.file)


def read(
    path: Path,
    *,
    mapping: Mapping | None = None,
    presets: Sequence[Preset] = (),
    preset: Preset | None = None,
    name: str = "",
    limit_bytes: int = refusals.FILE_BYTES,
    progress: Progress | None = None,
    take: Take | None = None,
) -> Reading:
    """
    All rows of a file, judged; a refused file is a reading with one problem.

    With `take`, accepted verbatims go there in batches and are not kept in the reading.
    """
    job = _job(path, mapping, presets, preset, name, limit_bytes)
    kept: list[Verbatim] = []
    give = take or kept.extend
    tell = progress or _silent
    try:
        for kind, content in messages(job, tell):
            if kind == "verbatims":
                give(VERBATIMS.validate_json(content))
            elif kind == "progress":
                tell(float(content))
            elif kind == "reading":
                done = Reading.model_validate_json(content)
                return done.model_copy(update={"verbatims": tuple(kept)})
    except BadInput as error:
        if error.code not in refusals.KINDS:
            raise
        return _refused(job, error)
    return _refused(job, refusal(FileDamaged.code, job.file))


def _job(
    path: Path,
    mapping: Mapping | None,
    presets: Sequence[Preset],
    preset: Preset | None,
    name: str,
    limit_bytes: int,
) -> Job:
    return Job(
        path=str(Path(path).absolute()),
        file=name or Path(path).name,
        mapping=mapping or Mapping(),
        presets=tuple(presets),
        preset=preset,
        limit_bytes=limit_bytes,
    )


def _refused(job: Job, error: BadInput) -> Reading:
    problem = Problem(row=None, code=error.code, values=error.values)
    return Reading(file=job.file, problems=(problem,))


def _silent(_: float) -> None:
    pass


def messages(job: AnyJob, tell: Progress) -> Iterator[tuple[str, bytes]]:
    """What the child says, until it is done; its refusal or its death becomes our error."""
    with tempfile.TemporaryFile() as complaints, _child(job, complaints) as child:
        for line in _lines(child, job, tell):
            kind, _, content = line.partition(b" ")
            if kind == b"refused":
                said = FAILURE.validate_json(content)
                raise refusal(said["code"], job.file, **said["values"])
            yield kind.decode(), content
        if child.wait() != 0:
            raise _death(child.returncode, complaints, job)


@contextmanager
def _child(job: AnyJob, complaints: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "outside_in.journeys.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=_environment(),
    )
    assert child.stdin
    assert child.stdout
    try:
        child.stdin.write(job.model_dump_json().encode())
        child.stdin.close()
        yield child
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def _environment() -> dict[str, str]:
    """The same package whatever the folder; one thread, so that memory can be told from greed."""
    root = str(Path(outside_in.__file__).parent.parent)
    paths = [root, os.environ.get("PYTHONPATH", "")]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {
        **os.environ,
        **threads,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "MALLOC_ARENA_MAX": "2",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }


def _lines(child: subprocess.Popen[bytes], job: AnyJob, tell: Progress) -> Iterator[bytes]:
    lines: queue.Queue[bytes] = queue.Queue(READ_AHEAD)
    threading.Thread(target=_listen, args=(child, lines), daemon=True).start()
    last = time.monotonic() + 2 * seconds(os.path.getsize(job.path))
    share = 0.0
    while True:
        try:
            line = lines.get(timeout=TICK)
        except queue.Empty:
            tell(share)
            _watch(child, last, job)
            continue
        if not line:
            return
        if line.startswith(b"progress "):
            share = float(line.split()[1])
        yield line


def _listen(child: subprocess.Popen[bytes], lines: "queue.Queue[bytes]") -> None:
    """On its own thread: a pipe cannot be waited for with a deadline on every system."""
    assert child.stdout
    try:
        for line in child.stdout:
            lines.put(line)
    except ValueError:
        pass  # closed while we listened: the reading was given up
    lines.put(b"")


def _watch(child: subprocess.Popen[bytes], last: float, job: AnyJob) -> None:
    if time.monotonic() > last or _memory(child.pid) > memory(job):
        raise refusal(FileTooLarge.code, job.file)


def _memory(pid: int) -> int:
    """Linux keeps its own watch; elsewhere we ask."""
    if sys.platform == "linux":
        return 0
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _death(code: int, complaints: IO[bytes], job: AnyJob) -> BadInput:
    """Killed for its greed, or by a bug of ours or a library's: the file is not read either way."""
    complaints.seek(0)
    said = complaints.read()[-2_000:].decode("utf-8", "replace")
    log.warning("reading ended with %s: %s", code, said)
    greedy = "MemoryError" in said or "bad_alloc" in said or code in (-9, -24)
    return refusal((FileTooLarge if greedy else FileDamaged).code, job.file)
