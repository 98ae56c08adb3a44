"""The feedback minute of an ordinary meeting: one comment, one number, one commitment, one thank-you."""

import streamlit as st

from outside_in.ui import minute, parts
from outside_in.ui.visit import Visit

visit = Visit()
t = visit.t
parts.hosts_only(visit)

workshop = visit.workshop()
st.title(t("Feedback minute"), anchor=False)
minute.shown(visit, workshop)
minute.held(visit, workshop)
minute.history(visit, workshop)
