"""The path at one's own pace, part by part: how far, until when, and what one takes home."""

import datetime as dt

import streamlit as st

from outside_in.domain.plan import Step
from outside_in.domain.session import Session
from outside_in.house.papers import units
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit


def progress(visit: Visit, session: Session, place: int) -> None:
    """Units of a few minutes each; what is left is said, so that somebody on a train can decide."""
    t, steps = visit.t, units(session)
    asked = [step for step in steps if step.asks]
    open_yet = [step for step in asked if visit.own(session, step.id) is None]
    done = len(asked) - len(open_yet)
    left = sum(step.minutes for step in open_yet)
    told = t("{n} of {of} parts done", n=done, of=len(asked))
    if left:
        told += f" · {t('about {n} minutes left', n=left)}"
    st.progress(done / len(asked) if asked else 1.0, text=plain(told))
    about = [t("Unit {n} of {of}, {minutes} min", n=place + 1, of=len(steps), minutes=steps[place].minutes)]
    if session.due:
        about.append(t("open until {date}", date=dt.date.fromtimestamp(session.due)))
    if session.pace == "live":
        about.append(t("pre-work; the results are shown in the workshop"))
    st.markdown(plain(" · ".join(about)))


def closed(visit: Visit, session: Session, step: Step) -> None:
    """Why there is no form, where somebody would look for one."""
    t = visit.t
    if not step.asks or session.takes(step.id) or visit.own(session, step.id) is not None:
        return
    st.info(plain(t("This part no longer takes answers.")), icon=":material/lock_clock:")


def end(visit: Visit, session: Session, place: int) -> None:
    t, steps = visit.t, units(session)
    if place + 1 == len(steps):
        st.success(t("That was the last part. Thank you."), icon=":material/flag:")
    if any(visit.own(session, step.id) is not None for step in steps if step.asks) and session.pace == "self":
        st.link_button(
            t("Confirmation of participation (PDF)"),
            f"/take/paper/own/certificate?lang={visit.language}",
            icon=":material/workspace_premium:",
        )
    if session.pace == "live":
        st.page_link(at("room"), label=t("To the room"), icon=":material/meeting_room:")


def early(visit: Visit, session: Session) -> None:
    """On the phone, before the room begins: what can be done already."""
    t = visit.t
    waiting = [s for s in session.prework if session.takes(s.id) and visit.own(session, s.id) is None]
    if waiting and session.started is None:
        told = t(
            "{n} parts can be answered before we begin, about {minutes} minutes.",
            n=len(waiting),
            minutes=sum(s.minutes for s in waiting),
        )
        st.info(plain(told), icon=":material/edit:")
        st.page_link(at("practice"), label=t("Begin now"), icon=":material/arrow_forward:")
