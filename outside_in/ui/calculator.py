"""The business case on the page: inputs as ranges, results that never stand without theirs."""

from collections.abc import Mapping
from typing import Literal, get_args

import streamlit as st

from outside_in.domain.blocks import Table, euros
from outside_in.domain.calculation import Calculation
from outside_in.domain.inputs import ABOUT, GROUPS, About
from outside_in.domain.text import Figure, Line, Say, line
from outside_in.domain.workshop import Workshop
from outside_in.domain.worth import Input, Mode, Range, Risk, Span
from outside_in.domain.worth_told import assumed, pays_from
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

Ends = tuple[float, float, float]
SHARES = (4, 2, 2, 2)
"""Widths of a row: its name, and three numbers."""
ENDS = (("low", line("Low")), ("best", line("Best guess")), ("high", line("High")))
YEARS = 5
"""Strengths that can be set on the page; a file may hold more."""


def inputs(visit: Visit, workshop: Workshop) -> None:
    """One form, one Save; what was saved is what the page starts from."""
    t, known, key = visit.t, workshop.calculation, workshop.code
    st.header(t("What we assume"), anchor=False)
    st.markdown(
        plain(
            t("Every input as a range: low, best guess, high. If you are certain, enter the same number three times.")
        )
    )
    typed: dict[Input, Ends] = {}
    with st.form(f"calculation-{key}", border=False):
        for place, (title, names) in enumerate(GROUPS):
            with st.expander(t(title), expanded=known is None and place == 0, key=f"group-{key}-{place}"):
                for column, (_, said) in zip(st.columns(SHARES)[1:], ENDS, strict=True):
                    column.markdown(f"**{plain(t(said))}**")
                for name in names:
                    typed[name] = _range(name, known, key, t)
                if "causal_share" in names:
                    st.markdown(plain(_hint(workshop, t)))
        with st.expander(t("Course and way of counting"), key=f"group-{key}-course"):
            ramp = _ramp(known, key, t)
            mode = _mode(known, key, t)
            residual = st.checkbox(
                t("Count what saved customers are worth after the last year (residual value)"),
                bool(known and known.residual),
                key=f"residual-{key}",
            )
            together = st.checkbox(
                t("Less churn and fewer failure contacts succeed or fail together"),
                bool(known and known.together),
                key=f"together-{key}",
            )
        sent = st.form_submit_button(t("Save and calculate"), key=f"value-{key}", type="primary")
    if sent:
        with kindly(tell=st.error):
            given = Calculation.of(typed, ramp, mode, residual=residual, together=together)
            visit.house.value(visit.host, key, given)
            st.toast(t("Saved"), icon=":material/check:")


def _hint(workshop: Workshop, t: Say) -> str:
    """What the client's own data say about the one input nobody can look up."""
    found = workshop.ladder.adjusted.alpha_hint if workshop.ladder and workshop.ladder.adjusted else None
    if found is None:
        return t(
            "A causal share of 50 % is our assumption, not a finding. "
            "“From score to money” may give a hint from your feedback."
        )
    low, value, high = (Figure(value=100 * one, unit="%") for one in (found.low, found.value, found.high))
    return t(
        "Your feedback gives {value} ({low} to {high}) as an upper hint for the causal share.",
        value=value,
        low=low,
        high=high,
    )


def _range(name: Input, known: Calculation | None, key: str, t: Say) -> Ends:
    about = ABOUT[name]
    start = about.shown(known.range(name) if known else Range(low=about.start, best=about.start, high=about.start))
    words, *columns = st.columns(SHARES, vertical_alignment="center")
    words.markdown(plain(_named(about, t)))
    found = [
        column.number_input(
            plain(t("{end}: {input}", end=said, input=about.name)),
            value=float(getattr(start, end)),
            step=_step(about),
            format=f"%.{about.digits}f" if about.digits else "%.0f",
            key=f"{end}-{name}-{key}",
            label_visibility="collapsed",
        )
        for column, (end, said) in zip(columns, ENDS, strict=True)
    ]
    return found[0], found[1], found[2]


def _named(about: About, t: Say) -> str:
    return f"{t(about.name)} ({about.unit})" if about.unit else t(about.name)


def _step(about: About) -> float:
    return float(10**-about.digits)


def _ramp(known: Calculation | None, key: str, t: Say) -> tuple[float, ...]:
    now = known.ramp if known else (0.5, 1.0, 1.0)
    most = max(YEARS, len(now))
    years = st.number_input(t("Years that are counted"), 1, most, len(now), key=f"years-{key}")
    columns = st.columns(most)
    strengths = [
        column.number_input(
            t("Effect in year {n}, in %", n=year),
            0,
            100,
            round(100 * (now[year - 1] if year <= len(now) else 1)),
            step=5,
            key=f"ramp-{year}-{key}",
        )
        for year, column in enumerate(columns, 1)
    ]
    return tuple(strength / 100 for strength in strengths[: int(years)])


