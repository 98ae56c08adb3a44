"""The board of commitments, part by part."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from outside_in.domain import follow, follow_told
from outside_in.domain.blocks import Block, Cell, Sayings, Says
from outside_in.domain.follow import CHECKS, STATUSES
from outside_in.domain.people import Principal
from outside_in.domain.session import Session
from outside_in.domain.text import Line, Say, Text, lines
from outside_in.house import reporting
from outside_in.house.following import Followed
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit, kindly
from outside_in.ui.work import running

COLOURS: dict[follow.Status, Literal["gray", "blue", "green", "orange", "red"]] = {
    "open": "gray",
    "running": "blue",
    "done": "green",
    "late": "green",
    "adapted": "orange",
    "dropped": "red",
}
ICONS = {
    "open": "radio_button_unchecked",
    "running": "timelapse",
    "done": "check_circle",
    "late": "schedule",
    "adapted": "alt_route",
    "dropped": "cancel",
}


def client(visit: Visit, followed: Sequence[Followed]) -> str:
    """Whose commitments; without a choice the one with the newest workshop."""
    names = list(dict.fromkeys(each.client for each in followed))
    if len(names) == 1:
        st.markdown(f"**{plain(names[0])}**")
        return names[0]
    return str(st.selectbox(visit.t("Client"), names, key="client", format_func=lambda name: name or "–"))


def figures(visit: Visit, who: Principal, name: str, listed: int) -> None:
    """Group figures only, with their intervals; and where everything stood when."""
    t = visit.t
    told, stood = visit.house.follow_through(who, name)
    st.header(t("How much is kept"), anchor=False)
    said = [t(each) for each in follow_told.rates(told)]
    if told and told.made > listed:
        own = lines(
            "One is not listed below: its leader keeps it.",
            "{n} are not listed below: their leaders keep them.",
            told.made - listed,
        )
        said.insert(1, t(own))
    st.markdown("\n".join(f"- {plain(each)}" for each in said))
    if stood:
        tell(follow_told.course(stood), t)


def tell(block: Block, t: Say) -> None:
    """Sentence and table; what the report prints, on the screen."""
    table = block.table()
    if table is None or not isinstance(block, follow_told.Sheet):
        parts.show(block, t)
        return
    st.markdown(f"**{plain(t(block.sentence()))}**")
    heads = [t(column) for column in table.columns]
    cells = [[plain(_said(cell, t)) for cell in row] for row in table.rows]
    st.table([dict(zip(heads, row, strict=True)) for row in cells], border="horizontal")


def _said(cell: Cell, t: Say) -> str:
    return t(cell) if isinstance(cell, Line | Text) else t.value(cell)


def wins(visit: Visit, who: Principal, followed: Sequence[Followed]) -> None:
    """What has become visible; whoever runs the session says thank you for it."""
    t = visit.t
    st.header(t("Made visible"), anchor=False)
    found = [(event.at, each, event) for each in followed for event in each.one.told if event.evidence]
    if not found:
        st.markdown(plain(t("As soon as somebody says what can be seen, it stands here.")))
    for when, each, event in sorted(found, key=lambda one: -one[0])[:20]:
        with st.container(border=True):
            st.markdown(f"**{plain(event.evidence)}**")
            owner = each.promise.owner or t("A leader of this group")
            said = [owner, t.value(follow.date_of(when)), t(each.promise.about) if each.promise.about else ""]
            st.markdown(plain(" · ".join(filter(None, said))))
            _thanks(visit, who, each, event.day)


def _thanks(visit: Visit, who: Principal, each: Followed, day: int) -> None:
    t, one = visit.t, each.one
    if one.thanks:
        said = [event.words for event in one.thanks if event.words]
        st.markdown(plain(" · ".join([t(lines("One thank-you", "{n} thank-yous", len(one.thanks))), *said])))
    if who.role != "facilitator":
        return
    with st.popover(t("Say thank you"), icon=":material/favorite:"):
        words = st.text_input(t("In a sentence (optional)"), max_chars=160, key=f"words-{one.promise.id}-{day}")
        if st.button(t("Send thanks"), key=f"thank-{one.promise.id}-{day}"):
            with kindly():
                visit.house.thank(who, one.session, one.promise.id, words)
                st.rerun()


def cards(visit: Visit, followed: Sequence[Followed]) -> None:
    """All that this person may see, filtered; each with its course and where it came from."""
    t = visit.t
    st.header(t("All commitments"), anchor=False)
    with st.container(horizontal=True):
        wanted = st.multiselect(
            t("Status"),
            STATUSES,
            key="status",
            format_func=lambda status: t(follow.NAMES[status]),
            placeholder=t("All"),
            select_all=False,
        )
        labels = list(dict.fromkeys(t(each.promise.about) for each in followed if each.promise.about))
        about = st.selectbox(t("Theme or touchpoint"), ["", *labels], key="about", format_func=lambda x: x or t("All"))
        stuck = st.toggle(t("Only those that need help"), key="stuck")
    some = [
        each
        for each in followed
        if (not wanted or each.one.status in wanted)
        and (not about or (each.promise.about and t(each.promise.about) == about))
        and (not stuck or (each.one.told and (each.one.told[-1].help or each.one.told[-1].obstacle)))
    ]
    st.markdown(plain(t("{n} of {of} commitments", n=len(some), of=len(followed))))
    for each in sorted(some, key=lambda each: each.promise.due):
        _card(visit, each)


def _card(visit: Visit, each: Followed) -> None:
    t, one, promise = visit.t, each.one, each.promise
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(t(follow.NAMES[one.status]), icon=f":material/{ICONS[one.status]}:", color=COLOURS[one.status])
            if one.test:
                st.badge(t("simulated"), icon=":material/smart_toy:", color="orange")
        st.markdown(f"**{plain(t('If {when}, then {then}.', when=promise.when, then=promise.then))}**")
        owner = promise.owner or t("A leader of this group")
        st.markdown(plain(t("{owner}, until {due}: {measure}", owner=owner, due=promise.due, measure=promise.measure)))
        for event in one.told:
            words = " · ".join(filter(None, (event.evidence, event.obstacle, event.help)))
            said = t("After {n} days: {status}", n=event.day, status=t(follow.NAMES[event.status]))
            st.markdown(f"- {plain(said)}{f' – {plain(words)}' if words else ''}")
        with st.expander(t("Where it came from")):
            _origin(visit, each)


def _origin(visit: Visit, each: Followed) -> None:
    """Back to the theme, the customer's words and what the room wrote about it."""
    t, session = visit.t, visit.house.sessions.of(each.one.session)
    facts, names = session.plan.facts, [x for x in (each.promise.about, each.promise.point) if x]
    found = [theme for theme in facts.themes if theme.label in names]
    points = [point for point in (facts.journey.touchpoints if facts.journey else ()) if point.name in names]
    for label, quotes in [*((x.label, x.quotes) for x in found), *((x.name, x.quotes) for x in points)]:
        st.markdown(f"**{plain(t(label))}**")
        for words in [quote for quote in quotes if quote.approved][:2]:
            parts.quote(words, t)
    for words in _discussed(session):
        parts.saying(words, t)
    st.markdown(plain(t("“{title}”, workshop of {date}", title=each.title, date=session.plan.date)))
    if visit.who("facilitator").role == "facilitator":
        with st.container(horizontal=True):
            st.page_link(at("themes"), label=t("To the theme"), query_params={"workshop": each.workshop})
            st.page_link(at("outcomes"), label=t("To the discussion"), query_params={"code": each.one.session})


