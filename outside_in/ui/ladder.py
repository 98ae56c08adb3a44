"""What customers' answers say about money: figures with their intervals, then rung by rung."""

import datetime as dt
from typing import Any

import streamlit as st

from outside_in.domain.blocks import Cell, Table, euros
from outside_in.domain.evidence import DIGITS, Metric
from outside_in.domain.ladder import Answer, Between, Change, Ladder, Later, Level, Rate, detail
from outside_in.domain.text import Figure, Line, Say, Text, line
from outside_in.domain.workshop import Workshop
from outside_in.exports.telling import TRADE_MARK
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.planning import day_format
from outside_in.ui.visit import Visit, kindly
from outside_in.ui.work import running

ANSWERS: dict[Answer, Line] = {
    "good": line("Good answers"),
    "middling": line("Answers in between"),
    "bad": line("Bad answers"),
}
BY: dict[str, Line] = {
    "tenure": line("years as a customer"),
    "segment": line("segment"),
    "revenue": line("revenue"),
}
COUNTS: dict[str, Line] = {
    "promoters": line("promoters"),
    "passives": line("passives"),
    "detractors": line("detractors"),
}
SHORT: dict[Metric, Line] = {
    "nps": line("NPS"),
    "csat": line("Satisfied customers (CSAT, top two answers)"),
    "ces": line("Effort (CES, mean of 1 to 7, 7 is easy)"),
    "stars": line("Stars (mean of 1 to 5)"),
}


def ready(visit: Visit, workshop: Workshop) -> bool:
    """Whether there is something to show; else what to do for it."""
    t = visit.t
    if not workshop.batches:
        parts.empty(
            t("Figures need customers' answers. Import a file first."), at("feedback"), t("Import customer feedback")
        )
        return False
    if running(visit, workshop.code, "ladder", t("Comparing answers and behaviour …")):
        return False
    if workshop.ladder is None:
        st.markdown(plain(t("Scores, churn, repeat contacts and what links them are worked out from the feedback.")))
        if st.button(t("Work it out"), key="climb", type="primary", icon=":material/stairs:"):
            _start(visit, workshop, None, ())
    return workshop.ladder is not None


def _start(visit: Visit, workshop: Workshop, since: dt.date | None, where: tuple[str, ...]) -> None:
    with kindly():
        told = {"since": since.isoformat() if since else None, "touchpoints": list(where)}
        visit.house.start(visit.host, workshop.code, "ladder", told)
        st.rerun()


# figures ------------------------------------------------------------------------------------


def figures(visit: Visit, workshop: Workshop) -> None:
    t, found = visit.t, _found(workshop)
    st.header(t("What customers say"), anchor=False)
    st.markdown(plain(_from(found, t)))
    heads = line("Measure"), line("Group"), line("Value"), line("Interval, 95 %"), line("Answers"), line("Counts")
    _table(Table(columns=heads, rows=tuple(_level(one) for one in found.levels)), t)
    st.markdown(plain(t("Below 30 answers only the interval is shown, below 10 only the counts.")))
    st.header(t("What customers do"), anchor=False)
    rates: list[tuple[Cell, ...]] = []
    if found.churn:
        kept = _turned(found.churn)
        rates += [_rate(line("Churn"), found.churn), _rate(line("Retention"), kept)]
    if found.again:
        rates.append(_rate(line("Had to get in touch again (failure demand, lower bound)"), found.again))
    if rates:
        heads = line("Figure"), line("Share"), line("Interval, 95 %"), line("Of"), line("Customers")
        _table(Table(columns=heads, rows=tuple(rates)), t)
    else:
        st.markdown(plain(t("No column tells what customers did: who left, who got in touch again, or revenue.")))
    if workshop.calculation:
        _service(visit, workshop)
    if any(one.metric == "nps" for one in found.levels):
        st.markdown(plain(t(TRADE_MARK)))


