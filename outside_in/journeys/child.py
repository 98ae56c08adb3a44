"""
The child process that opens what strangers wrote: little memory, little time, no way back.

One job comes in as JSON, messages go out as lines of JSON: nothing it says can be code.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from outside_in.domain.feedback import Verbatim
from outside_in.domain.flow import LogReport
from outside_in.domain.mapping import Preview, Reading
from outside_in.journeys.inside import Job, TableJob, words
from outside_in.journeys.inside import work as read
from outside_in.journeys.logs.job import LogJob
from outside_in.journeys.refusals import NAMES, TABLE, FileTooLarge, Refused

AnyJob = Job | LogJob | TableJob
JOB: TypeAdapter[AnyJob] = TypeAdapter(Annotated[AnyJob, Field(discriminator="what")])
WRITERS: dict[str, TypeAdapter[Any]] = {
    "verbatims": TypeAdapter(tuple[Verbatim, ...]),
    "preview": TypeAdapter(Preview),
    "reading": TypeAdapter(Reading),
    "log": TypeAdapter(LogReport),
    "header": NAMES,
    "table": TABLE,
    "progress": TypeAdapter(float),
    "refused": TypeAdapter(dict[str, Any]),
}


def seconds(size: int) -> int:
    """How long a file of so many bytes may take."""
    return 60 + 20 * (size >> 20)


def memory(job: AnyJob) -> int:
    """Bytes; a log's numbers are in memory as a whole, feedback never is."""
    return (2 if isinstance(job, LogJob) else 1) * 1024**3


def work(job: AnyJob) -> Iterator[tuple[str, object]]:
    """A feedback file needs neither numpy nor pandas, so the other half of this room comes on need."""
    if isinstance(job, Job):
        return read(job)
    if isinstance(job, TableJob):
        return words(job)
    from outside_in.journeys.logs.inside import work as mine

    return mine(job)


def main() -> None:
    job = JOB.validate_json(sys.stdin.buffer.read())
    _limit(job)
    try:
        for kind, content in work(job):
            _say(kind, content)
    except Refused as refused:
        _say("refused", {"code": refused.code, "values": refused.values})
    except MemoryError:
        _say("refused", {"code": FileTooLarge.code, "values": {}})


def _say(kind: str, content: object) -> None:
    written = WRITERS[kind].dump_json(content, exclude_defaults=kind == "verbatims")  # type: ignore[arg-type]
    sys.stdout.buffer.write(kind.encode() + b" " + written + b"\n")
    sys.stdout.buffer.flush()


def _limit(job: AnyJob) -> None:
    """Where the system can; elsewhere the parent watches."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory(job), memory(job)))
        most = seconds(os.path.getsize(job.path))
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))


if __name__ == "__main__":
    main()
