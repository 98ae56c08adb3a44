"""Pictures of blocks. Whoever asks for none never loads the library that draws them."""

from typing import TYPE_CHECKING

from outside_in.charts.look import Look, Size
from outside_in.domain.blocks import Block
from outside_in.domain.text import Say

if TYPE_CHECKING:
    from outside_in.charts.pictures import Chart

__all__ = ["Look", "Size", "chart"]


def chart(block: Block, say: Say, look: Look | None = None) -> "Chart | None":
    """The block as a picture in one language; None where words say it all."""
    from outside_in.charts.pictures import picture

    drawn = picture(block, say, look or Look())
    return None if drawn is None else drawn.properties(description=say(block.sentence()))
