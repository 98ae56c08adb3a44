"""Questions as inputs, and one form that knows which step it was drawn for."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import singledispatch
from typing import Any, NamedTuple

import streamlit as st
from pydantic import JsonValue

from outside_in.domain.plan import Step
from outside_in.domain.questions import (
    AnyQuestion,
    Battery,
    Day,
    Estimate,
    Number,
    Pick,
    Range,
    Scale,
    Share,
    Steps,
    Weigh,
    Words,
)
from outside_in.domain.session import Session
from outside_in.domain.text import Say

FEW = 7
"""Up to so many options are all shown at once."""


class Sent(NamedTuple):
    step: str
    ticket: str
    values: Mapping[str, JsonValue]


def answer(session: Session, step: Step | None, ticket: str, own: Mapping[str, object] | None, t: Say) -> Sent | None:
    """
    Draw the open step's form; return what was just sent, and for which step.

    Send is the same button on every step, so a press may belong to a form that is gone: the
    stamp says which, and its inputs are drawn once more, unseen. The stamp stands last, so a
    page that has half arrived errs towards refusal. A restarted server does not know it by its
    key yet: there the input is left as the browser says it is, and stamped by the next run.
    """
    known = "stamp" in st.session_state
    stamp = str(st.session_state.get("stamp", ""))
    with st.container(key="form" if step else "unseen-form"), st.form("answer", border=False):
        values = _draw(step, own, t) if step else {}
        wanted = f"{step.id} {ticket}" if step else stamp
        if known:
            st.session_state["stamp"] = wanted
        with st.container(key="unseen-stamp"):
            came = st.text_input(t("Step"), "" if known else wanted, key="stamp", label_visibility="collapsed")
        label = t("Change my answer") if own else t("Send")
        sent = st.form_submit_button(label, key="send", type="primary", width="stretch")
    if not known:
        stamp, st.session_state["unstamped"] = came, came != wanted
    if not sent or " " not in stamp:
        return None
    stamped, drawn = stamp.split(" ", 1)
    if step and step.id == stamped:
        return Sent(stamped, drawn, values)
    with st.container(key="unseen-late"):
        return Sent(stamped, drawn, _draw(session.step(stamped), None, t))


def restamp() -> None:
    """The last thing a page with a form does: the stamp that a restarted server found is replaced."""
    if st.session_state.pop("unstamped", False):
        st.rerun()


def _draw(step: Step, own: Mapping[str, object] | None, t: Say) -> dict[str, JsonValue]:
    """An own answer is where the inputs start; never set by key, or a rerun would move what a person set."""
    values: dict[str, JsonValue] = {}
    for question in step.exercise.asks():
        label = plain(_with(t(question.label), t(question.hint) if question.hint else None))
        values[question.id] = ask(question, label, f"answer-{question.id}", (own or {}).get(question.id), t)
    return values


@singledispatch
def ask(question: AnyQuestion, label: str, key: str, own: Any, t: Say) -> JsonValue:
    """One stock input that starts at `own`; what it returns is raw and is read by the question itself."""
    raise NotImplementedError(type(question))


@ask.register
def _(question: Scale, label: str, key: str, own: Any, t: Say) -> JsonValue:
    low, high, step = _same_kind(question)
    if question.ends:
        label = _with(label, plain(f"{low} = {t(question.ends[0])}, {high} = {t(question.ends[1])}"))
    value = type(low)(own) if isinstance(own, (int, float)) else _at(question, 0.5)
    return st.slider(label, low, high, value, step, key=key, on_change="ignore")


@ask.register
def _(question: Number, label: str, key: str, own: Any, t: Say) -> JsonValue:
    low, high, step = _same_kind(question)
    value = type(low)(own) if isinstance(own, (int, float)) else None
    return st.number_input(label, low, high, value, step, key=key, on_change="ignore", placeholder=t("Please enter"))


@ask.register
def _(question: Share, label: str, key: str, own: Any, t: Say) -> JsonValue:
    """A small number field per option; its label stays with it on the narrowest phone."""
    st.markdown(f"**{label}**")
    even, known = 100 // len(question.options), own if isinstance(own, Mapping) else {}
    return {
        o.id: st.number_input(
            plain(t(o.label)), 0, 100, round(known.get(o.id, even)), 5, key=f"{key}-{o.id}", on_change="ignore"
        )
        for o in question.options
    }


@ask.register
def _(question: Weigh, label: str, key: str, own: Any, t: Say) -> JsonValue:
    """One list per strength; named twice, the stronger mention counts."""
    st.markdown(f"**{label}**")
    labels = {option.id: t(option.label) for option in question.options}
    known = own if isinstance(own, Mapping) else {}
    given: dict[str, JsonValue] = {}
    for strength, name in ((3, t("Strongly (3)")), (2, t("Clearly (2)")), (1, t("Somewhat (1)"))):
        chosen = [id for id in labels if known.get(id) == strength]
        picked = st.multiselect(
            name,
            list(labels),
            chosen or None,
            labels.__getitem__,
            key=f"{key}-{strength}",
            on_change="ignore",
            max_selections=question.most,
            placeholder=t("Tap to choose"),
            select_all=False,
        )
        given = {**dict.fromkeys(picked, strength), **given}
    return given


@ask.register
def _(question: Battery, label: str, key: str, own: Any, t: Say) -> JsonValue:
    """One slider per statement; what the ends mean is said once."""
    ends = t("1 = {low}, {high} = {top}", low=question.ends[0], high=question.high, top=question.ends[1])
    st.markdown(f"**{label}**  \n{plain(ends)}")
    known = own if isinstance(own, list | tuple) and len(own) == len(question.statements) else None
    middle = (1 + question.high) // 2
    return [
        st.slider(
            plain(t(s.label)), 1, question.high, known[i] if known else middle, key=f"{key}-{s.id}", on_change="ignore"
        )
        for i, s in enumerate(question.statements)
    ]


@ask.register
def _(question: Range, label: str, key: str, own: Any, _t: Say) -> JsonValue:
    low, high, step = _same_kind(question)
    ends = tuple(map(type(low), own)) if own else (_at(question, 0.25), _at(question, 0.75))
    return list(st.slider(label, low, high, ends, step, key=key, on_change="ignore"))


@ask.register
def _(question: Estimate, label: str, key: str, own: Any, t: Say) -> JsonValue:
    """Two inputs, one answer: the range carries the item's key, the best guess stands inside it."""
    low, high, step = _same_kind(question)
    kind, format = type(low), "localized"
    label = f"{label} ({question.unit})" if question.unit else label
    ends = (kind(own[0]), kind(own[2])) if own else (_at(question, 0.25), _at(question, 0.75))
    best = kind(own[1]) if own else _at(question, 0.5)
    said = _with(label, plain(t("from … to, 80 % sure")))
    least, most = st.slider(said, low, high, ends, step, format, key=key, on_change="ignore")
    said = _with(label, plain(t("your best guess")))
    guess = st.slider(said, low, high, best, step, format, key=f"{key}-best", on_change="ignore")
    return [least, guess, most]