def _mode(known: Calculation | None, key: str, t: Say) -> Mode:
    names = {
        "margin": t("the margin of customers who stay"),
        "replacement": t("what winning new customers would cost"),
    }
    modes = get_args(Mode)
    now = modes.index(known.mode) if known else 0
    label = t("A saved customer counts as … (never both: it would be the same customer twice)")
    chosen: Mode = st.radio(label, modes, now, names.__getitem__, key=f"mode-{key}")
    return chosen


def results(visit: Visit, given: Calculation) -> None:
    t, house = visit.t, visit.house
    card, risk = house.card(given), house.risk(given)
    st.header(t("What it may be worth"), anchor=False)
    for edge in given.edges():
        st.warning(plain(t(edge)), icon=":material/info:")
    with st.container(key="money-card"):
        parts.show(card, t, "laptop")
    st.markdown(plain(t(assumed(given.best))))
    _table(_figures(given, risk), t)
    st.header(t("What the result hangs on"), anchor=False)
    if swings := house.swings(given):
        parts.show(swings, t, "laptop")
    else:
        st.markdown(plain(t("No input is a range: the result hangs on none of them, and the chance is no chance.")))
    found = house.thresholds(given)
    for name in ("causal_share", "churn_cut", "failure_cut"):
        st.markdown(f"- {plain(t(pays_from(name, getattr(found, name))))}")
    with st.expander(t("Year by year")):
        _years(risk, t)
    with st.expander(t("What one customer is worth: three readings")):
        _clv(visit, given)


def _figures(given: Calculation, risk: Risk) -> Table:
    """Every figure as a range; where ten percent of the outcomes lie on either side."""
    rows: list[tuple[Line | Figure, ...]] = []
    for name, said in LEVERS.items():
        if span := risk.levers.get(name):
            rows.append((said, *_euros(span)))
    rows.append((line("Return on what is spent (ROI)"), *_percents(risk.roi)))
    rows.append((line("Years until the money is back"), *_years_back(risk)))
    inside = line("Residual value, included above") if given.residual else line("Residual value, not included")
    rows.append((inside, *_euros(risk.residual)))
    heads = line("Figure"), line("One in ten is below"), line("Middle"), line("One in ten is above")
    return Table(columns=heads, rows=tuple(rows))


LEVERS: Mapping[Literal["retention", "revenue", "service"], Line] = {
    "retention": line("Benefit today from customers who stay"),
    "revenue": line("Benefit today from additional revenue"),
    "service": line("Benefit today from fewer failure contacts"),
}


def _euros(span: Span) -> tuple[Figure, Figure, Figure]:
    return euros(span.low), euros(span.middle), euros(span.high)


def _percents(span: Span | None) -> tuple[Figure | Line, ...]:
    if span is None:
        none = line("nothing is spent")
        return none, none, none
    low, middle, high = (Figure(value=100 * v, unit="%") for v in (span.low, span.middle, span.high))
    return low, middle, high


def _years_back(risk: Risk) -> tuple[Figure | Line, ...]:
    never = line("not within the years counted")
    return tuple(never if end is None else Figure(value=end, digits=1) for end in risk.payback or (None,) * 3)


def _years(risk: Risk, t: Say) -> None:
    st.markdown(plain(t("Cash since the start, not discounted, at the end of each year.")))
    heads = line("Year"), line("One in ten is below"), line("Middle"), line("One in ten is above")
    rows = tuple((year, *_euros(span)) for year, span in enumerate(risk.cumulated, 1))
    _table(Table(columns=heads, rows=rows), t)


def _clv(visit: Visit, given: Calculation) -> None:
    t, spans = visit.t, visit.house.lifetime(given)
    if spans is None:
        st.markdown(plain(t("Nobody leaves and nothing is discounted: the value of a customer has no end.")))
        return
    names = {
        "now": line("“now”: first margin today"),
        "end": line("“end”: first margin certain, at the end of year 1"),
        "retained": line("“retained”: first margin only if the customer stays"),
    }
    heads = line("Customer lifetime value, per customer"), line("One in ten is below"), line("Middle")
    rows = tuple((names[name], *_euros(span)) for name, span in spans.items())
    _table(Table(columns=(*heads, line("One in ten is above")), rows=rows), t)
    st.markdown(plain(t("The readings differ by when the first margin counts; never compare one with another.")))


def _table(table: Table, t: Say) -> None:
    rows = [{t(head): t.value(cell) for head, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    st.dataframe(rows, hide_index=True)
