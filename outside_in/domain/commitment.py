"""
What makes a commitment hold, as rules: hints for its leader, never a grade in the plenum.

Words are read in German and English alike; where a rule is in doubt, it is silent.
"""

import datetime as dt
import re
from typing import NamedTuple

from outside_in.domain.blocks import Promise
from outside_in.domain.model import Model
from outside_in.domain.text import Line, line

QUARTER = dt.timedelta(days=90)
VAGUE = re.compile(
    r"\b(kundenorientier\w*|kundenzentrier\w*|kundenfokus\w*|customer[- ]?(cent\w+|focus\w*|orient\w*)|verbesser\w*"
    r"|optimier\w*|bemüh\w*|versuch\w*|improve\w*|optimi[sz]e\w*|strive|try|be better|besser werden"
    r"|mehr darauf achten)\b",
    re.IGNORECASE,
)
"""Attitudes and efforts: nobody can see them happen."""
ALWAYS = re.compile(
    r"^\W*(immer|stets|jederzeit|künftig|ab sofort|grundsätzlich|always|in future|from now on|at all times)\W*$",
    re.IGNORECASE,
)
SURVEY = re.compile(
    r"\b(nps|csat|ces|net promoter\w*|score|zufriedenheit\w*|kundenzufriedenheit\w*|weiterempfehlung\w*|sterne"
    r"|satisfaction|recommendation|stars|umfrage\w*|survey\w*)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(anrufe?|gespräche?|nachfragen?|rückrufe?|besuche?|kommentare?|tage?|stunden?|fälle?|calls?|visits?|contacts?"
    r"|comments?|days?|hours?|cases?|conversations?)\b",
    re.IGNORECASE,
)
NUMBER = r"[−+-]?\d+(?:[.,]\d+)?"
COURSE = re.compile(rf"({NUMBER})\s*%?\s*(?:→|->|=>|–>|\bauf\b|\bto\b|\bbis\b)\s*({NUMBER})", re.IGNORECASE)
SOURCE = re.compile(r"\(([^()]+)\)\s*$|(?:quelle|source)\s*:\s*(.+)$", re.IGNORECASE)


class Measure(Model):
    """What a leader wrote as “name: from → to (source)”; whatever is missing is None or empty."""

    name: str
    baseline: float | None = None
    target: float | None = None
    source: str = ""


def measure(words: str) -> Measure:
    source, course = SOURCE.search(words), COURSE.search(words)
    name = words[: course.start()] if course else words[: source.start()] if source else words
    return Measure(
        name=name.strip(" :,;–-"),
        baseline=_number(course[1]) if course else None,
        target=_number(course[2]) if course else None,
        source=((source[1] or source[2]) if source else "").strip(),
    )


def _number(words: str) -> float:
    return float(words.replace(",", ".").replace("−", "-"))


class Rule(NamedTuple):
    met: bool
    hint: Line


def rules(card: Promise, start: dt.date) -> tuple[Rule, ...]:
    """Six of them, a point each (DOMAIN 5.2)."""
    return (
        Rule(_does(card.then), line("Say what you do, with a verb and an object; an attitude cannot be seen.")),
        Rule(_cued(card.when), line("Name the moment: a day, a meeting, an event that starts it.")),
        Rule(card.due - start <= QUARTER, line("Choose a date within 90 days.")),
        Rule(bool(re.search(r"\d", card.measure)), line("Let others see it: a number, from → to.")),
        Rule(bool(card.about or card.point), line("Link it to a theme or a touchpoint of your customers.")),
        Rule(bool(card.obstacle and card.plan), line("Plan for the obstacle: what may stop you, what you do then.")),
    )


def bare_score(words: str) -> bool:
    """A survey score with nothing beside it that somebody does or counts."""
    return bool(SURVEY.search(words)) and not COUNTED.search(words)


BARE_SCORE = line("A survey score moves late and by chance. Add something that you do or can count yourself.")


def _does(words: str) -> bool:
    return len(words.split()) >= 3 and not VAGUE.search(words)


def _cued(words: str) -> bool:
    return len(words.split()) >= 3 and not ALWAYS.match(words)
