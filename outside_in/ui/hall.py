"""The console's side of the room: who is in, the ways in, the lamps, the rehearsal, who else facilitates."""

import streamlit as st

from outside_in.domain.groups import groups
from outside_in.domain.session import Session
from outside_in.domain.text import Say, lines
from outside_in.ui import paper, parts, places
from outside_in.ui.forms import plain
from outside_in.ui.visit import Visit, kindly

DRILL = 12
"""Simulated leaders per press of the rehearsal button."""
LOOK = 5.0
"""Seconds between two looks at who is connected."""


def room(visit: Visit, session: Session) -> None:
    """Who is in and how they come in; below it what is needed now and then, folded."""
    t = visit.t
    st.header(t("The room"), anchor=False)
    st.markdown(plain(_joined(session, t)))
    _lamps(visit, session)
    _groups(session, t)
    st.markdown(f"### {parts.dashed(session.code)}")
    st.code(parts.join_url(session), language=None)
    with st.container(horizontal=True):
        st.link_button(t("Open the stage"), f"/stage?code={session.code}", icon=":material/tv:")
        poster = f"/take/paper/{session.code}/poster?lang={visit.language}"
        st.link_button(t("QR poster (PDF)"), poster, icon=":material/qr_code_2:")
    _rehearsal(visit, session)
    with st.expander(t("Invitation to send"), icon=":material/mail:", key="invitation"):
        st.code(_invitation(session, t), language=None, wrap_lines=True)
    _from_afar(visit, session)
    _others(visit, session)
    paper.sheets(visit, session)


def _joined(session: Session, t: Say) -> str:
    told = t(
        lines(
            "One of {of} expected leaders has joined.",
            "{n} of {of} expected leaders have joined.",
            len(session.joined),
            of=session.plan.expected,
        )
    )
    if away := len(session.remote):
        here = len(session.joined) - away
        told += " " + t("In the room: {here}. From elsewhere: {away}.", here=here, away=away)
    return told


@st.fragment(run_every=LOOK)
def _lamps(visit: Visit, session: Session) -> None:
    """Who holds a line right now; a phone that is locked drops out and comes back by itself."""
    t, hub = visit.t, visit.house.hub
    phones, stages = hub.watching(f"phones:{session.code}"), hub.watching(f"stage:{session.code}")
    missing = phones < len(session.joined)
    with st.container(horizontal=True, key="lamps"):
        st.badge(
            t(lines("One phone connected", "{n} phones connected", phones)),
            icon=":material/wifi_off:" if missing else ":material/wifi:",
            color="orange" if missing else "green",
        )
        st.badge(
            t("Stage connected") if stages else t("No stage connected"),
            icon=":material/tv:" if stages else ":material/wifi_off:",
            color="green" if stages else "orange",
        )


def _groups(session: Session, t: Say) -> None:
    size = session.step(session.now).group
    if size:
        found = groups(session, size)
        sizes = ", ".join(str(len(group)) for group in found)
        st.markdown(plain(t("Small groups: {n}. Sizes: {sizes}.", n=len(found), sizes=sizes or "–")))


def _rehearsal(visit: Visit, session: Session) -> None:
    t, house, by, code = visit.t, visit.house, visit.host, session.code
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


def _from_afar(visit: Visit, session: Session) -> None:
    """Two addresses for a call: one to take part, one to see the stage sharper than a shared screen."""
    t, key = visit.t, f"stage-link-{session.code}"
    with st.expander(t("Leaders elsewhere"), icon=":material/videocam:", key="elsewhere"):
        st.markdown(plain(t("Send this address to leaders who join by video call; they are counted apart.")))
        st.code(f"{parts.join_url(session)}?remote=1", language=None, wrap_lines=True)
        st.markdown(plain(t("A shared screen lags. With a link of their own they see the stage, and nothing else.")))
        if st.button(t("Make a stage link"), key="stage-link", icon=":material/link:"):
            with kindly():
                st.session_state[key] = visit.house.share_stage(visit.host, session.code)
        if link := st.session_state.get(key):
            st.code(f"{parts.origin()}/show/{link}", language=None, wrap_lines=True)


def _others(visit: Visit, session: Session) -> None:
    """Other accounts that may press; two who press at once still move one step."""
    t, accounts = visit.t, visit.house.database.doors.accounts()
    names = {account.id: account.login or t("first account") for account in accounts}
    with st.expander(t("Co-facilitators"), icon=":material/group:", key="co-facilitators"):
        for place, account in enumerate(session.hosts):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(names.get(account, account)), width="stretch")
                if place and st.button(t("Remove"), key=f"host-out-{account}"):
                    _share(visit, session, account, on=False)
        free = [account for account in names if account not in session.hosts]
        if not free:
            st.markdown(plain(t("Everybody who has an account here may run this session already.")))
            st.page_link(places.at("settings"), label=t("New account"), icon=":material/arrow_forward:")
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(t("Account"), free, 0, names.__getitem__, key="host-choice")
            if st.button(t("Let them run this session"), key="host-in", icon=":material/add:"):
                _share(visit, session, chosen, on=True)


def _share(visit: Visit, session: Session, account: str, *, on: bool) -> None:
    with kindly():
        visit.house.share_console(visit.host, session.code, account, on)
        st.rerun()
