"""The short form of `python -m benchmarks.restore`: whether the house stands again, not how fast."""

from benchmarks.restore import drill


def test_a_house_that_was_lost_is_served_from_its_backup_and_exports_as_before(tmp_path):
    found = drill(tmp_path, answers=60, leaders=10)
    assert found["same"]
    assert found["answers"] >= 60
    assert "serve, until /health is well" in found["took"]
