"""The workbench: what a machine proposes becomes what leaders see, by a person's decision."""

import streamlit as st

from outside_in.ui import atlas, bench, moods, parts, writing
from outside_in.ui.places import at
from outside_in.ui.visit import Visit

visit = Visit()
t = visit.t
parts.hosts_only(visit)

workshop = visit.workshop()
st.title(t("Themes"), anchor=False)
if not workshop.batches:
    parts.empty(
        t("Themes are found in customers' comments. Import a file first."),
        at("feedback"),
        t("Import customer feedback"),
    )
    st.stop()

bench.find(visit, workshop)
if workshop.board.themes:
    bench.proposals(visit, workshop)
    bench.stages(visit, workshop)
    view = bench.view(visit)
    if view == "board":
        bench.board(visit, workshop)
    elif view == "map":
        atlas.draw(visit, workshop)
    elif view == "rank":
        atlas.ranking(visit, workshop)
        moods.estimated(visit, workshop)
    elif view == "writer":
        writing.names(visit, workshop)
    elif view == "history":
        bench.history(visit, workshop)
