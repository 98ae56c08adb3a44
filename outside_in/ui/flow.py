"""An event log on the page: taken in after a look, told, and one real case of it chosen for the room."""

from typing import Any

import streamlit as st

from outside_in import charts
from outside_in.domain import flow_told, story
from outside_in.domain.blocks import Table
from outside_in.domain.errors import BadInput
from outside_in.domain.flow import Expected, Flow, LogReport, RealCase
from outside_in.domain.text import Say, line
from outside_in.domain.workshop import Workshop
from outside_in.house import Job
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.intake import MEGABYTES, dropped
from outside_in.ui.look import look
from outside_in.ui.visit import Visit, kindly
from outside_in.ui.work import running

NEEDED = {"case": line("Case"), "activity": line("What happened"), "time": line("When")}


class BadPlan(BadInput):
    message = "Line {row} of the plan: “{value}” is not a number of days."
    code = "bad-plan"


def upload(visit: Visit, workshop: Workshop) -> None:
    t = visit.t
    label = t("Event log: CSV, Excel or XES, up to {n} MB", n=MEGABYTES)
    if not dropped(visit, workshop, label, "log") and workshop.flow is None:
        said = t("One row per event: which case, what happened, when. Channel, actor and comment if known.")
        st.markdown(plain(said))


def dry_run(visit: Visit, workshop: Workshop) -> bool:
    """Whether a file waits for a decision; draws what it would come to."""
    t, house = visit.t, visit.house
    if running(visit, workshop.code, "log", t("Reading the event log …")):
        return True
    job = house.waiting_file(workshop.code, "log")
    if job is None:
        return False
    report = LogReport.model_validate(job.result["report"])
    st.header(t("{file}: what it would come to", file=report.file), anchor=False)
    _problems(report, job.result["problems"][t.language], t)
    if report.flow:
        st.markdown(plain(t(flow_told.summary(report.flow))))
    _columns(visit, workshop, job, report)
    with st.container(horizontal=True):
        label = t("Take it in")
        if report.flow and st.button(label, key="log-take", type="primary", icon=":material/check:"):
            with kindly():
                house.take_log(visit.host, workshop.code, job)
                st.rerun()
        if st.button(t("Put the file away"), key="log-discard", type="tertiary"):
            with kindly():
                house.discard(visit.host, workshop.code, job)
                st.rerun()
    return True


def _problems(report: LogReport, said: list[str], t: Say) -> None:
    if report.flow is None:
        st.error(plain(said[0]), icon=":material/error:")
    elif report.flow.rejected:
        rows = [
            {t("Row"): one.row, t("Column"): one.column, t("Reason"): why}
            for one, why in zip(report.problems, said, strict=False)
        ]
        with st.expander(t("What was not taken ({n})", n=report.flow.rejected)):
            st.dataframe(rows, hide_index=True)


def _columns(visit: Visit, workshop: Workshop, job: Job, report: LogReport) -> None:
    """Which column means what, and what is planned; both start from what was found."""
    t = visit.t
    with st.expander(t("Columns and plan"), expanded=report.flow is None), st.form("log-columns", border=False):
        cells, chosen = st.columns(len(NEEDED)), {}
        for cell, (part, name) in zip(cells, NEEDED.items(), strict=True):
            now = report.columns.get(part)  # type: ignore[call-overload]
            at = report.header.index(now) if now in report.header else None
            chosen[part] = cell.selectbox(t(name), report.header, at, key=f"log-{job.id}-{part}")
        plan = st.text_area(
            t("The planned way, one step a line; “step | days” where it has to follow within so many days"),
            "\n".join(map(_line, report.flow.plan if report.flow else ())),
            key=f"log-{job.id}-plan",
            height=220,
        )
        st.markdown(
            plain(t("Until you change it, the plan is an assumption: the most frequent way that never turns back."))
        )
        if st.form_submit_button(t("Read again"), key="log-again"):
            with kindly():
                told = {"columns": {k: v for k, v in chosen.items() if v}, "plan": _plan(plan)}
                visit.house.start(visit.host, workshop.code, "log", {**job.args, **told})
                st.rerun()


def _line(step: Expected) -> str:
    return step.activity if step.within_days is None else f"{step.activity} | {step.within_days:g}"


