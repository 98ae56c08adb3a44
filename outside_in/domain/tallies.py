"""What was picked, counted; and the two small things that many exercises tell alike."""

from collections.abc import Sequence

from outside_in.domain.blocks import Bars, Block, Sayings, Says
from outside_in.domain.measures import wilson
from outside_in.domain.questions import Option
from outside_in.domain.text import Figure, Line, Text


def bars(options: Sequence[Option], votes: Sequence[Sequence[str]], *, ranked: bool = True) -> Bars:
    """One row per option, the most named first unless their order means something."""
    counts = {option.id: sum(option.id in vote for vote in votes) for option in options}
    shown = sorted(options, key=lambda o: -counts[o.id]) if ranked else list(options)
    return Bars(rows=tuple(_row(option, counts[option.id], len(votes)) for option in shown), n=len(votes))


def _row(option: Option, count: int, n: int) -> Bars.Row:
    bounds = wilson(count, n)
    return Bars.Row(label=option.label, count=count, low=bounds.low, high=bounds.high)


def sayings(heading: Line | Text, said: Sequence[str]) -> tuple[Block, ...]:
    """What was approved, under its question; nothing where nothing was."""
    kept = tuple(words for words in said if words)
    return (Says(text=heading, strong=True), Sayings(items=kept)) if kept else ()


def percent(share: float) -> Figure:
    return Figure(value=100 * share, unit="%")
