"""Long work in sight: its bar, its end, and a way to stop it."""

import time

import streamlit as st

from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit


def running(visit: Visit, workshop: str, kind: str, label: str) -> bool:
    """Whether such work is under way; draws its bar, and what went wrong if it failed."""
    job = visit.house.latest_job(workshop, kind)
    if job is None:
        return False
    if job.state == "failed":
        st.error(plain(visit.t(job.message)), icon=":material/error:")
    if job.state not in ("queued", "running"):
        return False
    _bar(visit, job.id, label)
    return True


@st.fragment(run_every=1.0)
def _bar(visit: Visit, id: str, label: str) -> None:
    """Only a facilitator preparing sees this, so looking once a second costs nothing in the room."""
    job = visit.house.database.jobs.job(id)
    if job is None or job.state not in ("queued", "running"):
        st.rerun()
    st.progress(job.progress, text=plain(f"{label} {_left(visit, id, job.progress)}".strip()))
    if st.button(visit.t("Cancel"), key=f"cancel-{id}"):
        visit.house.database.jobs.cancel(id)
        st.rerun()


def _left(visit: Visit, id: str, share: float) -> str:
    """What remains, at the pace since somebody first looked; nothing before that says anything."""
    seen, at = st.session_state.setdefault(f"pace-{id}", (time.monotonic(), share))
    gone = time.monotonic() - seen
    if share - at < 0.03 or gone < 3:
        return ""
    seconds = round(gone * (1 - share) / (share - at))
    if seconds < 90:
        return visit.t("about {n} s left", n=max(5, -(-seconds // 5) * 5))
    return visit.t("about {n} min left", n=round(seconds / 60))
