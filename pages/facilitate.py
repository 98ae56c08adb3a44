"""The console: now and next, the clock, who is in, and exactly one primary button."""

import streamlit as st

from outside_in.ui import console, hall, live, pace, parts
from outside_in.ui.visit import Visit

visit = Visit()
t = visit.t
parts.hosts_only(visit)

session = visit.session(visit.host)
live.ask_gently(f"desk:{session.code}")
seen = session.version
session = console.buttons(visit, session)

main, side = st.columns([2, 1], gap="large")
with main:
    parts.step_title(session.step(session.now), t)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        parts.answered(session, t)
        parts.marks(session, t)
    (console.finished if session.ended else console.notes)(visit, session)
    console.preview(session, t)
with side:
    pace.agenda(visit, session)
    hall.room(visit, session)
console.moderation(visit, session)
live.follow(f"desk:{session.code}", seen)
