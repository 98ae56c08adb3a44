import pytest

from outside_in.web.limits import Quota, WrongTries
from outside_in.web.once import Once
from tests.house.world import Clock


def test_ten_thousand_addresses_do_not_fill_the_memory():
    tries = WrongTries(Clock())
    for number in range(30_000):
        tries.wait(str(number))
    assert len(tries._left) <= 10_001


def test_the_pause_is_as_long_as_it_says():
    clock = Clock()
    tries = WrongTries(clock)
    for _ in range(60):
        assert tries.wait("a") == 0
    pause = tries.wait("a")
    clock.wait(pause)
    assert tries.wait("a") == 0


def test_an_account_uploads_so_much_an_hour_and_another_account_as_well():
    clock = Clock()
    quota = Quota(most=100, clock=clock)
    assert quota.takes("a", 60)
    assert not quota.takes("a", 41)
    assert quota.takes("a", 40)
    assert quota.takes("b", 100)
    clock.wait(3600)
    assert quota.takes("a", 100)


def test_work_with_one_ticket_is_done_once_for_a_minute():
    clock, done = Clock(), []
    once = Once(clock)
    for _ in range(3):
        assert once("ticket", lambda: done.append(1) or len(done)) == 1
    clock.wait(61)
    assert once("ticket", lambda: done.append(1) or len(done)) == 2


def test_without_a_ticket_it_is_done_every_time():
    done = []
    once = Once()
    for _ in range(3):
        once("", lambda: done.append(1))
    assert len(done) == 3


def test_what_was_refused_may_be_tried_again():
    once = Once()

    def refused():
        raise ValueError

    with pytest.raises(ValueError):
        once("ticket", refused)
    assert once("ticket", lambda: "well") == "well"
