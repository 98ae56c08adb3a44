"""What customers may count on and what leaders hold: the words in use, the map, and how it moves."""

import streamlit as st

from outside_in.ui import parts, values
from outside_in.ui.visit import Visit

visit = Visit()
t = visit.t
parts.hosts_only(visit)

st.title(t("Principles and values"), anchor=False)
workshop = visit.workshop()
maps = visit.house.value_maps(visit.host, workshop)
values.words(visit, workshop)
values.latest(visit, maps)
values.suggestions(visit, workshop, maps)
values.moving(visit, maps)
