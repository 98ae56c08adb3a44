"""Every question on paper: for a room whose network is down; the numbers are those the facilitator types."""

import datetime as dt

from outside_in.domain.plan import Plan, Step
from outside_in.domain.questions import (
    AnyQuestion,
    Battery,
    Day,
    Estimate,
    Option,
    Pick,
    Range,
    Scale,
    Share,
    Weigh,
    Words,
)
from outside_in.domain.text import Say
from outside_in.exports.clean import Clean
from outside_in.exports.files import Brand, File
from outside_in.exports.papers import MOST, Json, printed


def sheets(plan: Plan, say: Say, made: dt.datetime, brand: Brand) -> File:
    """A page per asking step, to be copied once per leader; optional questions stay on the phone."""
    say = Clean(say, MOST)
    told = {"kind": "sheets", "sheets": [_sheet(step, say) for step in plan.steps if step.asks]}
    under = f"{plan.title} · {say.value(plan.date)}"
    return printed("answer-sheets", told, say("Answer sheets"), under, say, made, brand)


def _sheet(step: Step, say: Say) -> Json:
    named = step.exercise.privacy == "named"
    note = (
        say("Keep this sheet, and enter it on your phone when the network is back.")
        if named
        else say("Please write no name on this sheet. It is shuffled with the others before anybody counts.")
    )
    asked = [question for question in step.exercise.asks() if not question.fold]
    return {"title": say(step.title), "note": note, "questions": [_question(question, say) for question in asked]}


def _question(question: AnyQuestion, say: Say) -> Json:
    """`boxes` stand before words, `blanks` after them, `lines` are for writing."""
    told: Json = {"label": say(question.label), "how": "", "numbered": False, "boxes": [], "blanks": [], "lines": 0}
    match question:
        case Pick() if question.ranking:
            told |= {"how": say("Write the places 1 to {n} into the boxes.", n=len(question.options))}
        case Pick(most=1):
            told |= {"how": say("Tick one.")}
        case Pick():
            told |= {"how": say("Tick up to {n}.", n=question.most)}
        case Share():
            told |= {"how": say("Spread 100 points.")}
        case Weigh():
            told |= {
                "how": say(
                    "Up to {n}, each with a strength from 1 to {most}.", n=question.most, most=question.strongest
                )
            }
        case Battery():
            low, high = map(say, question.ends)
            told |= {"how": say("1 = {low}, {high} = {top}", low=low, high=question.high, top=high)}
        case Estimate():
            told |= {"blanks": [say("at least"), say("my best guess"), say("at most")]}
        case Range():
            told |= {"blanks": [say("from"), say("to")]}
        case Scale():
            told |= {"how": _ends(question, say), "blanks": [say("{low} to {high}", **_bounds(question))]}
        case Words():
            told |= {"lines": question.lines}
        case Day():
            told |= {"blanks": [say("by")]}
    return {**told, "boxes": [say(option.label) for option in _options(question)]}


def _options(question: AnyQuestion) -> tuple[Option, ...]:
    match question:
        case Pick() | Share() | Weigh():
            return question.options
        case Battery():
            return question.statements
    return ()


def _ends(question: Scale, say: Say) -> str:
    if not question.ends:
        return ""
    least, most = question.ends
    return say("{low} = {least}, {high} = {most}", least=least, most=most, **_bounds(question))


def _bounds(question: Scale) -> dict[str, float]:
    """Whole numbers stay whole."""
    return {"low": question.read(question.low), "high": question.read(question.high)}
