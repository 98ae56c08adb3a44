"""Work on themes that takes longer than a press: done in the worker, handed to a person as a proposal."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from outside_in import themes
from outside_in.domain.board import Board
from outside_in.domain.feedback import Placed, Verbatim
from outside_in.domain.layer import Columns, Layer
from outside_in.domain.people import Principal
from outside_in.domain.text import line
from outside_in.domain.workshop import Workshop
from outside_in.house import House
from outside_in.store.layers import Sheet

Tell = Callable[[float], None]
Result = dict[str, Any]
FEW = 24
"""Unassigned later comments from which it is worth asking whether they speak of something new."""


def find(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """
    One run, cut at every number of themes.

    A board that nobody has shaped takes it at once; any other gets it as a proposal.
    """
    house.shelf.clear()
    now = house.workshops.of(workshop)
    cuts = _cuts(house, [one for one in house.comments(now) if one.text], args, lambda share: tell(share * 0.6))
    run, many = house.new_code().lower(), cuts.nearest(args.get("themes"))
    _keep_cut(house, workshop, cuts, run, many)
    house.database.layers.put(workshop, f"atlas-{run}", Sheet({}, cuts.atlas()))
    told = {"encoder": cuts.encoder, "model": args.get("model") if cuts.encoder != "builtin" else None}
    house.database.layers.put(workshop, f"run-{run}", Sheet(told, {}))
    now = house.workshops.of(workshop)
    if not any(theme.kept for theme in now.board.themes) and not now.board.moved:
        house.recut(by, workshop, run, many, line("Themes found"))
    rest = [number for number in cuts.numbers if number != many]
    for done, number in enumerate(rest):
        tell(0.65 + 0.3 * done / len(rest))
        _keep_cut(house, workshop, cuts, run, number)
    return {"run": run, "many": many, "note": cuts.note, "encoder": cuts.encoder}


def chart(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """Only the map, for themes that came with their comments."""
    now = house.workshops.of(workshop)
    cuts = _cuts(house, [one for one in house.comments(now) if one.text], args, lambda share: tell(share * 0.8))
    house.database.layers.put(workshop, f"atlas-{house.new_code().lower()}", Sheet({}, cuts.atlas()))
    return {"note": cuts.note}


def assign(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """Later comments to the themes as they are; what fits none is looked at for new themes."""
    house.shelf.clear()
    now = house.workshops.of(workshop)
    new = house.newcomers(now)
    stands = house.stands(now)
    ground = _ground(house, now, {one.row for one in stands}, new, lambda share: tell(share * 0.7))
    id = f"wave-{house.new_code().lower()}"
    placed = _searched(now.board, new, ground.placed(_homes(now.board, stands)))
    house.put(workshop, id, Layer.of(id, placed))
    house.database.layers.put(workshop, f"atlas-{id}", Sheet({}, _beside(house.atlas(now), stands, placed)))
    for number in house.numbers(now):
        cut = house.cut(workshop, f"{now.board.run}-{number}")
        tops = {theme.id: theme.parent or theme.id for theme in cut.themes}
        homes = {row: (tops[leaf], leaf) for row, leaf, _ in cut.layer.spots() if leaf}
        beside = f"{now.board.run}-{number}+{id}"
        house.put(workshop, beside, Layer.of(beside, ground.placed(homes)))
    tell(0.8)
    fresh = _fresh(house, now, new, placed, id, lambda share: tell(0.8 + 0.2 * share))
    return {"layer": id, "fresh": fresh, "n": len(new)}


def gather(house: House, by: Principal, workshop: str, args: Mapping[str, Any], tell: Tell) -> Result:
    """Comments outside the selected themes to the nearest of these; whoever is too far stays."""
    house.shelf.clear()
    now = house.workshops.of(workshop)
    chosen = {theme.id for theme in now.board.selected}
    stands = [one for one in house.stands(now) if one.theme in chosen]
    inside = {one.row for one in stands} | {row for row in now.board.moved if not now.board.moved[row]}
    outside = [one for one in house.comments(now) if one.text and one.row not in inside]
    ground = _ground(house, now, {one.row for one in stands}, outside, lambda share: tell(share * 0.9))
    id = f"rest-{house.new_code().lower()}"
    placed = [one for one in ground.placed(_homes(now.board, stands)) if one.confidence >= now.board.floor]
    house.put(workshop, id, Layer.of(id, placed))
    return {"layer": id}


def _cuts(house: House, comments: Sequence[Verbatim], args: Mapping[str, Any], tell: Tell) -> Any:
    from outside_in.themes.slider import Cuts

    model = args.get("model") or None
    encoder = "sentence-transformers" if model else "builtin"
    return Cuts.of(comments, encoder=encoder, model=model, cache=house.settings.vectors, progress=tell)


def _ground(house: House, now: Workshop, known: set[int], new: Sequence[Verbatim], tell: Tell) -> Any:
    from outside_in.themes.waves import Ground

    old = [one for one in house.comments(now) if one.text and one.row in known]
    sheet = house.database.layers.get(now.code, f"run-{now.board.run}")
    model = sheet.told["model"] if sheet else None
    return Ground(old, new, model=model, cache=house.settings.vectors, progress=tell)


def _keep_cut(house: House, workshop: str, cuts: Any, run: str, number: int) -> None:
    id = f"{run}-{number}"
    cut = cuts.cut(number, id)
    house.put(workshop, id, cut.layer, cut.themes)


def _homes(board: Board, stands: Sequence[Placed]) -> dict[int, tuple[str, str]]:
    """Comments that a person moved tell nothing about where their sub-theme belongs."""
    mine = {theme.id: set(theme.leaves) for theme in board.themes}
    return {
        one.row: (one.theme, one.subtheme)
        for one in stands
        if one.theme and one.subtheme and one.subtheme in mine[one.theme]
    }


def _searched(board: Board, new: Sequence[Verbatim], placed: list[Placed]) -> list[Placed]:
    """What a theme's search finds among later comments is its own."""
    found: dict[int, str] = {}
    for theme in board.themes:
        leaves = [leaf for leaf in theme.leaves if leaf.startswith("search-")]
        for query, leaf in zip(theme.queries, leaves, strict=False):
            found |= dict.fromkeys(themes.search(query, new), leaf)
    return [
        Placed(row=one.row, theme=found[one.row], subtheme=found[one.row], confidence=1.0) if one.row in found else one
        for one in placed
    ]


