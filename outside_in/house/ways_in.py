"""The ways into a session or a workshop: links that carry one role each."""

import secrets

from outside_in.domain.people import Principal
from outside_in.house.parts import Parts


class WaysIn(Parts):
    def stage_link(self, code: str) -> str:
        return self.database.doors.issue(Principal(role="stage", id=secrets.token_hex(8), code=code), "stage")

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

    def add_account(self, by: Principal, login: str, password: str) -> None:
        by.must_be("facilitator", "operator")
        self._still(by)
        self.database.doors.add_account(login, password)
        self.database.log.note(by, "account added")
