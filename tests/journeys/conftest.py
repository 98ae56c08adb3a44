import pytest

from outside_in import journeys
from outside_in.domain.mapping import Reading
from outside_in.journeys.inside import Job, work
from outside_in.journeys.refusals import FILE_BYTES, Refused


class English:
    language = "en"

    def __call__(self, what, **values):
        if isinstance(what, str):
            return what.format(**values)
        return what.message.format(**what.values)


@pytest.fixture
def say():
    return English()


@pytest.fixture
def read(tmp_path):
    """Reads bytes as the child would, without starting one: verbatims, reading, refusal."""

    def read(content, name="feedback.csv", mapping=None, presets=(), preset=None):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        job = Job(
            path=str(path),
            file=name,
            limit_bytes=FILE_BYTES,
            presets=presets,
            preset=preset,
            mapping=mapping or {},
        )
        return _gathered(job)

    return read


def _gathered(job):
    kept = []
    try:
        for kind, content in work(job):
            if kind == "verbatims":
                kept += content
            if kind == "reading":
                return content.model_copy(update={"verbatims": tuple(kept)})
    except Refused as refused:
        problem = {"row": None, "code": refused.code}
        return Reading.model_validate({"file": job.file, "problems": [problem]})
    raise AssertionError("neither read nor refused")


@pytest.fixture
def read_in_child(tmp_path):
    def read(content, name="feedback.csv", **more):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return journeys.read(path, **more)

    return read
