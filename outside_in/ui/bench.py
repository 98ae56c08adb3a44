"""The theme board, part by part; every operation can be undone."""

from collections.abc import Callable

import streamlit as st

from outside_in.domain.board import Board
from outside_in.domain.feedback import Theme
from outside_in.domain.text import Line, Say, Text, line
from outside_in.domain.workshop import Workshop
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly
from outside_in.ui.work import running


def find(visit: Visit, workshop: Workshop) -> None:
    """Start a run; the engine works in its own process."""
    t = visit.t
    if running(visit, workshop.code, "themes", t("Looking for themes …")):
        return
    job = visit.house.latest_job(workshop.code, "themes")
    if job and job.state == "done" and job.result.get("note"):
        st.info(plain(t(job.result["note"])), icon=":material/info:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        many = st.slider(t("How many themes?"), 5, 25, 10, key="many", width=280)
        label = t("Look again") if workshop.board.themes else t("Find themes")
        kind = "secondary" if workshop.board.themes else "primary"
        if st.button(label, key="find", type=kind, icon=":material/search:"):
            visit.house.start(visit.host, workshop.code, "themes", {"themes": many})
            st.rerun()
        if workshop.earlier:
            what = t("Undo: {what}", what=workshop.earlier[-1][0])
            if st.button(what, key="undo", icon=":material/undo:"):
                visit.house.prepare(visit.host, workshop.code, lambda now: now.undo(visit.host))
                st.rerun()


def ranked(visit: Visit, workshop: Workshop) -> None:
    """How large the themes are, and how customers who speak of them judge us."""
    t = visit.t
    chosen, all = len(workshop.board.selected), len(workshop.board.themes)
    st.markdown(plain(t("{n} of {of} themes are selected. Leaders see only selected themes.", n=chosen, of=all)))


def board(visit: Visit, workshop: Workshop) -> None:
    shown = [theme for theme in workshop.board.themes if theme.status != "hidden"]
    for theme in shown:
        _theme(visit, workshop, theme)
    hidden = [theme for theme in workshop.board.themes if theme.status == "hidden"]
    if hidden:
        with st.expander(visit.t("Hidden ({n})", n=len(hidden))):
            for theme in hidden:
                _theme(visit, workshop, theme)


def _theme(visit: Visit, workshop: Workshop, theme: Theme) -> None:
    t, now = visit.t, workshop.board
    with st.container(border=True):
        head, act = st.columns([5, 2], vertical_alignment="center")
        with head:
            st.header(plain(t(theme.label)), anchor=False)
            st.markdown(plain(_figures(theme, t)))
            st.markdown(plain(" · ".join(theme.keywords[:8])))
        with act, st.container(horizontal=True, horizontal_alignment="right"):
            chosen = theme.status == "selected"
            label = t("Selected") if chosen else t("Select")
            _do(
                visit,
                workshop,
                label,
                f"select-{theme.id}",
                line("Selected or not: “{label}”", label=theme.label),
                lambda: now.choose(theme.id, not chosen),
                primary=chosen,
            )
            _do(
                visit,
                workshop,
                t("Hide"),
                f"hide-{theme.id}",
                line("Hidden: “{label}”", label=theme.label),
                lambda: now.hide(theme.id),
            )
        for quote in theme.quotes[:2]:
            parts.saying(quote.text, t)
        if theme.dissent:
            parts.saying(theme.dissent.text, t, about=t("Another voice"))
        with st.expander(t("Change"), key=f"change-{theme.id}"):
            _change(visit, workshop, theme)


def _figures(theme: Theme, t: Say) -> str:
    said = [t("{n} comments", n=theme.size)]
    if known := theme.evidence:
        said.append(
            t(
                "{value} ({low} to {high}, n = {n}; {unit})",
                value=known.figure(known.value),
                low=known.figure(known.low),
                high=known.figure(known.high),
                n=known.n,
                unit=known.unit,
            )
        )
    return " · ".join(said)


def _change(visit: Visit, workshop: Workshop, theme: Theme) -> None:
    t, now, id = visit.t, workshop.board, theme.id
    with st.form(f"rename-{id}", border=False):
        left, right = st.columns(2)
        de = left.text_input(t("Name in German"), theme.label.de, key=f"de-{id}", max_chars=80)
        en = right.text_input(t("Name in English"), theme.label.en, key=f"en-{id}", max_chars=80)
        if st.form_submit_button(t("Rename"), key=f"rename-send-{id}"):
            _shape(
                visit,
                workshop,
                lambda: now.rename(id, Text(de=de, en=en)),
                line("Renamed: “{label}”", label=theme.label),
            )
    others = {other.id: t(other.label) for other in now.themes if other.id != id}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        other = st.selectbox(t("Merge with"), list(others), None, others.__getitem__, key=f"merge-{id}", width=320)
        if other:
            _do(
                visit,
                workshop,
                t("Merge"),
                f"merge-send-{id}",
                line("Merged into “{label}”", label=theme.label),
                lambda: now.merge(id, other),
            )
        _do(
            visit,
            workshop,
            t("Split"),
            f"split-{id}",
            line("Split: “{label}”", label=theme.label),
            lambda: now.split(id),
        )
        _do(visit, workshop, "↑", f"up-{id}", line("Moved: “{label}”", label=theme.label), lambda: now.move(id, -1))
        _do(visit, workshop, "↓", f"down-{id}", line("Moved: “{label}”", label=theme.label), lambda: now.move(id, 1))


def _do(
    visit: Visit, workshop: Workshop, label: str, key: str, what: Line, act: Callable[[], Board], primary: bool = False
) -> None:
    if st.button(label, key=key, type="primary" if primary else "secondary"):
        _shape(visit, workshop, act, what)


def _shape(visit: Visit, workshop: Workshop, act: Callable[[], Board], what: Line) -> None:
    with kindly():
        visit.house.shape(visit.host, workshop.code, act(), what)
        st.rerun()
