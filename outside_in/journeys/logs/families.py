"""
Real cases that stand for many (DOMAIN 8.3): the medoid of every family of similar ways, one of the worst and one of the
best.

The distance of two cases is 0.7 of the normalised edit distance of their ways and 0.3 of that of their durations.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from outside_in.domain.flow import SIMILAR, Happening, RealCase, Stand
from outside_in.journeys.logs.reader import Codes, Events
from outside_in.journeys.logs.ways import Ways
from outside_in.journeys.redaction import redact

Floats = NDArray[np.float64]
FAMILIES = range(2, 6)
SAMPLE = 400
"""Cases among which families are looked for; evenly drawn from all, by way and duration."""
LETTERS = 200
"""Of a way that are compared: a case may go round a thousand times."""
WAY, DURATION, SPAN = 0.7, 0.3, 4.0
DECILE = 0.1
ORDER: tuple[Stand, ...] = ("typical", "extreme", "bright")
SHOWN = 60
"""Happenings of a case that are told; nobody follows more."""


class Cases(NamedTuple):
    words: list[str]
    z: Floats
    """Standard scores of log durations."""

    def of(self, chosen: Codes) -> "Cases":
        return Cases([self.words[at] for at in chosen], self.z[chosen])

    def __matmul__(self, other: "Cases") -> Floats:
        """Distances, 0…1: a row per case of ours, a column per case of theirs."""
        ways = cdist(self.words, other.words, scorer=Levenshtein.normalized_distance)  # type: ignore[call-overload]
        apart = np.abs(self.z[:, None] - other.z[None, :]) / SPAN
        return np.asarray(WAY * ways + DURATION * np.minimum(1, apart))


def representatives(events: Events, way: Ways) -> tuple[RealCase, ...]:
    """None at all where fewer than five cases are alike."""
    logs = np.log1p(np.maximum(way.days, 0))
    spread = logs.std() or 1.0
    cases = Cases([word[:LETTERS] for word in way.words], (logs - logs.mean()) / spread)
    medoid, family = families(cases)
    sizes = np.bincount(family, minlength=len(medoid))
    stands: dict[int, Stand] = {}
    for case, kind in _outliers(events, cases, family, sizes):
        stands[case] = kind
    for case, size in zip(medoid.tolist(), sizes, strict=True):
        if size >= SIMILAR:
            stands[case] = "typical"
    ordered = sorted(stands, key=lambda case: (ORDER.index(stands[case]), -sizes[family[case]], case))
    return tuple(_told(events, way, case, stands[case], int(sizes[family[case]])) for case in ordered)


def families(cases: Cases) -> tuple[Codes, Codes]:
    """Medoids (case numbers), and for every case the number of its nearest one."""
    chosen = _drawn(cases)
    some = cases.of(chosen)
    apart = some @ some
    groups = [medoids(apart, k) for k in FAMILIES if k <= len(chosen)] or [medoids(apart, 1)]
    best = max(groups, key=lambda middle: (round(silhouette(apart, middle), 6), -len(middle)))
    medoid = chosen[best]
    return medoid, np.concatenate([np.argmin(part @ cases.of(medoid), axis=1) for part in _parts(cases)])


def _drawn(cases: Cases) -> Codes:
    order = sorted(range(len(cases.words)), key=lambda at: (cases.words[at], cases.z[at]))
    places = np.unique(np.linspace(0, len(order) - 1, min(SAMPLE, len(order))).round().astype(int))
    return np.array([order[at] for at in places])


def _parts(cases: Cases, size: int = 20_000) -> Iterator[Cases]:
    for low in range(0, len(cases.words), size):
        yield Cases(cases.words[low : low + size], cases.z[low : low + size])


def medoids(apart: Floats, k: int) -> Codes:
    """Greedy start, then every family moves to its own middle until none does (Park & Jun 2009)."""
    middle = [int(apart.sum(1).argmin())]
    while len(middle) < k:
        nearest = apart[:, middle].min(1)
        middle.append(int(np.maximum(nearest[:, None] - apart, 0).sum(0).argmax()))
    for _ in range(50):
        labels = apart[:, middle].argmin(1)
        moved = [_middle(apart, np.flatnonzero(labels == at), old) for at, old in enumerate(middle)]
        if moved == middle:
            break
        middle = moved
    return np.array(middle)


def _middle(apart: Floats, members: Codes, old: int) -> int:
    return int(members[apart[np.ix_(members, members)].sum(1).argmin()]) if len(members) else old


def silhouette(apart: Floats, middle: Codes) -> float:
    """Mean of (b − a) / max(a, b) with a the mean distance within, b to the nearest other family (Rousseeuw 1987)."""
    labels = apart[:, middle].argmin(1)
    known = np.unique(labels)
    if len(known) < 2:
        return -1.0
    means = np.stack([apart[:, labels == one].mean(1) for one in known], axis=1)
    own = np.searchsorted(known, labels)
    rows, sizes = np.arange(len(labels)), np.bincount(own)
    within = means[rows, own] * sizes[own] / np.maximum(sizes[own] - 1, 1)
    means[rows, own] = np.inf
    between = means.min(1)
    larger = np.maximum(within, between)
    worth = np.divide(between - within, larger, out=np.zeros(len(labels)), where=larger > 0)
    return float(np.where(sizes[own] > 1, worth, 0).mean())


def _outliers(events: Events, cases: Cases, family: Codes, sizes: Codes) -> Iterator[tuple[int, Stand]]:
    """One of the worst and one of the best tenth: by score where cases have one, else by duration within the family."""
    score = _scores(events)
    scored = np.flatnonzero(~np.isnan(score))
    if len(scored) >= SIMILAR / DECILE:
        ranked = scored[np.argsort(score[scored], kind="stable")]
    else:
        slow = np.zeros(len(family))
        for one in np.unique(family):
            inside = family == one
            slow[inside] = (cases.z[inside] - cases.z[inside].mean()) / (cases.z[inside].std() or 1)
        ranked = np.argsort(-slow, kind="stable")
    shown = ranked[sizes[family[ranked]] >= SIMILAR]
    tenth = int(len(shown) * DECILE)
    if tenth:
        yield _central(cases, shown[:tenth]), "extreme"
        yield _central(cases, shown[-tenth:]), "bright"


def _central(cases: Cases, chosen: Codes) -> int:
    some = cases.of(chosen[:SAMPLE])
    return int(chosen[(some @ some).sum(1).argmin()])


def _scores(events: Events) -> Floats:
    """A case's last one."""
    found = np.full(len(events.cases), np.nan)
    known = ~np.isnan(events.score)
    found[events.case[known]] = events.score[known]
    return found


def _told(events: Events, way: Ways, case: int, kind: Stand, similar: int) -> RealCase:
    low, high = np.searchsorted(way.case, [case, case + 1])
    begun = events.at[way.run[low]]
    happenings = []
    for at in range(low, min(high, low + SHOWN)):
        event = way.run[at]
        said = events.words.get(int(events.row[event]), "")
        happenings.append(
            Happening(
                activity=events.activities[way.activity[at]],
                day=round(float(events.at[event] - begun), 1),
                channel=events.channels[events.channel[event]],
                actor=events.actors[events.actor[event]],
                words=redact(said) if said else "",
                times=int(way.times[at]),
            )
        )
    score = _scores(events)[case]
    return RealCase(
        case=events.cases[case],
        kind=kind,
        similar=similar,
        happenings=tuple(happenings),
        score=None if np.isnan(score) else float(score),
    )
