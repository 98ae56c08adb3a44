"""When the network is down: sheets to print, and what came in on them, typed by the facilitator."""

import streamlit as st

from outside_in.domain.paper import Column, column, counted, how, tallied
from outside_in.domain.plan import Step
from outside_in.domain.questions import AnyQuestion, Pick
from outside_in.domain.session import Session
from outside_in.domain.text import lines
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly


def sheets(visit: Visit, session: Session) -> None:
    t, step = visit.t, session.step(session.now)
    with st.expander(t("Paper instead of phones"), icon=":material/description:", key="paper"):
        st.markdown(plain(t("Every question of this session on paper, one sheet per step and leader.")))
        printed = f"/take/paper/{session.code}/sheets?lang={visit.language}"
        st.link_button(t("Answer sheets (PDF)"), printed, icon=":material/print:")
        if step.asks and session.countable(step.id):
            _form(visit, session, step)
        else:
            st.markdown(plain(t("While an anonymous step is open, what came in on paper can be counted here.")))


def _form(visit: Visit, session: Session, step: Step) -> None:
    t, known = visit.t, session.course(step.id).paper
    if n := max(map(len, known.values()), default=0):
        told = lines(
            "One sheet is counted. A new count replaces it.", "{n} sheets are counted. A new count replaces them.", n
        )
        st.success(t(told), icon=":material/check:")
    fewest, phones = step.exercise.fewest, session.course(step.id).by_phone
    if 0 < phones < fewest:
        told = lines(
            "One answer came by phone. Fewer than {fewest} do not count beside paper: they could be worked out.",
            "{n} answers came by phone. Fewer than {fewest} do not count beside paper: they could be worked out.",
            phones,
            fewest=fewest,
        )
        st.warning(t(told), icon=":material/group:")
    with st.form(f"paper-{step.id}", border=False):
        typed = {question.id: _typed(visit, question) for question in step.exercise.asks()}
        sent = st.form_submit_button(t("Count these sheets"), key="paper-count", type="secondary")
    if not sent:
        return
    with kindly():
        said = {q.id: _read(q, typed[q.id]) for q in step.exercise.asks()}
        visit.house.change(visit.host, session.code, lambda now: now.count(visit.host, step.id, said))
        st.rerun()


Typed = str | tuple[dict[str, int], int]


def _typed(visit: Visit, question: AnyQuestion) -> Typed:
    t, key = visit.t, f"paper-{question.id}"
    if not isinstance(question, Pick) or not counted(question):
        return st.text_area(plain(t(question.label)), key=key, placeholder=t(how(question)), height=100)
    st.markdown(f"**{plain(t(question.label))}**")
    sheets = st.number_input(t("Sheets"), 0, 500, 0, key=f"{key}-sheets") if question.most > 1 else 0
    counts = {o.id: int(st.number_input(plain(t(o.label)), 0, 500, 0, key=f"{key}-{o.id}")) for o in question.options}
    return counts, int(sheets)


def _read(question: AnyQuestion, typed: Typed) -> Column:
    if isinstance(question, Pick) and not isinstance(typed, str):
        return tallied(question, *typed)
    return column(question, str(typed))
