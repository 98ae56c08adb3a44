"""The way of a feedback file, part by part. Where it stands is read from the job table, so a reload loses nothing."""

import streamlit as st

from outside_in.domain.feedback import Quote, Report
from outside_in.domain.mapping import FIELDS, Preview
from outside_in.domain.text import Say
from outside_in.domain.workshop import Workshop
from outside_in.house import Job
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit, kindly
from outside_in.ui.work import running

MEGABYTES = 50
FIELD_NAMES = {
    "comment": "Comment",
    "feedback_id": "Feedback id",
    "customer_id": "Customer id",
    "date": "Date",
    "touchpoint": "Touchpoint",
    "channel": "Channel",
    "language": "Language",
    "score": "Score",
    "segment": "Segment",
    "tenure_years": "Years as a customer",
    "revenue": "Revenue",
    "churned": "Has left",
    "left_on": "Left on",
    "repeat_contact": "Repeat contact",
}
METRICS = {"nps": "NPS, 0 to 10", "csat": "Satisfaction, 1 to 5", "ces": "Effort, 1 to 7", "stars": "Stars, 1 to 5"}


def upload(visit: Visit, workshop: Workshop) -> None:
    t = visit.t
    label = t("CSV, Excel, Parquet or JSON lines, up to {n} MB", n=MEGABYTES)
    if not dropped(visit, workshop, label, "read") and not workshop.batches:
        said = t("One row per comment. Scores, dates and touchpoints are found by themselves if they are there.")
        st.markdown(plain(said))


def dropped(visit: Visit, workshop: Workshop, label: str, kind: str) -> bool:
    """A place for a file of this kind; whether one was given, which is then being read."""
    turn = int(st.session_state.get(f"{kind}-turn", 0))
    key = "upload" if kind == "read" else f"upload-{kind}"
    with st.container(key=key):
        given = st.file_uploader(label, key=f"{key}-{turn}", max_upload_size=MEGABYTES)
    if given is None:
        return False
    with kindly():
        visit.house.receive(visit.host, workshop.code, given.name, given.getvalue(), kind)
        st.session_state[f"{kind}-turn"] = turn + 1  # a new key lets go of the bytes
        st.rerun()
    return True


def dry_run(visit: Visit, workshop: Workshop) -> None:
    """What the file would come to: mapping, report, and the one button that stores it."""
    t, house = visit.t, visit.house
    if running(visit, workshop.code, "import", t("Storing the comments …")):
        return
    if running(visit, workshop.code, "read", t("Reading the file …")):
        return
    job = house.waiting_file(workshop.code)
    if job is None:
        return
    report = Report.model_validate(job.result[visit.language])
    st.header(t("{file}: {n} rows can be taken", file=job.args["name"], n=report.accepted), anchor=False)
    _told(report, t)
    if job.result.get("preview"):
        _mapping(visit, workshop, job, Preview.model_validate(job.result["preview"]))
    with st.container(horizontal=True):
        if report.accepted and st.button(
            t("Take in {n} comments", n=report.accepted), key="commit-import", type="primary", icon=":material/check:"
        ):
            house.start(visit.host, workshop.code, "import", job.args)
            st.rerun()
        if job.result.get("rejected"):
            st.download_button(
                t("Rejected rows as CSV"),
                house.file(job.result["rejected"][visit.language]),
                f"{t('rejected')}.csv",
                "text/csv",
                key="rejected",
            )
        if st.button(t("Put the file away"), key="discard", type="tertiary"):
            house.discard(visit.host, workshop.code, job)
            st.rerun()


def _told(report: Report, t: Say) -> None:
    found = [t("{n} rows taken", n=report.accepted), t("{n} rejected", n=report.rejected)]
    if report.encoding:
        found.append(t("encoding {name}", name=report.encoding))
    if report.separator:
        found.append(t("separator {mark}", mark={"\t": "Tab"}.get(report.separator, report.separator)))
    st.markdown(plain(" · ".join(found)))
    if report.redacted:
        kinds = ", ".join(f"{count} {t(kind)}" for kind, count in report.redacted.items())
        st.info(plain(t("Personal data taken out: {kinds}", kinds=kinds)), icon=":material/shield:")
    if report.errors:
        rows = [
            {t("Row"): e.row, t("Column"): e.column, t("Value"): e.value, t("Reason"): e.message}
            for e in report.errors[:200]
        ]
        with st.expander(t("What was not taken ({n})", n=report.rejected), expanded=not report.accepted):
            st.dataframe(rows, hide_index=True)