def _discussed(session: Session) -> list[str]:
    """What leaders wrote in silence and a person let through."""
    beats = [beat for step in session.plan.steps if step.asks for beat in session.outcome(step.id)]
    blocks = [block for beat in beats for block in beat.blocks if isinstance(block, Sayings)]
    return [words for block in blocks for words in block.items][:3]


def after(visit: Visit, who: Principal, followed: Sequence[Followed]) -> None:
    """For whoever runs the sessions: letters with links, and the report of one session."""
    t = visit.t
    codes = list(dict.fromkeys(each.one.session for each in followed))
    sessions = {code: visit.house.sessions.of(code) for code in codes}

    def named(code: str) -> str:
        plan = sessions[code].plan
        return f"{plan.title} · {t.value(plan.date)} · {parts.dashed(code)}"

    st.header(t("Ask and report"), anchor=False)
    code = st.selectbox(t("Session"), codes, key="session", format_func=named)
    if code is None:
        return
    letters, paper = st.columns(2, gap="large")
    with letters, st.container(border=True):
        _letters(visit, who, sessions[code], [each for each in followed if each.one.session == code])
    with paper, st.container(border=True):
        _report(visit, who, sessions[code])


def _letters(visit: Visit, who: Principal, session: Session, some: Sequence[Followed]) -> None:
    t, house = visit.t, visit.house
    st.markdown(f"**{t('Letters with check-in links')}**")
    st.markdown(plain(t("One letter each, as text and as a draft for your mail program. Each link works once.")))
    if running(visit, session.plan.workshop, "letters", t("Writing the letters …")):
        return
    with st.form("letters", border=False):
        days = st.multiselect(
            t("Check-ins after … days"), CHECKS, list(CHECKS), key="letter-days", select_all=False, placeholder=""
        )
        to = {}
        for each in some if house.sends_mail else ():
            label = t("E-mail for: {then}", then=each.promise.then)
            to[each.promise.id] = st.text_input(plain(label), key=f"to-{each.promise.id}")
        send = house.sends_mail and st.form_submit_button(t("Write and send"), key="send-letters", type="primary")
        write = st.form_submit_button(t("Write the letters"), key="write-letters")
    if not house.sends_mail:
        st.markdown(plain(t("Sending is off: no mail server is set up. Take the drafts and send them yourself.")))
    if send or write:
        with kindly():
            house.letters(who, session.code, days, parts.origin(), t.language, to, bool(send))
            st.rerun()
    job = house.latest_job(session.plan.workshop, "letters")
    if job and job.state == "done" and job.args["session"] == session.code:
        _lettered(visit, job.id, job.result)


