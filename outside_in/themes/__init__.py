"""
From a pile of comments to themes: found offline, the same every time, open to a person's hand.

Importing this room is light; the engine arrives with the first call, in a worker process.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from outside_in.domain.feedback import Found, Verbatim
from outside_in.themes.cluster import cluster
from outside_in.themes.files import to_json
from outside_in.themes.hands import OWN, Hands
from outside_in.themes.query import UnclearQuery, search

if TYPE_CHECKING:
    from outside_in.themes.kept import Wave

__all__ = ["OWN", "Hands", "UnclearQuery", "assign", "carried", "cluster", "find_themes", "search", "to_json"]


def _silently(share: float) -> None:
    pass


def find_themes(
    comments: Sequence[Verbatim],
    *,
    encoder: Literal["builtin", "sentence-transformers"] = "builtin",
    model: str | None = None,
    themes: int | None = None,
    seed: int = 0,
    stability: bool = False,
    cache: Path | None = None,
    floor: float | None = None,
    kept: Path | None = None,
    like: Found | None = None,
    hands: Hands = OWN,
    progress: Callable[[float], None] = _silently,
) -> Found:
    """
    As many `themes` as asked for, or as many as seem right, and their sub-themes.

    Comments less sure than `floor` stay without a theme. `cache` remembers a model's vectors;
    `kept` is where to write what `assign` needs for the next wave. With `like`, an earlier run,
    themes that are mostly the same comments keep its ids, in the result and in `kept` alike.
    `hands` from `cluster()` do the same work elsewhere and find the same themes.
    """
    from outside_in.themes.kept import keep
    from outside_in.themes.study import UNASSIGNED, study, with_stability

    run = study(comments, encoder=encoder, model=model, seed=seed, cache=cache, progress=progress, hands=hands)
    if stability:
        run = with_stability(run, themes)
    found = run.found(themes, UNASSIGNED if floor is None else floor)
    if like:
        found = carried(like, found)
    if kept:
        keep(run, found, kept)
    progress(1.0)
    return found


def assign(comments: Sequence[Verbatim], kept: Path) -> "Wave":
    """A new wave of feedback to kept themes; StateRefused where the file is none of ours."""
    from outside_in.themes.kept import assign

    return assign(comments, kept)


def carried(old: Found, new: Found) -> Found:
    """
    A new run that keeps the old run's ids wherever a theme is mostly the same comments.

    To keep such a run for the next wave, hand `like` to `find_themes`: a file written before still has the new ids.
    """
    from outside_in.themes.carry import carried

    return carried(old, new)
