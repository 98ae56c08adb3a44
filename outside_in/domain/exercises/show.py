"""Something is shown and nothing is asked: the lobby, the rules of the room, a frame."""

from typing import Literal

from outside_in.domain.blocks import Beat, Invitation, Points, Says, beat
from outside_in.domain.exercise import Exercise, Room
from outside_in.domain.text import Text


class Show(Exercise):
    kind: Literal["show"] = "show"
    invites: bool = False
    """Draws the way in: code and QR."""
    message: Text | None = None
    points: tuple[Text, ...] = ()

    def tells(self, room: Room) -> tuple[Beat, ...]:
        message = (Says(text=self.message, strong=True),) if self.message else ()
        points = (Points(items=self.points),) if self.points else ()
        return (beat(*((Invitation(),) if self.invites else ()), *message, *points),)
