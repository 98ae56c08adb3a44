"""Everything to take home: what the session came to, in every format, cut by audience."""

import streamlit as st

from outside_in.domain.outcome import AUDIENCES
from outside_in.ui import brand, handover, parts
from outside_in.ui.places import at
from outside_in.ui.visit import Visit

visit = Visit()
t, who = visit.t, visit.who("facilitator", "consultant")
if who.role == "nobody":
    parts.sign_in(visit)
    st.stop()

st.title(t("Outcomes"), anchor=False)
session = handover.choose(visit, who)
if session is None:
    parts.empty(t("There is no session yet. Open one first."), at("prepare"), t("Prepare"))
    st.stop()

names = {"board": t("Board"), "participants": t("Participants"), "internal": t("Internal")}
allowed = AUDIENCES if who.role == "facilitator" else AUDIENCES[:2]
audience = st.radio(t("For whom?"), allowed, format_func=names.__getitem__, horizontal=True, key="audience")
handover.files(visit, session, audience)
handover.told(visit, session, audience)
if who.role == "facilitator":
    brand.brand(visit, visit.house.workshops.of(session.plan.workshop))
    handover.share(visit, session)
