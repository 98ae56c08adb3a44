"""The console's clock for the whole: what comes when, how late it is, and what could be shorter."""

import datetime as dt

import streamlit as st

from outside_in.domain import overrun
from outside_in.domain.plan import Step
from outside_in.domain.session import Session
from outside_in.domain.text import Say
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

MINUTE = 60


def agenda(visit: Visit, session: Session) -> None:
    """Now, done and next, with running clock times and how far the room is ahead or behind."""
    t, at = visit.t, visit.house.clock()
    st.header(t("Agenda"), anchor=False)
    st.markdown(plain(_lateness(session, t, at)))
    _help(visit, session, at)
    st.markdown("  \n".join(_line(session, step, begins, t) for step, begins in _times(session, at)))


def _line(session: Session, step: Step, begins: dt.datetime, t: Say) -> str:
    mark = "▶" if step.id == session.now else "✓" if _done(session, step) else "·"
    title, minutes = plain(t(step.title)), t("{minutes} min", minutes=session.minutes(step))
    shown = f"**{title}**" if step.id == session.now else title
    shorter = step.minutes - session.minutes(step)
    told = t("{n} min shorter", n=shorter) if shorter else t("can shrink") if step.shrinkable else ""
    return f"{mark} {begins:%H:%M} {shown} · {minutes}" + (f" · {told}" if told else "")


def _done(session: Session, step: Step) -> bool:
    order = [s.id for s in session.plan.steps]
    return order.index(step.id) < order.index(session.now)


def _times(session: Session, at: float) -> list[tuple[Step, dt.datetime]]:
    """As planned up to now; from the step at hand on as things stand."""
    begins, found = dt.datetime.fromtimestamp(session.started or at), []
    for step in session.plan.steps:
        found.append((step, begins))
        begins += dt.timedelta(minutes=session.minutes(step))
        if step.id == session.now:
            begins = max(begins, dt.datetime.fromtimestamp(at))
    return found


def _lateness(session: Session, t: Say, at: float) -> str:
    if session.started is None:
        return t("Not started yet.")
    done = sum(session.minutes(step) for step in session.plan.steps if _done(session, step))
    if (behind := overrun.late(session, at)) > 0:
        return t("{n} min behind the plan.", n=behind)
    if (ahead := done - round((at - session.started) / MINUTE)) > 0:
        return t("{n} min ahead of the plan.", n=ahead)
    return t("On time.")


def _help(visit: Visit, session: Session, at: float) -> None:
    """Which blocks can shrink, and by how much, so that the room still ends on time."""
    t, found = visit.t, overrun.shorter(session, at)
    if not found or session.ended:
        return
    steps = [(session.step(id), minutes) for id, minutes in found.items()]
    left = overrun.late(session, at) - sum(session.minutes(step) - minutes for step, minutes in steps)
    with st.container(border=True, key="overrun"):
        told = (
            t("{title}: {before} → {after} min", title=step.title, before=session.minutes(step), after=minutes)
            for step, minutes in steps
        )
        st.markdown("\n".join(f"- {plain(words)}" for words in told))
        st.markdown(plain(t("Then it ends on time.") if left <= 0 else t("Then {n} min are still missing.", n=left)))
        if st.button(t("Shorten the rest"), key="shorten", icon=":material/compress:"):
            with kindly():
                visit.house.change(visit.host, session.code, lambda now: now.shorten(visit.host, at))
                st.rerun()
