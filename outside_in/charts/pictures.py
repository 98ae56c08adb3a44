"""Which block is drawn how; a new picture is one more line here."""

from functools import singledispatch

from outside_in.charts.look import Look
from outside_in.charts.money import estimates, money, tornado
from outside_in.charts.parts import Chart
from outside_in.charts.rows import bars, pairs, spread
from outside_in.charts.values import grid, links, quadrant, shift
from outside_in.charts.ways import curve, slope
from outside_in.domain.blocks import (
    Bars,
    Block,
    Curve,
    Estimates,
    Grid,
    Links,
    Money,
    Pairs,
    Quadrant,
    Shift,
    Slope,
    Spread,
    Tornado,
)
from outside_in.domain.text import Say

__all__ = ["Chart", "picture"]


@singledispatch
def picture(block: Block, say: Say, look: Look) -> Chart | None:  # noqa: ARG001 - the shape of all the others
    """None: words."""
    return None


picture.register(Spread, spread)
picture.register(Pairs, pairs)
picture.register(Bars, bars)
picture.register(Slope, slope)
picture.register(Curve, curve)
picture.register(Estimates, estimates)
picture.register(Money, money)
picture.register(Tornado, tornado)
picture.register(Grid, grid)
picture.register(Links, links)
picture.register(Quadrant, quadrant)
picture.register(Shift, shift)
