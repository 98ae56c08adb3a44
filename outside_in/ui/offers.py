"""At a leader's request: what a language model would make of the own draft; shown to nobody else."""

import streamlit as st

from outside_in.domain.session import Session
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly


def offer(visit: Visit, session: Session, step: str) -> None:
    """Nothing where the model is off, or there is no draft. The answer stays in this tab only."""
    t = visit.t
    draft = visit.house.draft(visit.badge, session, step, visit.language)
    if draft is None:
        return
    with st.expander(t("Ask a language model about your draft"), key="offer"):
        st.markdown(plain(t("This would leave the house, and nothing else: “{words}”", words=draft.text)))
        if st.button(t("Send it and show me another offer"), key="offer-send"):
            with kindly(), st.spinner(t("Asking the language model …")):
                said = visit.house.offer(visit.badge, session, step, visit.language)
                st.session_state["offered"] = draft.text, said
        asked, said = st.session_state.get("offered", ("", ""))
        if asked == draft.text:
            st.info(plain(said), icon=":material/smart_toy:")
            st.markdown(plain(t("Only you see this. A machine wrote it; take of it what fits.")))
