"""A business case, said in sentences."""

from outside_in.domain.blocks import euros
from outside_in.domain.inputs import ABOUT
from outside_in.domain.text import Figure, Line, line, lines
from outside_in.domain.worth import Assumptions, Input, Risk, Worth


def assumed(given: Assumptions) -> Line:
    """What every number of the case stands on; the mode belongs to it."""
    values = {
        "causal": _percent(given.causal_share),
        "realised": _percent(given.realisation),
        "discount": _percent(given.discount, digits=1),
    }
    if given.mode == "replacement":
        return lines(
            "Assumed: {causal} of the observed link counts as effect, {realised} of the contact cut "
            "is realised, {n} year, {discount} interest. A customer who stays saves winning another.",
            "Assumed: {causal} of the observed link counts as effect, {realised} of the contact cut "
            "is realised, {n} years, {discount} interest. A customer who stays saves winning another.",
            n=given.horizon,
            **values,
        )
    return lines(
        "Assumed: {causal} of the observed link counts as effect, {realised} of the contact cut "
        "is realised, {n} year, {discount} interest. A customer who stays is worth the margin.",
        "Assumed: {causal} of the observed link counts as effect, {realised} of the contact cut "
        "is realised, {n} years, {discount} interest. A customer who stays is worth the margin.",
        n=given.horizon,
        **values,
    )


def verdict(worth: Worth) -> Line:
    """The point estimate, said plainly."""
    npv = _euros(worth.npv)
    if worth.payback is None and worth.npv < 0:
        return line("The effect is too small: NPV {npv}, and the money does not come back.", npv=npv)
    if worth.payback is None:
        return line(
            "NPV {npv}, but only with what is expected after the horizon: within it the money does not come back.",
            npv=npv,
        )
    years = Figure(value=worth.payback, digits=1)
    if worth.npv < 0:
        return line(
            "The money comes back after {years} years, but not with interest: NPV {npv}.",
            npv=npv,
            years=years,
        )
    return line("NPV {npv}; the money comes back after {years} years.", npv=npv, years=years)


def pays_from(name: Input, value: float | None) -> Line:
    """A break-even, said plainly; `value` as `BreakEven` has it."""
    about = ABOUT[name]
    if value is None:
        return line("“{input}” alone cannot make it pay, however large it is.", input=about.name)
    if value == 0:
        return line("It pays even without “{input}”.", input=about.name)
    return line(
        "It pays from “{input}” = {value} on, all others at their best guess.",
        input=about.name,
        value=about.figure(value).model_copy(update={"digits": 1}),
    )


def chances(risk: Risk) -> Line:
    return line(
        "With these ranges the case pays off with a chance of {chance}. "
        "Eight of ten outcomes lie between {low} and {high}, the middle one is {middle}.",
        chance=_percent(risk.chance),
        low=euros(risk.p10),
        high=euros(risk.p90),
        middle=euros(risk.p50),
    )


def _percent(share: float, digits: int = 0) -> Figure:
    return Figure(value=100 * share, digits=digits, unit="%")


def _euros(amount: float) -> Figure:
    return Figure(value=amount, unit="€")
