"""An event log read in the child process, and what it told as a document."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from outside_in.domain.errors import BadInput
from outside_in.domain.flow import Expected, Flow, LogReport, Part
from outside_in.domain.mapping import Problem
from outside_in.journeys import refusals
from outside_in.journeys.logs.job import LogJob
from outside_in.journeys.reading import Progress, messages
from outside_in.journeys.refusals import FileDamaged, refusal

LOG_BYTES = 1024 * refusals.MEGABYTE


def read_log(
    path: Path,
    *,
    columns: Mapping[Part, str | None] | None = None,
    plan: Sequence[Expected] = (),
    name: str = "",
    limit_bytes: int = LOG_BYTES,
    progress: Progress | None = None,
) -> LogReport:
    """All events of a file, counted; a refused file is a report with one problem and no flow."""
    job = LogJob(
        path=str(Path(path).absolute()),
        file=name or Path(path).name,
        columns=columns or {},
        plan=tuple(plan),
        limit_bytes=limit_bytes,
    )
    tell, header = progress or (lambda _: None), ()
    try:
        for kind, content in messages(job, tell):
            if kind == "log":
                return LogReport.model_validate_json(content)
            if kind == "header":
                header = tuple(refusals.NAMES.validate_json(content))
            elif kind == "progress":
                tell(float(content))
    except BadInput as error:
        if error.code not in refusals.KINDS:
            raise
        return _refused(job, header, error)
    return _refused(job, header, refusal(FileDamaged.code, job.file))


def _refused(job: LogJob, header: tuple[str, ...], error: BadInput) -> LogReport:
    problem = Problem(row=None, code=error.code, values=error.values)
    return LogReport(file=job.file, header=header, problems=(problem,))


def flow_document(flow: Flow) -> dict[str, Any]:
    """The `outside-in/journeys/1` document of CONTRACT, section 3."""
    return {
        "format": "outside-in/journeys/1",
        "cases": flow.cases,
        "events": flow.events,
        "rejected": flow.rejected,
        "ways": flow.ways,
        "activities": [one.model_dump() for one in flow.activities],
        "variants": [{"path": list(one.path), "cases": one.cases, "share": one.share} for one in flow.variants],
        "follows": [
            {"from": one.source, "to": one.target, "n": one.n, "median_wait_days": one.median_wait_days}
            for one in flow.follows
        ],
        "loops": [one.model_dump() for one in flow.loops],
        "repeat_contacts": flow.repeats,
        "plan": [one.model_dump() for one in flow.plan],
        "deviations": [one.model_dump() for one in flow.deviations],
        "representatives": [
            {"case": one.case, "kind": one.kind, "similar": one.similar} for one in flow.representatives
        ],
    }
