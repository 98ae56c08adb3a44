"""
Money maths, to be read by a controller alone: assumptions in, worth out, nothing else.

`clv` values one customer, `case` the whole measure, `risk` what happens when inputs are ranges.
"""

from outside_in.domain.business import break_even, business_case
from outside_in.worth.clv import by_segment, lifetime_value, monthly_churn, moving, yearly_churn
from outside_in.worth.risk import monte_carlo, tornado

__all__ = [
    "break_even",
    "business_case",
    "by_segment",
    "lifetime_value",
    "monte_carlo",
    "monthly_churn",
    "moving",
    "tornado",
    "yearly_churn",
]
