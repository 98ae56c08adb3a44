"""What CX is worth: customers' figures, the way from score to money, and the business case with ranges."""

import streamlit as st

from outside_in.ui import calculator, ladder, parts
from outside_in.ui.visit import Visit

visit = Visit()
t = visit.t
parts.hosts_only(visit)

workshop = visit.workshop()
st.title(t("Worth"), anchor=False)
views = {"case": t("Business case"), "figures": t("Customers' figures"), "ladder": t("From score to money")}
view = st.radio(
    t("What would you like to see?"), list(views), format_func=views.__getitem__, horizontal=True, key="worth-view"
)
if view == "case":
    calculator.inputs(visit, workshop)
    workshop = visit.house.workshops.of(workshop.code)
    if workshop.calculation:
        calculator.results(visit, workshop.calculation)
elif ladder.ready(visit, workshop):
    show = ladder.figures if view == "figures" else ladder.rungs
    show(visit, workshop)
