"""A workshop's plan: what it is about, which steps it takes, what it still lacks."""

import streamlit as st

from outside_in.domain.errors import Unknown
from outside_in.ui import parts, planning, steps
from outside_in.ui.visit import Visit

visit = Visit()
t = visit.t
parts.hosts_only(visit)

st.title(t("Prepare"), anchor=False)
planning.choose(visit)
try:
    workshop = visit.workshop()
except Unknown:
    parts.empty(t("You have no workshop yet. Create one above; the feedback comes next."))
    st.stop()

about, ready = st.columns([3, 2], gap="large")
with about:
    planning.about(visit, workshop)
    steps.agenda(visit, workshop)
with ready:
    planning.readiness(visit, workshop)
    planning.sessions(visit, workshop)
    planning.papers(visit, workshop)
