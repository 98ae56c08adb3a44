"""The facilitator's console, part by part. Every press carries the state it was drawn from."""

from collections.abc import Callable, Mapping

import streamlit as st

from outside_in.domain import events
from outside_in.domain.events import SessionEvent
from outside_in.domain.plan import Phase
from outside_in.domain.session import Session
from outside_in.domain.text import Say, line
from outside_in.ui import live, parts, places
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

MINUTE = 60
Decide = Callable[[Session], SessionEvent | None]
AGAIN = line("The answers stay; the next reveal begins with how far the room has moved.")
RESET = line("The answers are put aside. You can bring them back until somebody answers anew.")
RESTORE = line("As they were before the step began anew.")


def buttons(visit: Visit, session: Session) -> Session:
    """
    Draw what can be done now, do what was pressed, and return the session as it is then.

    The stamp travels with every press, from the page as that browser shows it: a second press of
    the same state does nothing, also where the server has drawn the next one already. It stands
    last, so a page that has half arrived errs towards doing nothing.
    """
    house, by, t = visit.house, visit.host, visit.t
    stamp = str(st.session_state.get("drawn", ""))
    drawn, at = int(stamp) if stamp.isdecimal() else session.moved, house.clock()
    acts: dict[str, Decide] = {
        "back": lambda now: now.back(by, drawn, at),
        "skip": lambda now: now.skip(by, drawn, at),
        "black": lambda now: now.blacken(by, not now.black),
        "timer-minus": lambda now: now.time(by, -MINUTE, at),
        "timer-plus": lambda now: now.time(by, MINUTE, at),
        "again": lambda now: now.again(by, drawn, at),
        "reset": lambda now: now.reset(by, drawn, at),
        "restore": lambda now: now.restore(by, drawn, at),
    }
    pressed = _always(visit, session) or _afterwards(session, t)
    with kindly():
        if pressed == "primary":
            session = house.press(by, session.code, drawn)
        elif pressed:
            session = house.change(by, session.code, acts[pressed])
        if pressed:
            st.rerun()
    st.session_state["drawn"] = str(session.moved)
    with st.container(key="unseen-drawn"):
        st.text_input(t("Step"), key="drawn", label_visibility="collapsed", on_change="ignore")
    return session


def _always(visit: Visit, session: Session) -> str:
    """The row every step needs; the key of what was pressed in it."""
    t = visit.t
    with st.container(horizontal=True, vertical_alignment="center", key="console"):
        skippable = bool(session.following) and session.course(session.now).phase not in (Phase.OPEN, Phase.PAUSED)
        black = ("visibility", t("Show the stage")) if session.black else ("visibility_off", t("Black"))
        found = {
            "back": st.button(t("Back"), key="back", icon=":material/arrow_back:", shortcut="Left"),
            "primary": st.button(_primary(session, t), key="primary", type="primary", shortcut="Right"),
            "skip": st.button(t("Skip"), key="skip", icon=":material/skip_next:", disabled=not skippable),
            "black": st.button(black[1], key="black", icon=f":material/{black[0]}:", shortcut="b"),
            "timer-minus": st.button("−1", key="timer-minus", help=t("One minute less")),
            "timer-plus": st.button("+1", key="timer-plus", help=t("One minute more")),
        }
        live.clock(session.course(session.now).until if session.asks else None, visit.language, t("Time left"))
    return _of(found)


def _afterwards(session: Session, t: Say) -> str:
    """What only a step that has taken its answers can be asked for."""
    course, found = session.course(session.now), {}
    with st.container(horizontal=True, key="console-more"):
        if session.repeatable:
            label = t("Ask again: round {n}", n=course.round + 1)
            found["again"] = st.button(label, key="again", icon=":material/repeat:", help=t(AGAIN))
        if session.resettable:
            label = t("Begin this step anew")
            found["reset"] = st.button(label, key="reset", icon=":material/restart_alt:", help=t(RESET))
        if course.aside:
            label = t("Bring the answers back")
            found["restore"] = st.button(label, key="restore", icon=":material/undo:", help=t(RESTORE))
    return _of(found)


def _of(buttons: Mapping[str, bool]) -> str:
    return next((key for key, pressed in buttons.items() if pressed), "")


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
