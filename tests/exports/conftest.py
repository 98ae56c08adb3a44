import pytest

from outside_in.content import Speaker
from outside_in.exports import write
from tests.exports.samples import MADE


@pytest.fixture(params=["de", "en"])
def say(request):
    return Speaker(request.param)


@pytest.fixture
def german():
    return Speaker("de")


@pytest.fixture
def written(german):
    """One file of an outcome, in German unless told otherwise."""

    def one(outcome, format, say=german, **more):
        return write(outcome, format, say, made=MADE, **more)[0].data

    return one