def _plan(text: str) -> list[dict[str, Any]]:
    found = []
    for row, written in enumerate(text.splitlines(), 1):
        name, _, within = (part.strip() for part in written.partition("|"))
        if not name:
            continue
        try:
            days = float(within.replace(",", ".")) if within else None
        except ValueError:
            raise BadPlan(row=row, value=within) from None
        found.append(Expected(activity=name, within_days=days).model_dump())
    return found


def told(flow: Flow, t: Say) -> None:
    st.markdown(plain(t(flow_told.summary(flow))))
    waits = flow_told.Waits.of(flow)
    st.markdown(f"**{plain(t(waits.sentence()))}**")
    picture = charts.of_flow(waits, t, look("laptop"))
    if picture is not None:
        st.altair_chart(picture, width="stretch")
    parts.figures(waits, t, "laptop")
    st.markdown(plain(t(flow_told.repeats(flow))))
    with st.expander(t("Ways, the most frequent first"), expanded=True):
        st.markdown("\n".join(f"- {plain(t(way))}" for way in flow_told.ways(flow)))
    for title, table in (
        (t("Where cases turn back"), flow_told.loops(flow)),
        (t("Where cases leave the plan"), flow_told.deviations(flow)),
    ):
        with st.expander(title, expanded=bool(table.rows)):
            _table(table, t)
    st.markdown(plain(t("Only what at least five cases did is shown.")))


def _table(table: Table, t: Say) -> None:
    if not table.rows:
        st.markdown(plain(t("None that at least five cases share.")))
        return
    columns = [t(column) for column in table.columns]
    st.dataframe([dict(zip(columns, map(t.value, row), strict=True)) for row in table.rows], hide_index=True)


def cases(visit: Visit, workshop: Workshop, flow: Flow) -> None:
    """Real cases to read, and the one that leaders are led through."""
    t = visit.t
    st.header(t("Real cases"), anchor=False)
    if not flow.representatives:
        st.markdown(plain(t("No five cases go a similar way, so none is shown.")))
        return
    for case in flow.representatives:
        with st.expander(plain(_title(case, t))):
            st.markdown("\n".join(f"- {plain(t(story.told(one)))}" for one in case.happenings))
            for one in case.happenings:
                if one.words:
                    parts.saying(one.words, t)
    if workshop.story:
        st.success(plain(t("Chosen for the room: {label}.", label=workshop.story.label)), icon=":material/check:")
    _choose(visit, workshop, flow)


def _title(case: RealCase, t: Say) -> str:
    label = t(line(story.LABELS[case.kind].message, similar=case.similar))
    label = label[:1].upper() + label[1:]
    return t("{label} · {n} steps in {days} days", label=label, n=len(case.happenings), days=flow_told.days(case.days))


def _choose(visit: Visit, workshop: Workshop, flow: Flow) -> None:
    t, voices = visit.t, workshop.voices()
    known = workshop.story
    with st.form("choose-case", border=True):
        st.markdown(plain(t("Lead leaders through one of them, in the steps “The real case”.")))
        places = range(len(flow.representatives))
        place = st.selectbox(t("Case"), places, 0, lambda at: _title(flow.representatives[at], t), key="case-place")
        rows = [None, *(one.row for one in voices)]
        texts = {one.row: one.text for one in voices}
        now = known.quote.row if known and known.quote and known.quote.row in texts else None
        quote = st.selectbox(
            t("The customer's own words at the end"),
            rows,
            rows.index(now),
            lambda row: texts[row] if row is not None else t("none"),
            key="case-quote",
        )
        left, right = st.columns(2)
        stake = known.stake if known and known.stake else (None, None)
        low = left.number_input(t("At stake for one customer, low, €"), 0.0, None, stake[0], key="case-low")
        high = right.number_input(t("At stake for one customer, high, €"), 0.0, None, stake[1], key="case-high")
        with st.container(horizontal=True):
            chosen = st.form_submit_button(t("Choose this case"), key="case-choose", type="primary")
            gone = known and st.form_submit_button(t("Take the case away"), key="case-gone")
    if chosen or gone:
        with kindly():
            both = (low, high) if low is not None and high is not None else None
            visit.house.choose_case(visit.host, workshop.code, None if gone else place, quote, both)
            st.rerun()
