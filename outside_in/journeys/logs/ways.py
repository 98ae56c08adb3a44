"""Every case's way as a word of letters, one letter an activity: short to keep, quick to compare."""

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outside_in.journeys.logs.reader import Codes, Events

FIRST = 0x10000
"""Letters beyond the first plane: none of them is half of another."""


class Ways(NamedTuple):
    """Runs are events of one activity in a row; everything here is in order of case and time."""

    run: Codes
    """First event of every run."""
    case: Codes
    activity: Codes
    times: Codes
    wait: NDArray[np.float64]
    """Days since the last event of the run before; nan for a case's first run."""
    words: list[str]
    """Per case."""
    days: NDArray[np.float64]
    """Per case, from its first event to its last."""

    @property
    def variants(self) -> Counter[str]:
        return Counter(self.words)


def ways(events: Events) -> Ways:
    case, activity, at = events.case, events.activity, events.at
    fresh = np.ones(len(case), bool)
    fresh[1:] = (case[1:] != case[:-1]) | (activity[1:] != activity[:-1])
    run = np.flatnonzero(fresh)
    wait = np.full(len(case), np.nan)
    same = case[1:] == case[:-1]
    wait[1:][same] = (at[1:] - at[:-1])[same]
    bounds = np.searchsorted(case, np.arange(len(events.cases) + 1))
    return Ways(
        run=run,
        case=case[run],
        activity=activity[run],
        times=np.diff(np.append(run, len(case))),
        wait=wait[run],
        words=_words(case[run], activity[run], len(events.cases)),
        days=at[bounds[1:] - 1] - at[bounds[:-1]],
    )


def _words(case: Codes, activity: Codes, cases: int) -> list[str]:
    letters = (activity + FIRST).astype(np.uint32).tobytes().decode("utf-32-le")
    bounds = np.searchsorted(case, np.arange(cases + 1)).tolist()
    return [letters[low:high] for low, high in pairwise(bounds)]


def spelled(word: str, names: list[str]) -> tuple[str, ...]:
    return tuple(names[ord(letter) - FIRST] for letter in word)