def _from(found: Ladder, t: Say) -> str:
    if not found.period:
        return t("{n} answers.", n=found.rows)
    return t("{n} answers from {first} to {last}.", n=found.rows, first=found.period[0], last=found.period[1])


def _level(one: Level) -> tuple[Cell, ...]:
    def say(value: float) -> Figure:
        return Figure(value=value, digits=DIGITS[one.metric], signed=one.metric == "nps")

    about: Cell = Text.same(one.about) if one.about else line("all answers")
    value = say(one.value.value) if one.detail == "value" else None
    ends = line("{low} to {high}", low=say(one.value.low), high=say(one.value.high))
    return SHORT[one.metric], about, value, None if one.detail == "counts" else ends, one.n, _counts(one)


def _counts(one: Level) -> Line | str:
    if one.metric != "nps":
        return " · ".join(f"{answer}: {n}" for answer, n in one.counts.items())
    of = {name: one.counts.get(name, 0) for name in COUNTS}
    return line("{promoters} promoters, {passives} passives, {detractors} detractors", **of)


def _rate(name: Line, one: Rate) -> tuple[Cell, ...]:
    share = _percent(one.share.value) if one.detail == "value" else None
    ends = None if one.detail == "counts" else _ends(one.share)
    return name, share, ends, one.n, one.k


def _turned(one: Rate) -> Rate:
    share = Between(value=1 - one.share.value, low=1 - one.share.high, high=1 - one.share.low)
    return Rate(k=one.n - one.k, n=one.n, share=share)


def _service(visit: Visit, workshop: Workshop) -> None:
    """What serving customers costs, with the ranges of the business case."""
    assert workshop.calculation
    t, spans = visit.t, visit.house.service(workshop.calculation)
    names = {
        "contacts": line("Contacts"),
        "failure_contacts": line("of them because something failed"),
        "cost_per_customer": line("Service cost per customer (cost-to-serve), €"),
        "cost": line("Service cost, €"),
        "failure_cost": line("of it because something failed, €"),
    }
    st.header(t("What service costs in a year"), anchor=False)
    st.markdown(plain(t("From the ranges of the business case, not from the feedback.")))
    heads = line("Figure"), line("One in ten is below"), line("Middle"), line("One in ten is above")
    rows = tuple((said, *_amounts(spans[name], name)) for name, said in names.items())
    _table(Table(columns=heads, rows=rows), t)


def _amounts(span: Any, name: str) -> tuple[Figure, ...]:
    if name == "cost_per_customer":
        return tuple(Figure(value=v, digits=2) for v in (span.low, span.middle, span.high))
    return tuple(euros(v).model_copy(update={"unit": ""}) for v in (span.low, span.middle, span.high))


# rungs --------------------------------------------------------------------------------------


def rungs(visit: Visit, workshop: Workshop) -> None:
    t, found = visit.t, _found(workshop)
    st.markdown(plain(t("Four rungs. Each says what it shows, and what it cannot show.")))
    _compared(found, t)
    _adjusted(found, t)
    _later(found, t)
    _changed(visit, workshop, found)
    if st.button(t("Work it out again"), key="climb-again", icon=":material/refresh:"):
        known = found.change
        _start(visit, workshop, known.since if known else None, known.touchpoints if known else ())


def _rung(t: Say, title: str, missing: Line | None, cannot: str) -> None:
    st.header(title, anchor=False)
    if missing:
        st.info(plain(t(missing)), icon=":material/info:")
    st.markdown(f"*{plain(t('What it cannot show: {what}', what=cannot))}*")


