"""Names by a language model: what would be sent, the consent, the proposals; and its settings."""

import json

import streamlit as st
from pydantic import SecretStr, ValidationError

from outside_in.domain.feedback import Theme
from outside_in.domain.text import Figure, Line, line
from outside_in.domain.workshop import Workshop
from outside_in.house.writing import KEY, Letter, NotAnAddress, WriterSettings
from outside_in.ui import parts, theme
from outside_in.ui.bench import shape
from outside_in.ui.forms import plain
from outside_in.ui.places import at
from outside_in.ui.visit import Visit, kindly

EXAMPLE = "http://localhost:11434/v1"


def names(visit: Visit, workshop: Workshop) -> None:
    """Off until the house has a model and this workshop allows it."""
    t, known = visit.t, visit.house.writer_settings()
    if not known.on:
        parts.empty(
            t("Themes are named offline. A language model can propose bilingual names once it is set up."),
            at("settings"),
            t("Settings"),
        )
        return
    if not workshop.writer:
        _consent(visit, workshop, known)
        return
    job = visit.house.latest_job(workshop.code, "writer")
    if job and job.state == "done":
        _told(visit, job.result)
    waiting = [one for one in workshop.board.themes if one.wording]
    for one in waiting:
        _proposal(visit, workshop, one)
    _send(visit, workshop, known)
    if st.button(visit.t("Withdraw the permission"), key="writer-forbid", type="tertiary"):
        _allow(visit, workshop, False)


def _consent(visit: Visit, workshop: Workshop, known: WriterSettings) -> None:
    t = visit.t
    st.markdown(
        plain(
            t(
                "Redacted comments of this workshop would go to {host}, model {model}.",
                host=known.host,
                model=known.model,
            )
        )
    )
    st.markdown(
        plain(t("Check first that a data processing agreement covers it. You see every word before the first call."))
    )
    if st.button(t("Allow for this workshop"), key="writer-allow", type="primary", icon=":material/check:"):
        _allow(visit, workshop, True)


def _allow(visit: Visit, workshop: Workshop, allowed: bool) -> None:
    with kindly():
        visit.house.allow_writer(visit.host, workshop.code, allowed)
        st.rerun()


def _told(visit: Visit, result: dict[str, object]) -> None:
    t = visit.t
    note = Line.model_validate(result["note"])
    said = t("{n} of {of} themes have got a proposal.", n=result["found"], of=result["of"])
    if note.message:
        st.warning(plain(f"{said} {t(note)} {t('The others keep their offline names.')}"), icon=":material/info:")
    else:
        st.success(plain(said), icon=":material/check:")


def _send(visit: Visit, workshop: Workshop, known: WriterSettings) -> None:
    """Exactly what would leave, before it can."""
    t, letter = visit.t, visit.house.letter(workshop)
    spent = visit.house.database.written.spent(workshop.code)
    st.header(t("What would be sent"), anchor=False)
    st.markdown(
        plain(
            t(
                "{n} requests to {host}, model {model}, with {comments} redacted comments; at most {tokens} tokens. "
                "Used so far: {spent} of {most}.",
                n=len(letter.sendings),
                host=known.host,
                model=known.model,
                comments=letter.comments,
                tokens=letter.tokens,
                spent=spent,
                most=known.most,
            )
        )
    )
    if known.price:
        euro = Figure(value=letter.tokens * known.price / 1e6, digits=2, unit="€")
        st.markdown(plain(t("That is at most about {euro}.", euro=euro)))
    _bodies(visit, workshop, letter)
    if letter.sendings and st.button(
        t("Send and get proposals"), key="writer-send", type="primary", icon=":material/send:"
    ):
        with kindly():
            visit.house.start(visit.host, workshop.code, "writer", {"digest": letter.digest})
            st.rerun()


def _bodies(visit: Visit, workshop: Workshop, letter: Letter) -> None:
    for sending in letter.sendings:
        label = visit.t(workshop.board.theme(sending.ask.theme).label)
        with st.expander(plain(label), key=f"body-{sending.ask.theme}"):
            st.code(json.dumps(sending.body, ensure_ascii=False, indent=1), language="json", wrap_lines=True)


def _proposal(visit: Visit, workshop: Workshop, one: Theme) -> None:
    t, told = visit.t, one.wording
    if told is None:
        return
    with st.container(border=True, key=f"wording-{one.id}"):
        st.badge(t("Proposal by {model}", model=told.model), icon=":material/smart_toy:", color="gray")
        st.markdown(plain(t("Now: {label}", label=one.label)))
        st.markdown(f"**{plain(told.label.de)}** / **{plain(told.label.en)}**")
        if told.description:
            st.markdown(plain(t(told.description)))
        if told.stance:
            st.markdown(plain(t(theme.STANCES[told.stance])))
        said = {comment.row: comment.text for comment in visit.house.comments(workshop)}
        for row in told.evidence[:3]:
            if row in said:
                parts.saying(said[row], t)
        with st.container(horizontal=True):
            if st.button(t("Accept"), key=f"accept-{one.id}", type="primary", icon=":material/check:"):
                shape(visit, workshop, lambda now: now.accept(one.id), line("Accepted: “{label}”", label=told.label))
            if st.button(t("Decline"), key=f"decline-{one.id}"):
                shape(
                    visit,
                    workshop,
                    lambda now: now.propose(one.id, None),
                    line("Declined: “{label}”", label=told.label),
                )


def settings(visit: Visit) -> None:
    """Where the model is and what it may cost; the key is never shown again."""
    t, known = visit.t, visit.house.writer_settings()
    st.header(t("Language model"), anchor=False)
    said = t("Off: themes are named on this machine alone.")
    if known.on:
        said = t("On: {model} at {host}, for workshops that allow it.", model=known.model, host=known.host)
    st.markdown(plain(said))
    with st.expander(t("Set up"), key="writer-settings"), st.form("writer", border=False):
        on = st.checkbox(t("Switched on"), known.on, key="writer-on")
        address = st.text_input(t("Address of the server"), known.address, key="writer-address", placeholder=EXAMPLE)
        st.markdown(plain(t("Empty: OpenAI. Any server with the same interface will do, one on this machine, too.")))
        model = st.text_input(t("Model"), known.model, key="writer-model")
        stored = bool(known.key.get_secret_value())
        key = st.text_input(
            t("Key"),
            type="password",
            key="writer-key",
            placeholder=t("stored; leave empty to keep it") if stored else "",
            help=t("Kept in a file that only this account of the machine can read, or in {name}.", name=KEY),
        )
        most = st.number_input(t("Tokens per workshop, at most"), 0, 100_000_000, known.most, 10_000, key="writer-most")
        price = st.number_input(t("Euro per million tokens"), 0.0, 10_000.0, known.price, 0.1, key="writer-price")
        sent = st.form_submit_button(t("Save"), key="writer-save", type="primary")
    if sent:
        with kindly():
            given: dict[str, object] = {
                "on": on,
                "address": address.strip(),
                "model": model.strip(),
                "most": int(most),
                "price": price,
            }
            visit.house.set_writer(visit.host, _wanted(given, key))
            st.toast(t("Saved"), icon=":material/check:")


def _wanted(given: dict[str, object], key: str) -> WriterSettings:
    try:
        return WriterSettings.model_validate({**given, "key": SecretStr(key)})
    except ValidationError as error:
        raise NotAnAddress from error
