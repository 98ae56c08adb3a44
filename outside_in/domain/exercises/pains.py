"""
Pain ranking: leaders put touchpoints in order, worst first; customers' bad experiences show the real one.

After DOMAIN F2 and 3.3: τ-b against the noise ceiling, Kendall's W among leaders, ties as one band.
"""

from statistics import fmean
from typing import Literal

from outside_in.domain.agreement import kendall_tau_b, kendall_w
from outside_in.domain.blocks import Beat, Block, Points, Says, Slope, Voice, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.feedback import Quote
from outside_in.domain.journey import Touchpoint
from outside_in.domain.model import Model
from outside_in.domain.noise import ceiling, tied
from outside_in.domain.questions import Option, Pick
from outside_in.domain.tallies import percent
from outside_in.domain.text import Figure, Line, Text, line

FEWEST, MOST = 4, 9
CHANCE = 0.3
"""Below it an order of about eight is hardly better than chance (DOMAIN 3.2, RANK)."""
TOP = 3


class Pain(Model):
    id: str
    name: Text
    share: float
    """Of bad experiences, 0…1."""
    low: float
    high: float
    n: int
    level: float
    tied: bool = False
    """Cannot be told from the place above."""
    quote: Quote | None = None


class Pains(Exercise):
    kind: Literal["pains"] = "pains"
    item: str = "pains"
    pains: tuple[Pain, ...] = ()
    """In the customers' order, worst first; frozen before anybody orders them."""

    def filled(self, facts: Facts) -> "Pains":
        points = facts.journey.touchpoints if facts.journey else ()
        found = sorted((pain for p in points if (pain := _pain(p))), key=lambda pain: -pain.share)[:MOST]
        if self.pains or not found:
            return self
        bands = tied([(round(p.share * p.n), p.n) for p in found])
        banded = (p.model_copy(update={"tied": same}) for p, same in zip(found, bands, strict=True))
        return self.model_copy(update={"pains": tuple(banded)})

    def missing(self) -> Line | None:
        if len(self.pains) >= FEWEST:
            return None
        return line("A pain ranking needs at least four touchpoints with scores.")

    def asks(self) -> tuple[Pick, ...]:
        return (self._order(),)

    def opening(self) -> tuple[Block, ...]:
        message = line("Where do most customers have a bad experience? Order by share, not by what annoys you.")
        return (Says(text=message, strong=True), Points(items=tuple(p.name for p in self._offered())))

    def tells(self, room: Room) -> tuple[Beat, ...]:
        orders = room.said(self._order())
        places = {p.id: 1 + fmean(order.index(p.id) for order in orders) for p in self.pains}
        rows = tuple(
            Slope.Row(label=p.name, inside=places[p.id], outside=place, size=p.n, tied=p.tied)
            for place, p in enumerate(self.pains, 1)
        )
        slope = Slope(rows=rows, n=len(orders), head=line("Touchpoint"), behind=line("Customers asked"))
        first, *ours = (Says(text=text) for text in self._judged(orders, places))
        deep = (Says(text=text) for text in self._deep_and_broad())
        voices = (beat(Voice(quote=p.quote, about=p.name)) for p in self.pains[:2] if p.quote)
        return beat(slope, first), beat(*ours, *deep), *voices

    def mine(self, own: Room) -> tuple[Block, ...]:
        for order in own.said(self._order()):
            tau = kendall_tau_b([order.index(p.id) for p in self.pains], range(len(self.pains)))
            return (Says(text=self._possible(tau)),)
        return ()

    def _judged(self, orders: list[tuple[str, ...]], places: dict[str, float]) -> list[Line]:
        tau = kendall_tau_b([places[p.id] for p in self.pains], range(len(self.pains)))
        told = [self._possible(tau, len(orders))]
        if any(p.tied for p in self.pains):
            told.append(line("Places on one band cannot be told apart by the customers' data."))
        if tau is None or abs(tau) < CHANCE:
            told.append(line("That is hardly better than chance."))
        if len(orders) > 1 and (w := kendall_w([[o.index(p.id) for p in self.pains] for o in orders])):
            told.append(line("Among ourselves: W = {w} (1 is one order, n = {n}).", w=_two(w.w), n=len(orders)))
        hits = {p.id: sum(p.id in order[:TOP] for order in orders) for p in self.pains[:TOP]}
        unseen = min(self.pains[:TOP], key=lambda p: hits[p.id])
        return [*told, _overlooked(unseen, hits[unseen.id], len(orders))]

    def _possible(self, tau: float | None, n: int = 0) -> Line:
        """Of a single leader where `n` is 0."""
        best = ceiling(tuple(p.share for p in self.pains), tuple(p.n for p in self.pains))
        top = _two(best.tau if best else 1.0)
        if n:
            return line(
                "Our order against the customers': τ {tau} of a possible {top} (n = {n}).", tau=_two(tau), top=top, n=n
            )
        return line("Your order against the customers': τ {tau} of a possible {top}.", tau=_two(tau), top=top)

    def _deep_and_broad(self) -> list[Line]:
        """The worst score and the most people need not be the same touchpoint."""
        deep, broad = min(self.pains, key=lambda p: p.level), max(self.pains, key=lambda p: p.share * p.n)
        if deep.id == broad.id:
            return [line("“{name}” is the deepest pain and the broadest one.", name=deep.name)]
        worst = line("Deepest pain: “{name}”, the worst score of all.", name=deep.name)
        count, asked = round(broad.share * broad.n), broad.n
        most = line("Broadest pain: “{name}”, {count} of {n} customers asked.", name=broad.name, count=count, n=asked)
        return [worst, most]

    def _offered(self) -> list[Pain]:
        return sorted(self.pains, key=lambda p: p.id)

    def _order(self) -> Pick:
        n, label = len(self.pains), line("Tap them in order: most bad experiences first.")
        options = tuple(Option(id=p.id, label=p.name) for p in self._offered())
        return Pick(id=self.item, label=label, options=options, fewest=n, most=n)


def _pain(point: Touchpoint) -> Pain | None:
    known, low, high = point.evidence, point.negative_low, point.negative_high
    if known is None or point.negative is None or low is None or high is None:
        return None
    quote = next((q for q in point.quotes if q.approved), None)
    bounds = {"low": low, "high": high}
    return Pain(id=point.id, name=point.name, share=point.negative, n=known.n, level=known.value, quote=quote, **bounds)


def _overlooked(pain: Pain, count: int, n: int) -> Line:
    return line(
        "Among the customers' three worst, named so by {count} of {n} of us: “{name}” ({share}; {low} to {high}).",
        count=count,
        n=n,
        name=pain.name,
        share=percent(pain.share),
        low=percent(pain.low),
        high=percent(pain.high),
    )


def _two(value: float | None) -> Figure:
    return Figure(value=value or 0.0, digits=2)
