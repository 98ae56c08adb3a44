"""The figures about money as typed tables; medians of the room, never one leader's range."""

from collections.abc import Iterator

from outside_in.domain.blocks import Block, Estimates, Money, Tornado
from outside_in.domain.inputs import ABOUT
from outside_in.domain.outcome import Outcome, Part
from outside_in.domain.text import line
from outside_in.exports import telling
from outside_in.exports.tables import STEP, Column, Sheet, Value


def sheets(outcome: Outcome) -> list[Sheet]:
    return [believed(outcome), worth(outcome), swings(outcome)]


def believed(outcome: Outcome) -> Sheet:
    columns = (
        STEP,
        Column("input", line("Input")),
        Column("n", line("Leaders"), "int"),
        Column("low", line("Low"), "amount"),
        Column("best", line("Best guess"), "amount"),
        Column("high", line("High"), "amount"),
        Column("unit", line("Unit")),
    )
    rows: list[tuple[Value, ...]] = []
    for part, block in _told(outcome):
        if isinstance(block, Estimates):
            for row in block.rows:
                shown, unit = ABOUT[row.input].shown(row.room), ABOUT[row.input].unit
                rows.append((part.title, row.label, len(row.answers), shown.low, shown.best, shown.high, unit))
    return Sheet("ranges_agg", line("Ranges of the room"), columns, tuple(rows))


def worth(outcome: Outcome) -> Sheet:
    columns = (
        STEP,
        Column("what", line("In euros"), "long"),
        Column("p10", line("One in ten is below"), "amount"),
        Column("p50", line("Middle"), "amount"),
        Column("p90", line("One in ten is above"), "amount"),
        Column("best_guess", line("All best guesses together"), "amount"),
        Column("chance", line("Chance that it pays"), "share"),
        Column("counted", line("What counts"), "long"),
        Column("years", line("Years"), "int"),
        Column("draws", line("Draws"), "int"),
        Column("assumed", line("Assumed"), "long"),
    )
    rows: list[tuple[Value, ...]] = []
    for part, block in _told(outcome):
        if isinstance(block, Money):
            npv, after = block.npv, block.residual
            common = (block.counts, block.years, block.draws, block.assumed)
            inside = line("Residual value, included above") if block.counted else line("Residual value, not included")
            value = (line("Value today"), npv.low, npv.middle, npv.high, block.best_guess, block.chance)
            rows.append((part.title, *value, *common))
            rows.append((part.title, inside, after.low, after.middle, after.high, None, None, *common))
    return Sheet("worth_agg", line("What it may be worth"), columns, tuple(rows))


def swings(outcome: Outcome) -> Sheet:
    columns = (
        STEP,
        Column("input", line("Input")),
        Column("low", line("NPV at its low end"), "amount"),
        Column("high", line("NPV at its high end"), "amount"),
    )
    rows = (
        (part.title, ABOUT[bar.input].name, bar.low, bar.high)
        for part, block in _told(outcome)
        if isinstance(block, Tornado)
        for bar in block.bars
    )
    return Sheet("tornado_agg", line("What the result hangs on"), columns, tuple(rows))


def _told(outcome: Outcome) -> Iterator[tuple[Part, Block]]:
    return telling.blocks(outcome)
