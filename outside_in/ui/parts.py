"""Blocks on screen, and the few parts that pages share."""

from collections.abc import Sequence
from functools import singledispatch
from html import escape

import segno
import streamlit as st

from outside_in.domain import journey_told
from outside_in.domain.blocks import (
    Bars,
    Block,
    Invitation,
    Points,
    Promise,
    Sayings,
    Says,
    TooFew,
    Voice,
)
from outside_in.domain.feedback import Quote
from outside_in.domain.follow import commitments
from outside_in.domain.groups import group_of, groups
from outside_in.domain.journey import Touchpoint
from outside_in.domain.people import Principal
from outside_in.domain.plan import Phase, Step
from outside_in.domain.session import Session
from outside_in.domain.text import Figure, Say, lines
from outside_in.ui import drawn
from outside_in.ui.forms import plain
from outside_in.ui.look import Size, look
from outside_in.ui.visit import Visit


@singledispatch
def show(block: Block, t: Say, size: Size = "phone") -> None:
    """A picture with its sentence above and its figures folded below."""
    said = t(block.sentence())
    st.markdown(f"**{plain(said)}**")
    picture = drawn.picture(drawn.Shown(block, t, look(size)))
    if picture is not None:
        st.vega_lite_chart(picture, width="stretch", theme=None if size == "stage" else "streamlit")
    figures(block, t, size)


def abreast(blocks: Sequence[Block], t: Say) -> None:
    """On the stage: two votes stand side by side, because below one another they would not fit on a wall."""
    votes = [block for block in blocks if isinstance(block, Bars)]
    pair = len(votes) == 2
    for block in blocks:
        if not pair or block not in votes:
            show(block, t, "stage")
    for column, block in zip(st.columns(2, gap="large"), votes, strict=True) if pair else ():
        with column:
            show(block, t, "stage")


def figures(block: Block, t: Say, size: Size) -> None:
    """The table beside every picture; folded, and left out on the stage."""
    table = None if size == "stage" else drawn.figures(drawn.Shown(block, t, look(size)))
    if table is not None:
        with st.expander(t("Figures")):
            st.dataframe(table, hide_index=True)


@show.register
def _(block: Says, t: Say, size: Size = "phone") -> None:
    words = plain(t(block.text))
    if block.strong and size == "phone":
        st.markdown(f"**{words}**")
    elif block.strong:
        st.header(words, anchor=False)
    else:
        st.markdown(words)


@show.register
def _(block: TooFew, t: Say, size: Size = "phone") -> None:
    st.info(t(block.sentence()), icon=":material/group:")


@show.register
def _(block: Invitation, t: Say, size: Size = "phone") -> None:
    """Whoever holds the phone is in already; the stage draws the way in itself."""
    if size == "phone":
        st.success(t("You are in. We start in a moment."), icon=":material/check:")
    else:
        st.markdown(plain(t(block.sentence())))


@show.register
def _(block: Points, t: Say, size: Size = "phone") -> None:
    if size == "phone":
        st.markdown("\n".join(f"- {plain(t(item))}" for item in block.items))
        return
    for item in block.items:
        with st.container(border=True):
            st.markdown(plain(t(item)))


@show.register
def _(block: Voice, t: Say, size: Size = "phone") -> None:
    quote(block.quote, t, t(block.about) if block.about else "")


@show.register
def _(block: Sayings, t: Say, size: Size = "phone") -> None:
    for words in block.items:
        with st.container(border=True):
            st.markdown(plain(words))


@show.register
def _(block: Promise, t: Say, size: Size = "phone") -> None:
    with st.container(border=True):
        owner = block.owner or t("A leader of this group")
        st.markdown(f"**{plain(owner)}**" + (f" · {plain(t(block.status))}" if block.status else ""))
        st.markdown(plain(t("If {when}, then {then}.", when=block.when, then=block.then)))
        if block.about:
            st.markdown(plain(t("About: {about}", about=block.about)))
        st.markdown(plain(t("Visible by {due}: {measure}", due=block.due, measure=block.measure)))
        st.markdown(plain(t("First step: {step}", step=block.first_step)))
        if block.obstacle and block.plan and size != "stage":
            st.markdown(plain(t("If {obstacle}: {plan}", obstacle=block.obstacle, plan=block.plan)))


