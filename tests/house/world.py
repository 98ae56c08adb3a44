"""A house on SQLite and everybody who may come in; rights are issued by the real door."""

from outside_in.domain.people import OPERATOR, Badge, Principal
from outside_in.house import FIRST, House
from outside_in.house.settings import Settings
from outside_in.store import Database

NOON = 1_795_600_800.0


class Clock:
    """Stands still until somebody waits."""

    def __init__(self, now=NOON):
        self.now = now

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.now += seconds


def build(folder, clock=None):
    settings, clock = Settings.of({}, data=folder), clock or Clock()
    return House(settings, Database(settings.database, settings.data, clock=clock), clock=clock)


class World:
    """What happens in and around a session, one call after the other."""

    def __init__(self, parts):
        self.house, self.workshop, self.code = parts, "", ""

    @property
    def session(self):
        return self.house.sessions.of(self.code)

    @property
    def plan(self):
        return self.house.workshops.of(self.workshop)

    def leader(self):
        doors = self.house.database.doors
        by, token = doors.new_leader(self.code)
        self.house.change(by, self.code, lambda now: now.join(by))
        return Badge(principals=(by,), key=doors.leader_key(token).hex())

    def badge(self, role, kind, code="", id="someone"):
        by = Principal(role=role, id=id, code=code)
        self.house.database.doors.issue(by, kind)
        return Badge(principals=(by,))

    def host(self, id=FIRST):
        return self.badge("facilitator", "facilitator", id=id).principals[0]

    def press(self, times=1):
        for _ in range(times):
            self.house.press(OPERATOR, self.code, self.session.moved)
        return self.session

    def simulate(self, phones=6):
        self.house.simulate(OPERATOR, self.code, phones)

    def go_to(self, step, phase, phones=6):
        """Press until the step is there; a simulated room answers on the way."""
        while (self.session.now, self.session.course(step).phase) != (step, phase):
            assert not self.session.ended, f"{step} never got {phase}"
            if phones and self.session.asks and not self.session.answered(self.session.now):
                self.simulate(phones)
            self.press()
        return self.session
