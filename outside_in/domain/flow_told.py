"""What an event log tells, in words and as tables."""

from outside_in.domain.blocks import Block, Table
from outside_in.domain.flow import Deviation, Flow, Follow
from outside_in.domain.measures import wilson
from outside_in.domain.tallies import percent
from outside_in.domain.text import Figure, Line, line

SHOWN = 12
KINDS: dict[str, Line] = {
    "missing": line("left out"),
    "extra": line("not planned"),
    "repeated": line("more than once"),
    "order": line("at another place"),
    "late": line("too late"),
}


class Waits(Block):
    """How long customers wait between two steps, the longest first; every median with its bounds."""

    rows: tuple[Follow, ...]

    @classmethod
    def of(cls, flow: Flow) -> "Waits":
        longest = sorted(flow.follows, key=lambda one: (-one.median_wait_days, -one.n))
        return cls(rows=tuple(longest[:SHOWN]))

    def sentence(self) -> Line:
        if not self.rows:
            return line("No step follows another often enough to be told.")
        top = self.rows[0]
        return line(
            "The longest wait is from “{source}” to “{target}”: {days} days in the median ({low} to {high}, n = {n}).",
            source=top.source,
            target=top.target,
            days=days(top.median_wait_days),
            low=days(top.low_days),
            high=days(top.high_days),
            n=top.n,
        )

    def table(self) -> Table:
        columns = (line("Step"), line("Next step"), line("n"), line("Days, median"), line("From"), line("To"))
        return Table(
            columns=columns,
            rows=tuple(
                (r.source, r.target, r.n, days(r.median_wait_days), days(r.low_days), days(r.high_days))
                for r in self.rows
            ),
        )


def summary(flow: Flow) -> Line:
    covered = sum(one.share for one in flow.variants[:5])
    return line(
        "{cases} cases with {events} events go {ways} different ways; the five most frequent cover {share}.",
        cases=flow.cases,
        events=flow.events,
        ways=flow.ways,
        share=percent(covered),
    )


def ways(flow: Flow) -> tuple[Line, ...]:
    """The most frequent, each as a sentence: a way is too long for the cell of a table."""
    return tuple(
        line(
            "{n} cases, {share} ({low} to {high}): {way}",
            n=one.cases,
            way=" → ".join(one.path),
            **_named(one.cases, flow),
        )
        for one in flow.variants[:SHOWN]
    )


def _named(count: int, flow: Flow) -> dict[str, Figure]:
    return dict(zip(("share", "low", "high"), _share(count, flow.cases), strict=True))


def loops(flow: Flow) -> Table:
    rows = tuple((one.activity, one.cases, *_share(one.cases, flow.cases)) for one in flow.loops[:SHOWN])
    return Table(columns=(line("Cases come back to"), line("Cases"), *_SHARES), rows=rows)


def deviations(flow: Flow) -> Table:
    columns = (line("Step"), line("Deviation"), line("Cases"), *_SHARES)
    return Table(columns=columns, rows=tuple(_deviation(one) for one in flow.deviations[:SHOWN]))


def _deviation(one: Deviation) -> tuple[str | int | Line | Figure, ...]:
    return (one.activity, KINDS[one.kind], one.cases, *_share(one.cases, one.of))


def repeats(flow: Flow) -> Line:
    if flow.repeats is None:
        return line("The log names no customer among its actors, so repeat contacts cannot be counted.")
    return line(
        "In {n} of {cases} cases the customer was in touch twice within 14 days: {share} ({low} to {high}).",
        n=flow.repeats,
        cases=flow.cases,
        **_named(flow.repeats, flow),
    )


_SHARES = (line("Share"), line("From"), line("To"))


def _share(count: int, of: int) -> tuple[Figure, Figure, Figure]:
    bounds = wilson(count, of)
    return percent(count / of), percent(bounds.low), percent(bounds.high)


def days(value: float) -> Figure:
    return Figure(value=value, digits=0 if value >= 20 else 1)
