"""What every document tells about an outcome, whatever it is printed on."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from outside_in.domain.blocks import Block, Curve, Pairs, Promise, Says, Spread, Voice
from outside_in.domain.evidence import SCALES, UNITS, Evidence, Measure
from outside_in.domain.feedback import Quote, Theme
from outside_in.domain.journey import Touchpoint
from outside_in.domain.outcome import Outcome, Part
from outside_in.domain.text import Line, Text, line, lines

CHECKS = (14, 30, 60, 90)
"""Days after the workshop on which somebody looks at what became of a commitment."""
FIRST = 7
"""Days within which the first step is done."""
TRADE_MARK = line(
    "Net Promoter, NPS and Net Promoter Score are registered trade marks of Bain & Company, "
    "Fred Reichheld and NICE (Satmetrix)."
)


T = TypeVar("T")


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Each once, in their order; sentences are compared, not hashed."""
    kept: list[T] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return tuple(kept)


class Section(NamedTuple):
    """One thing to show, with the sentences that belong to it."""

    block: Block | None
    words: tuple[Line | Text, ...] = ()


def sections(part: Part) -> list[Section]:
    """
    What a part shows, each thing once: a picture that comes back with its summary is one picture.

    Sentences before a block introduce it, those after the last block of a beat sum it up.
    """
    found: list[tuple[Block | None, list[Line | Text]]] = []
    for beat in part.beats:
        waiting: list[Line | Text] = []
        shown = None
        for block in beat.blocks:
            if isinstance(block, Says):
                waiting.append(block.text)
                continue
            shown = next((entry for entry in found if entry[0] == block), None)
            if shown is None:
                found.append(shown := (block, []))
            shown[1].extend(waiting)
            waiting = []
        if waiting:
            (shown[1] if shown else found[_worded(found)][1]).extend(waiting)
    return [Section(block=block, words=unique(words)) for block, words in found]


def _worded(found: list[tuple[Block | None, list[Line | Text]]]) -> int:
    """Where sentences without a block are collected: right behind the last thing told."""
    if not found or found[-1][0] is not None:
        found.append((None, []))
    return -1


def blocks(outcome: Outcome) -> Iterator[tuple[Part, Block]]:
    """Every block that is no sentence, each once per part."""
    for part in outcome.parts:
        for section in sections(part):
            if section.block is not None:
                yield part, section.block


def gaps(outcome: Outcome) -> list[Pairs.Row]:
    """Inside against outside, the widest first; what may be chance comes last."""
    rows = [row for _, block in blocks(outcome) if isinstance(block, Pairs) for row in block.rows]
    return sorted(rows, key=lambda row: (row.noise, -_width(row)))


def _width(row: Pairs.Row) -> float:
    low, high = row.outside.scale
    return abs(row.gap) / (high - low)


def themes(outcome: Outcome) -> list[Theme]:
    return sorted(outcome.themes, key=lambda theme: -theme.size)


def voices(theme: Theme) -> list[Quote]:
    """What a person has read and released; a dissenting voice comes last."""
    quotes = (*theme.quotes, *((theme.dissent,) if theme.dissent else ()))
    return [quote for quote in quotes if quote.approved]


def told_voices(outcome: Outcome) -> list[Voice]:
    return [block for _, block in blocks(outcome) if isinstance(block, Voice)]


def has_curve(outcome: Outcome) -> bool:
    return any(isinstance(block, Curve) for _, block in blocks(outcome))


def unowned(outcome: Outcome) -> list[Touchpoint]:
    points = outcome.journey.touchpoints if outcome.journey else ()
    return [point for point in points if not point.owner]


def checks(outcome: Outcome) -> list[tuple[int, dt.date]]:
    return [(days, outcome.date + dt.timedelta(days=days)) for days in CHECKS]


def first_steps(outcome: Outcome) -> dt.date:
    return outcome.date + dt.timedelta(days=FIRST)


def promised(promise: Promise) -> Line:
    return line("If {when}, then {then}.", when=promise.when, then=promise.then)


def notices(outcome: Outcome) -> list[Line]:
    """What nobody may overlook: it stands on the first page of every document."""
    said = []
    if outcome.sample:
        said.append(line("The company and its customers are fictional."))
    if outcome.rehearsed:
        said.append(
            lines(
                "One simulated answer from a rehearsal is included. These are not results.",
                "{n} simulated answers from a rehearsal are included. These are not results.",
                outcome.rehearsed,
            )
        )
    return said


