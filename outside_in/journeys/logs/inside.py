"""What happens to an event log inside the child process: read once, counted, and only the counts leave."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from outside_in.domain.flow import LogReport, Part
from outside_in.journeys.logs.job import LogJob
from outside_in.journeys.logs.mining import mined
from outside_in.journeys.logs.reader import EVENTS, Events, Source
from outside_in.journeys.refusals import Refused

Found = tuple[str, object]
READING = 0.8
"""Share of the time that goes into reading."""


def work(job: LogJob) -> Iterator[Found]:
    source = Source(Path(job.path), job.limit_bytes, job.columns)
    try:
        columns = source.columns()
    except Refused:
        yield "header", list(source.header.names)
        raise
    size = max(1, Path(job.path).stat().st_size)
    for found in source.events():
        if isinstance(found, Events):
            yield "progress", READING
            flow = mined(found, job.plan, job.file, source.rejected)
            yield "log", _report(job, source, columns).model_copy(update={"flow": flow})
        else:
            yield "progress", READING * min(0.95, found / min(EVENTS, max(1, size // 60)))


def _report(job: LogJob, source: Source, columns: Mapping[Part, str]) -> LogReport:
    return LogReport(file=job.file, header=source.header.names, columns=columns, problems=tuple(source.problems))
