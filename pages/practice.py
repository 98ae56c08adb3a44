"""Self-paced: the same steps at one's own speed; each reveals after one's own answer."""

import streamlit as st

from outside_in.domain.session import Session
from outside_in.ui import fate, forms, live, parts
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

visit = Visit()
t, who = visit.t, visit.who("leader")
if who.role != "leader" or visit.session(who).pace != "self":
    st.title(t("At your own pace"), anchor=False)
    st.info(t("Please open your personal link to begin or to go on."), icon=":material/link:")
    st.stop()

session: Session = visit.session(who)
seen, steps = session.version, session.plan.steps
step, place = visit.unit(session)

done = sum(visit.own(session, s.id) is not None for s in steps if s.asks)
asked = sum(s.asks for s in steps)
st.progress(done / asked if asked else 1.0, text=plain(t("{n} of {of} parts done", n=done, of=asked)))
with st.container(key="phone"):
    parts.step_title(step, t)
    parts.marks(session, t)
own = visit.own(session, step.id)
todo = step if step.asks and own is None else None
if todo:
    for block in todo.exercise.opening():
        parts.show(block, t)
if sent := forms.answer(session, todo, visit.ticket(session, step.id) if todo else "", own, t):
    with kindly():
        fate.send(visit, sent)
        visit.turn_to(session.step(sent.step))  # what it reveals stands there, not on the next part
if not todo:
    fate.tell(visit, session, step)
    for block in visit.house.mine(visit.badge, session, step.id):
        parts.show(block, t)
    for beat in session.tells(step.id):
        for block in beat.blocks:
            parts.show(block, t)
    for question in step.debrief:
        st.markdown(f"*{plain(t(question))}*")

with st.container(horizontal=True):
    if place and st.button(t("Back"), key="back", icon=":material/arrow_back:"):
        visit.turn_to(steps[place - 1])
    if place + 1 < len(steps):
        if st.button(t("Continue"), key="next", type="primary", icon=":material/arrow_forward:"):
            visit.turn_to(steps[place + 1])
    else:
        st.success(t("That was the last part. Thank you."), icon=":material/flag:")
parts.own_commitments(session, who, t)
live.clock(None, visit.language, t("Time left"))
forms.restamp()
