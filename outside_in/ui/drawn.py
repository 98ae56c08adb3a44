"""
What many screens show alike is drawn once.

A picture costs some 70 ms of processor time and a table 3 ms; five hundred phones that get the same
one at the same moment would wait half a minute for each other.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa

from outside_in import charts
from outside_in.charts import Look
from outside_in.domain.blocks import Block
from outside_in.domain.text import Language, Say

KEPT = 512


class Shown:
    """A block in one language and look; two of the same content are one."""

    def __init__(self, block: Block, say: Say, look: Look) -> None:
        self.block, self.say, self.look = block, say, look
        self._key: tuple[type, str, Language, Look] = type(block), block.model_dump_json(), say.language, look

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and self._key == other._key


@lru_cache(maxsize=KEPT)
def picture(shown: Shown) -> Mapping[str, Any] | None:
    """In Vega-Lite, which the browser draws; None where words say it all."""
    drawn = charts.chart(shown.block, shown.say, shown.look)
    return None if drawn is None else drawn.to_dict()


@lru_cache(maxsize=KEPT)
def figures(shown: Shown) -> pa.Table | None:
    """The table beside the picture, as its reader writes numbers and dates."""
    table, say = shown.block.table(), shown.say
    if table is None:
        return None
    heads = [say(column) for column in table.columns]
    return pa.Table.from_pylist([dict(zip(heads, map(say.value, row), strict=True)) for row in table.rows])
