"""
The one rule: what may be seen, from how many (TRUST.md, 3.4).

Everything that shows answers goes through here: pages, charts, exports, the command line.
"""

from collections.abc import Mapping, Set

from pydantic import JsonValue

from outside_in.domain.exercise import Exercise, Room

FIVES = 5
"""Results that grow while a step stays open are released in batches of this size."""
WORDS = 8
"""From so many answers on a facilitator takes single words home that nobody has let through."""
Columns = Mapping[str, tuple[JsonValue, ...]]


def released(exercise: Exercise, said: Columns, shown: Set[str]) -> Room | None:
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


def growing(real: Columns, test: Columns) -> Columns:
    """
    What is released of a step that stays open; sorted, because an order of arrival leads to people.

    Simulated answers are all there and hide nobody: once they are cleared, the real ones would be told apart.
    """
    shown = {id: (*column[: in_fives(len(column))], *test.get(id, ())) for id, column in real.items()}
    return {id: tuple(sorted(column, key=str)) for id, column in shown.items()}


def taken_home(exercise: Exercise, said: Columns, test: Columns, shown: Set[str]) -> tuple[Columns, Columns]:
    """
    Single answers of a closed anonymous step, real and simulated, as far as its facilitator may have them.

    Where too few are real, the simulated ones stay, too: from what the room saw they could be taken away.
    """
    kept: dict[str, tuple[JsonValue, ...]] = {}
    kept_tests: dict[str, tuple[JsonValue, ...]] = {}
    for question in exercise.asks():
        real, simulated = said.get(question.id, ()), test.get(question.id, ())
        if question.moderated and len(real) < WORDS:
            real = tuple(raw for i, raw in enumerate(real) if reference(question.id, i) in shown)
        elif 0 < len(real) < exercise.fewest:
            real = simulated = ()
        kept |= {question.id: real} if real else {}
        kept_tests |= {question.id: simulated} if simulated else {}
    return kept, kept_tests
