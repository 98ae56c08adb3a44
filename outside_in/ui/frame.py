"""The frame around every page. Not beside pages/: there, Streamlit would run a page without it."""

from pathlib import Path

import streamlit as st

from outside_in.ui import live
from outside_in.ui.look import SHEET
from outside_in.ui.visit import Visit, kindly

PAGES = Path(__file__).parents[2] / "pages"
BRAND = Path(__file__).parents[1] / "brand"
ALONE = {"room", "stage", "practice"}
"""Pages that stand alone: a phone and a projector have no menu."""

visit = Visit()
t = visit.t


def place(name: str, title: str, icon: str, shown: bool) -> st.Page:
    return st.Page(
        PAGES / f"{name}.py",
        title=title,
        icon=f":material/{icon}:",
        url_path=name,
        default=name == "start",
        visibility="visible" if shown else "hidden",
    )


host = visit.who("facilitator").role == "facilitator"
guest = visit.who("consultant").role == "consultant"
pages = [
    place("start", t("Start"), "home", True),
    place("prepare", t("Prepare"), "edit_calendar", host),
    place("feedback", t("Feedback"), "upload_file", host),
    place("themes", t("Themes"), "category", host),
    place("journeys", t("Journey"), "route", host),
    place("facilitate", t("Facilitate"), "slideshow", host),
    place("outcomes", t("Outcomes"), "download", host or guest),
    place("settings", t("Settings"), "settings", host),
    place("room", t("Take part"), "smartphone", False),
    place("stage", t("Stage"), "tv", False),
    place("practice", t("At your own pace"), "self_improvement", False),
]

page = st.navigation(pages, position="top")
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
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button(label, key="language", type="tertiary", icon=":material/translate:"):
            st.query_params["lang"] = other
            st.rerun()
with kindly(tell=st.warning):
    page.run()


@st.fragment(run_every=3600)
def ask_again_after_a_restart() -> None:
    """Its timer makes the browser ask a restarted server for the page; it need never fire."""


ask_again_after_a_restart()
