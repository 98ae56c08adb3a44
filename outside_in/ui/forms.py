"""Questions as inputs, and one form that knows which step it was drawn for."""

import datetime as dt
from collections.abc import Mapping
from functools import singledispatch
from typing import Any, NamedTuple

import streamlit as st
from pydantic import JsonValue

from outside_in.domain.plan import Step
from outside_in.domain.questions import AnyQuestion, Day, Pick, Range, Scale, Steps, Words
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
    page that has half arrived errs towards refusal.
    """
    stamp = str(st.session_state.get("stamp", ""))
    with st.container(key="form" if step else "unseen-form"), st.form("answer", border=False):
        values = _draw(step, own, t) if step else {}
        st.session_state["stamp"] = f"{step.id} {ticket}" if step else stamp
        with st.container(key="unseen-stamp"):
            st.text_input(t("Step"), key="stamp", label_visibility="collapsed")
        label = t("Change my answer") if own else t("Send")
        sent = st.form_submit_button(label, key="send", type="primary", width="stretch")
    if not sent or " " not in stamp:
        return None
    stamped, drawn = stamp.split(" ", 1)
    if step and step.id == stamped:
        return Sent(stamped, drawn, values)
    with st.container(key="unseen-late"):
        return Sent(stamped, drawn, _draw(session.step(stamped), None, t))


def _draw(step: Step, own: Mapping[str, object] | None, t: Say) -> dict[str, JsonValue]:
    values: dict[str, JsonValue] = {}
    for question in step.exercise.asks():
        key = f"answer-{question.id}"
        if own and question.id in own and key not in st.session_state:
            st.session_state[key] = shown(question, own[question.id])
        hint = t(question.hint) if question.hint else None
        values[question.id] = ask(question, t(question.label), hint, key, t)
    return values


def shown(question: AnyQuestion, raw: object) -> object:
    """A stored value as its input wants it."""
    match question, raw:
        case Range(), [low, high]:
            return (low, high)
        case Pick(most=1), [one]:
            return one
        case Day(), str():
            return dt.date.fromisoformat(raw)
    return raw


@singledispatch
def ask(question: AnyQuestion, label: str, hint: str | None, key: str, t: Say) -> JsonValue:
    """One stock input; what it returns is raw and is read by the question itself."""
    raise NotImplementedError(type(question))


@ask.register
def _(question: Scale, label: str, hint: str | None, key: str, t: Say) -> JsonValue:
    low, high, step = _same_kind(question)
    if question.ends:
        hint = f"{low} = {t(question.ends[0])}, {high} = {t(question.ends[1])}"
    value = None if key in st.session_state else _at(question, 0.5)
    return st.slider(_with(label, hint), low, high, value, step, key=key, on_change="ignore")


@ask.register
def _(question: Range, label: str, hint: str | None, key: str, t: Say) -> JsonValue:
    value = None if key in st.session_state else (_at(question, 0.25), _at(question, 0.75))
    low, high, step = _same_kind(question)
    chosen = st.slider(_with(label, hint), low, high, value, step, key=key, on_change="ignore")
    return list(chosen)


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
def _(question: Pick, label: str, hint: str | None, key: str, t: Say) -> JsonValue:
    labels = {option.id: t(option.label) for option in question.options}
    say = labels.__getitem__
    if question.most == 1 and len(labels) <= FEW:
        one = st.radio(_with(label, hint), list(labels), None, say, key=key, on_change="ignore")
    elif question.most == 1:
        one = st.selectbox(
            _with(label, hint), list(labels), None, say, key=key, on_change="ignore", placeholder=t("Please choose")
        )
    else:
        return list(
            st.multiselect(
                _with(label, hint),
                list(labels),
                format_func=say,
                key=key,
                on_change="ignore",
                max_selections=question.most,
                placeholder=t("Tap to choose"),
                select_all=False,
            )
        )
    return [one] if one else []


@ask.register
def _(question: Words, label: str, hint: str | None, key: str, t: Say) -> JsonValue:
    draw = st.text_input if question.lines == 1 else st.text_area
    return draw(_with(label, hint), max_chars=question.most, key=key, on_change="ignore")


@ask.register
def _(question: Day, label: str, hint: str | None, key: str, t: Say) -> JsonValue:
    format = "DD.MM.YYYY" if t.language == "de" else "DD/MM/YYYY"
    first = question.earliest + (question.latest - question.earliest) / 3
    value = "today" if key in st.session_state else first
    chosen = st.date_input(
        _with(label, hint),
        value,
        question.earliest,
        question.latest,
        key=key,
        on_change="ignore",
        format=format,
    )
    return chosen.isoformat() if isinstance(chosen, dt.date) else None


def _with(label: str, hint: str | None) -> str:
    """Labels are markdown to Streamlit; what people wrote must stay what it is."""
    return plain(f"{label} · {hint}" if hint else label)


def plain(text: str) -> str:
    """Markdown's signs as themselves."""
    return "".join(f"\\{c}" if c in "\\`*_#[]!:$<>|~" else c for c in text)
