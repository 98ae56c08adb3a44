"""Choose what you came for."""

import streamlit as st

from outside_in.ui import planning
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit, kindly

visit = Visit()
t = visit.t
st.title(t("The view from outside"), anchor=False)
st.markdown(
    plain(
        t("Leaders predict what customers experience, see what customers really say, and commit to what they change.")
    )
)

join, lead = st.columns(2, gap="large")
with join, st.container(border=True):
    st.header(t("I take part"), anchor=False)
    st.markdown(plain(t("You have a code or a QR code from the room. No account is needed.")))
    st.link_button(t("Enter the code"), "/join", type="primary", icon=":material/smartphone:")
with lead, st.container(border=True):
    st.header(t("I facilitate"), anchor=False)
    if visit.who("facilitator").role == "facilitator":
        st.markdown(plain(t("Prepare a workshop, or go on where you were.")))
        st.page_link(at("prepare"), label=t("My workshops"), icon=":material/edit_calendar:")
        st.link_button(t("Sign out"), "/logout", type="tertiary")
    else:
        st.markdown(plain(t("Sign in to prepare, run and hand over workshops.")))
        st.link_button(t("Sign in"), "/login", icon=":material/login:")

if visit.who("facilitator").role == "facilitator":
    st.header(t("Try it with a sample company"), anchor=False)
    st.markdown(plain(t("Both are fictional and have 600 comments each. Simulated leaders can fill the room.")))
    company = planning.company(visit, "demo-company")
    if st.button(t("Open a fresh sample session"), key="demo", icon=":material/play_arrow:"):
        with kindly():
            session = visit.house.sample_session(visit.host, company)
            st.switch_page(at("facilitate"), query_params={"code": session.code})
