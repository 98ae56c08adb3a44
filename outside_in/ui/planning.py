"""Preparing a workshop, part by part."""

import datetime as dt

import streamlit as st

from outside_in.domain.text import Language, Say, Text
from outside_in.domain.workshop import Workshop
from outside_in.ui import parts
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit, kindly

USUAL = "90-minutes"
"""The agenda most workshops begin with."""


def choose(visit: Visit) -> None:
    """Which workshop, or a new one from an agenda."""
    t, mine = visit.t, visit.house.workshops_of(visit.host)
    if mine:
        names = {w.code: f"{w.about.title} · {t.value(w.about.date)}" for w in reversed(mine)}
        now = visit.workshop().code
        chosen = st.selectbox(  # keyed by what is chosen: else the old choice would win over a new workshop
            t("Workshop"), list(names), list(names).index(now), names.__getitem__, key=f"workshop-choice-{now}"
        )
        if chosen != now:
            st.session_state["workshop"] = chosen
            st.query_params.pop("workshop", None)
            st.rerun()
    with st.expander(t("New workshop"), icon=":material/add:", expanded=not mine, key="new-workshop"):
        _new(visit)


def _new(visit: Visit) -> None:
    t = visit.t
    agendas = {agenda.id: agenda for agenda in visit.house.agendas(visit.host)}
    with st.form("new", border=False):
        title = st.text_input(t("Title"), key="new-title", max_chars=120)
        usual = list(agendas).index(USUAL) if USUAL in agendas else 0
        chosen = st.selectbox(t("Agenda"), list(agendas), usual, lambda id: t(agendas[id].name), key="new-agenda")
        sent = st.form_submit_button(t("Create workshop"), key="new-create", type="primary")
    if sent:
        with kindly():
            workshop = visit.house.new_workshop(visit.host, title, agendas[chosen], visit.language)
            st.session_state["workshop"] = workshop.code
            st.rerun()
    _from_sample(visit)


def _from_sample(visit: Visit) -> None:
    t = visit.t
    st.markdown(plain(t("Or begin with a fictional company: feedback, themes and journey are in it already.")))
    sample = company(visit, "new-company")
    if st.button(t("Create workshop from the sample"), key="new-sample"):
        with kindly():
            workshop = visit.house.sample_workshop(visit.host, sample)
            st.session_state["workshop"] = workshop.code
            st.rerun()


def taste(visit: Visit) -> None:
    """The quickest way to see it work: a sample company and simulated leaders."""
    t, house = visit.t, visit.house
    with st.container(border=True, key="taste-card"):
        st.header(t("Ten minutes that show how it works"), anchor=False)
        said = t("You facilitate, simulated leaders answer. Both companies are fictional and have 600 comments each.")
        st.markdown(plain(said))
        chosen = company(visit, "demo-company")
        with st.container(horizontal=True):
            short = st.button(t("Try it as facilitator"), key="taste", type="primary", icon=":material/play_arrow:")
            whole = st.button(t("Open a fresh sample session"), key="demo", help=t("All 90 minutes, for a real room."))
        if short or whole:
            with kindly():
                session = (house.taste if short else house.sample_session)(visit.host, chosen)
                st.switch_page(at("facilitate"), query_params={"code": session.code})


def company(visit: Visit, key: str) -> str:
    """Which sample; the one in the visitor's language stands first."""
    t, languages = visit.t, {"de": visit.t("in German"), "en": visit.t("in English, a quarter German")}
    samples = sorted(visit.house.library.samples, key=lambda sample: sample.language != visit.language)
    names = {sample.id: f"{t(sample.client)} · {languages[sample.language]}" for sample in samples}
    chosen = st.radio(
        t("Sample company"), list(names), 0, lambda id: plain(names[id]), key=f"{key}-{t.language}", horizontal=True
    )
    return str(chosen)


def about(visit: Visit, workshop: Workshop) -> None:
    """Title, client, language, date, leaders expected, the client's own values."""
    t, now = visit.t, workshop.about
    st.header(t("About the workshop"), anchor=False)
    key = workshop.code
    with st.form(f"about-{key}", border=False):
        title = st.text_input(t("Title"), now.title, key=f"title-{key}", max_chars=120)
        client = st.text_input(t("Client"), now.client, key=f"client-{key}", max_chars=120)
        left, middle, right = st.columns(3)
        date = left.date_input(t("Date"), now.date, key=f"date-{key}", format=day_format(t))
        expected = middle.number_input(t("Leaders expected"), 1, 500, now.expected, key=f"expected-{key}")
        languages: dict[Language, str] = {"de": "Deutsch", "en": "English"}
        language = right.selectbox(
            t("Language"),
            list(languages),
            list(languages).index(now.language),
            languages.__getitem__,
            key=f"language-{key}",
        )
        values = st.text_area(
            t("Own leadership values, one per line"),
            "\n".join(t(value) for value in now.values),
            key=f"values-{key}",
            help=t("As they stand in the client's guidelines; 5 to 12 are usual."),
        )
        sent = st.form_submit_button(t("Save"), key=f"save-{key}", type="primary")
    if sent and isinstance(date, dt.date):
        with kindly():
            given = visit.house.about(
                title, client, language, date, int(expected), lines_of(values, now.values, t), now.start
            )
            visit.house.prepare(visit.host, key, lambda was: was.plan(visit.host, given, was.steps))
            st.toast(t("Saved"), icon=":material/check:")


