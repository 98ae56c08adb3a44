"""What can happen in a session. Events are for ever: add a kind, never edit one."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, JsonValue, TypeAdapter

from outside_in.domain.exercise import Values
from outside_in.domain.fold import Event
from outside_in.domain.plan import Phase

Columns = Mapping[str, tuple[JsonValue, ...]]
"""By question: what was said. Columns of an anonymous step are shuffled one by one."""


class Joined(Event):
    kind: Literal["joined"] = "joined"
    name: str = ""
    """Only where the leader gave one."""
    remote: bool = False
    """Takes part from somewhere else."""


class Moved(Event):
    """The room went to `step`, which is now in phase `to` and shows `beat` beats."""

    kind: Literal["moved"] = "moved"
    to: Phase
    beat: int = 1
    until: float | None = None
    """Set where the step's clock starts."""
    at: float
    """Seconds since the epoch, as in all events of the facilitator; answers carry no time."""


class Answered(Event):
    """A leader sent the form of a step; in an anonymous step `who` is a tag of that step only."""

    kind: Literal["answered"] = "answered"
    values: Values
    test: bool = False
    """Said by a simulated leader; cleared in one step."""


class Closed(Event):
    """An anonymous step keeps what was said and forgets who said it."""

    kind: Literal["closed"] = "closed"
    at: float
    said: Columns
    test: Columns = {}
    receipts: tuple[str, ...] = ()
    """Of the answers that count, sorted."""
    test_receipts: tuple[str, ...] = ()
    spent: tuple[str, ...] = ()
    """Of answers that were replaced; a late retry still learns that it was saved."""

    @property
    def erases(self) -> Mapping[str, str]:
        return {"step": self.step}


class Again(Event):
    """A step that has closed takes answers once more: its next round."""

    kind: Literal["again"] = "again"
    until: float
    at: float


class Reset(Event):
    """A step begins anew; what was said in it is put aside until somebody answers again."""

    kind: Literal["reset"] = "reset"
    at: float


class Restored(Event):
    """What a reset had put aside is back."""

    kind: Literal["restored"] = "restored"
    at: float


class Counted(Event):
    """What came in on paper; a later count of the same step replaces it."""

    kind: Literal["counted"] = "counted"
    said: Columns


class Shortened(Event):
    """So many minutes are left to these steps, because the room is late."""

    kind: Literal["shortened"] = "shortened"
    minutes: Mapping[str, int]
    at: float


class Hosted(Event):
    """This account may run the session from now on, or no longer."""

    kind: Literal["hosted"] = "hosted"
    account: str
    on: bool


class Timed(Event):
    """The step's clock runs out at `until`; nothing ends by itself."""

    kind: Literal["timed"] = "timed"
    until: float


class Blacked(Event):
    kind: Literal["blacked"] = "blacked"
    on: bool


class Judged(Event):
    """The facilitator let a text reach the stage, or took it away again."""

    kind: Literal["judged"] = "judged"
    text: str
    shown: bool


class Cleared(Event):
    """All answers of simulated leaders are gone."""

    kind: Literal["cleared"] = "cleared"


class Forgotten(Event):
    """
    A leader, or one of a leader's tags, is gone with all that still carries it.

    `step`: whose growing result rested on that answer; it is withdrawn with it.
    """

    kind: Literal["forgotten"] = "forgotten"

    @property
    def erases(self) -> Mapping[str, str]:
        return {"who": self.who}


class Ended(Event):
    kind: Literal["ended"] = "ended"
    at: float


class Resumed(Event):
    """The end was taken back; closed steps stay closed."""

    kind: Literal["resumed"] = "resumed"
    at: float


class FollowUp(Event):
    """Something about a commitment; `who` is its leader, so that forgetting a leader erases it."""

    promise: str
    at: float


class Linked(FollowUp):
    """Links for these check-ins were handed out; from now on silence on those days counts as such."""

    kind: Literal["linked"] = "linked"
    days: tuple[int, ...] = ()
    partner: bool = False


class Unlinked(FollowUp):
    """All links of this commitment were withdrawn."""

    kind: Literal["unlinked"] = "unlinked"


class CheckedIn(FollowUp):
    """What its leader, or the partner, says about it; the wording of the commitment stays."""

    kind: Literal["checked-in"] = "checked-in"
    day: int
    partner: bool = False
    status: Literal["open", "running", "done", "adapted", "dropped"]
    evidence: str = ""
    obstacle: str = ""
    help: str = ""
    on: dt.date | None = None
    """When it happened, as the leader says; without it, the day of the check-in counts."""


class Thanked(FollowUp):
    kind: Literal["thanked"] = "thanked"
    words: str = ""


AnyFollowUp = Linked | Unlinked | CheckedIn | Thanked

SessionEvent = Annotated[
    Joined
    | Moved
    | Answered
    | Closed
    | Again
    | Reset
    | Restored
    | Counted
    | Shortened
    | Hosted
    | Timed
    | Blacked
    | Judged
    | Cleared
    | Forgotten
    | Ended
    | Resumed
    | AnyFollowUp,
    Field(discriminator="kind"),
]
SESSION_EVENT: TypeAdapter[SessionEvent] = TypeAdapter(SessionEvent)