def _beside(atlas: Mapping[int, tuple[int, int]], stands: Sequence[Placed], placed: Sequence[Placed]) -> Columns:
    """Later comments lie on the map around the middle of their sub-theme."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in stands:
        if one.subtheme and one.row in atlas:
            places[one.subtheme].append(atlas[one.row])
    rows, x, y = array("q"), array("H"), array("H")
    for one in placed:
        if near := places.get(one.subtheme or ""):
            at = near[one.row * 7919 % len(near)]
            rows.append(one.row)
            x.append(min(65_535, max(0, at[0] + one.row * 31 % 601 - 300)))
            y.append(min(65_535, max(0, at[1] + one.row * 17 % 601 - 300)))
    return {"rows": rows, "x": x, "y": y}


def _fresh(
    house: House, now: Workshop, new: Sequence[Verbatim], placed: Sequence[Placed], wave: str, tell: Tell
) -> str | None:
    sure = {one.row for one in placed if one.theme and one.confidence >= now.board.floor}
    left = [one for one in new if one.row not in sure]
    if len(left) < FEW:
        return None
    cuts = _cuts(house, left, {}, tell)
    id = f"new-{wave}"
    number = min(cuts.numbers)
    cut = cuts.cut(number, id)
    house.put(now.code, id, cut.layer, cut.themes)
    return id