def client(outcome: Outcome) -> Line:
    if outcome.sample:
        return line("{name} (fictional)", name=outcome.client)
    return line("{name}", name=outcome.client)


def occasion(outcome: Outcome) -> list[Line]:
    """Whose workshop it was, and when."""
    whose = [client(outcome)] if outcome.client else []
    return [*whose, line("Workshop of {date}", date=outcome.date)]


def audience(outcome: Outcome) -> Line:
    return {
        "board": line("For the board: no single contributions."),
        "participants": line("For the participants."),
        "internal": line("Internal: holds single answers and comments. Please do not pass it on."),
    }[outcome.audience]


def method(outcome: Outcome) -> list[Line]:
    """How it came about, and what the figures can bear."""
    invited = max(outcome.expected, outcome.leaders)
    said = [
        line("{n} of {of} invited leaders took part.", n=outcome.leaders, of=invited),
        line("Answers were anonymous. Results are shown from five answers on, free words after approval."),
        line("Guesses were locked before the customers' figures were shown."),
        line("Customers' figures carry their 95 % interval and the number of answers (n) behind them."),
        line("A guess inside the interval is no gap: it may be chance."),
    ]
    if has_curve(outcome) or outcome.journey:
        said.append(line("Touchpoints without scores are assumed; they are drawn dashed and marked."))
    return [*said, _held_back(len(outcome.suppressed))]


def _held_back(n: int) -> Line:
    if not n:
        return line("No result had to be held back.")
    return lines("One result is held back: too few answers.", "{n} results are held back: too few answers.", n)


def evidences(outcome: Outcome) -> list[tuple[Text | None, Evidence]]:
    found: list[tuple[Text | None, Evidence]] = [
        (row.label, row.outside) for _, b in blocks(outcome) if isinstance(b, Pairs) for row in b.rows
    ]
    points = outcome.journey.touchpoints if outcome.journey else ()
    if outcome.journey and outcome.journey.overall:
        found.append((None, outcome.journey.overall))
    found += [(point.name, point.evidence) for point in points if point.evidence]
    found += [(theme.label, theme.evidence) for theme in outcome.themes if theme.evidence]
    return list(unique(found))


def sources(outcome: Outcome) -> list[Line]:
    """Where the customers' figures come from: each unit once, with its files and over all of its days."""
    known = [evidence for _, evidence in evidences(outcome)]
    said = [_source(metric, [e for e in known if e.metric == metric]) for metric in unique(e.metric for e in known)]
    if outcome.journey and outcome.journey.source:
        said.append(line("Customer journey: {source}", source=outcome.journey.source))
    return said


def _source(metric: Measure, known: Sequence[Evidence]) -> Line:
    """Periods are ISO days or two of them; whatever else somebody wrote there stays as it is."""
    files = ", ".join(unique(e.source for e in known if e.source)) or "–"
    told, periods = {"unit": UNITS[metric], "source": files}, unique(e.period for e in known if e.period)
    try:
        days = [dt.date.fromisoformat(day) for period in periods for day in period.split(" – ")]
    except ValueError:
        return line("{unit}; source: {source}; period: {period}", period=", ".join(periods), **told)
    if not days:
        return line("{unit}; source: {source}", **told)
    return line("{unit}; source: {source}; {first} to {last}", first=min(days), last=max(days), **told)


def marks(outcome: Outcome) -> list[Line]:
    """The attribution the owners of a method ask for, wherever it is used."""
    used = any(known.metric == "nps" for _, known in evidences(outcome))
    guessed = any(isinstance(b, Spread) and b.scale == SCALES["nps"] for _, b in blocks(outcome))
    return [TRADE_MARK] if used or guessed else []


def level(known: Evidence) -> Line:
    return line(
        "{value} ({low} to {high}, n = {n})",
        value=known.figure(known.value),
        low=known.figure(known.low),
        high=known.figure(known.high),
        n=known.n,
    )


def origin(quote: Quote, about: Line | Text | None = None) -> list[Line | Text]:
    """Where a quote comes from, part by part."""
    place = about or (Text.same(quote.touchpoint) if quote.touchpoint else None)
    kind = {
        "dissent": line("another voice"),
        "positive": line("a good experience"),
        "extreme": line("an extreme case"),
    }.get(quote.kind)
    date = line("{date}", date=quote.date) if quote.date else None
    return [part for part in (place, date, kind) if part]
