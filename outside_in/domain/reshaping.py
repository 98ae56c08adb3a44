"""
A board meets something new: another number of themes, another run, another wave of comments.

What a person has shaped stays whole. Nothing happens before `difference` has said what would change.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from outside_in.domain.board import GIVEN, Board, found_theme, leaves_of
from outside_in.domain.feedback import CandidateTheme, Placed, Theme
from outside_in.domain.layer import Cut
from outside_in.domain.model import Model
from outside_in.domain.text import Text

FEWEST = 5
"""Comments of which a found theme must have so many that no shaped theme holds already."""
SAME = 0.3
"""Share of comments in common (Jaccard) from which a found theme is an old one."""


class Difference(Model):
    """What a proposed board would change, in comments and themes."""

    joined: int
    """Comments that stood in no theme, or are new, and now have one."""
    moved: int
    left: int
    """Comments that would lose their theme."""
    without: int
    """Comments without a theme afterwards."""
    of: int
    grown: Mapping[str, int]
    """Comments that would come into each theme, by id; only where some do."""
    fresh: tuple[Text, ...]
    gone: tuple[Text, ...]

    @property
    def nothing(self) -> bool:
        return not (self.joined or self.moved or self.left or self.fresh or self.gone)


def difference(before: Board, was: Iterable[Placed], after: Board, now: Iterable[Placed]) -> Difference:
    """`was` and `now`: where every comment stands on each board."""
    old = {one.row: one.theme for one in was}
    joined = moved = left = without = of = 0
    grown: Counter[str] = Counter()
    for one in now:
        theme = old.get(one.row)
        of, without = of + 1, without + (one.theme is None)
        joined += theme is None and one.theme is not None
        left += theme is not None and one.theme is None
        moved += theme is not None and one.theme is not None and theme != one.theme
        if one.theme and one.theme != theme:
            grown[one.theme] += 1
    ids, later = ({theme.id for theme in board.themes} for board in (before, after))
    return Difference(
        joined=joined,
        moved=moved,
        left=left,
        without=without,
        of=of,
        grown={theme.id: grown[theme.id] for theme in after.themes if grown[theme.id]},
        fresh=tuple(theme.label for theme in after.themes if theme.id not in ids),
        gone=tuple(theme.label for theme in before.themes if theme.id not in later),
    )


def recut(board: Board, was: Iterable[Placed], cut: Cut, run: str, many: int, waves: Sequence[str] = ()) -> Board:
    """
    The board on another cut; `waves` are the layers that put later comments into this cut.

    Shaped themes keep their comments. A found theme that is mostly the comments of an old one
    keeps its id; one that lies in shaped themes has nothing left to say.
    """
    kept = [theme for theme in board.themes if theme.kept or theme.id in board.moved.values()]
    held, old = _members(board, was, kept)
    free = _free(cut, held)
    tops = [theme for theme in cut.themes if theme.parent is None and len(free[theme.id]) >= min(FEWEST, theme.size)]
    parts = [theme for theme in cut.themes if theme.parent]
    names = _named(board, tops, _same(old, {top.id: free[top.id] for top in tops}))
    found = [_again(board, names[top.id], top, leaves_of(top, parts), len(free[top.id])) for top in tops]
    whole = [top for top in cut.themes if top.parent is None and not any(p.parent == top.id for p in parts)]
    mine = {leaf for theme in kept for leaf in theme.leaves}
    return board.model_copy(
        update={
            "themes": (*kept, *sorted(found, key=lambda theme: -theme.size)),
            "leaves": (*(leaf for leaf in board.leaves if leaf.id in mine), *parts, *whole),
            "layers": (*_needed(board, mine), cut.layer.id, *waves),
            "run": run,
            "many": many,
        }
    )


def with_wave(board: Board, layer: str, fresh: Cut | None = None) -> Board:
    """Comments of a layer on the themes as they are, and (`fresh`) themes that only they speak of."""
    grown = board.model_copy(update={"layers": (layer, *board.layers)})
    if fresh is None:
        return grown
    parts = [theme for theme in fresh.themes if theme.parent]
    leaves = (*grown.leaves, *fresh.themes)
    grown = grown.model_copy(update={"layers": (*grown.layers, fresh.layer.id), "leaves": leaves})
    for top in fresh.themes:
        if top.parent is None:
            one = found_theme(top, leaves_of(top, parts), None).model_copy(update={"id": grown.fresh()})
            grown = grown.model_copy(update={"themes": (*grown.themes, one)})
    return grown


def layer_of(leaf: str) -> str:
    """Leaves are named `layer/theme`; one that a search made is its own layer."""
    layer, slash, _ = leaf.rpartition("/")
    return layer if slash else (leaf if leaf.startswith("search-") else GIVEN)


def is_wave(layer: str) -> bool:
    """Layers that put comments into whatever theme holds their leaf now."""
    return layer.startswith(("wave-", "rest-"))


def _needed(board: Board, leaves: set[str]) -> list[str]:
    mine = {layer_of(leaf) for leaf in leaves}
    return [layer for layer in board.layers if layer in mine or is_wave(layer)]


def _members(board: Board, was: Iterable[Placed], kept: Sequence[Theme]) -> tuple[set[int], dict[str, set[int]]]:
    """Comments of the kept themes together, and of each other theme."""
    ids = {theme.id for theme in kept}
    held, old = set(board.moved), dict[str, set[int]]()
    for one in was:
        if one.theme in ids:
            held.add(one.row)
        elif one.theme:
            old.setdefault(one.theme, set()).add(one.row)
    return held, old


def _free(cut: Cut, held: set[int]) -> dict[str, set[int]]:
    tops = {theme.id: theme.parent or theme.id for theme in cut.themes}
    free: dict[str, set[int]] = defaultdict(set)
    for row, leaf, _ in cut.layer.spots():
        if leaf and row not in held:
            free[tops[leaf]].add(row)
    return free


def _same(old: Mapping[str, set[int]], new: Mapping[str, set[int]]) -> dict[str, str]:
    """Found id → old id, the most alike first, each only once."""
    pairs = [(len(a & b) / len(a | b), one, other) for one, a in new.items() for other, b in old.items() if a & b]
    same: dict[str, str] = {}
    for alike, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if alike >= SAME and one not in same and other not in same.values():
            same[one] = other
    return same


def _named(board: Board, tops: Sequence[CandidateTheme], same: Mapping[str, str]) -> dict[str, str]:
    taken = {theme.id for theme in board.themes}
    fresh = (id for n in range(1, 2 * len(taken) + len(tops) + 2) if (id := f"t{n}") not in taken)
    return {top.id: same.get(top.id) or next(fresh) for top in tops}


def _again(board: Board, id: str, top: CandidateTheme, leaves: tuple[str, ...], size: int) -> Theme:
    """A hidden theme stays hidden; everything else about it is found anew."""
    status = next((theme.status for theme in board.themes if theme.id == id), "candidate")
    return found_theme(top, leaves, None).model_copy(update={"id": id, "size": size, "status": status})