def _compared(found: Ladder, t: Say) -> None:
    _rung(
        t,
        t("1 · Compare"),
        found.missing.get("comparison"),
        t("cause. Whoever answers differs from others, whoever is leaving scores low, and price may be behind both."),
    )
    if not (known := found.comparison):
        return
    if known.difference:
        st.markdown(f"**{plain(t(_difference(known.difference)))}**")
    heads = line("Answers"), line("n"), line("Left"), line("Left, interval"), line("In touch again"), line("Revenue")
    rows = [
        (
            ANSWERS[group.answer],
            group.n,
            _shown(group.lost),
            (group.lost and detail(group.lost.n) != "counts" and _ends(group.lost.share)) or None,
            _shown(group.again),
            group.revenue and line("{middle} ({low} to {high})", **_money(group.revenue)),
        )
        for group in known.groups
    ]
    _table(Table(columns=heads, rows=tuple(rows)), t)
    st.markdown(plain(t("Revenue: median per customer with its bootstrap interval.")))


def _difference(one: Between) -> Line:
    values = {n: _points(v, False) for n, v in (("points", one.value), ("low", one.low), ("high", one.high))}
    if not one.surely:
        return line(
            "Bad and good answers differ in churn by {points} points ({low} to {high}): may be chance.", **values
        )
    return line(
        "After bad answers {points} points more customers leave than after good ones ({low} to {high}).", **values
    )


def _adjusted(found: Ladder, t: Say) -> None:
    _rung(
        t,
        t("2 · Compare like with like"),
        found.missing.get("adjusted"),
        t("what nobody measured, and how those would have scored who did not answer."),
    )
    if not (known := found.adjusted):
        return
    by = _by(known.by, t)
    crude, rest = _points(known.crude, False), known.standardised
    if rest:
        message = t(
            "Held equal: {by}. Of {crude} points, {left} are left ({low} to {high}); Mantel–Haenszel: {mh}.",
            by=by,
            crude=crude,
            left=_points(rest.value, False),
            low=_points(rest.low, False),
            high=_points(rest.high, False),
            mh=_points(known.mantel_haenszel, False),
        )
        st.markdown(f"**{plain(message)}**")
    if hint := known.alpha_hint:
        message = t(
            "Upper hint for the causal share: {value} ({low} to {high}). What nobody measured can only be guessed.",
            value=_percent(hint.value),
            low=_percent(hint.low),
            high=_percent(hint.high),
        )
        st.markdown(plain(message))
    else:
        st.markdown(plain(t("No hint for the causal share: like with like, bad answers do not go with more churn.")))
    if known.odds_ratio and known.effect:
        message = t(
            "One more point on the score: odds of leaving × {odds} ({low} to {high}), on average "
            "{effect} points of churn ({less} to {more}; logistic regression, n = {n}).",
            odds=_two(known.odds_ratio.value),
            low=_two(known.odds_ratio.low),
            high=_two(known.odds_ratio.high),
            effect=_points(known.effect.value),
            less=_points(known.effect.low),
            more=_points(known.effect.high),
            n=known.n,
        )
        st.markdown(plain(message))
    else:
        st.markdown(plain(t("Too few customers left for a regression with these columns.")))
    if known.dropped:
        st.markdown(plain(t("{n} answers had nobody to be compared with and were left out.", n=known.dropped)))


