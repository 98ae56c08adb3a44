"""
The one rule: what may be seen, from how many (TRUST.md, 3.4).

Everything that shows answers goes through here: pages, charts, exports, the command line.
"""

from collections.abc import Mapping, Set

from pydantic import JsonValue

from outside_in.domain.exercise import Exercise, Room

FIVES = 5
"""Results that grow while a step stays open are released in batches of this size."""


def released(exercise: Exercise, said: Mapping[str, tuple[JsonValue, ...]], shown: Set[str]) -> Room | None:
    """
    What the room may know of `said`, question by question; None: too few answered.

    Free words of an anonymous step appear only where a person has approved them (`shown` holds
    references made by `reference`); a named step was written to be seen.
    """
    answers = dict(said)
    enough = False
    for question in exercise.asks():
        column = said.get(question.id, ())
        if question.moderated and exercise.privacy == "anonymous":
            kept = (raw for i, raw in enumerate(column) if reference(question.id, i) in shown)
            answers[question.id] = tuple(kept)
            enough |= len(column) >= exercise.fewest or bool(answers[question.id])
        elif len(column) >= exercise.fewest:
            enough = True
        else:
            answers.pop(question.id, None)
    return Room(answers=answers) if enough or not exercise.asks() else None


def reference(question: str, place: int) -> str:
    """Names one text of a closed step without saying whose it is."""
    return f"{question}:{place}"


def in_fives(n: int) -> int:
    """How many of `n` answers a growing result may rest on, so that nobody watches one person join."""
    return n // FIVES * FIVES
