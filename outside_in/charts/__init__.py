"""Pictures of blocks. Whoever asks for none never loads the library that draws them."""

from typing import TYPE_CHECKING

from outside_in.charts.look import Look, Size
from outside_in.domain.blocks import Block
from outside_in.domain.flow_told import Waits
from outside_in.domain.text import Say
from outside_in.domain.theme_told import Atlas, Course, Ranked

if TYPE_CHECKING:
    from outside_in.charts.pictures import Chart

__all__ = ["Look", "Size", "atlas", "chart", "of_flow", "of_themes"]


def chart(block: Block, say: Say, look: Look | None = None) -> "Chart | None":
    """The block as a picture in one language; None where words say it all."""
    from outside_in.charts.pictures import picture

    drawn = picture(block, say, look or Look())
    return None if drawn is None else drawn.properties(description=say(block.sentence()))


def atlas(block: Atlas, say: Say, look: Look, lit: int | None = None) -> "Chart":
    """The map of comments; `lit` is the one theme that keeps its colour."""
    from outside_in.charts import themes

    return themes.atlas(block, say, look, lit).properties(description=say(block.sentence()))


def of_themes(block: Ranked | Course, say: Say, look: Look) -> "Chart | None":
    """Themes by what goes along with them, or one over time; None where there is nothing to draw."""
    from outside_in.charts import themes

    drawn = themes.ranked(block, say, look) if isinstance(block, Ranked) else themes.course(block, say, look)
    return None if drawn is None else drawn.properties(description=say(block.sentence()))


def of_flow(block: Waits, say: Say, look: Look) -> "Chart | None":
    """How long customers wait between two steps; None where nothing follows anything often enough."""
    from outside_in.charts import flows

    drawn = flows.waits(block, say, look)
    return None if drawn is None else drawn.properties(description=say(block.sentence()))
