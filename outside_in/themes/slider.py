"""One run, cut at every number of themes a slider can ask for; each cut a layer that never changes."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from outside_in.domain.feedback import CandidateTheme, Placed, Verbatim
from outside_in.domain.layer import Columns, Cut, Layer
from outside_in.themes.study import MOST, UNASSIGNED, USUAL, Encoder, Study, study
from outside_in.themes.telling import Told, told
from outside_in.themes.terrain import Split

LEAST = 5


class Cuts:
    """`note` is one sentence where something fell back, else empty."""

    def __init__(self, run: Study) -> None:
        self._run = run
        self.note, self.encoder = run.note, run.encoder

    @classmethod
    def of(
        cls,
        comments: Sequence[Verbatim],
        *,
        encoder: Encoder = "builtin",
        model: str | None = None,
        seed: int = 0,
        cache: Path | None = None,
        progress: Callable[[float], None] = lambda _: None,
    ) -> "Cuts":
        return cls(study(comments, encoder=encoder, model=model, seed=seed, cache=cache, progress=progress))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of themes there are; (0,) where the comments are too few for a choice."""
        most = min(MOST, len(self._run.pile.texts) // 3)
        return tuple(range(LEAST, most + 1)) if self._run.terrain and most >= LEAST else (0,)

    def nearest(self, wanted: int | None) -> int:
        return min(self.numbers, key=lambda k: abs(k - (wanted or USUAL)))

    def cut(self, number: int, layer: str) -> Cut:
        """Every comment has a place here, however unsure: the threshold is drawn later, by a person."""
        split = self._run.split(number or None)
        tale = told(self._run.pile, split, UNASSIGNED)
        themes = tuple(_inside(layer, one) for one in tale.themes(self._run.lexicon, self._run._voices))
        return Cut(themes, Layer.of(layer, _placed(tale, split, layer, {one.id for one in themes})))

    def atlas(self) -> Columns:
        """Where each comment lies on a map: columns `rows`, `x`, `y`, the latter from 0 to 65535."""
        from outside_in.themes.atlas import laid_out

        return laid_out(self._run)


def _inside(layer: str, theme: CandidateTheme) -> CandidateTheme:
    parent = theme.parent and f"{layer}/{theme.parent}"
    return theme.model_copy(update={"id": f"{layer}/{theme.id}", "parent": parent})


def _placed(tale: Told, split: Split, layer: str, known: set[str]) -> list[Placed]:
    home = _homes(tale, split)
    placed = [Placed.model_construct(row=one.row, theme=None, subtheme=None, confidence=0) for one in tale.pile.silent]
    sure = np.round(split.confidence.astype(float), 3).tolist()
    for same, raw, sub, confidence in zip(tale.pile.rows, split.theme.tolist(), split.sub.tolist(), sure, strict=True):
        theme, part = home.get((raw, sub)) or home[raw, None]
        name = f"{layer}/t{theme + 1}"
        leaf = f"{name}.{part + 1}" if f"{name}.{part + 1}" in known else name
        placed += [
            Placed.model_construct(row=one.row, theme=name, subtheme=leaf, confidence=confidence) for one in same
        ]
    return placed


def _homes(tale: Told, split: Split) -> dict[tuple[int, int | None], tuple[int, int]]:
    """(theme, sub-theme) as cut → as told; (theme, None) → its largest part, for parts only the unsure have."""
    home: dict[tuple[int, int | None], tuple[int, int]] = {}
    for raw, sub, theme, part in zip(
        split.theme.tolist(), split.sub.tolist(), tale.theme.tolist(), tale.sub.tolist(), strict=True
    ):
        if theme >= 0:
            home.setdefault((raw, sub), (theme, part))
            home.setdefault((raw, None), (theme, 0))
    return home
