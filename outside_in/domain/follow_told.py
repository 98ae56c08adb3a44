"""What is said about follow-through: the same sentences and tables on the board and in the report."""

import datetime as dt
from collections.abc import Mapping, Sequence

from outside_in.domain.blocks import Block, Cell, Points, Says, Table
from outside_in.domain.evidence import Evidence
from outside_in.domain.follow import NAMES, STATUSES, Commitment, Status
from outside_in.domain.follow_through import FEWEST, FollowThrough, Rate
from outside_in.domain.model import Model
from outside_in.domain.remeasure import Again, Change, closer
from outside_in.domain.text import Figure, Line, Text, line, lines


class Sheet(Block):
    """A table with the sentence that says what it shows."""

    says: Line
    columns: tuple[Line | Text, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def sentence(self) -> Line:
        return self.says

    def table(self) -> Table:
        heads = tuple(column if isinstance(column, Line) else line("{name}", name=column) for column in self.columns)
        return Table(columns=heads, rows=self.rows)


class Section(Model):
    title: Line
    blocks: tuple[Block, ...]


def rates(told: FollowThrough | None) -> tuple[Line, ...]:
    """Everything counts that was promised; the headline never leaves out the silent."""
    if told is None:
        return (line("Rates are shown from {n} leaders on.", n=FEWEST),)
    said = [
        line("{n} commitments of {leaders} leaders.", n=told.made, leaders=told.leaders),
        *(
            line("Kept within {days} days: {rate}", days=day, rate=_rate(rate))
            for day, rate in told.kept.items()
            if rate
        ),
    ]
    if told.on_time:
        said.append(line("Kept by the promised day: {rate}", rate=_rate(told.on_time)))
    if told.response:
        said.append(line("Check-ins answered: {rate}", rate=_rate(told.response)))
    if told.evidence:
        said.append(line("Kept ones with evidence: {rate}", rate=_rate(told.evidence)))
    if not any(told.kept.values()):
        said.append(line("The first rate comes 30 days after the workshop."))
    if told.first_action_days is not None:
        days = Figure(value=told.first_action_days)
        said.append(line("Half of those who began had done something after {days} days.", days=days))
    apart = line(
        "Not kept, shown separately: {adapted} adapted, {dropped} dropped, {silent} without a word so far.",
        adapted=told.adapted,
        dropped=told.dropped,
        silent=told.silent,
    )
    return (*said, apart)


def _rate(rate: Rate) -> Line:
    return line(
        "{share} ({low} to {high}; {k} of {n})",
        share=_percent(rate.share),
        low=_percent(rate.interval.low),
        high=_percent(rate.interval.high),
        k=rate.k,
        n=rate.n,
    )


def _percent(share: float) -> Figure:
    return Figure(value=100 * share, unit="%")


def course(stood: Mapping[int, Mapping[Status, int]]) -> Sheet:
    """Status by day: how many commitments stood where."""
    days = sorted(stood)
    rows = tuple((NAMES[status], *(stood[day].get(status, 0) for day in days)) for status in STATUSES)
    return Sheet(
        says=line("Where the commitments stood, day by day after the workshop."),
        columns=(line("Status"), *(line("Day {n}", n=day) for day in days)),
        rows=rows,
    )


def wins(made: Sequence[Commitment]) -> tuple[Line, ...]:
    """What can be seen, newest first; nobody is named who did not sign."""
    found = [(event.at, one, event) for one in made for event in one.told if event.evidence]
    return tuple(
        line(
            "{owner}: {evidence}",
            owner=one.promise.owner or line("A leader of this group"),
            evidence=event.evidence,
        )
        for _, one, event in sorted(found, key=lambda found: -found[0])
    )


def hurdles(made: Sequence[Commitment]) -> tuple[Line, ...]:
    """What is in the way now, and what would help."""
    last = [one.told[-1] for one in made if one.told]
    stuck = [event for event in last if event.status != "done" and (event.obstacle or event.help)]
    return tuple(
        line("In the way: {obstacle}. What would help: {help}.", obstacle=e.obstacle or "–", help=e.help or "–")
        for e in stuck
    )


def begun(made: Sequence[Commitment], today: dt.date) -> Line:
    n = sum(one.begun_on is not None and one.begun_on <= today for one in made)
    return line("First steps taken: {n} of {of}.", n=n, of=len(made))


def moved(found: Sequence[Change]) -> Block:
    if not found:
        return Says(text=line("No touchpoint or theme of a commitment carries a score."))
    rows = []
    for one in found:
        was, now, gap = one.before, one.now, one.interval
        between = line("{low} to {high}", low=was.figure(gap.low), high=was.figure(gap.high)) if gap else "–"
        rows.append((one.name, _level(was), _level(now) if now else "–", between, one.verdict))
    heads = line("Touchpoint or theme"), line("Day 0"), line("Since"), line("Change"), line("Verdict")
    return Sheet(
        says=line("Customers before and since, with 95 % intervals. Before and after alone prove no cause."),
        columns=heads,
        rows=tuple(rows),
    )


def _level(known: Evidence) -> Line:
    return line(
        "{value} ({low} to {high}, n = {n})",
        value=known.figure(known.value),
        low=known.figure(known.low),
        high=known.figure(known.high),
        n=known.n,
    )


def guessed(points: Sequence[Again]) -> tuple[Block, ...]:
    """The room's second guess against day 0."""
    if not points:
        return (Says(text=line("Nobody has guessed again yet. Open another session of this client.")),)
    rows = tuple((p.label, p.then.outside.figure(p.then.gap), p.now.outside.figure(p.now.gap)) for p in points)
    heads = line("Touchpoint"), line("Gap on day 0"), line("Gap now")
    return (
        Says(text=_nearer(points)),
        Sheet(says=line("Guess minus customers, both times."), columns=heads, rows=rows),
    )


def _nearer(points: Sequence[Again]) -> Line:
    found = closer(points)
    if found is None or found.ci is None or found.ci.holds(0):
        return line("Whether the second guess is nearer to customers: too early to tell ({n} points).", n=len(points))
    figure = points[0].now.outside.figure
    values = {"mean": figure(found.mean), "low": figure(found.ci.low), "high": figure(found.ci.high)}
    if found.mean > 0:
        return line("The second guess is nearer to customers by {mean} on average ({low} to {high}).", **values)
    return line("The second guess is further from customers: {mean} on average ({low} to {high}).", **values)


def listed(items: Sequence[Line], nothing: Line) -> Block:
    return Points(items=tuple(items)) if items else Says(text=nothing)


def candidates(made: Sequence[Commitment]) -> tuple[Line, ...]:
    """Kept, with evidence and a number: ready for a target agreement, if their leader wants it."""
    ready = [one for one in made if one.done_on and any(e.evidence for e in one.told) and one.promise.measure]
    return tuple(
        line("If {when}, then {then}. ({measure})", when=p.when, then=p.then, measure=p.measure)
        for p in (one.promise for one in ready)
    )


def unseen(n: int) -> tuple[Line, ...]:
    """Those that are not for these eyes are counted, so that nobody takes the list for all."""
    if not n:
        return ()
    return (lines("One more is seen by its leader only.", "{n} more are seen by their leaders only.", n),)
