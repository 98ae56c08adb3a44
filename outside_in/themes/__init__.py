"""
From a pile of comments to themes: found offline, the same every time, open to a person's hand.

Importing this room is light; the engine arrives with the first call, in a worker process.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from outside_in.domain.feedback import Found, Verbatim
from outside_in.themes.files import to_json
from outside_in.themes.query import UnclearQuery, search

__all__ = ["UnclearQuery", "find_themes", "search", "to_json"]


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
    progress: Callable[[float], None] = _silently,
) -> Found:
    from outside_in.themes.study import study, with_stability

    run = study(comments, encoder=encoder, model=model, seed=seed, cache=cache, progress=progress)
    if stability:
        run = with_stability(run, themes)
    found = run.found(themes)
    progress(1.0)
    return found
