"""The map of comments and the ranking of themes; each with its sentence and its table."""

import streamlit as st

from outside_in import charts
from outside_in.domain.blocks import Table
from outside_in.domain.text import Say
from outside_in.domain.theme_told import Atlas, Ranked
from outside_in.domain.workshop import Workshop
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.look import look
from outside_in.ui.visit import Visit, kindly

MOST = 10_000
"""Dots that a browser moves without a jerk."""
LETTERS = 90
"""Of a comment beside its dot; all of it stands in the list of its theme."""


def draw(visit: Visit, workshop: Workshop) -> None:
    t, house = visit.t, visit.house
    places = house.atlas(workshop)
    if not places:
        parts.empty(t("There is no map of these comments yet."))
        if st.button(t("Draw the map"), key="draw-map", type="primary", icon=":material/map:"):
            with kindly():
                house.start(visit.host, workshop.code, "map", {})
                st.rerun()
        return
    texts = {one.row: _short(one.text) for one in house.comments(workshop) if one.text}
    atlas = Atlas.of(workshop.board, house.stands(workshop), places, texts, MOST)
    _map(atlas, t)


@st.fragment
def _map(atlas: Atlas, t: Say) -> None:
    """On its own, so that lighting up one theme redraws nothing else."""
    names = {at: f"{at + 1} · {t(label)}" for at, label in enumerate(atlas.labels)}
    lit = st.selectbox(
        t("Light up one theme"), list(names), None, names.__getitem__, key="lit", width=420, placeholder=t("All themes")
    )
    st.markdown(f"**{plain(t(atlas.sentence()))}**")
    if atlas.left_out:
        st.markdown(plain(t("{n} comments are left out, so that the map stays quick.", n=atlas.left_out)))
    st.markdown(plain(t("Wheel or pinch to come nearer, drag to move, double-click to see everything again.")))
    st.altair_chart(charts.atlas(atlas, t, look("laptop"), lit), width="stretch")
    with st.expander(t("Figures")):
        _table(atlas.table(), t)


def ranking(visit: Visit, workshop: Workshop) -> None:
    t = visit.t
    shown = [theme for theme in workshop.board.themes if theme.status != "hidden"]
    ranked = Ranked.of(shown, visit.house.effects(workshop))
    st.markdown(f"**{plain(t(ranked.sentence()))}**")
    if (picture := charts.of_themes(ranked, t, look("laptop"))) is not None:
        st.altair_chart(picture, width="stretch")
        said = t("A difference is what goes along with a theme, not what it causes.")
        st.markdown(plain(said))
    _table(ranked.table(), t)


def _table(table: Table, t: Say) -> None:
    columns = [t(column) for column in table.columns]
    st.dataframe([dict(zip(columns, map(t.value, row), strict=True)) for row in table.rows], hide_index=True)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LETTERS else f"{words[:LETTERS].rsplit(' ', 1)[0]} …"
