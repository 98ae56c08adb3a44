"""A journey as a picture, and what stands behind a touchpoint in sentences."""

from collections.abc import Iterator, Mapping

from outside_in.domain.blocks import Curve
from outside_in.domain.journey import Journey, Pain, Touchpoint, Trend
from outside_in.domain.mapping import Planned
from outside_in.domain.tallies import percent
from outside_in.domain.text import Figure, Line, line


def curve(journey: Journey, surprised: Mapping[str, int] | None = None) -> Curve:
    """The journey as a picture; `surprised`: how many leaders it surprised, by touchpoint."""
    counts = surprised or {}
    return Curve(points=tuple(_point(p, counts.get(p.id, 0)) for p in journey.touchpoints))


def _point(point: Touchpoint, surprised: int) -> Curve.Point:
    return Curve.Point(
        label=point.name,
        emotion=point.emotion,
        n=point.n,
        provenance=point.provenance,
        evidence=point.evidence,
        surprised=surprised,
        team=point.plan.assumed if point.plan and point.evidence else None,
    )


def told(point: Touchpoint) -> Iterator[Line]:
    if point.trend:
        yield _trend(point.trend)
    if point.pain:
        yield _pain(point.pain)
    if point.candidate:
        yield line("Perhaps a moment of truth (estimated): many customers meet it, and many of them suffer.")
    if point.plan:
        yield from _planned(point.plan)
    if len(point.labels) > 1:
        names = ", ".join(f"{label} ({n})" for label, n in point.labels.items())
        yield line("Called in the data: {names}", names=names)


def _trend(known: Trend) -> Line:
    figures = {name: Figure(value=getattr(known, name), digits=1, signed=True) for name in ("change", "low", "high")}
    if known.low <= 0 <= known.high:
        return line(
            "Since {since}: {change} points ({low} to {high}, n = {n}); this may be chance.",
            since=known.since,
            n=known.n,
            **figures,
        )
    return line("Since {since}: {change} points ({low} to {high}, n = {n}).", since=known.since, n=known.n, **figures)


def _pain(known: Pain) -> Line:
    low, value, high = (Figure(value=100 * one, digits=1) for one in (known.low, known.value, known.high))
    return line(
        "Pain {value} of 100 ({low} to {high}), band {band}: {reach} of the comments, consequence {consequence}.",
        value=value,
        low=low,
        high=high,
        band=known.band,
        reach=percent(known.reach),
        consequence=Figure(value=known.consequence, digits=1),
    )


def _planned(plan: Planned) -> Iterator[Line]:
    if plan.truth:
        yield line("Moment of truth: {why}", why=plan.why) if plan.why else line("Moment of truth")
    if plan.channels:
        yield line("Channels: {names}", names=", ".join(plan.channels))
    if plan.backstage:
        yield line("Behind the scenes: {words}", words=plan.backstage)
    if plan.accountable:
        yield line("Accountable: {names}", names=", ".join(plan.accountable))
    if plan.kpi:
        yield line("Measure: {kpi}, target: {target}", kpi=plan.kpi, target=plan.target or "–")