def quote(words: Quote, t: Say, about: str = "") -> None:
    """A customer's own words, with where and when they come from."""
    source = " · ".join(filter(None, [about or words.touchpoint, t.value(words.date) if words.date else ""]))
    with st.container(border=True):
        saying(words.text, t, large=True)
        kind = {"dissent": t("another voice"), "positive": t("a good experience"), "extreme": t("an extreme case")}
        st.markdown(plain(" · ".join(filter(None, [source, kind.get(words.kind, "")]))))


def saying(text: str, t: Say, *, large: bool = False, about: str = "") -> None:
    """A quotation as what it is: no heading, no markdown, nothing of it is ever read as markup."""
    kind = "oi-quote large" if large else "oi-quote"
    lead = f"<em>{escape(about)}:</em> " if about else ""
    st.html(f'<blockquote class="{kind}">{lead}{escape(quoted(text, t))}</blockquote>')


def quoted(text: str, t: Say) -> str:
    return t("“{words}”", words=text)


def invitation(url: str, code: str, t: Say) -> None:
    """The way in, large enough for the last row."""
    picture, words = st.columns([1, 1.2], gap="large", vertical_alignment="center")
    with picture:
        st.image(segno.make(url, error="m").svg_inline(scale=9, border=2, light="#FFFFFF"), width="stretch", alt=url)
    with words:
        st.markdown(plain(t("Scan the code with your phone, or open")))
        st.markdown(f"## {plain(url.split('//')[-1].rsplit('/', 2)[0])}")
        st.markdown(plain(t("and enter")))
        st.title(dashed(code), anchor=False)


