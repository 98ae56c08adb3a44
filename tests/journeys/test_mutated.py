"""A broken file is read with a report or refused with a reason; the long form is `python -m tests.journeys.mutated`."""

from tests.journeys.mutated import tried


def test_however_a_file_is_broken_it_is_explained():
    ends, wrong = tried(1500, seed=7)
    assert wrong == []
    assert ends["read"] > 300
    assert len(ends) > 5