def readiness(visit: Visit, workshop: Workshop) -> None:
    t = visit.t
    st.header(t("Ready?"), anchor=False)
    lacking = workshop.lacking()
    tell = st.success if not lacking else st.warning
    tell(plain(t(workshop.ready())))
    for step in workshop.steps:
        if why := lacking.get(step.id):
            st.markdown(f"- **{plain(t(step.title))}**: {plain(t(why))}")
    if lacking:
        st.markdown(plain(t("Steps without data are left out of the session.")))
    if not workshop.batches:
        st.page_link(at("feedback"), label=t("Import customer feedback"), icon=":material/upload_file:")
    elif not workshop.board.selected:
        st.page_link(at("themes"), label=t("Select themes"), icon=":material/category:")
    if waiting := len(workshop.to_read()):
        st.markdown(plain(t("{n} quotes wait to be read before they may be shown.", n=waiting)))
        st.page_link(at("feedback"), label=t("Read quotes"), icon=":material/rate_review:")


def papers(visit: Visit, workshop: Workshop) -> None:
    """What can be printed beside a workshop."""
    t, code = visit.t, workshop.code
    st.header(t("Papers"), anchor=False)
    names = {
        "cards": t("Evidence cards"),
        "guide": t("Conversation guide"),
        "minute": t("Feedback minute"),
        "data-sheet": t("Data sheet (works council, data protection)"),
        "record": t("Record of processing (Art. 30 GDPR)"),
    }
    with st.container(horizontal=True):
        for kind, name in names.items():
            st.link_button(name, f"/take/paper/{code}/{kind}?lang={visit.language}", icon=":material/print:")
    st.page_link(at("minute"), label=t("The next feedback minute"), icon=":material/timer:")


def sessions(visit: Visit, workshop: Workshop) -> None:
    """Open one, live or self-paced; go on with an earlier one."""
    t, house = visit.t, visit.house
    st.header(t("Sessions"), anchor=False)
    if st.button(t("Open a live session"), key="open-live", type="primary", width="stretch"):
        with kindly():
            session = house.open_session(visit.host, workshop.code)
            st.switch_page(at("facilitate"), query_params={"code": session.code})
    until = dt.date.fromtimestamp(house.clock()) + dt.timedelta(days=14)
    due = st.date_input(
        t("Self-paced until"), until, key="due", format=day_format(t), help=t("The last day, inclusive.")
    )
    if st.button(t("Open self-paced"), key="open-self", width="stretch"):
        with kindly():
            house.open_session(visit.host, workshop.code, own_pace=True, due=due if isinstance(due, dt.date) else None)
            st.rerun()
    for code in reversed(workshop.sessions):
        _session(visit, code)


def _session(visit: Visit, code: str) -> None:
    t, session = visit.t, visit.house.sessions.of(code)
    with st.container(border=True):
        kind = t("live") if session.pace == "live" else t("self-paced")
        ended = t("ended") if session.ended else t("running")
        st.markdown(f"**{parts.dashed(code)}** · {kind} · {ended}")
        if session.due:
            st.markdown(plain(t("Until {date}", date=dt.date.fromtimestamp(session.due))))
        if session.prework:
            told = t(
                "Pre-work: {n} of {of} have answered. Nothing of it is shown before.",
                n=session.prepared,
                of=session.plan.expected,
            )
            st.markdown(plain(told))
        if session.pace == "live":
            st.page_link(at("facilitate"), label=t("Console"), query_params={"code": code}, icon=":material/slideshow:")
        wanted = session.pace == "self" or (session.prework and not session.started)
        if wanted and st.button(t("New personal link"), key=f"link-{code}", icon=":material/link:"):
            with kindly():
                st.code(f"{parts.origin()}/resume/{visit.house.personal_link(visit.host, code)}", language=None)
        st.page_link(at("outcomes"), label=t("Outcomes"), query_params={"code": code}, icon=":material/download:")


def day_format(t: Say) -> str:
    return "DD.MM.YYYY" if t.language == "de" else "DD/MM/YYYY"


def lines_of(text: str, known: tuple[Text, ...], t: Say) -> tuple[Text, ...]:
    """One text per line; one that was there already keeps both its languages."""
    spoken = {t(value): value for value in known}
    written = (line.strip() for line in text.splitlines())
    return tuple(spoken.get(line, Text.same(line)) for line in written if line)
