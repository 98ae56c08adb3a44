"""What became of what was promised: per client, across workshops; group figures, small wins, gaps."""

import streamlit as st

from outside_in.ui import parts, promises
from outside_in.ui.places import at
from outside_in.ui.visit import Visit

visit = Visit()
t, who = visit.t, visit.who("facilitator", "consultant")
if who.role == "nobody":
    parts.sign_in(visit)
    st.stop()

st.title(t("Commitments"), anchor=False)
followed = visit.house.followed(who)
if not followed:
    hosts = who.role == "facilitator"
    parts.empty(
        t("No commitment has been made yet. They appear here as soon as their step has closed."),
        at("facilitate") if hosts else None,
        t("Facilitate"),
    )
    st.stop()

client = promises.client(visit, followed)
some = [each for each in followed if each.client == client]
if any(each.one.test for each in some):
    st.warning(t("Simulated leaders are among them. These are not results."), icon=":material/smart_toy:")
figures, wins = st.columns(2, gap="large")
with figures:
    promises.figures(visit, who, client, listed=len(some))
with wins:
    promises.wins(visit, who, some)
promises.cards(visit, some)
promises.owner_gaps(visit, some)
if who.role == "facilitator":
    promises.after(visit, who, some)
