"""Self-paced: the same steps at one's own speed; each reveals after one's own answer. Pre-work, too."""

import streamlit as st

from outside_in.domain.session import Session
from outside_in.house.papers import units
from outside_in.ui import fate, forms, live, offers, parts, path
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

visit = Visit()
t, who = visit.t, visit.who("leader")
session: Session | None = visit.session(who) if who.role == "leader" else None
if session is None or not units(session):
    st.title(t("At your own pace"), anchor=False)
    st.info(t("Please open your personal link to begin or to go on."), icon=":material/link:")
    st.stop()

steps = units(session)
step, place = visit.unit(session)
path.progress(visit, session, place)
with st.container(key="phone"):
    parts.step_title(step, t)
    parts.marks(session, t)
own = visit.own(session, step.id)
todo = step if session.takes(step.id) and (own is None or not session.final(step.id)) and step.asks else None
if todo:
    for block in todo.exercise.opening():
        parts.show(block, t)
if sent := forms.answer(session, todo, visit.ticket(session, step.id) if todo else "", own, t):
    with kindly():
        fate.send(visit, sent)
        visit.turn_to(session.step(sent.step))  # what it reveals stands there, not on the next part
fate.tell(visit, session, step)
path.closed(visit, session, step)
if session.pace == "self" and not todo:
    for block in visit.house.mine(visit.badge, session, step.id):
        parts.show(block, t)
    offers.offer(visit, session, step.id)
    for beat in session.tells(step.id):
        for block in beat.blocks:
            parts.show(block, t)
    for question in step.debrief:
        st.markdown(f"*{plain(t(question))}*")

with st.container(horizontal=True):
    if place and st.button(t("Back"), key="back", icon=":material/arrow_back:"):
        visit.turn_to(steps[place - 1])
    if place + 1 < len(steps) and st.button(t("Continue"), key="next", type="primary", icon=":material/arrow_forward:"):
        visit.turn_to(steps[place + 1])
parts.own_commitments(session, who, t)
path.end(visit, session, place)
live.clock(None, visit.language, t("Time left"))
forms.restamp()
