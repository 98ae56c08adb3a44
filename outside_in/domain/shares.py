"""Two more ways to ask what customers did: a top three, and a hundred points over themes (DOMAIN 3.2)."""

from collections.abc import Sequence
from statistics import fmean
from typing import Literal

from outside_in.domain.blocks import Beat, Says, beat
from outside_in.domain.exercise import Facts, Room
from outside_in.domain.forecasts import top_overlap, total_variation
from outside_in.domain.known import Known, bad, mentions, pairs_of, points_of, spread_of
from outside_in.domain.model import Model
from outside_in.domain.noise import redrawn
from outside_in.domain.questions import AnyQuestion, Option, Pick, Share
from outside_in.domain.tallies import bars
from outside_in.domain.text import Figure, Line, Text, line

TOP = 3


class TopThree(Model):
    """RANK: the three touchpoints with most bad experiences."""

    type: Literal["top"] = "top"
    points: tuple[Known, ...] = ()

    def filled(self, facts: Facts) -> "TopThree":
        found = [Known(id=p.id, name=p.name, truth=e) for p in points_of(facts) if (e := bad(p))]
        return self if self.points else self.model_copy(update={"points": tuple(found)})

    def ready(self) -> bool:
        return len(self.points) > TOP

    def asks(self) -> tuple[AnyQuestion, ...]:
        return (self._question(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        votes = room.said(self._question())
        if not votes:
            return ()
        counted = bars(self._question().options, votes)
        return (beat(counted), beat(counted, *(Says(text=text) for text in self._judged(votes))))

    def mine(self, own: Room) -> tuple[Line, ...]:
        right = {p.id for p in self._worst()}
        return tuple(
            line("You had {n} of the customers' top three.", n=len(right & set(vote)))
            for vote in own.said(self._question())
        )

    def _judged(self, votes: Sequence[tuple[str, ...]]) -> list[Line]:
        def figure(columns: Sequence[Sequence[tuple[str, ...]]]) -> float:
            counts = [sum(p.id in vote for vote in columns[0]) for p in self.points]
            return top_overlap([p.truth.value for p in self.points], counts, TOP)

        bounds, share = redrawn([votes], figure), figure([votes])
        worst = self._worst()
        names = Text(de=", ".join(p.name.de for p in worst), en=", ".join(p.name.en for p in worst))
        found = line(
            "Our three hold {hits} of them ({low} to {high} if the room were drawn again, n = {n}).",
            hits=round(share * TOP),
            low=round((bounds.low if bounds else share) * TOP),
            high=round((bounds.high if bounds else share) * TOP),
            n=len(votes),
        )
        return [line("The customers' top three: {names}.", names=names), found]

    def _worst(self) -> list[Known]:
        return sorted(self.points, key=lambda p: -p.truth.value)[:TOP]

    def _question(self) -> Pick:
        options = tuple(Option(id=p.id, label=p.name) for p in self.points)
        label = line("At which three touchpoints do most customers have a bad experience?")
        return Pick(id="top-three", label=label, options=options, fewest=TOP, most=TOP)


class Split(Model):
    """SHARE: a hundred comments, spread over themes."""

    type: Literal["split"] = "split"
    most: int = 5
    themes: tuple[Known, ...] = ()

    def filled(self, facts: Facts) -> "Split":
        largest = sorted(facts.themes, key=lambda t: -t.size)[: self.most]
        total = sum(theme.size for theme in largest)
        if self.themes or total == 0:
            return self
        found = (
            Known(id=t.id, name=t.label, truth=mentions(t.size, total)) for t in sorted(largest, key=lambda t: t.id)
        )
        return self.model_copy(update={"themes": tuple(found)})

    def ready(self) -> bool:
        return len(self.themes) > 2

    def asks(self) -> tuple[AnyQuestion, ...]:
        return (self._question(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        said = room.said(self._question())
        if not said:
            return ()
        columns = [(t, [answer[t.id] for answer in said]) for t in self.themes]
        return beat(spread_of(columns)), beat(pairs_of(columns), Says(text=self._moved(said)))

    def mine(self, own: Room) -> tuple[Line, ...]:
        return tuple(
            line("Of your 100 points, {points} would have to move.", points=Figure(value=self._distance([answer])))
            for answer in own.said(self._question())
        )

    def _distance(self, answers: Sequence[dict[str, float]]) -> float:
        """Total variation between the room's mean shares and the customers'; no bias, it is 0 by construction."""
        means = [fmean(answer[t.id] for answer in answers) for t in self.themes]
        return total_variation([t.truth.value for t in self.themes], means)

    def _moved(self, said: Sequence[dict[str, float]]) -> Line:
        bounds, moved = redrawn([said], lambda c: self._distance(c[0])), self._distance(said)
        return line(
            "{points} of our 100 points would have to move ({low} to {high}, n = {n}).",
            points=Figure(value=moved),
            low=Figure(value=bounds.low if bounds else moved),
            high=Figure(value=bounds.high if bounds else moved),
            n=len(said),
        )

    def _question(self) -> Share:
        options = tuple(Option(id=t.id, label=t.name) for t in self.themes)
        label = line("Of 100 comments on these themes, how many fall on each?")
        return Share(id="split", label=label, options=options, hint=line("Other totals are converted to 100."))
