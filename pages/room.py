"""The phone: whatever the room is doing right now."""

import streamlit as st

from outside_in.domain.text import lines
from outside_in.ui import fate, forms, live, offers, parts, path
from outside_in.ui.visit import Visit, kindly

visit = Visit()
t, who = visit.t, visit.who("leader")
if who.role != "leader":
    parts.no_entry(visit)
    st.stop()

session = visit.session(who)
live.ask_gently(f"phones:{session.code}")
seen, step = session.moved, session.asks
now = session.step(session.now)

with st.container(key="phone"):
    parts.step_title(now, t)
    with st.container(horizontal=True, vertical_alignment="center"):
        parts.marks(session, t)
        live.clock(session.course(now.id).until if step else None, visit.language, t("Time left"))
parts.banner(session, t)
parts.group(session, who, t)
path.early(visit, session)
if step:
    for block in step.exercise.opening():
        parts.show(block, t)
own = visit.own(session, step.id) if step else None
if step and own is not None and session.final(step.id):
    step = None
sent = forms.answer(session, step, visit.ticket(session, step.id) if step else "", own, t)
if sent:
    with kindly():
        session = fate.send(visit, sent)
fate.tell(visit, session, step)

for block in session.advice(session.now, visit.own(session, session.now)):
    parts.show(block, t)
for block in visit.house.mine(visit.badge, session, session.now):
    parts.show(block, t)
offers.offer(visit, session, session.now)
for beat in session.tells(session.now):
    for block in beat.blocks:
        parts.show(block, t)
if not step and not session.shows(session.now):
    st.info(t(lines("One answer is in.", "{n} answers are in.", session.answered(session.now))))

parts.so_far(session, t)
parts.own_commitments(session, who, t)
live.follow(f"phones:{session.code}", seen)
forms.restamp()
