"""
Numbers with ranges: everybody says low, best guess and high for a few inputs of the business case.

The other inputs stay as they were prepared. What the room believes is drawn from, leader by
leader, and comes back as chances, break-even and what the result hangs on (DOMAIN, 4 F11 and 7.4).
"""

import math
from typing import Literal

from pydantic import Field

from outside_in.domain.blocks import Beat, Block, Estimates, Money, Points, Says, Tornado, beat, euros
from outside_in.domain.business import break_even, net_present_value, varied
from outside_in.domain.calculation import Calculation
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.inputs import ABOUT
from outside_in.domain.luck import pooled, simulated
from outside_in.domain.questions import AnyQuestion, Estimate
from outside_in.domain.text import Line, line
from outside_in.domain.worth import Assumptions, Input, Range
from outside_in.domain.worth_told import assumed, pays_from

STEPS = 20
"""Of a slider."""


class Ranges(Exercise):
    kind: Literal["ranges"] = "ranges"
    inputs: tuple[Input, ...] = Field(
        default=("causal_share", "churn_cut", "failure_cut", "realisation"), min_length=1, max_length=4
    )
    """All others are locked, or the room would argue about a spreadsheet."""
    calculation: Calculation | None = None

    def filled(self, facts: Facts) -> "Ranges":
        if self.calculation or not facts.calculation:
            return self
        return self.model_copy(update={"calculation": facts.calculation})

    def missing(self) -> Line | None:
        return None if self.calculation else line("Enter the business case under “Worth” first.")

    def asks(self) -> tuple[AnyQuestion, ...]:
        return tuple(self._question(name) for name in self.inputs) if self.calculation else ()

    def opening(self) -> tuple[Block, ...]:
        message = line("Which numbers do you believe? Give a range you would stand by, not one figure.")
        return Says(text=message, strong=True), Points(items=tuple(ABOUT[name].name for name in self.inputs))

    def tells(self, room: Room) -> tuple[Beat, ...]:
        pools = {name: said for name in self.inputs if (said := self._said(room, name))}
        if not pools or not self.calculation:
            return ()
        rows = tuple(
            Estimates.Row(input=name, answers=said, room=pooled(said), top=self._top(name))
            for name, said in pools.items()
        )
        risk = simulated(self.calculation, pools)
        guess = varied(self.calculation.best, {row.input: row.room.best for row in rows})
        card = Money(
            mode=guess.mode,
            npv=risk.npv,
            best_guess=risk.best_guess,
            chance=risk.chance,
            residual=risk.residual,
            counted=guess.residual,
            years=guess.horizon,
            draws=risk.draws,
            assumed=assumed(guess),
        )
        moving = tuple(bar for bar in risk.tornado if bar.swing) or risk.tornado[:1]
        swings = Tornado(bars=moving, best_guess=risk.best_guess)
        told = (Says(text=said) for said in (assumed(guess), *self._skewed(card)))
        return (
            beat(Estimates(rows=rows)),
            beat(card, *told),
            beat(swings),
            *self._break_even(guess),
        )

    def mine(self, own: Room) -> tuple[Block, ...]:
        """All own lows and all own highs together: the widest a leader can mean."""
        said = {name: found[0] for name in self.inputs if (found := self._said(own, name))}
        if not said or not self.calculation:
            return ()
        best = self.calculation.best
        ends = [
            net_present_value(varied(best, {name: getattr(one, end) for name, one in said.items()}))
            for end in ("low", "best", "high")
        ]
        message = line(
            "With your own ranges: between {low} and {high} in today's money, at your best guesses {best}.",
            low=euros(min(ends)),
            high=euros(max(ends)),
            best=euros(ends[1]),
        )
        return (Says(text=message),)

    def _said(self, room: Room, name: Input) -> tuple[Range, ...]:
        read = ABOUT[name].read
        return tuple(read(*answer) for answer in room.said(self._question(name)))

    def _question(self, name: Input) -> Estimate:
        about, top = ABOUT[name], self._top(name)
        high = top * about.factor
        step = 5.0 if (about.unit, top) == ("%", 1.0) else high / STEPS
        label, id = about.name, name.replace("_", "-")
        return Estimate(id=id, label=label, low=0, high=high, step=round(step, 3), unit=about.unit)

    def _top(self, name: Input) -> float:
        """Round, well above what was prepared, so that the axis gives no answer away."""
        assert self.calculation
        about, high = ABOUT[name], self.calculation.range(name).high
        if about.high == 1 and high > 0.25:
            return 1.0
        return min(about.high, nice(2 * (high or about.start)) or 1.0)

    def _break_even(self, guess: Assumptions) -> tuple[Beat, ...]:
        limits: dict[Input, float] = {"causal_share": 1.0, "churn_cut": guess.churn, "failure_cut": 1.0}
        found = [pays_from(name, break_even(guess, name, limits[name])) for name in self.inputs if name in limits]
        title = Says(text=line("From which value on does it pay?"), strong=True)
        return (beat(title, *(Says(text=said) for said in found)),) if found else ()

    @staticmethod
    def _skewed(card: Money) -> list[Line]:
        """The best guess is no middle where ranges lean to one side."""
        share = abs(card.best_guess - card.npv.middle) / ((card.npv.high - card.npv.low) or 1.0)
        if share < 0.1:
            return []
        message = line(
            "All best guesses together give {best}; the middle of all outcomes is {middle}, because the ranges lean.",
            best=euros(card.best_guess),
            middle=euros(card.npv.middle),
        )
        return [message]


def nice(value: float) -> float:
    """The next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, …"""
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(round(step * power, 9) for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9))
