"""Customers' words: a file comes in, is looked at, redacted, read by a person, and can be undone."""

import streamlit as st

from outside_in.ui import intake, parts
from outside_in.ui.visit import Visit

visit = Visit()
t = visit.t
parts.hosts_only(visit)

workshop = visit.workshop()
st.title(t("Feedback"), anchor=False)
intake.upload(visit, workshop)
intake.dry_run(visit, workshop)
workshop = visit.house.workshops.of(workshop.code)
intake.batches(visit, workshop)
intake.review(visit, workshop)
