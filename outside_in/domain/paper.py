"""Answers on paper: what a facilitator types from sheets, read as if it had come from phones."""

import re
from collections.abc import Mapping

from pydantic import JsonValue

from outside_in.domain.errors import BadAnswer
from outside_in.domain.questions import AnyQuestion, Battery, Estimate, Pick, Range, Scale, Share, Weigh
from outside_in.domain.text import Line, line

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
Column = tuple[JsonValue, ...]


class BadSheet(BadAnswer):
    message = "“{question}”, line {row}: “{words}” is no answer to it. Nothing was counted."
    code = "bad-sheet"


class BadCount(BadAnswer):
    message = "“{question}”: {marks} marks do not fit on {sheets} sheets of {fewest} to {most}. Nothing was counted."
    code = "bad-count"


def counted(question: AnyQuestion) -> bool:
    """Ticks are counted option by option; everything else is typed sheet by sheet."""
    return isinstance(question, Pick) and not question.ranking


def how(question: AnyQuestion) -> Line:
    """What one line of the facilitator's input holds: one sheet."""
    match question:
        case Pick():
            return line("One line per sheet: the places in the order of the sheet, such as 2 3 1")
        case Share():
            return line("One line per sheet: the points in the order of the sheet, such as 40 30 30")
        case Weigh():
            return line("One line per sheet: number of the option and strength, such as 2:3 5:1")
        case Battery():
            return line("One line per sheet: the marks in the order of the sheet, such as 4 5 2")
        case Estimate():
            return line("One line per sheet: low, best guess and high, such as 10 20 40")
        case Range():
            return line("One line per sheet: from and to, such as 10 40")
        case Scale():
            return line("One line per sheet: the number")
    return line("One line per sheet")


def column(question: AnyQuestion, written: str) -> Column:
    """What was typed, line by line; blank lines are no sheets. Raises BadSheet for the first that cannot be read."""
    rows = enumerate(written.splitlines(), 1)
    return tuple(_read(question, words.strip(), row) for row, words in rows if words.strip())


def tallied(question: Pick, counts: Mapping[str, int], sheets: int) -> Column:
    """
    Sheets that hold these ticks. Which stood together on one was not counted, and nothing told of a vote asks.

    `sheets` matters only where several options may be ticked. Raises BadCount.
    """
    if question.most == 1:
        return tuple([id] for id, n in counts.items() for _ in range(n))
    ticks = [id for id, n in counts.items() for _ in range(n)]
    fits = question.fewest * sheets <= len(ticks) <= question.most * sheets
    if not fits or max(counts.values(), default=0) > sheets:
        told = {"fewest": question.fewest, "most": question.most}
        raise BadCount(question=question.label, marks=len(ticks), sheets=sheets, **told)
    # equal ticks lie side by side, so no sheet gets one twice
    return tuple([*ticks[at::sheets]] for at in range(sheets))


def _read(question: AnyQuestion, words: str, row: int) -> JsonValue:
    try:
        raw = _raw(question, words)
        question.read(raw)
    except (BadAnswer, ValueError, LookupError) as error:
        raise BadSheet(question=question.label, row=row, words=words[:40]) from error
    return raw


def _raw(question: AnyQuestion, words: str) -> JsonValue:
    match question:
        case Pick():
            placed = dict(zip(_places(words), question.options, strict=True))
            return [placed[place].id for place in range(1, len(question.options) + 1)]
        case Share():
            return {o.id: points for o, points in zip(question.options, _numbers(words), strict=True)}
        case Weigh():
            pairs = (pair.split(":") for pair in words.split())
            return {question.options[int(place) - 1].id: int(strength) for place, strength in pairs}
        case Battery():
            return list(_places(words))
        case Range() | Estimate():
            return list(_numbers(words))
        case Scale():
            (number,) = _numbers(words)
            return number
    return words


def _numbers(words: str) -> list[float]:
    """As Germans and English people write them: 2,5 is 2.5; a semicolon or a space parts two."""
    parts = words.replace(";", " ").split()
    if not all(map(NUMBER.fullmatch, parts)):
        raise ValueError(words)
    return [float(part.replace(",", ".")) for part in parts]


def _places(words: str) -> list[int]:
    """Whole numbers from 1."""
    found = [int(part) for part in words.replace(";", " ").split()]
    if any(number < 1 for number in found):
        raise ValueError(words)
    return found
