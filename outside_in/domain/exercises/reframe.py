"""Reframing practice: what leaders say, what may stand behind it, and an offer that keeps the talk open (DOMAIN 10)."""

from typing import Literal

from outside_in.domain.blocks import Beat, Block, Says, beat
from outside_in.domain.exercise import Drafted, Exercise, Room
from outside_in.domain.model import Model
from outside_in.domain.questions import AnyQuestion, Option, Pick, Words
from outside_in.domain.tallies import bars, sayings
from outside_in.domain.text import Text, line


class Objection(Model):
    """A sentence heard in real rooms; `behind` is one of the exercise's needs."""

    id: str
    says: Text
    behind: str
    offer: Text


class Reframe(Exercise):
    kind: Literal["reframe"] = "reframe"
    needs: tuple[Option, ...]
    """What may stand behind an objection."""
    objections: tuple[Objection, ...]

    def asks(self) -> tuple[AnyQuestion, ...]:
        return (*(self._behind(one) for one in self.objections), _draft())

    def opening(self) -> tuple[Block, ...]:
        return (
            Says(text=line("Nobody here is difficult: behind every sentence stands a need. Which one?"), strong=True),
        )

    def tells(self, room: Room) -> tuple[Beat, ...]:
        found = (part for one in self.objections for part in self._told(one, room))
        words = sayings(_draft().label, room.said(_draft()))
        return *found, *((beat(*words),) if words else ())

    def mine(self, own: Room) -> tuple[Block, ...]:
        names = {need.id: need.label for need in self.needs}
        return tuple(
            Says(
                text=line(
                    "“{says}” You heard: {yours}. Often it is: {behind}.",
                    says=o.says,
                    yours=names[id],
                    behind=names[o.behind],
                )
            )
            for o in self.objections
            for vote in own.said(self._behind(o))
            for id in vote
        )

    def drafted(self, own: Room) -> Drafted | None:
        words = next((said for said in own.said(_draft()) if said), "")
        return Drafted(text=words, about=tuple(one.says for one in self.objections)) if words else None

    def _told(self, one: Objection, room: Room) -> tuple[Beat, ...]:
        votes = room.said(self._behind(one))
        if not votes:
            return ()
        need = next(need.label for need in self.needs if need.id == one.behind)
        heading = Says(text=line("“{words}”", words=one.says), strong=True)
        often, offer = line("Often it is: {behind}.", behind=need), line("An offer: “{offer}”", offer=one.offer)
        return beat(heading, bars(self.needs, votes)), beat(heading, Says(text=often), Says(text=offer, strong=True))

    def _behind(self, one: Objection) -> Pick:
        label = line("“{says}” What stands behind it?", says=one.says)
        return Pick(id=f"behind-{one.id}", label=label, options=self.needs)


def _draft() -> Words:
    example = Text(
        de="Angenommen, es wären Einzelfälle: Woran würden wir das merken?",
        en="Suppose they are exceptions: how would we know?",
    )
    label = line("Your own offer for one of these sentences")
    return Words(id="reframe-draft", label=label, fewest=0, most=240, lines=2, examples=(example,))
