"""The power fails at every write; the long form is `python -m tests.store.power`, see docs/reliability.md."""

import pytest

from tests.store.power import SCENARIOS, tried


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_wherever_the_power_fails_nothing_acknowledged_is_lost_and_nothing_is_half(scenario):
    assert tried(scenario, 150, seed=7) == {"images": 150}


def test_a_database_that_does_not_flush_every_commit_loses_answers():
    """So that a harness which sees nothing would be found out."""
    assert tried("submit", 60, seed=7, flush="normal")["lost"] > 5