def dashed(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def empty(message: str, page: str | None = None, label: str = "") -> None:
    """What to do next where there is nothing yet."""
    with st.container(border=True):
        st.markdown(plain(message))
        if page:
            st.page_link(page, label=label, icon=":material/arrow_forward:")


def step_title(step: Step, t: Say) -> None:
    """The same words on phone, stage and console."""
    with st.container(key="step-title"):
        st.title(plain(t(step.title)), anchor=False)


def marks(session: Session, t: Say) -> None:
    """What must not be mistaken: an invented company, answers of simulated leaders."""
    if session.plan.sample:
        st.badge(t("Fictional company"), icon=":material/science:", color="gray")
    if (round := session.course(session.now).round) > 1:
        st.badge(t("Round {n}", n=round), icon=":material/repeat:", color="blue")
    if session.rehearsed:
        said = t("Rehearsal: {n} simulated answers", n=session.rehearsed)
        st.badge(said, color="orange", icon=":material/smart_toy:")


def banner(session: Session, t: Say) -> None:
    """What the phone says about where the room is."""
    with st.container(key="lamp"):
        st.warning(t("No connection. Your phone keeps trying; nothing is lost."), icon=":material/wifi_off:")
    said = {
        Phase.PREPARED: t("This step opens in a moment."),
        Phase.PAUSED: t("One moment, please. The step is paused."),
        Phase.CLOSED: t("Thank you. The answers are in and will be shown in a moment."),
    }
    if session.ended:
        st.info(t("The session has ended. Thank you for taking part."), icon=":material/flag:")
    elif words := said.get(session.course(session.now).phase):
        st.info(words, icon=":material/hourglass_top:")


def group(session: Session, who: Principal, t: Say) -> None:
    """On the phone: with whom to talk; the number is what people look for in the room."""
    found = group_of(session, session.step(session.now).group, who.id)
    if found is None:
        return
    number, many = found
    with st.container(border=True, key="group"):
        st.markdown(f"## {plain(t('Your group: {n}', n=number))}")
        away = who.id in session.remote
        where = t("Go to the breakout room with this number.") if away else t("Find the others with this number.")
        st.markdown(plain(f"{t('You are {n} people.', n=many)} {where}"))


def gathering(session: Session, t: Say) -> None:
    """On the stage: how the room splits up."""
    size = session.step(session.now).group
    if found := groups(session, size):
        told = t("Talk in {n} groups of about {size}. Your phone says which one is yours.", n=len(found), size=size)
        st.info(plain(told), icon=":material/group:")


def so_far(session: Session, t: Say) -> None:
    """For latecomers, and for whoever wants to look again: what the stage has shown, one step at a time."""
    before = session.plan.steps[: session.plan.steps.index(session.step(session.now))]
    shown = {step.id: t(step.title) for step in before if session.shows(step.id) and step.asks}
    if not shown:
        return
    with st.expander(t("So far in this session"), icon=":material/history:", key="so-far"):
        chosen = st.selectbox(t("Step"), list(shown), None, shown.__getitem__, placeholder=t("Please choose"))
        for beat in session.tells(chosen) if chosen else ():
            for block in beat.blocks:
                show(block, t)


def own_commitments(session: Session, who: Principal, t: Say) -> None:
    """The way to what a leader promised: check-in links, calendar, target agreement; for its leader only."""
    if any(one.who == who.id for one in commitments(session)):
        st.link_button(t("My commitment: calendar and check-ins"), "/mine", icon=":material/event:", width="stretch")


def no_entry(visit: Visit) -> None:
    """For somebody whose cookie opens nothing here: what to do next, and no data."""
    t = visit.t
    st.title(t("Take part"), anchor=False)
    st.info(t("Please enter the code that is shown in the room."), icon=":material/key:")
    st.link_button(t("Enter the code"), "/join", type="primary", width="stretch")


def hosts_only(visit: Visit) -> None:
    """Nobody else sees more than the way to sign in; rights are asked again in every verb."""
    if visit.who("facilitator").role != "facilitator":
        sign_in(visit)
        st.stop()


def sign_in(visit: Visit) -> None:
    t = visit.t
    st.title(t("For facilitators"), anchor=False)
    st.info(t("Please sign in to see this page."), icon=":material/lock:")
    st.link_button(t("Sign in"), "/login", type="primary")


def answered(session: Session, t: Say) -> None:
    """How many have answered the open question; never what."""
    n, present = session.answered(session.now), session.present
    with st.container(key="answered"):
        if not session.step(session.now).asks:
            st.markdown(plain(t(lines("{n} person has joined.", "{n} people have joined.", present))))
        elif n and n == present:
            st.markdown(f"**{plain(t('{n} of {of} have answered: all in.', n=n, of=present))}**")
        else:
            st.markdown(f"**{plain(t('{n} of {of} have answered.', n=n, of=present))}**")


def join_url(session: Session) -> str:
    return f"{origin()}/j/{session.code}"


def origin() -> str:
    """The house as this browser sees it, so that a phone in the room finds it, too."""
    return "/".join((st.context.url or "").split("/")[:3])


def touchpoint(point: Touchpoint, labels: dict[str, str], t: Say) -> None:
    """What stands behind one point of the curve: level, bad experiences, themes, voices."""
    if known := point.evidence:
        level = t(
            "{value} ({low} to {high}, n = {n}; {unit})",
            value=known.figure(known.value),
            low=known.figure(known.low),
            high=known.figure(known.high),
            n=known.n,
            unit=known.unit,
        )
        st.markdown(f"**{plain(t('measured'))}** · {plain(level)}")
    else:
        st.markdown(f"**{plain(t('assumed'))}** · {plain(t('No scores stand behind this point.'))}")
    if point.negative is not None and point.negative_low is not None and point.negative_high is not None:
        shares = [Figure(value=100 * s, unit="%") for s in (point.negative, point.negative_low, point.negative_high)]
        st.markdown(
            plain(t("Bad experiences: {share} ({low} to {high})", share=shares[0], low=shares[1], high=shares[2]))
        )
    for said in journey_told.told(point):
        st.markdown(plain(t(said)))
    mix = [f"{labels[id]} ({count})" for id, count in point.themes.items() if id in labels]
    if mix:
        st.markdown(plain(t("Themes: {list}", list=", ".join(mix))))
    for words in point.quotes:
        quote(words, t)
