"""What better experiences may be worth: what is assumed, and what follows from it."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from outside_in.domain.model import Model

Mode = Literal["margin", "replacement"]
Variant = Literal["now", "end", "retained"]
Input = Literal[
    "causal_share",
    "churn_cut",
    "failure_cut",
    "churn",
    "margin_rate",
    "contact_cost",
    "failure_share",
    "realisation",
    "one_off",
    "revenue_effect",
    "contacts",
    "customers",
    "revenue",
    "yearly",
    "discount",
    "replacement_cost",
]
"""What may be uncertain, in the order in which chance draws it."""

Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0, le=1e12)]
"""More than any company has; the limit keeps every product finite."""


class Sober(Model):
    """Money is made of finite numbers."""

    model_config = ConfigDict(allow_inf_nan=False)


class Range(Sober):
    """Low, best guess, high; all three equal is a constant."""

    low: float
    best: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.best <= self.high:
            raise ValueError("a range needs low ≤ best ≤ high")
        return self


class Assumptions(Sober):
    """Everything a business case rests on; the symbols of a formula are in `SYMBOLS`."""

    customers: Amount
    revenue: Amount
    """Per customer and year."""
    margin_rate: float = Field(ge=-1, le=1)
    """Contribution margin before service cost."""
    churn: Share
    """Per year."""
    contacts: Amount = 0.0
    """Per customer and year."""
    contact_cost: Amount = 0.0
    failure_share: Share = 0.0
    """Of the contacts: those that exist only because something went wrong."""
    churn_cut: Share = 0.0
    """Churn points at full strength."""
    revenue_effect: float = Field(default=0.0, ge=-1, le=100)
    """Relative, at full strength."""
    failure_cut: Share = 0.0
    """Relative cut of failure contacts, at full strength."""
    causal_share: Share = 0.5
    """Part of the observed link that counts as effect. The default is our assumption."""
    realisation: Share = 0.8
    """Part of the contact cut that becomes money."""
    ramp: tuple[Amount, ...] = Field(default=(0.5, 1.0, 1.0), min_length=1, max_length=50)
    """Strength per year; its length is the horizon."""
    one_off: Amount = 0.0
    yearly: Amount = 0.0
    discount: float = Field(default=0.08, ge=0, le=10)
    mode: Mode = "margin"
    replacement_cost: Amount | None = None
    """What winning one new customer costs; needed in mode `replacement`."""
    residual: bool = False
    """Count what saved customers are worth after the horizon."""

    @model_validator(mode="after")
    def _replacement_has_its_price(self) -> Self:
        if self.mode == "replacement" and self.replacement_cost is None:
            raise ValueError("mode replacement needs the cost of winning one new customer")
        return self

    def but(self, **values: object) -> "Assumptions":
        """The same with some values changed, checked again."""
        return Assumptions.model_validate({**self.model_dump(), **values})

    @property
    def horizon(self) -> int:
        return len(self.ramp)


SYMBOLS: Mapping[str, str] = {
    "N": "customers",
    "R": "revenue",
    "g": "margin_rate",
    "c": "churn",
    "k": "contacts",
    "u": "contact_cost",
    "f": "failure_share",
    "dc": "churn_cut",
    "dr": "revenue_effect",
    "df": "failure_cut",
    "alpha": "causal_share",
    "beta": "realisation",
    "ramp": "ramp",
    "I0": "one_off",
    "Ia": "yearly",
    "i": "discount",
    "A": "replacement_cost",
    "mode": "mode",
    "residual": "residual",
}


class Year(Model):
    """Stocks at the end of the year; `cumulated` is undiscounted cash since the start."""

    t: int
    stock_without: float
    stock_with: float
    retention: float
    revenue: float
    service: float
    benefit: float
    cash: float
    cumulated: float


class Levers(Model):
    """Present value of the benefit, split; adds up exactly."""

    retention: float
    revenue: float
    service: float


class BreakEven(Model):
    """
    The value of one input at which the case comes out at zero, all others as given.

    0: pays without it. None: does not pay even at the limit.
    """

    causal_share: float | None
    churn_cut: float | None
    failure_cut: float | None


class Worth(Model):
    """A point estimate; never to be shown without its break-even or its chances."""

    assumptions: Assumptions
    npv: float
    pv_benefit: float
    pv_cost: float
    roi: float | None
    """None when nothing is spent."""
    payback: float | None
    """Years; None when the cash never comes back."""
    pv_residual: float
    """Always told, counted only where the assumptions say so."""
    cumulated: float
    years: tuple[Year, ...]
    levers: Levers
    break_even: BreakEven


class Bar(Model):
    """One input of a tornado: the NPV at its low and at its high end."""

    input: Input
    low: float
    high: float

    @property
    def swing(self) -> float:
        return abs(self.high - self.low)


class Span(Model):
    """Where eight of ten outcomes lie (`low` is P10, `high` P90) and the middle one (P50)."""

    low: float
    middle: float
    high: float


class Risk(Model):
    """What many draws from the ranges come to."""

    best_guess: float
    """NPV with every input at its best guess: not the median where ranges are skewed."""
    p10: float
    p50: float
    p90: float
    chance: float
    """Share of the draws with a positive NPV."""
    draws: int
    seed: int
    together: bool
    """Whether churn cut and failure cut succeed or fail together; else all are independent."""
    tornado: tuple[Bar, ...]
    residual: Span = Span(low=0, middle=0, high=0)
    """What is expected after the horizon: its own line, whether it counts or not."""
    roi: Span | None = None
    """None where some draw spends nothing, and where it was not asked for."""
    levers: Mapping[str, Span] = {}
    cumulated: tuple[Span, ...] = ()
    """Undiscounted cash since the start, at the end of every year."""
    payback: tuple[float | None, float | None, float | None] | None = None
    """P10, P50 and P90 of the years until the cash is back; an end of None: not within the horizon."""

    @property
    def npv(self) -> Span:
        return Span(low=self.p10, middle=self.p50, high=self.p90)


class Clv(Model):
    """Three readings of one customer's lifetime value; never print one without its name."""

    now: float
    """First margin today."""
    end: float
    """First margin certain, at the end of year 1."""
    retained: float
    """First margin only if the customer stays."""

    def of(self, variant: Variant) -> float:
        return {"now": self.now, "end": self.end, "retained": self.retained}[variant]


class Segment(Sober):
    """Margin per customer and year, and the yearly share that stays."""

    model_config = ConfigDict(strict=True)

    margin: float
    retention: Share
