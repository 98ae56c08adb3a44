"""What a log tells, counted: activities, ways, what follows what, loops, repeat contacts, deviations (DOMAIN 8.3)."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from outside_in.domain.flow import Activity, Deviation, Expected, Flow, Follow, Loop, Variant, strays
from outside_in.journeys.logs.columns import CUSTOMER
from outside_in.journeys.logs.families import representatives
from outside_in.journeys.logs.reader import Codes, Events
from outside_in.journeys.logs.ways import Ways, spelled, ways

VARIANTS = 1_000
"""Written down at most; `Flow.ways` counts all."""
FOLLOWS = 5_000
SOON = 14.0
"""Days within which another contact counts as a repeat (DOMAIN 8.3)."""
OVERLAP = 0.5
"""Share of the plan's activities a case must meet to be compared with it: a log may hold several processes."""


def mined(events: Events, plan: Sequence[Expected], file: str, rejected: int) -> Flow:
    way = ways(events)
    variants = way.variants
    expected = tuple(plan) or guessed(variants, events.activities)
    return Flow(
        file=file,
        cases=len(events.cases),
        events=len(events.case),
        rejected=rejected,
        ways=len(variants),
        activities=_activities(way, events),
        variants=_variants(variants, events),
        follows=_follows(way, events.activities),
        loops=_loops(way, events),
        repeats=_repeats(events),
        plan=expected,
        deviations=_deviations(way, variants, events, expected),
        representatives=representatives(events, way),
    )


def guessed(variants: Counter[str], names: list[str]) -> tuple[Expected, ...]:
    """The most frequent way that never turns back: an assumption to start from, until somebody says what is planned."""
    straight = Counter({word: n for word, n in variants.items() if len(set(word)) == len(word)})
    best = min(straight, key=lambda word: (-straight[word], word), default="")
    return tuple(Expected(activity=name) for name in spelled(best, names))


def _activities(way: Ways, events: Events) -> tuple[Activity, ...]:
    n = np.bincount(events.activity, minlength=len(events.activities))
    waits = _waits(way.activity, way.wait)
    found = (
        Activity(name=name, n=int(n[code]), median_wait_days=waits[code].median if code in waits else None)
        for code, name in enumerate(events.activities)
    )
    return tuple(sorted(found, key=lambda one: (-one.n, one.name)))


def _variants(variants: Counter[str], events: Events) -> tuple[Variant, ...]:
    most = sorted(variants.items(), key=lambda item: (-item[1], item[0]))[:VARIANTS]
    total = len(events.cases)
    return tuple(Variant(path=spelled(word, events.activities), cases=n, share=n / total) for word, n in most)


def _follows(way: Ways, names: list[str]) -> tuple[Follow, ...]:
    inside = np.flatnonzero(way.case[1:] == way.case[:-1])
    pair = way.activity[inside] * len(names) + way.activity[inside + 1]
    waits, counts = _waits(pair, way.wait[inside + 1]), Counter(pair.tolist())
    found = (
        Follow(
            source=names[key // len(names)],
            target=names[key % len(names)],
            n=n,
            median_wait_days=waits[key].median,
            low_days=waits[key].low,
            high_days=waits[key].high,
        )
        for key, n in counts.most_common(FOLLOWS)
    )
    return tuple(sorted(found, key=lambda one: (-one.n, one.source, one.target)))


class Wait(NamedTuple):
    """Days, to a ten-thousandth: what is smaller is the rounding of a clock."""

    median: float
    low: float
    high: float


def _waits(keys: Codes, days: NDArray[np.float64]) -> dict[int, Wait]:
    """
    Median per key with its 95 % bounds by order statistics: places n/2 ± 0.98 √n of the sorted waits, rounded outwards
    (Conover, Practical Nonparametric Statistics, 3.2).
    """
    known = ~np.isnan(days)
    order = np.lexsort((days[known], keys[known]))
    keys, days = keys[known][order], days[known][order]
    found, starts = np.unique(keys, return_index=True)
    parts = pairwise((*starts.tolist(), len(keys)))
    return {int(key): _wait(days[low:high]) for key, (low, high) in zip(found, parts, strict=True)}


def _wait(days: NDArray[np.float64]) -> Wait:
    n, reach = len(days), 0.98 * math.sqrt(len(days))
    low, high = max(0, math.floor(n / 2 - reach) - 1), min(n - 1, math.ceil(n / 2 + reach))
    return Wait(*(round(float(one), 4) for one in (np.median(days), days[low], days[high])))


def _loops(way: Ways, events: Events) -> tuple[Loop, ...]:
    visits = way.case * len(events.activities) + way.activity
    met, times = np.unique(visits, return_counts=True)
    again = np.bincount(met[times > 1] % len(events.activities), minlength=len(events.activities))
    found = (
        Loop(activity=name, cases=int(n), share=int(n) / len(events.cases))
        for name, n in zip(events.activities, again, strict=True)
        if n
    )
    return tuple(sorted(found, key=lambda one: (-one.cases, one.activity)))


def _repeats(events: Events) -> int | None:
    customers = [code for code, name in enumerate(events.actors) if set(name.casefold().split()) & CUSTOMER]
    if not customers:
        return None
    theirs = np.flatnonzero(np.isin(events.actor, customers))
    case, at = events.case[theirs], events.at[theirs]
    soon = (case[1:] == case[:-1]) & (at[1:] - at[:-1] <= SOON)
    return len(np.unique(case[1:][soon]))


def _deviations(way: Ways, variants: Counter[str], events: Events, plan: tuple[Expected, ...]) -> tuple[Deviation, ...]:
    """Per kind and activity, over the cases that meet at least half of the plan."""
    path = [step.activity for step in plan]
    planned, found, of = set(path), Counter[tuple[str, str]](), 0
    compared = set()
    for word, n in variants.items():
        names = spelled(word, events.activities)
        if not path or len(planned & set(names)) < OVERLAP * len(planned):
            continue
        compared.add(word)
        of += n
        for stray in strays(names, path):
            found[stray.kind, stray.activity] += n
    for step in plan:
        if step.within_days is not None:
            found["late", step.activity] += _late(way, events, step.activity, step.within_days, compared)
    told = [
        Deviation.model_validate({"kind": kind, "activity": name, "cases": n, "of": of})
        for (kind, name), n in found.items()
        if n
    ]
    return tuple(sorted(told, key=lambda one: (-one.cases, one.kind, one.activity)))


def _late(way: Ways, events: Events, activity: str, within: float, compared: set[str]) -> int:
    """Cases in which the activity came later after the event before it than planned."""
    if activity not in events.activities:
        return 0
    late = (way.activity == events.activities.index(activity)) & (way.wait > within)
    return sum(way.words[case] in compared for case in np.unique(way.case[late]).tolist())
