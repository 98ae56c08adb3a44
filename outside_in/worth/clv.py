"""What one customer is worth over time (DOMAIN, 7.1)."""

import math
from collections.abc import Mapping

from outside_in.domain.worth import Clv, Segment, Variant


def lifetime_value(margin: float, retention: float, discount: float, years: int | None = None) -> Clv:
    """All three variants; `years` None is the infinite horizon."""
    if not 0 <= retention <= 1 or discount <= -1:
        raise ValueError("retention lies between 0 and 1, discount above −1")
    staying = retention / (1 + discount)
    now = margin * _annuity(staying, years)
    return Clv(now=now, end=now / (1 + discount), retained=now * staying)


def by_segment(
    segments: Mapping[str, Segment],
    discount: float,
    variant: Variant = "retained",
    years: int | None = None,
) -> dict[str, float]:
    return {
        name: lifetime_value(one.margin, one.retention, discount, years).of(variant) for name, one in segments.items()
    }


def moving(customers: float, causal_share: float, before: float, after: float) -> float:
    """What it is worth to move customers between segments; both CLVs of the same variant."""
    return customers * causal_share * (after - before)


def monthly_churn(yearly: float) -> float:
    return 1 - (1 - yearly) ** (1 / 12)


def yearly_churn(monthly: float) -> float:
    return 1 - (1 - monthly) ** 12


def _annuity(staying: float, years: int | None) -> float:
    """1 + q + q² + …, as many terms as there are years."""
    if years is None:
        if staying >= 1:
            raise ValueError("nobody leaves and nothing is discounted: the value has no end")
        return 1 / (1 - staying)
    if years < 0:
        raise ValueError("the past is not valued")
    if staying in (0, 1):
        return years if staying else min(years, 1)
    # expm1 keeps its digits where the share that stays is close to 1
    return math.expm1(years * math.log(staying)) / (staying - 1)
