"""Leaders put the themes in the order they expect; customers' comments show the real one."""

from statistics import fmean
from typing import Literal

from outside_in.domain.agreement import kendall_tau_b
from outside_in.domain.blocks import Beat, Block, Says, Slope, Voice, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.feedback import Theme
from outside_in.domain.questions import Option, Pick
from outside_in.domain.text import Figure, Line, line

SIGNIFICANT = 0.3
"""Below it an order of about eight is hardly better than chance (DOMAIN 3.2, RANK)."""


class Rank(Exercise):
    kind: Literal["rank"] = "rank"
    item: str = "order"
    most: int = 6
    themes: tuple[Theme, ...] = ()
    """In the customers' order: most comments first."""

    def filled(self, facts: Facts) -> "Rank":
        if self.themes:
            return self
        largest = sorted(facts.themes, key=lambda theme: -theme.size)[: self.most]
        return self.model_copy(update={"themes": tuple(largest)})

    def missing(self) -> Line | None:
        return None if len(self.themes) > 2 else line("Select at least three themes first.")

    def asks(self) -> tuple[Pick, ...]:
        return (self._order(),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        orders = room.said(self._order())
        places = {t.id: 1 + fmean(order.index(t.id) for order in orders) for t in self.themes}
        rows = tuple(
            Slope.Row(label=theme.label, inside=places[theme.id], outside=place, size=theme.size)
            for place, theme in enumerate(self.themes, 1)
        )
        slope = Slope(rows=rows, n=len(orders))
        agreement = kendall_tau_b([row.inside for row in rows], [row.outside for row in rows])
        voices = (
            beat(Voice(quote=quote, about=theme.label))
            for theme in self.themes[:2]
            for quote in [q for q in theme.quotes if q.approved][:1]
        )
        return beat(slope, Says(text=_judged(agreement, len(orders)))), *voices

    def mine(self, own: Room) -> tuple[Block, ...]:
        for order in own.said(self._order()):
            agreement = kendall_tau_b([order.index(t.id) for t in self.themes], range(len(self.themes)))
            said = line("Your order against the customers': τ = {tau}.", tau=_tau(agreement))
            return (Says(text=said),)
        return ()

    def _order(self) -> Pick:
        n = len(self.themes)
        options = tuple(Option(id=t.id, label=t.label) for t in sorted(self.themes, key=lambda t: t.id))
        label = line("Which theme do customers raise most often? Tap them in order, most frequent first.")
        return Pick(id=self.item, label=label, options=options, fewest=n, most=n)


def _tau(agreement: float | None) -> Figure:
    return Figure(value=agreement or 0.0, digits=2, signed=True)


def _judged(agreement: float | None, n: int) -> Line:
    if agreement is None or abs(agreement) < SIGNIFICANT:
        return line(
            "Agreement of our order with the customers': τ = {tau} (n = {n}). Hardly better than chance.",
            tau=_tau(agreement),
            n=n,
        )
    return line("Agreement of our order with the customers': τ = {tau} (n = {n}).", tau=_tau(agreement), n=n)
