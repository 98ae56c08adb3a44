"""The facilitator's console, part by part. Every press carries the state it was drawn from."""

import datetime as dt

import streamlit as st

from outside_in.domain import events
from outside_in.domain.plan import Phase, Step
from outside_in.domain.session import Session
from outside_in.domain.text import Say
from outside_in.ui import live, parts, places
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

MINUTE = 60
DRILL = 12
"""Simulated leaders per press of the rehearsal button."""


def buttons(visit: Visit, session: Session) -> Session:
    """
    Draw what can be done now, do what was pressed, and return the session as it is then.

    The stamp travels with every press, from the page as that browser shows it: a second press of
    the same state does nothing, also where the server has drawn the next one already. It stands
    last, so a page that has half arrived errs towards doing nothing.
    """
    house, by, t = visit.house, visit.host, visit.t
    stamp = str(st.session_state.get("drawn", ""))
    drawn = int(stamp) if stamp.isdecimal() else session.moved
    code, at = session.code, house.clock()
    with st.container(horizontal=True, vertical_alignment="center", key="console"):
        back = st.button(t("Back"), key="back", icon=":material/arrow_back:", shortcut="Left")
        primary = st.button(_primary(session, t), key="primary", type="primary", shortcut="Right")
        skip = st.button(t("Skip"), key="skip", icon=":material/skip_next:", disabled=not _skippable(session))
        black = st.button(
            t("Show the stage") if session.black else t("Black"),
            key="black",
            icon=":material/visibility:" if session.black else ":material/visibility_off:",
            shortcut="b",
        )
        minus = st.button("−1", key="timer-minus", help=t("One minute less"))
        plus = st.button("+1", key="timer-plus", help=t("One minute more"))
        live.clock(session.course(session.now).until if session.asks else None, visit.language, t("Time left"))
    with kindly():
        if primary:
            session = house.press(by, code, drawn)
        elif back:
            session = house.change(by, code, lambda now: now.back(by, drawn, at))
        elif skip:
            session = house.change(by, code, lambda now: now.skip(by, drawn, at))
        elif black:
            session = house.change(by, code, lambda now: now.blacken(by, not now.black))
        elif plus or minus:
            seconds = MINUTE if plus else -MINUTE
            session = house.change(by, code, lambda now: now.time(by, seconds, at))
        if primary or back or skip or black or plus or minus:
            st.rerun()
    st.session_state["drawn"] = str(session.moved)
    with st.container(key="unseen-drawn"):
        st.text_input(t("Step"), key="drawn", label_visibility="collapsed", on_change="ignore")
    return session


def _primary(session: Session, t: Say) -> str:
    ahead = session.ahead()
    if ahead is None:
        return t("The session has ended")
    if isinstance(ahead, events.Ended):
        return t("End the session")
    if ahead.step != session.now:
        return t("Next: {title}", title=session.step(ahead.step).title)
    course = session.course(session.now)
    match ahead.to, course.phase:
        case Phase.OPEN, Phase.PAUSED:
            return t("Continue")
        case Phase.OPEN, _:
            return t("Open for answers")
        case Phase.CLOSED, _:
            return t("Close")
        case Phase.REVEALED, Phase.CLOSED:
            return t("Reveal")
        case Phase.DISCUSSED, _:
            return t("Discuss")
    return t("Show more")


def _skippable(session: Session) -> bool:
    return bool(session.following) and session.course(session.now).phase not in (Phase.OPEN, Phase.PAUSED)


def finished(visit: Visit, session: Session) -> None:
    """Where to go after the last press."""
    t = visit.t
    with st.container(border=True, key="finished"):
        st.header(t("The session has ended. What next?"), anchor=False)
        st.markdown(plain(t("Everything is stored. The documents are made within seconds and can be made again.")))
        with st.container(horizontal=True):
            asked = {"code": session.code}
            ways = [("outcomes", t("Make the documents")), ("commitments", t("Follow the commitments up"))]
            for page, label in ways:
                st.page_link(places.at(page), label=label, icon=":material/arrow_forward:", query_params=asked)


def notes(visit: Visit, session: Session) -> None:
    t, step = visit.t, session.step(session.now)
    if words := t(step.notes):
        with st.container(border=True):
            st.markdown(f"**{t('Notes for you')}**")
            st.markdown(plain(words))
    for question in step.debrief:
        st.markdown(f"- {plain(t(question))}")


def preview(session: Session, t: Say) -> None:
    """What the stage shows now; before the reveal only what it asks, folded parts by their name."""
    step = session.step(session.now)
    if not session.shows(step.id):
        asked = dict.fromkeys(t(question.fold or question.label) for question in step.exercise.asks())
        st.markdown("\n".join(f"- {plain(words)}" for words in asked))
        return
    for block in session.tells(step.id)[-1].blocks:
        parts.show(block, t, "laptop")


