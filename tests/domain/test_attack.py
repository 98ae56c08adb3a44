"""The attacker finds nothing here, and finds what is wrong with a session that is careless."""

import pytest

from outside_in.domain.session import Session
from tests.attack import attack


def test_whoever_sees_everything_finds_nothing_out():
    """The long form is `python -m tests.attack`; its last result stands in docs/privacy.md."""
    found = attack(120, seed=7)
    assert found["violations"] == []
    assert found["looks"] > 3000
    assert abs(found["in order of arrival"] - 0.5) < 4 * 0.5 / found["pairs"] ** 0.5
    assert found["two columns in one row"] < found["by chance"] + 4 * found["by chance"] ** 0.5 + 1


class KeepsAll(Session):
    """Shows everybody's answer at the close, two more than the last time somebody looked."""

    def _counted(self, step):
        return list(self.course(step).answers.values())


class HandsOut(Session):
    """Lets a facilitator take every answer home."""

    def discreet(self):
        return self


class ShowsEarly(Session):
    """Does not wait for the reveal."""

    def shows(self, _):
        return True


class InOrder(Session):
    """Forgets to shuffle."""

    def _closing(self, move, _):
        return super()._closing(move, Still())


class Still:
    def shuffle(self, column):
        """Leaves it as it came."""


@pytest.mark.parametrize(
    ("careless", "kind"), [(KeepsAll, "group"), (HandsOut, "name"), (HandsOut, "put"), (ShowsEarly, "number")]
)
def test_carelessness_is_found_out(careless, kind):
    found = attack(30, seed=7, kind=careless)
    assert kind in {violation[2].split()[0] for violation in found["violations"]}


def test_an_order_is_found_out():
    found = attack(60, seed=7, kind=InOrder)
    assert found["in order of arrival"] > 0.6
    assert found["two columns in one row"] > 2 * found["by chance"]
