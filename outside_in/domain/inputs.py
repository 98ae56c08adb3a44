"""The inputs of a business case, as people name, write and limit them."""

from collections.abc import Mapping
from typing import Literal, get_args

from outside_in.domain.model import Model
from outside_in.domain.text import Figure, Line, line
from outside_in.domain.worth import Input, Range

Unit = Literal["", "%", "€"]
MOST = 1e12


class About(Model):
    """People write shares in percent; `low` and `high` are the limits a case can be computed with."""

    name: Line
    unit: Unit = ""
    digits: int = 0
    low: float = 0.0
    high: float = MOST
    start: float = 0.0
    """What stands there until somebody knows better."""

    @property
    def factor(self) -> float:
        return 100.0 if self.unit == "%" else 1.0

    def figure(self, value: float) -> Figure:
        """The value as it is written: 0.125 as 12.5 %."""
        shown = value * self.factor
        digits = self.digits if abs(shown) < 100 or self.unit == "%" else 0
        return Figure(value=shown, digits=digits, unit=self.unit)

    def shown(self, one: Range) -> Range:
        ends = (round(end * self.factor, 6) for end in (one.low, one.best, one.high))
        return Range(**dict(zip(("low", "best", "high"), ends, strict=True)))

    def read(self, low: float, best: float, high: float) -> Range:
        """The way back from what people write."""
        return Range(**{n: v / self.factor for n, v in zip(("low", "best", "high"), (low, best, high), strict=True)})


ABOUT: Mapping[Input, About] = {
    "customers": About(name=line("Number of customers"), start=10_000),
    "revenue": About(name=line("Revenue per customer and year"), unit="€", start=500),
    "margin_rate": About(
        name=line("Contribution margin before service cost"), unit="%", digits=1, low=-1, high=1, start=0.2
    ),
    "churn": About(name=line("Customers lost per year"), unit="%", digits=1, high=1, start=0.1),
    "contacts": About(name=line("Contacts per customer and year"), digits=1, start=1),
    "contact_cost": About(name=line("Cost of one contact"), unit="€", digits=2, start=5),
    "failure_share": About(name=line("Share of contacts that a failure causes"), unit="%", high=1, start=0.3),
    "churn_cut": About(name=line("Churn points saved at full strength"), unit="%", digits=1, high=1, start=0.01),
    "revenue_effect": About(
        name=line("Additional revenue at full strength"), unit="%", digits=1, low=-1, high=100, start=0
    ),
    "failure_cut": About(name=line("Failure contacts avoided at full strength"), unit="%", high=1, start=0.2),
    "causal_share": About(name=line("Causal share of the observed link"), unit="%", high=1, start=0.5),
    "realisation": About(name=line("Share of saved contacts that becomes money"), unit="%", high=1, start=0.8),
    "one_off": About(name=line("One-off cost"), unit="€", start=50_000),
    "yearly": About(name=line("Yearly cost"), unit="€", start=10_000),
    "discount": About(name=line("Discount rate"), unit="%", digits=1, high=10, start=0.08),
    "replacement_cost": About(name=line("Cost of winning one new customer"), unit="€", start=100),
}
GROUPS: tuple[tuple[Line, tuple[Input, ...]], ...] = (
    (line("Customers and revenue"), ("customers", "revenue", "margin_rate", "churn", "replacement_cost")),
    (line("Service"), ("contacts", "contact_cost", "failure_share")),
    (line("What the measure changes"), ("churn_cut", "revenue_effect", "failure_cut")),
    (line("How much of it counts"), ("causal_share", "realisation")),
    (line("What it costs"), ("one_off", "yearly", "discount")),
)
assert {name for _, names in GROUPS for name in names} == set(get_args(Input)) == set(ABOUT)