def _lettered(visit: Visit, id: str, result: dict[str, object]) -> None:
    t = visit.t
    if result["failed"]:
        st.warning(plain(t(Line.model_validate(result["failed"]))), icon=":material/mail_off:")
    elif result["sent"]:
        st.success(plain(t(lines("One letter went out.", "{n} letters went out.", int(str(result["sent"]))))))
    label = t(lines("Take the draft (ZIP)", "Take {n} drafts (ZIP)", int(str(result["letters"]))))
    st.link_button(label, f"/take/made/{id}", type="primary", icon=":material/download:")


def _report(visit: Visit, who: Principal, session: Session) -> None:
    t, house = visit.t, visit.house
    st.markdown(f"**{t('Report')}**")
    now = reporting.day_of_report(session, house.made().date())
    days = st.radio(
        t("After … days"),
        reporting.DAYS,
        reporting.DAYS.index(now),
        horizontal=True,
        key="report-days",
        format_func=str,
    )
    wanted = {"session": session.code, "days": days, "language": t.language, "audience": "participants"}
    if not running(visit, session.plan.workshop, "report", t("Writing the report …")):
        job = house.latest_job(session.plan.workshop, "report")
        with st.container(horizontal=True):
            if st.button(t("Make the PDF"), key="report", icon=":material/picture_as_pdf:"):
                with kindly():
                    house.report(who, session, wanted)
                    st.rerun()
            if job and job.state == "done" and job.args == wanted:
                st.link_button(t("Take the report"), f"/take/made/{job.id}", type="primary", icon=":material/download:")
    if st.toggle(t("Read it here"), key="read-report"):
        for section in reporting.sections(house, who, session.code, days):
            st.markdown(f"**{plain(t(section.title))}**")
            for block in section.blocks:
                tell(block, t)


def owner_gaps(visit: Visit, followed: Sequence[Followed]) -> None:
    t = visit.t
    st.header(t("Nobody owns this yet"), anchor=False)
    for code in list(dict.fromkeys(each.workshop for each in followed))[:3]:
        some = [each.one for each in followed if each.workshop == code]
        block = reporting.gaps(visit.house.workshops.of(code), some)
        tell(block if isinstance(block, follow_told.Sheet) else Says(text=block.sentence()), t)
