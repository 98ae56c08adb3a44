"""What became of an answer: a level read from the store, not a message that can be missed."""

import streamlit as st

from outside_in.domain.errors import NotOpen
from outside_in.domain.plan import Step
from outside_in.domain.session import Session
from outside_in.ui.forms import Sent, plain
from outside_in.ui.visit import Visit


def send(visit: Visit, sent: Sent) -> Session:
    """Saved or refused; a refusal stays on the page until the next answer is saved."""
    try:
        session = visit.house.answer(visit.badge, sent.step, sent.ticket, sent.values)
    except NotOpen as refusal:
        st.session_state["refused"] = sent.step, _words(sent)
        raise refusal
    st.session_state.pop("refused", None)
    return session


def tell(visit: Visit, session: Session, step: Step | None) -> None:
    t = visit.t
    if "refused" in st.session_state:
        refused, words = st.session_state["refused"]
        title = t(session.step(refused).title)
        st.warning(
            plain(t("“{title}” had already closed, so your answer was not counted. {words}", title=title, words=words))
        )
    told = step or session.step(session.now)
    if visit.own(session, told.id) is None:
        return
    with st.container(key="saved"):
        if step and not session.final(step.id):
            st.success(t("Saved. You can change your answer until the step closes."), icon=":material/check:")
        else:
            st.success(t("Your answer is saved."), icon=":material/check:")


def _words(sent: Sent) -> str:
    """What was typed must not be lost with the refusal."""
    return " · ".join(value for value in sent.values.values() if isinstance(value, str) and value)
