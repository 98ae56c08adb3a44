"""What a claim about customers rests on."""

from typing import Literal

from outside_in.domain.model import Model
from outside_in.domain.text import Figure, Line, line

Metric = Literal["nps", "csat", "ces", "stars"]
Measure = Metric | Literal["share", "mentions"]
"""Scores customers gave, and shares that are counted."""


class Evidence(Model):
    """
    A value with what it stands on: `n` answers, 95 % interval `low`–`high`, period, source.

    Units follow the metric: nps in points −100…100, csat as a share of the top two in percent,
    ces as the mean of 1…7, stars as the mean of 1…5, share and mentions in percent.
    """

    metric: Measure
    value: float
    n: int
    low: float
    high: float
    period: str = ""
    source: str = ""

    @property
    def scale(self) -> tuple[int, int]:
        """The ends of the metric's axis."""
        return SCALES[self.metric]

    @property
    def unit(self) -> Line:
        return UNITS[self.metric]

    def figure(self, value: float) -> Figure:
        return Figure(value=value, digits=DIGITS[self.metric], signed=self.metric == "nps")


SCALES: dict[Measure, tuple[int, int]] = {
    "nps": (-100, 100),
    "csat": (0, 100),
    "ces": (1, 7),
    "stars": (1, 5),
    "share": (0, 100),
    "mentions": (0, 100),
}
DIGITS: dict[Measure, int] = {"nps": 0, "csat": 0, "ces": 1, "stars": 1, "share": 0, "mentions": 0}
UNITS: dict[Measure, Line] = {
    "nps": line("NPS, −100 to 100"),
    "csat": line("satisfied customers in percent"),
    "ces": line("effort score, 1 to 7, 7 is easy"),
    "stars": line("stars, 1 to 5"),
    "share": line("percent of customers"),
    "mentions": line("percent of comments"),
}
