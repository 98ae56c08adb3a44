"""Two companies of DOMAIN, 7.5, and any other."""

from hypothesis import strategies as st

from outside_in.domain.worth import Assumptions

R6 = Assumptions(
    customers=100_000,
    revenue=1100,
    margin_rate=0.12,
    churn=0.11,
    contacts=1.6,
    contact_cost=7,
    failure_share=0.45,
    churn_cut=0.012,
    failure_cut=0.25,
    causal_share=0.5,
    realisation=0.8,
    ramp=(0.5, 1, 1),
    one_off=180_000,
    yearly=60_000,
    discount=0.08,
)
R7 = Assumptions(
    customers=250_000,
    revenue=620,
    margin_rate=0.18,
    churn=0.08,
    churn_cut=0.008,
    ramp=(0.25, 0.75, 1),
    mode="replacement",
    replacement_cost=160,
    one_off=250_000,
)

shares = st.floats(0, 1)


def amounts(most):
    """Nobody accounts for less than a hundredth of a cent."""
    return st.floats(0, most).map(lambda amount: round(amount, 4))


cases = st.builds(
    Assumptions,
    customers=amounts(1e6),
    revenue=amounts(5000),
    margin_rate=st.floats(-1, 1),
    churn=shares,
    contacts=amounts(20),
    contact_cost=amounts(100),
    failure_share=shares,
    churn_cut=shares,
    revenue_effect=st.floats(-1, 1),
    failure_cut=shares,
    causal_share=shares,
    realisation=shares,
    ramp=st.lists(shares, min_size=1, max_size=5).map(tuple),
    one_off=amounts(1e6),
    yearly=amounts(1e6),
    discount=st.floats(0, 0.3),
    mode=st.sampled_from(["margin", "replacement"]),
    replacement_cost=amounts(500),
    residual=st.booleans(),
)
