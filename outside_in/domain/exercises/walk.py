"""The reality walk: touchpoint by touchpoint what customers went through, in their own words."""

from typing import Literal

from outside_in.domain.blocks import Beat, Block, Says, Voice, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.journey import Journey
from outside_in.domain.journey_told import curve
from outside_in.domain.questions import Option, Pick
from outside_in.domain.text import Line, line


class Walk(Exercise):
    kind: Literal["walk"] = "walk"
    item: str = "surprised"
    journey: Journey | None = None

    def filled(self, facts: Facts) -> "Walk":
        return self if self.journey else self.model_copy(update={"journey": facts.journey})

    def missing(self) -> Line | None:
        if self.journey and any(point.evidence for point in self.journey.touchpoints):
            return None
        return line("There is no journey with measured touchpoints yet.")

    def asks(self) -> tuple[Pick, ...]:
        return (self._surprise(),) if self.journey else ()

    def opening(self) -> tuple[Block, ...]:
        if not self.journey:
            return ()
        voices = (
            Voice(quote=quote, about=point.name)
            for point in self.journey.touchpoints
            for quote in [q for q in point.quotes if q.approved][:1]
        )
        hint = Says(text=line("Read one voice at each touchpoint, then choose."))
        return curve(self.journey), hint, *voices

    def tells(self, room: Room) -> tuple[Beat, ...]:
        if not self.journey:
            return ()
        picked = [id for ids in room.said(self._surprise()) for id in ids]
        counts = {point.id: picked.count(point.id) for point in self.journey.touchpoints}
        most = max(self.journey.touchpoints, key=lambda point: counts[point.id])
        message = line(
            "What surprised most of us: “{label}” ({count} of {n}).",
            label=most.name,
            count=counts[most.id],
            n=len(room.said(self._surprise())),
        )
        voices = (
            beat(Voice(quote=quote, about=point.name))
            for point in sorted(self.journey.touchpoints, key=lambda point: -counts[point.id])[:3]
            for quote in [q for q in point.quotes if q.approved][:1]
        )
        return beat(Says(text=message, strong=True), curve(self.journey, counts)), *voices

    def _surprise(self) -> Pick:
        assert self.journey
        points = self.journey.touchpoints
        options = tuple(Option(id=point.id, label=point.name) for point in points)
        label = line("What surprises you? Choose up to three touchpoints.")
        return Pick(id=self.item, label=label, options=options, most=min(3, len(options)))
