"""Choose what you came for."""

import streamlit as st

from outside_in.ui import planning
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit

visit = Visit()
t = visit.t
host = visit.who("facilitator").role == "facilitator"
guest = visit.who("consultant").role == "consultant"
st.title(t("The view from outside"), anchor=False)
st.markdown(
    plain(
        t("Leaders predict what customers experience, see what customers really say, and commit to what they change.")
    )
)

if host:
    planning.taste(visit)

join, lead, hand_over = st.columns(3, gap="medium")
with join, st.container(border=True, height="stretch"):
    st.header(t("I take part"), anchor=False)
    st.markdown(plain(t("You have a code or a QR code from the room. No account is needed.")))
    kind = "secondary" if host else "primary"
    st.link_button(t("Enter the code"), "/join", type=kind, icon=":material/smartphone:")
with lead, st.container(border=True, height="stretch"):
    st.header(t("I facilitate"), anchor=False)
    if host:
        st.markdown(plain(t("Prepare a workshop, or go on where you were.")))
        st.page_link(at("prepare"), label=t("My workshops"), icon=":material/edit_calendar:")
    else:
        st.markdown(plain(t("Sign in to prepare, run and hand over workshops.")))
        st.link_button(t("Sign in"), "/login", icon=":material/login:")
with hand_over, st.container(border=True, height="stretch"):
    st.header(t("I work with the outcomes"), anchor=False)
    if host or guest:
        st.markdown(plain(t("Slides, workbook, protocol and calendar, and what became of the commitments.")))
        st.page_link(at("outcomes"), label=t("Outcomes"), icon=":material/download:")
        st.page_link(at("commitments"), label=t("Commitments"), icon=":material/handshake:")
    else:
        st.markdown(plain(t("Open the link that the facilitator sent you. It needs no account.")))
if host:
    st.link_button(t("Sign out"), "/logout", type="tertiary", icon=":material/logout:")
