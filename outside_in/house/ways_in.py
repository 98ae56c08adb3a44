"""The ways into a session or a workshop: links that carry one role each."""

import secrets

from outside_in.domain.errors import Unknown
from outside_in.domain.people import Principal
from outside_in.house.parts import Parts


class WaysIn(Parts):
    def stage_link(self, code: str) -> str:
        return self.database.doors.issue(Principal(role="stage", id=secrets.token_hex(8), code=code), "stage")

    def share_stage(self, by: Principal, code: str) -> str:
        """A stage link to hand out; it shows what the projector shows, and is worth nothing else."""
        self.sessions.of(code).must_run(by)
        self._still(by)
        self.database.log.note(by, "stage link", code)
        return self.stage_link(code)

    def sign_in_link(self, account: str, code: str = "") -> str:
        return self.database.doors.issue(Principal(role="facilitator", id=account, code=code), "sign-in")

    def personal_link(self, by: Principal, code: str) -> str:
        """One leader's own way into a self-paced session, on any of their devices."""
        self.sessions.of(code).must_run(by)
        return self.database.doors.resume_link(code)

    def share_link(self, by: Principal, workshop: str) -> str:
        self.workshops.of(workshop).must_host(by)
        self.database.log.note(by, "share link", workshop)
        return self.database.doors.issue(Principal(role="consultant", id=secrets.token_hex(8), code=workshop), "share")

    def share_console(self, by: Principal, code: str, account: str, on: bool) -> None:
        """Let another account of this house run the session, or no longer."""
        if not any(known.id == account for known in self.database.doors.accounts()):
            raise Unknown(name=account)
        self.change(by, code, lambda now: now.host(by, account, on))
        self.database.log.note(by, "co-facilitator in" if on else "co-facilitator out", code)

    def add_account(self, by: Principal, login: str, password: str) -> None:
        by.must_be("facilitator", "operator")
        self._still(by)
        self.database.doors.add_account(login, password)
        self.database.log.note(by, "account added")