def _later(found: Ladder, t: Say) -> None:
    _rung(
        t,
        t("3 · First the score, then the behaviour"),
        found.missing.get("later"),
        t("cause. Order in time is not cause, and something else may have struck everybody at once."),
    )
    if known := found.later:
        _hazard(known, t)
        shown = known.curves[0].months[:: max(1, len(known.curves[0].months) // 6)]
        heads = (line("Still customers after"), *(line("{n} months", n=month) for month in shown))
        rows = tuple(
            (ANSWERS[curve.answer], *(_kept(curve.kept[curve.months.index(month)]) for month in shown))
            for curve in known.curves
        )
        _table(Table(columns=heads, rows=rows), t)
        st.markdown(plain(t("Kaplan–Meier, {lost} of {n} customers left.", lost=known.lost, n=known.n)))


def _hazard(known: Later, t: Say) -> None:
    if known.hazard is None:
        st.markdown(plain(t("Too few customers left for a regression with these columns.")))
        return
    one = known.hazard
    message = t(
        "After a bad answer customers leave {times} times as fast as after a good one ({low} to {high}; Cox). "
        "Held equal: {by}.",
        times=_two(one.value),
        low=_two(one.low),
        high=_two(one.high),
        by=_by(known.by, t),
    )
    st.markdown(f"**{plain(message)}**")


def _changed(visit: Visit, workshop: Workshop, found: Ladder) -> None:
    t = visit.t
    _rung(
        t,
        t("4 · Change"),
        found.missing.get("change") if not found.change else None,
        t("what else happened there at the same time, a return to the usual level, and whether it holds elsewhere."),
    )
    if found.change:
        _effect(found.change, t)
    names = {point.id: t(point.name) for point in (workshop.journey.touchpoints if workshop.journey else ())}
    labels = sorted(visit.house.touchpoints(workshop.code)) or list(names)
    with st.form(f"change-{workshop.code}", border=False):
        day = found.change.since if found.change else found.period[1] if found.period else None
        since = st.date_input(t("Different since"), day, key="change-since", format=day_format(t))
        chosen = [one for one in (found.change.touchpoints if found.change else ()) if one in labels]
        where = st.multiselect(
            t("At these touchpoints"), labels, chosen, key="change-where", placeholder=t("Tap to choose")
        )
        if st.form_submit_button(t("Compare before and after"), key="change-compare") and isinstance(since, dt.date):
            _start(visit, workshop, since, tuple(where))


def _effect(known: Change, t: Say) -> None:
    about = {"places": ", ".join(known.touchpoints), "day": known.since, "before": known.before, "after": known.after}
    st.markdown(
        plain(
            t("{places} since {day}: {before} answers before, {after} after, against all other touchpoints.", **about)
        )
    )
    if one := known.score:
        ends = {n: Figure(value=getattr(one, n), digits=1, signed=True) for n in ("value", "low", "high")}
        said = t("The mean score changed by {value} points more than elsewhere ({low} to {high}).", **ends)
        chance = "" if one.surely else f" {t('This may be chance.')}"
        st.markdown(f"**{plain(said + chance)}**")
    if one := known.again:
        ends = {"value": _points(one.value), "low": _points(one.low), "high": _points(one.high)}
        said = t("Repeat contacts changed by {value} points more than elsewhere ({low} to {high}).", **ends)
        chance = "" if one.surely else f" {t('This may be chance.')}"
        st.markdown(plain(said + chance))


def _by(names: tuple[str, ...], t: Say) -> str:
    return ", ".join(t(said) for name, said in BY.items() if name in names) or t("nothing")


def _found(workshop: Workshop) -> Ladder:
    assert workshop.ladder
    return workshop.ladder


def _shown(one: Rate | None) -> Cell:
    if one is None:
        return None
    if one.detail == "counts":
        return line("{k} of {n}", k=one.k, n=one.n)
    return _percent(one.share.value) if one.detail == "value" else _ends(one.share)


def _kept(one: Between) -> Line:
    return line("{value} ({low} to {high})", value=_percent(one.value), low=_percent(one.low), high=_percent(one.high))


def _ends(one: Between) -> Line:
    return line("{low} to {high}", low=_percent(one.low), high=_percent(one.high))


def _percent(share: float) -> Figure:
    return Figure(value=100 * share, digits=1, unit="%")


def _points(share: float, signed: bool = True) -> Figure:
    return Figure(value=100 * share, digits=1, signed=signed)


def _two(value: float) -> Figure:
    return Figure(value=value, digits=2)


def _money(one: Between) -> dict[str, Figure]:
    return {"middle": euros(one.value), "low": euros(one.low), "high": euros(one.high)}


def _table(table: Table, t: Say) -> None:
    rows = [{t(head): t.value(cell) for head, cell in zip(table.columns, row, strict=True)} for row in table.rows]
    st.dataframe(rows, hide_index=True)