def _mapping(visit: Visit, workshop: Workshop, job: Job, preview: Preview) -> None:
    """Which column means what; filled with what was guessed, corrected by a person."""
    t = visit.t
    with st.expander(t("Columns"), expanded=True), st.form("mapping", border=False):
        chosen: dict[str, str | None] = {}
        columns = [None, *preview.columns]
        cells = st.columns(3)
        for place, field in enumerate(FIELDS):
            guess = preview.guesses.get(field)
            now = guess.column if guess else None
            cell = cells[place % 3]
            chosen[field] = cell.selectbox(
                t(FIELD_NAMES[field]),
                columns,
                columns.index(now) if now in columns else 0,
                lambda c: c if c else t("not there"),
                key=f"map-{job.id}-{field}",
            )
            if guess and guess.samples:
                cell.markdown(plain(" · ".join(sample[:40] for sample in guess.samples)))
        scales = [None, *METRICS]
        scale = cells[1].selectbox(
            t("What the score means"),
            scales,
            scales.index(preview.score.scale),
            lambda m: t(METRICS[m]) if m else t("not known"),
            key=f"map-{job.id}-scale",
        )
        if st.form_submit_button(t("Read again with these columns"), key="remap"):
            visit.house.start(
                visit.host,
                workshop.code,
                "read",
                {**job.args, "mapping": {"columns": chosen, "score": {"scale": scale}}},
            )
            st.rerun()
    with st.expander(t("First rows as they stand in the file")):
        st.dataframe([dict(zip(preview.columns, row, strict=False)) for row in preview.rows], hide_index=True)


def batches(visit: Visit, workshop: Workshop) -> None:
    t = visit.t
    if not workshop.batches:
        return
    st.header(t("Taken in"), anchor=False)
    for batch in workshop.batches:
        words, act = st.columns([5, 1], vertical_alignment="center")
        words.markdown(plain(t("{file}: {n} comments", file=batch.file, n=batch.accepted)))
        if act.button(t("Undo"), key=f"undo-{batch.id}", icon=":material/undo:"):
            with kindly():
                visit.house.undo_import(visit.host, workshop.code, batch.id)
                st.rerun()
    if not workshop.board.themes:
        st.page_link(at("themes"), label=t("Find themes"), icon=":material/category:")


def review(visit: Visit, workshop: Workshop) -> None:
    """Every quote is read by a person before it can reach the projector; doubtful ones first."""
    t, waiting = visit.t, workshop.to_read()
    if not waiting and not workshop.approved:
        return
    st.header(t("Read before it is shown"), anchor=False)
    if not waiting:
        st.success(t("Every quote of this workshop has been read."), icon=":material/check:")
        return
    st.markdown(plain(t("Is a person recognisable? Then leave the quote out. {n} wait.", n=len(waiting))))
    if st.button(t("Let all {n} through", n=len(waiting)), key="approve-all"):
        _judge(visit, workshop, tuple(quote.row for quote in waiting))
    for quote in visit.house.doubtful_first(workshop.code, waiting)[:20]:
        _one(visit, workshop, quote)


def _one(visit: Visit, workshop: Workshop, quote: Quote) -> None:
    words, act = st.columns([5, 1], vertical_alignment="center")
    with words:
        st.markdown(f"{plain(parts.quoted(quote.text, visit.t))}  \n{plain(quote.touchpoint)}")
    if act.button(visit.t("Let through"), key=f"approve-{quote.row}"):
        _judge(visit, workshop, (quote.row,))


def _judge(visit: Visit, workshop: Workshop, rows: tuple[int, ...]) -> None:
    with kindly():
        visit.house.prepare(visit.host, workshop.code, lambda now: now.review(visit.host, rows, ()))
        st.rerun()