def agenda(visit: Visit, session: Session) -> None:
    """Now, done and next, with running clock times and how far the room is ahead or behind."""
    t, at = visit.t, visit.house.clock()
    st.header(t("Agenda"), anchor=False)
    st.markdown(plain(_lateness(session, t, at)))
    lines = []
    for step, begins in _times(session, at):
        mark = "▶" if step.id == session.now else "✓" if _done(session, step) else "·"
        title = plain(t(step.title))
        line = t("{minutes} min", minutes=step.minutes)
        shown = f"**{title}**" if step.id == session.now else title
        shrink = f" · {t('can shrink')}" if step.shrinkable else ""
        lines.append(f"{mark} {begins:%H:%M} {shown} · {line}{shrink}")
    st.markdown("  \n".join(lines))


def _done(session: Session, step: Step) -> bool:
    order = [s.id for s in session.plan.steps]
    return order.index(step.id) < order.index(session.now)


def _times(session: Session, at: float) -> list[tuple[Step, dt.datetime]]:
    begins = dt.datetime.fromtimestamp(session.started or at)
    found = []
    for step in session.plan.steps:
        found.append((step, begins))
        begins += dt.timedelta(minutes=step.minutes)
    return found


def _lateness(session: Session, t: Say, at: float) -> str:
    if session.started is None:
        return t("Not started yet.")
    planned = sum(step.minutes for step in session.plan.steps if _done(session, step))
    step = session.step(session.now)
    behind = round((at - session.started) / MINUTE) - planned - step.minutes
    if behind > 0:
        return t("{n} min behind the plan.", n=behind)
    return t("On time.")


def room(visit: Visit, session: Session) -> None:
    """Who is in, the ways in, the rehearsal, the end."""
    t, house, by, code = visit.t, visit.house, visit.host, session.code
    st.header(t("The room"), anchor=False)
    st.markdown(plain(t("{n} of {of} expected leaders have joined.", n=len(session.joined), of=session.plan.expected)))
    st.markdown(f"### {parts.dashed(code)}")
    st.code(parts.join_url(session), language=None)
    with st.container(horizontal=True):
        st.link_button(t("Open the stage"), f"/stage?code={code}", icon=":material/tv:")
        poster = f"/take/paper/{code}/poster?lang={visit.language}"
        st.link_button(t("QR poster (PDF)"), poster, icon=":material/qr_code_2:")
    with st.expander(t("Invitation to send"), icon=":material/mail:"):
        st.code(_invitation(session, t), language=None, wrap_lines=True)
    with kindly():
        if session.rehearsed:
            st.warning(t("{n} simulated answers are in. Clear them before the real session.", n=session.rehearsed))
            if st.button(t("Clear simulated answers"), key="clear-tests"):
                house.change(by, code, lambda now: now.clear(by))
                st.rerun()
        if session.asks and st.button(
            t("Rehearse: {n} simulated leaders answer", n=DRILL), key="rehearse", icon=":material/smart_toy:"
        ):
            house.simulate(by, code, DRILL)
            st.rerun()
        if session.ended and st.button(t("Take the end back"), key="resume"):
            house.change(by, code, lambda now: now.resume(by, house.clock()))
            st.rerun()


def _invitation(session: Session, t: Say) -> str:
    """For an e-mail or a calendar entry; says what leaders will ask first."""
    said = (
        t("You are invited to “{title}” on {date}.", title=session.plan.title, date=session.plan.date),
        t(
            "Please bring a phone with a browser. Open {url}, or scan the code in the room.",
            url=parts.join_url(session),
        ),
        t("The code is {code}.", code=parts.dashed(session.code)),
        t("No account, no app, no name. Nobody is ranked; your own gap is yours alone."),
    )
    return "\n\n".join(said)


def moderation(visit: Visit, session: Session) -> None:
    """Free words wait here until a person lets them reach the stage."""
    t, by, house = visit.t, visit.host, visit.house
    texts = session.texts(by)
    waiting = sum(not text.shown for text in texts)
    key = "moderation" if waiting else "moderation-done"  # a new key, because one that was closed would stay closed
    with st.expander(t("Moderation ({n} waiting)", n=waiting), expanded=bool(waiting), key=key):
        if not texts:
            st.markdown(plain(t("Free words appear here once their step has closed.")))
        for text in texts:
            words, act = st.columns([5, 1], vertical_alignment="center")
            words.markdown(plain(text.words))
            label = t("Take back") if text.shown else t("Approve")
            key = f"judge-{text.step}-{text.ref}".replace(":", "-")
            if act.button(label, key=key, width="stretch"):
                with kindly():
                    shown = not text.shown
                    house.change(
                        by,
                        session.code,
                        lambda now, text=text, shown=shown: now.judge(by, text.step, text.ref, shown),
                    )
                    st.rerun()
