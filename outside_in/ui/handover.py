"""Outcomes, part by part."""

import streamlit as st

from outside_in.domain.outcome import Audience, Outcome
from outside_in.domain.people import Principal
from outside_in.domain.session import Session
from outside_in.domain.text import Say
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly
from outside_in.ui.work import running

NAMES = {
    "pptx": ("Slides", "PowerPoint", "slideshow"),
    "pdf": ("Protocol", "PDF", "picture_as_pdf"),
    "xlsx": ("Workbook", "Excel", "table_chart"),
    "docx": ("Target agreements", "Word", "contract"),
    "ics": ("Calendar", "ICS", "event"),
    "csv": ("Tables", "CSV", "csv"),
    "json": ("Workshop bundle", "ZIP", "archive"),
}


def choose(visit: Visit, who: Principal) -> Session | None:
    """A facilitator's sessions, newest first; a consultant's one workshop."""
    house, t = visit.house, visit.t
    codes = house.sessions_seen_by(who)
    if not codes:
        return None
    now = visit.code if visit.code in codes else codes[0]
    names = {code: _named(house.sessions.of(code), t) for code in codes}
    chosen = st.selectbox(t("Session"), codes, codes.index(now), names.__getitem__, key="session-choice")
    st.session_state["code"] = chosen
    return house.sessions.of(chosen)


def _named(session: Session, t: Say) -> str:
    return f"{session.plan.title} · {t.value(session.plan.date)} · {parts.dashed(session.code)}"


def files(visit: Visit, session: Session, audience: Audience) -> None:
    """One press makes the file in the worker; the next takes it home."""
    t = visit.t
    if session.rehearsed:
        st.warning(t("{n} simulated answers are still in. They are marked in every file.", n=session.rehearsed))
    _all_at_once(visit, session, audience)
    cells = st.columns(4)
    for place, (format, (name, kind, icon)) in enumerate(NAMES.items()):
        with cells[place % 4], st.container(border=True):
            st.markdown(f"**{t(name)}** · {kind}")
            st.link_button(
                t("Download"),
                f"/take/{session.code}/{format}?audience={audience}&lang={visit.language}",
                key=f"export-{format}",
                icon=f":material/{icon}:",
                width="stretch",
            )


def _all_at_once(visit: Visit, session: Session, audience: Audience) -> None:
    """Everything in one ZIP: made by the worker, in sight, and stopped if it takes too long."""
    t, workshop = visit.t, session.plan.workshop
    if running(visit, workshop, "export-all", t("Writing the documents …")):
        return
    wanted = {"session": session.code, "formats": list(NAMES), "audience": audience, "language": visit.language}
    job = visit.house.latest_job(workshop, "export-all")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(t("Make all documents"), key="export-all", icon=":material/folder_zip:"):
            with kindly():
                visit.house.make(visit.who("facilitator", "consultant"), session, wanted)
                st.rerun()
        if job and job.state == "done" and job.args == wanted:
            st.link_button(t("Take all home (ZIP)"), f"/take/made/{job.id}", type="primary", icon=":material/download:")


def told(visit: Visit, session: Session, audience: Audience) -> None:
    """The same content on screen, step by step."""
    t = visit.t
    outcome = Outcome.of(session, audience)
    if not outcome.parts:
        st.info(t("Nothing has been revealed in this session yet."), icon=":material/hourglass_empty:")
    for part in outcome.parts:
        with st.expander(plain(t("{title} · {n} answers", title=part.title, n=part.answered))):
            for block in part.blocks:
                parts.show(block, t, "laptop")


def share(visit: Visit, session: Session) -> None:
    """A read-only link for the consultant: this workshop, 14 days, can be withdrawn."""
    t = visit.t
    st.header(t("Share with a consultant"), anchor=False)
    st.markdown(plain(t("The link shows the outcomes of this workshop for 14 days. It opens nothing else.")))
    if st.button(t("Make a link"), key="share", icon=":material/link:"):
        with kindly():
            token = visit.house.share_link(visit.host, session.plan.workshop)
            st.code(f"{parts.origin()}/share/{token}", language=None)
