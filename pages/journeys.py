"""The way through the company: as customers' feedback draws it, and as real cases went."""

import streamlit as st

from outside_in.domain.journey_told import curve
from outside_in.ui import design, flow, parts
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit
from outside_in.ui.work import running

visit = Visit()
t = visit.t
parts.hosts_only(visit)

workshop = visit.workshop()
st.title(t("Journey"), anchor=False)
views = {"feedback": t("From feedback"), "log": t("From an event log"), "design": t("Plan and owners")}
view = st.radio(
    t("View"), list(views), 0, views.__getitem__, key="journey-view", horizontal=True, label_visibility="collapsed"
)
if view == "log":
    flow.upload(visit, workshop)
    if not flow.dry_run(visit, workshop) and workshop.flow:
        flow.told(workshop.flow, t)
        flow.cases(visit, workshop, workshop.flow)
    st.stop()
if running(visit, workshop.code, "journey", t("Drawing the journey …")):
    st.stop()
if view == "design":
    design.hints(workshop, t)
    design.edit(visit, workshop)
    design.lacking(visit, workshop)
    design.files(visit, workshop)
    st.stop()
if workshop.journey is None or not workshop.journey.touchpoints:
    parts.empty(
        t("A journey needs feedback with a touchpoint column. Import a file, or map that column."),
        at("feedback"),
        t("Import customer feedback"),
    )
    st.stop()

parts.show(curve(workshop.journey), t, "laptop")
if st.button(t("Draw again"), key="draw", icon=":material/refresh:"):
    visit.house.start(visit.host, workshop.code, "journey", {})
    st.rerun()
labels = {theme.id: t(theme.label) for theme in workshop.board.themes}
for point in workshop.journey.touchpoints:
    with st.expander(plain(t("{name} · {n} comments", name=point.name, n=point.n))):
        parts.touchpoint(point, labels, t)
