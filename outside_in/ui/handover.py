"""Outcomes, part by part."""

import streamlit as st

from outside_in.domain.outcome import Audience, Outcome
from outside_in.domain.people import Principal
from outside_in.domain.session import Session
from outside_in.domain.text import Say
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

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
    st.subheader(t("Share with a consultant"), anchor=False)
    st.markdown(plain(t("The link shows the outcomes of this workshop for 14 days. It opens nothing else.")))
    if st.button(t("Make a link"), key="share", icon=":material/link:"):
        with kindly():
            token = visit.house.share_link(visit.host, session.plan.workshop)
            st.code(f"{parts.origin()}/share/{token}", language=None)
