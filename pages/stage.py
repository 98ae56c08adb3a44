"""The projector: the step, how many have answered, and what the room may see; nothing else."""

import streamlit as st

from outside_in.domain.blocks import Invitation
from outside_in.domain.plan import Phase
from outside_in.ui import live, parts
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit

visit = Visit()
t, who = visit.t, visit.who("stage", "facilitator")
if who.role == "nobody":
    parts.sign_in(visit)
    st.stop()

session = visit.session(who)
live.ask_gently(f"stage:{session.code}")
seen, step = session.version, session.step(session.now)
course = session.course(session.now)

if session.black:
    with st.container(key="blackout"):  # an empty one would not reach the browser
        st.space()
with st.container(key="stage"):
    head, clock = st.columns([6, 1], vertical_alignment="center")
    with head:
        parts.step_title(step, t)
    with clock:
        live.clock(course.until if course.phase is Phase.OPEN else None, visit.language, t("Time left"))
    with st.container(horizontal=True, vertical_alignment="center", gap="large"):
        parts.answered(session, t)
        parts.marks(session, t)

    parts.gathering(session, t)
    if session.ended:
        st.header(t("Thank you."), anchor=False)
    elif not session.shows(step.id):
        if len(asked := step.exercise.asks()) == 1:
            st.header(plain(t(asked[0].label)), anchor=False)
        for block in step.exercise.opening()[:2]:
            parts.show(block, t, "stage")
    elif course.phase is Phase.DISCUSSED:
        for question in step.debrief:
            st.header(plain(t(question)), anchor=False)
    else:
        blocks = session.tells(step.id)[-1].blocks
        if any(isinstance(block, Invitation) for block in blocks):
            parts.invitation(parts.join_url(session), session.code, t)
        parts.abreast([block for block in blocks if not isinstance(block, Invitation)], t)
live.follow(f"stage:{session.code}", seen)
