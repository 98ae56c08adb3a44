"""Comments without a score, below the ranking: estimated on request, and marked as that."""

import streamlit as st

from outside_in.domain.mood import LEARNS_FROM
from outside_in.domain.workshop import Workshop
from outside_in.house.moods import Moods, moods_of
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly


def estimated(visit: Visit, workshop: Workshop) -> None:
    t, moods = visit.t, moods_of(visit.house, workshop)
    if not moods.silent or not moods.scored:
        return
    st.header(t("Comments without a score"), anchor=False)
    said = t("{n} comments carry no score, {m} do.", n=moods.silent, m=moods.scored)
    if not moods.possible:
        said += " " + t("From {n} scored comments on, the others can be estimated.", n=LEARNS_FROM)
    st.markdown(plain(said))
    if moods.proof:
        _told(visit, moods)
    elif moods.tried:
        st.markdown(plain(t("Too many of them are alike, or all scores are, so nothing can be estimated.")))
    elif moods.possible and st.button(t("Estimate from words"), key="mood"):
        with kindly():
            visit.house.start(visit.host, workshop.code, "mood", {})
            st.rerun()


def _told(visit: Visit, moods: Moods) -> None:
    t = visit.t
    if moods.proof:
        st.markdown(f"**{plain(t(moods.proof.sentence()))}**")
    if moods.guessed and moods.guessed.rows:
        table = moods.guessed.table()
        columns = [t(column) for column in table.columns]
        rows = [dict(zip(columns, map(t.value, row), strict=True)) for row in table.rows]
        st.dataframe(rows, hide_index=True)
        st.markdown(plain(t("An estimate helps to choose what to read; it takes no part in any other figure.")))