def _same_kind(question: Steps[Any]) -> tuple[Any, Any, Any]:
    """A slider wants its numbers all whole or all with a point."""
    numbers = question.low, question.high, question.step
    kind = int if all(number == int(number) for number in numbers) else float
    return tuple(map(kind, numbers))  # type: ignore[return-value]


def _at(question: Steps[Any], share: float) -> Any:
    """The step nearest to this share of the way."""
    low, high, step = _same_kind(question)
    return type(low)(round(low + round((high - low) * share / step) * step, 3))


@ask.register
def _(question: Pick, label: str, key: str, own: Any, t: Say) -> JsonValue:
    labels = {option.id: t(option.label) for option in question.options}
    ids, say, chosen = list(labels), labels.__getitem__, [id for id in own or (question.start,) if id in labels]
    if question.most > 1:
        return list(
            st.multiselect(
                label,
                ids,
                chosen or None,
                say,
                key=key,
                on_change="ignore",
                max_selections=question.most,
                placeholder=t("Tap to choose"),
                select_all=False,
            )
        )
    place = ids.index(chosen[0]) if chosen else None
    if len(ids) <= FEW:
        one = st.radio(label, ids, place, say, key=key, on_change="ignore")
    else:
        one = st.selectbox(label, ids, place, say, key=key, on_change="ignore", placeholder=t("Please choose"))
    return [one] if one else []


@ask.register
def _(question: Words, label: str, key: str, own: Any, _t: Say) -> JsonValue:
    draw = st.text_input if question.lines == 1 else st.text_area
    return draw(label, str(own or ""), max_chars=question.most, key=key, on_change="ignore")


@ask.register
def _(question: Day, label: str, key: str, own: Any, t: Say) -> JsonValue:
    chosen = st.date_input(
        label,
        dt.date.fromisoformat(own) if own else question.earliest + (question.latest - question.earliest) / 3,
        question.earliest,
        question.latest,
        key=key,
        on_change="ignore",
        format="DD.MM.YYYY" if t.language == "de" else "DD/MM/YYYY",
    )
    return chosen.isoformat() if isinstance(chosen, dt.date) else None


def _with(label: str, hint: str | None) -> str:
    return f"{label} · {hint}" if hint else label


MARKS = re.compile(r"[\\`*_#\[\]$<>|~]|:(?=[\w/])")
"""What markdown reads as a sign; a colon only before a name or an address."""


def plain(text: str) -> str:
    """Markdown's signs as themselves; nothing more, because screen readers are told labels as they are."""
    return MARKS.sub(r"\\\g<0>", text)
