"""
What an event log tells about the way of real cases (DOMAIN 8.3): which ways there are, where they turn back, how long
they wait, where they leave the plan, and a few cases that stand for many.

A case's *way* is its activities in order of time, immediate repeats collapsed. Times are days; no date is kept.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from outside_in.domain.mapping import Problem
from outside_in.domain.model import Model

SIMILAR = 5
"""A real case is shown only where at least so many went a similar way."""
Stand = Literal["typical", "extreme", "bright"]


class Activity(Model):
    name: str
    n: int
    median_wait_days: float | None = None
    """Since the event before, in the same case; None where it only ever comes first."""


class Variant(Model):
    path: tuple[str, ...]
    cases: int
    share: float


class Follow(Model):
    source: str
    target: str
    n: int
    median_wait_days: float
    low_days: float
    high_days: float
    """95 % bounds of the median, by order statistics."""


class Loop(Model):
    """An activity to which cases come back after something else."""

    activity: str
    cases: int
    share: float


class Deviation(Model):
    """Where cases leave the plan: `of` is how many could have."""

    kind: Literal["missing", "extra", "repeated", "order", "late"]
    activity: str
    cases: int
    of: int


class Expected(Model):
    """One step of the planned way."""

    activity: str
    within_days: float | None = None
    """After the step before; None: whenever."""


class Happening(Model):
    """An event of a real case; repeats in a row are one happening."""

    activity: str
    day: float
    """Since the case began."""
    channel: str = ""
    actor: str = ""
    words: str = ""
    """Redacted."""
    times: int = 1


class RealCase(Model):
    case: str
    """Its number in the file; for whoever prepares, never for the room."""
    kind: Stand
    similar: int
    """Cases of the same family, itself included."""
    happenings: tuple[Happening, ...]
    score: float | None = None

    @property
    def days(self) -> float:
        return self.happenings[-1].day

    def turns(self, most: int = 3) -> tuple[int, ...]:
        """
        Where to stop and ask: places in `happenings` after which customers waited longest, in order of time.

        Never before the second happening, so that there is a story to go on from, and only where a day or more passed.
        """
        waits = [(after.day - before.day, at) for at, (before, after) in enumerate(self._steps()) if at > 0]
        longest = sorted((one for one in waits if one[0] >= 1), key=lambda one: (-one[0], one[1]))[:most]
        return tuple(sorted(at for _, at in longest))

    def _steps(self) -> list[tuple[Happening, Happening]]:
        return list(zip(self.happenings, self.happenings[1:], strict=False))


class Flow(Model):
    file: str = ""
    cases: int
    events: int
    rejected: int = 0
    """Rows that could not be read; they are in no figure."""
    ways: int = 0
    """Different ways there are; `variants` holds the most frequent."""
    activities: tuple[Activity, ...] = ()
    variants: tuple[Variant, ...] = ()
    follows: tuple[Follow, ...] = ()
    loops: tuple[Loop, ...] = ()
    repeats: int | None = None
    """Cases with two contacts by the customer within 14 days, a proxy of failure demand; None: no actors are named."""
    plan: tuple[Expected, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    representatives: tuple[RealCase, ...] = ()

    def after(self, activity: str) -> tuple[Follow, ...]:
        """What comes next, the most frequent first."""
        return tuple(one for one in self.follows if one.source == activity)

    def trimmed(self, most: int = 60) -> "Flow":
        """What a workshop carries: the frequent, and nothing that fewer than five cases did."""
        common = tuple(one for one in self.variants if one.cases >= SIMILAR)[:most]
        follows = tuple(one for one in self.follows if one.n >= SIMILAR)[:most]
        loops = tuple(one for one in self.loops if one.cases >= SIMILAR)[:most]
        deviations = tuple(one for one in self.deviations if one.cases >= SIMILAR)[:most]
        return self.model_copy(
            update={
                "activities": tuple(one for one in self.activities if one.n >= SIMILAR)[:most],
                "variants": common,
                "follows": follows,
                "loops": loops,
                "deviations": deviations,
            }
        )


Part = Literal["case", "activity", "time", "channel", "actor", "score", "comment"]
PARTS: tuple[Part, ...] = get_args(Part)


class LogReport(Model):
    """What reading an event log came to."""

    file: str
    header: tuple[str, ...] = ()
    columns: Mapping[Part, str] = {}
    problems: tuple[Problem, ...] = ()
    """The first 1,000."""
    flow: Flow | None = None
    """None: the file was refused, and the first problem says why."""


class Stray(NamedTuple):
    """How one way leaves the plan."""

    kind: Literal["missing", "extra", "repeated", "order"]
    activity: str


def strays(way: Sequence[str], plan: Sequence[str]) -> list[Stray]:
    """
    Missing, extra, repeated and out of order, each once per activity.

    Out of order are the planned activities that are not on the longest common subsequence of plan and first visits.
    """
    first = list(dict.fromkeys(way))
    met = [one for one in first if one in set(plan)]
    found = [Stray("missing", one) for one in plan if one not in set(met)]
    found += [Stray("extra", one) for one in first if one not in set(plan)]
    found += [Stray("repeated", one) for one in first if list(way).count(one) > 1]
    kept = common([one for one in plan if one in set(met)], met)
    return found + [Stray("order", one) for one in met if one not in kept]


def common(one: Sequence[str], other: Sequence[str]) -> set[str]:
    """Members of the longest common subsequence of two orders of the same different things."""
    place = {name: at for at, name in enumerate(one)}
    best: list[list[str]] = []
    for name in other:
        before = max((line for line in best if place[line[-1]] < place[name]), key=len, default=[])
        best.append([*before, name])
    return set(max(best, key=len, default=[]))
