"""Who acts: a role in one place, never a person's name."""

from typing import Literal

from outside_in.domain.errors import NotAllowed
from outside_in.domain.model import Model

Role = Literal["leader", "facilitator", "consultant", "stage", "operator", "clock", "author", "partner", "nobody"]


class Principal(Model):
    """
    One role; the same person elsewhere is another principal.

    `id` is a leader's random id, or a facilitator's account; of an author or a partner, who come by a
    check-in link, the commitment and the day. `code` names the session (leader,
    stage, author, partner), the workshop (consultant), or where a facilitator was last (a hint, not a right).
    """

    role: Role = "nobody"
    id: str = ""
    code: str = ""

    def must_be(self, *roles: Role) -> None:
        if self.role not in roles:
            raise NotAllowed


NOBODY = Principal()
CLOCK = Principal(role="clock", id="clock")
OPERATOR = Principal(role="operator", id="operator")


class Badge(Model):
    """What the door makes of a browser's cookies: its roles, and the key of its leader."""

    principals: tuple[Principal, ...] = ()
    key: str = ""
    """The leader key in hex; lives in memory while the visit is open, and nowhere else."""

    def role(self, *wanted: Role) -> Principal:
        """The first principal that has one of these roles, else nobody."""
        return next((p for want in wanted for p in self.principals if p.role == want), NOBODY)
