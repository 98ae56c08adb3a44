"""The frame around every page. Not beside pages/: there, Streamlit would run a page without it."""

import streamlit as st

from outside_in.ui import live
from outside_in.ui.look import SHEET
from outside_in.ui.places import BRAND, at
from outside_in.ui.visit import Visit, kindly

ALONE = {"room", "stage", "practice"}
"""Pages that stand alone: a phone and a projector have no menu."""

visit = Visit()
t = visit.t


def place(name: str, title: str, shown: bool) -> st.Page:
    """Without an icon: Streamlit would fetch it from a foreign host to make it the tab's."""
    return st.Page(
        at(name),
        title=title,
        url_path=name,
        default=name == "start",
        visibility="visible" if shown else "hidden",
    )


host = visit.who("facilitator").role == "facilitator"
guest = visit.who("consultant").role == "consultant"
pages = [
    place("start", t("Start"), True),
    place("prepare", t("Prepare"), host),
    place("feedback", t("Feedback"), host),
    place("themes", t("Themes"), host),
    place("journeys", t("Journey"), host),
    place("worth", t("Worth"), host),
    place("values", t("Values"), host),
    place("facilitate", t("Facilitate"), host),
    place("outcomes", t("Outcomes"), host or guest),
    place("minute", t("Feedback minute"), False),
    place("settings", t("Settings"), host),
    place("room", t("Take part"), False),
    place("stage", t("Stage"), False),
    place("practice", t("At your own pace"), False),
]

asked = (st.context.url or "").rstrip("/").rsplit("/", 1)[-1]
page = st.navigation(pages, position="hidden" if asked in ALONE else "top")
alone = page.url_path in ALONE
st.set_page_config(
    page_title=f"{page.title} · Outside-In",
    page_icon=str(BRAND / "icon.png"),
    layout="centered" if page.url_path in ("room", "practice") else "wide",
    initial_sidebar_state="collapsed",
)
st.html(SHEET)
live.clock(None, visit.language, "", key="language-of-page")
if not alone:
    other, label = ("en", "English") if visit.language == "de" else ("de", "Deutsch")
    with st.container(horizontal=True, horizontal_alignment="right", key="frame"):
        if st.button(label, key="language", type="tertiary", icon=":material/translate:"):
            st.query_params["lang"] = other
            st.rerun()


@st.fragment(run_every=3600)
def ask_again_after_a_restart() -> None:
    """Its timer makes the browser ask a restarted server for the page; it need never fire."""


ask_again_after_a_restart()


with kindly(tell=st.warning):
    page.run()
