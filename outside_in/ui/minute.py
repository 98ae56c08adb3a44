"""The feedback minute, part by part."""

import datetime as dt

import streamlit as st

from outside_in.domain.minute import must_decide
from outside_in.domain.workshop import Workshop
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit, kindly


def shown(visit: Visit, workshop: Workshop) -> None:
    """Large enough for the screen in a meeting room."""
    t, code = visit.t, workshop.code
    now = visit.house.next_minute(visit.host, code)
    if now.comment is None and now.number is None:
        message = t("A feedback minute needs a released comment or a journey. Import feedback and select themes first.")
        parts.empty(message, at("feedback"), t("Import customer feedback"))
        return
    with st.container(key="minute"):
        if now.comment:
            st.header(t("One comment"), anchor=False)
            parts.quote(now.comment, t, t(now.about) if now.about else "")
        if now.number:
            st.header(t("One number"), anchor=False)
            st.markdown(plain(t(now.number)))
        st.header(t("One open commitment"), anchor=False)
        st.markdown(plain(t(now.promise) if now.promise else t("No commitment is visible to the room.")))
        st.header(t("One thank-you"), anchor=False)
        st.markdown(plain(t("To whom do we owe one?")))
    with st.container(horizontal=True):
        for kind, name in (("minute", t("Print as a card")), ("slide", t("Take as a slide"))):
            st.link_button(name, f"/take/paper/{code}/{kind}?lang={visit.language}", icon=":material/print:")


def held(visit: Visit, workshop: Workshop) -> None:
    """Written down when the meeting is over; every third minute ends in a decision."""
    t, code, at_now = visit.t, workshop.code, len(workshop.minutes)
    if must_decide(workshop.minutes):
        told = t("The last two minutes ended without a decision. This one needs one, or it is left out.")
        st.warning(plain(told), icon=":material/gavel:")
    with st.form(f"minute-{code}-{at_now}", border=True):
        thanks = st.text_input(t("Thanks to (team or deed, no names)"), max_chars=160, key=f"thanks-{code}-{at_now}")
        decision = st.text_input(t("Decided (optional)"), max_chars=240, key=f"decision-{code}-{at_now}")
        sent = st.form_submit_button(t("We have held this minute"), key="minute-held", type="primary")
    if sent:
        with kindly():
            now = visit.house.next_minute(visit.host, code)
            done = now.model_copy(update={"thanks": thanks.strip(), "decision": decision.strip()})
            visit.house.hold_minute(visit.host, code, done)
            st.rerun()


def history(visit: Visit, workshop: Workshop) -> None:
    t = visit.t
    if not workshop.minutes:
        return
    st.header(t("Minutes held: {n}", n=len(workshop.minutes)), anchor=False)
    decided = sum(bool(minute.decision) for minute in workshop.minutes)
    st.markdown(plain(t("{n} of {of} ended in a decision.", n=decided, of=len(workshop.minutes))))
    columns = t("Date"), t("Comment"), t("Thanks to"), t("Decided")
    rows = []
    for minute in reversed(workshop.minutes):
        day = t.value(dt.date.fromtimestamp(minute.at))
        cells = day, minute.comment.text if minute.comment else "–", minute.thanks or "–", minute.decision or "–"
        rows.append(dict(zip(columns, cells, strict=True)))
    st.dataframe(rows, hide_index=True)
