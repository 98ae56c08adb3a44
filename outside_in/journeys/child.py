"""
The child process that opens what strangers wrote: little memory, little time, no way back.

One job comes in as JSON, messages go out as lines of JSON: nothing it says can be code.
"""

import contextlib
import os
import sys
from typing import Any

from pydantic import TypeAdapter

from outside_in.domain.feedback import Verbatim
from outside_in.domain.mapping import Preview, Reading
from outside_in.journeys.inside import Job, work
from outside_in.journeys.refusals import FileTooLarge, Refused

MEMORY = 1024**3
WRITERS: dict[str, TypeAdapter[Any]] = {
    "verbatims": TypeAdapter(tuple[Verbatim, ...]),
    "preview": TypeAdapter(Preview),
    "reading": TypeAdapter(Reading),
    "progress": TypeAdapter(float),
    "refused": TypeAdapter(dict[str, Any]),
}


def seconds(size: int) -> int:
    """How long a file of so many bytes may take."""
    return 60 + 20 * (size >> 20)


def main() -> None:
    job = Job.model_validate_json(sys.stdin.buffer.read())
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


def _limit(job: Job) -> None:
    """Where the system can; elsewhere the parent watches."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        most = seconds(os.path.getsize(job.path))
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))


if __name__ == "__main__":
    main()
