"""
Money maths, to be read by a controller alone: assumptions in, worth out, nothing else.

`clv` values one customer, `risk` tells what happens when inputs are ranges, `ladder` what the answers
of customers can bear. The formulas of the business case stand in `domain.business`: a room counts with
them, too.
"""

from outside_in.domain.business import break_even, business_case
from outside_in.worth.clv import by_segment, lifetime_value, monthly_churn, moving, yearly_churn
from outside_in.worth.risk import lifetime_spans, monte_carlo, service_spans, tornado

__all__ = [
    "break_even",
    "business_case",
    "by_segment",
    "lifetime_spans",
    "lifetime_value",
    "monte_carlo",
    "monthly_churn",
    "moving",
    "service_spans",
    "tornado",
    "yearly_churn",
]
