"""Estimated scores of a workshop's comments: worked out on request, kept apart from all evidence."""

from array import array
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from outside_in.domain.mood import LEARNS_FROM, Guessed, Proof
from outside_in.domain.people import Principal
from outside_in.domain.workshop import Workshop
from outside_in.house import House
from outside_in.store.layers import Sheet

LAYER = "mood"
FINE = 10_000
"""Chances are kept as whole numbers out of so many."""


class Moods(NamedTuple):
    scored: int
    silent: int
    """Comments with text and without a score."""
    tried: bool = False
    proof: Proof | None = None
    """None where nothing has been estimated, or could be."""
    guessed: Guessed | None = None

    @property
    def possible(self) -> bool:
        return self.scored >= LEARNS_FROM and self.silent > 0


def estimate(
    house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Callable[[float], None]
) -> dict[str, Any]:
    from outside_in.themes.mood import moods

    now = house.workshops.of(workshop)
    tell(0.1)
    proof, chances = moods(house.comments(now))
    rows = sorted(chances)
    columns = {"rows": array("q", rows), "chances": array("H", [round(FINE * chances[row]) for row in rows])}
    told = {"files": _files(now), "proof": proof.model_dump() if proof else None}
    house.database.layers.put(workshop, LAYER, Sheet(told, columns))
    return {"n": len(rows)}


def moods_of(house: House, workshop: Workshop) -> Moods:
    """As last estimated; a file that came or went since makes it forgotten."""
    comments = [one for one in house.comments(workshop) if one.text]
    scored = sum(one.score is not None for one in comments)
    plain = Moods(scored, len(comments) - scored)
    sheet = house.database.layers.get(workshop.code, LAYER)
    if sheet is None or sheet.told["files"] != _files(workshop):
        return plain
    if not sheet.told["proof"]:
        return plain._replace(tried=True)
    chances = {row: share / FINE for row, share in zip(*sheet.columns.values(), strict=True)}
    shown = [theme for theme in workshop.board.themes if theme.status != "hidden"]
    guessed = Guessed.of(shown, house.stands(workshop), chances)
    return plain._replace(tried=True, proof=Proof.model_validate(sheet.told["proof"]), guessed=guessed)


def _files(workshop: Workshop) -> list[str]:
    return [batch.id for batch in workshop.batches]
