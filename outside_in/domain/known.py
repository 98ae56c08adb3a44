"""Things with a truth, and how good guesses about them were: differences, skill, the room against its members."""

from collections.abc import Sequence
from statistics import fmean, median

from outside_in.domain.blocks import Pairs, Spread
from outside_in.domain.evidence import Evidence
from outside_in.domain.exercise import Facts
from outside_in.domain.forecasts import skill
from outside_in.domain.journey import Touchpoint
from outside_in.domain.measures import wilson
from outside_in.domain.model import Model
from outside_in.domain.noise import redrawn
from outside_in.domain.tallies import percent
from outside_in.domain.text import Figure, Line, Text, line


class Known(Model):
    """Something with a truth that can be predicted."""

    id: str
    name: Text
    truth: Evidence


Said = Sequence[tuple[Known, Sequence[float]]]


def points_of(facts: Facts) -> tuple[Touchpoint, ...]:
    return facts.journey.touchpoints if facts.journey else ()


def bad(point: Touchpoint) -> Evidence | None:
    known, low, high = point.evidence, point.negative_low, point.negative_high
    if known is None or point.negative is None or low is None or high is None:
        return None
    figures = {"value": 100 * point.negative, "low": 100 * low, "high": 100 * high}
    return Evidence(metric="share", n=known.n, period=known.period, source=known.source, **figures)


def mentions(size: int, total: int) -> Evidence:
    bounds = wilson(size, total)
    return Evidence(metric="mentions", value=100 * size / total, n=total, low=100 * bounds.low, high=100 * bounds.high)


def ends(found: Sequence[Known], most: int) -> tuple[Known, ...]:
    """Best first, because a start with strength opens ears; then the worst, then by number of customers."""
    ranked = sorted(found, key=lambda k: k.truth.value, reverse=found[0].truth.metric != "share")
    wanted = [ranked[0], ranked[-1], *sorted(found, key=lambda k: -k.truth.n)]
    return tuple({known.id: known for known in wanted}.values())[:most]


def pairs_of(said: Said) -> Pairs:
    rows = (Pairs.Row(label=k.name, inside=median(v), inside_n=len(v), outside=k.truth) for k, v in said)
    return Pairs(rows=tuple(rows))


def spread_of(said: Said) -> Spread:
    rows = (Spread.Row(label=k.name, values=tuple(sorted(map(float, v))), median=median(v)) for k, v in said)
    known = said[0][0].truth
    return Spread(rows=tuple(rows), scale=known.scale, unit=known.unit)


def biased(said: Said) -> list[Line]:
    """Mean of guess minus truth over points and leaders, with the room drawn again."""
    truths, columns = [k.truth.value for k, _ in said], [values for _, values in said]

    def figure(drawn: Sequence[Sequence[float]]) -> float:
        return fmean(fmean(column) - truth for column, truth in zip(drawn, truths, strict=True))

    bounds, say = redrawn(columns, figure), said[0][0].truth.figure
    if bounds is None:
        return []
    told = {"bias": signed(say(figure(columns))), "low": signed(say(bounds.low)), "high": signed(say(bounds.high))}
    return [
        line(
            "Our guesses minus the customers' figures: {bias} ({low} to {high}, n = {n}).",
            n=min(map(len, columns)),
            **told,
        )
    ]


def skilled(said: Said, average: float | None) -> list[Line]:
    truths, columns = [k.truth.value for k, _ in said], [values for _, values in said]

    def figure(drawn: Sequence[Sequence[float]]) -> float | None:
        return skill(truths, [median(column) for column in drawn], average or 0.0).skill

    value, bounds = figure(columns), redrawn(columns, figure)
    if average is None or value is None or bounds is None or len(said) < 2:
        return []
    names = {"skill": value, "low": bounds.low, "high": bounds.high}
    told = {name: Figure(value=number, digits=2, signed=True) for name, number in names.items()}
    return [line("Skill against “everybody gets the average”: {skill} ({low} to {high}; 0 is no better).", **told)]


def wise(said: Said) -> list[Line]:
    """The median of independent guesses beats most of them: a reason to pool, and nobody's fault."""
    beaten = sum(
        abs(guess - k.truth.value) > abs(median(values) - k.truth.value) for k, values in said for guess in values
    )
    n = sum(len(values) for _, values in said)
    if 2 * beaten <= n:
        return []
    return [
        line("Together we are closer than {share} of the single guesses (n = {n}).", share=percent(beaten / n), n=n)
    ]


def own_told(known: Known, guess: float) -> Line:
    truth = known.truth
    figures = {"theirs": truth.figure(truth.value), "low": truth.figure(truth.low), "high": truth.figure(truth.high)}
    if truth.low <= guess <= truth.high:
        return line(
            "{item}: you {yours}, customers {theirs} ({low} to {high}, n = {n}); within measurement noise.",
            item=known.name,
            yours=truth.figure(guess),
            n=truth.n,
            **figures,
        )
    return line(
        "{item}: you {yours}, customers {theirs} ({low} to {high}, n = {n}).",
        item=known.name,
        yours=truth.figure(guess),
        n=truth.n,
        **figures,
    )


def step_of(known: Known) -> float:
    low, high = known.truth.scale
    return 5 if high - low >= 100 else 0.1


def truth_told(outcome: int) -> Line:
    return line("true") if outcome else line("false")


def signed(figure: Figure) -> Figure:
    return figure.model_copy(update={"signed": True})


def unsigned(figure: Figure) -> Figure:
    return figure.model_copy(update={"signed": False})
