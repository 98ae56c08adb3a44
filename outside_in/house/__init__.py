"""The only place where the parts meet; each is built once per process."""

from outside_in.domain.people import Principal
from outside_in.domain.session import Session
from outside_in.domain.workshop import Workshop
from outside_in.house.answers import new_ticket, receipt
from outside_in.house.following import Following
from outside_in.house.offering import Offering
from outside_in.house.papers import Papers
from outside_in.house.parts import FIRST, LETTERS
from outside_in.house.settings import Settings
from outside_in.house.valuing import Valuing
from outside_in.house.ways_in import WaysIn
from outside_in.store import Database, Job

__all__ = ["FIRST", "LETTERS", "House", "Job", "new_ticket", "parts", "receipt"]


class House(Following, Offering, Papers, Valuing, WaysIn):
    """Everything a page, a route or a command may ask for."""

    def sample_session(self, by: Principal, company: str) -> Session:
        from outside_in.house.demo import fresh

        by.must_be("facilitator")
        self._still(by)
        return fresh(self, by.id, company)[0]

    def taste(self, by: Principal, company: str) -> Session:
        from outside_in.house.demo import taste

        by.must_be("facilitator")
        self._still(by)
        return taste(self, by.id, company)

    def sample_workshop(self, by: Principal, company: str) -> Workshop:
        from outside_in.house.demo import sample_workshop

        by.must_be("facilitator")
        self._still(by)
        return sample_workshop(self, by.id, company=company)


_built: list[House] = []


def parts(*, migrate: bool = True) -> House:
    """This process's house. Built from the environment, so that every way of starting finds the same."""
    if not _built:
        settings = Settings.of()
        _built.append(House(settings, Database(settings.database, settings.data, migrated=migrate)))
    return _built[0]
