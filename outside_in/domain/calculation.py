"""
What a workshop assumes about money: every input a range, never a single figure.

Kept with the workshop, frozen into its sessions. Whatever a person types in ends here, as a
calculation that can be computed or as one sentence about what is wrong.
"""

from collections.abc import Mapping
from typing import Self, get_args

from pydantic import ValidationError, model_validator

from outside_in.domain.business import margin
from outside_in.domain.errors import BadInput
from outside_in.domain.inputs import ABOUT, MOST
from outside_in.domain.text import Line, line
from outside_in.domain.worth import Assumptions, Input, Mode, Range, Sober

NEEDED: tuple[Input, ...] = ("customers", "revenue", "margin_rate", "churn")
SEED = 7
"""The same ranges give the same chances, whoever computes them."""


class Reversed(BadInput):
    message = "“{input}”: the three values must rise from low over best guess to high."
    code = "range-order"


class OutOfBounds(BadInput):
    message = "“{input}” lies between {low} and {high}."
    code = "range-bounds"


class TooLarge(BadInput):
    message = "“{input}” must not be negative, and not larger than any company is."
    code = "range-size"


class NoPrice(BadInput):
    message = "To count what replacing customers costs, please enter the cost of winning one new customer."
    code = "range-price"


class BadRamp(BadInput):
    message = "The effect needs a strength from 0 to 100 % for 1 to 10 years."
    code = "ramp"


class Calculation(Sober):
    """`ranges` holds at least `NEEDED`; what it leaves out is at the default of `Assumptions`."""

    ranges: Mapping[Input, Range]
    ramp: tuple[float, ...] = (0.5, 1.0, 1.0)
    """Strength per year, 0…1; its length is the horizon."""
    mode: Mode = "margin"
    residual: bool = False
    together: bool = False
    """Churn cut and failure cut succeed or fail together."""

    @model_validator(mode="after")
    def _computable(self) -> Self:
        if missing := set(NEEDED) - set(self.ranges):
            raise ValueError(f"these inputs are needed: {sorted(missing)}")
        for name, one in self.ranges.items():
            for end in (one.low, one.high):
                self.best.but(**{name: end})
        return self

    @classmethod
    def of(
        cls,
        typed: Mapping[Input, tuple[float, float, float]],
        ramp: tuple[float, ...],
        mode: Mode,
        *,
        residual: bool = False,
        together: bool = False,
    ) -> "Calculation":
        """`typed` as people write it: low, best, high, shares in percent."""
        ranges = {name: _range(name, *typed[name]) for name in get_args(Input) if name in typed}
        if mode == "replacement" and not ("replacement_cost" in ranges and ranges["replacement_cost"].high):
            raise NoPrice
        if not 1 <= len(ramp) <= 10 or not all(0 <= strength <= 1 for strength in ramp):
            raise BadRamp
        return cls(ranges=ranges, ramp=ramp, mode=mode, residual=residual, together=together)

    @property
    def best(self) -> Assumptions:
        """Every input at its best guess."""
        values = {str(name): one.best for name, one in self.ranges.items()}
        more = {"ramp": self.ramp, "mode": self.mode, "residual": self.residual}
        return Assumptions.model_validate({**values, **more})

    def range(self, name: Input) -> Range:
        """Also of what was left out: a constant at its default."""
        value = getattr(self.best, name) or 0.0
        return self.ranges.get(name) or Range(low=value, best=value, high=value)

    def edges(self) -> tuple[Line, ...]:
        """What a reader would take for a mistake of ours: inputs at an end that decide the result."""
        best = self.best
        told = []
        if not best.customers:
            told.append(line("Without customers nothing can be gained: only the cost is left."))
        if best.churn == 1:
            told.append(line("With a churn of 100 % nobody stays beyond the first year."))
        if best.churn_cut > best.churn:
            told.append(line("More churn cannot be saved than there is: the effect is cut off at the churn itself."))
        if margin(best) < 0:
            told.append(line("A customer costs more than she brings: keeping more of them loses money."))
        return tuple(told)


def _range(name: Input, low: float, best: float, high: float) -> Range:
    about = ABOUT[name]
    if not low <= best <= high:
        raise Reversed(input=about.name)
    try:
        one = about.read(low, best, high)
    except ValidationError as error:
        raise TooLarge(input=about.name) from error
    if about.low <= one.low and one.high <= about.high:
        return one
    if about.high == MOST:
        raise TooLarge(input=about.name)
    raise OutOfBounds(input=about.name, low=about.figure(about.low), high=about.figure(about.high))
