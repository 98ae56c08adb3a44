"""Later comments find their place among themes as they are now, whoever shaped them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from outside_in.domain.feedback import Placed, Verbatim
from outside_in.themes.concepts import tongues
from outside_in.themes.corpus import Pile, pile
from outside_in.themes.sentences import NoModel, sentence_vectors
from outside_in.themes.space import learn
from outside_in.themes.study import _rows
from outside_in.themes.terrain import likeness, margins, means_of
from outside_in.themes.vectors import Array, Half, Labels, Weights, blocks

Homes = Mapping[int, tuple[str, str]]
"""Row → theme and leaf."""


class Ground:
    """Old comments and new ones in the space the old ones make; asked as often as one likes."""

    def __init__(
        self,
        old: Sequence[Verbatim],
        new: Sequence[Verbatim],
        *,
        model: str | None = None,
        seed: int = 0,
        cache: Path | None = None,
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._old, self._new = pile(old), pile(new)
        self._weight = np.array([len(same) for same in self._old.rows], np.float64)
        self._there, self._here, most = _vectors(self._old, self._new, self._weight, model, seed, cache, progress)
        self._spoken, self._speak = (tongues(heap.languages, most) for heap in (self._old, self._new))

    def placed(self, homes: Homes) -> list[Placed]:
        """Each new comment at the nearest leaf of the nearest theme; nothing old moves."""
        known = [homes.get(same[0].row) for same in self._old.rows]
        stands = [home for home in known if home]
        if not stands or not self._new.texts:
            return [Placed(row=one.row, theme=None) for same in self._new.rows for one in same]
        inside = np.array([home is not None for home in known])
        vectors, weight, spoken = self._there[inside], self._weight[inside], self._spoken[inside]
        themes, leaves = (_numbered([home[side] for home in stands]) for side in (0, 1))
        of_theme = {leaf: theme for theme, leaf in stands}
        where = [themes[0].index(of_theme[leaf]) for leaf in leaves[0]]
        known_as = self._both(means_of(vectors, weight, themes[1], spoken))
        own, other = margins(vectors, themes[1], spoken, known_as)
        theme, sure = _nearest(self._here, self._speak, known_as, max(1e-3, float((own - other).std())))
        parts = self._both(means_of(vectors, weight, leaves[1], spoken))
        leaf = _leaf(self._here, self._speak, parts, np.array(where), theme)
        return [
            Placed(row=one.row, theme=leaves[0][at], subtheme=leaves[0][at], confidence=round(float(how), 3))
            for same, at, how in zip(self._new.rows, leaf.tolist(), sure.tolist(), strict=True)
            for one in same
        ] + [Placed(row=one.row, theme=None) for one in self._new.silent]

    def _both(self, centres: Array) -> Array:
        """With an empty place for a language that only later comments speak."""
        more = int(self._speak.max(initial=0)) + 1 - len(centres)
        return np.pad(centres, ((0, max(0, more)), (0, 0), (0, 0)))


def _vectors(
    old: Pile,
    new: Pile,
    weight: Weights,
    model: str | None,
    seed: int,
    cache: Path | None,
    progress: Callable[[float], None],
) -> tuple[Half, Half, str]:
    """Old and new vectors, and the more usual of two languages that stand side by side."""
    if not old.texts or not new.texts:
        return np.zeros((len(old.texts), 1), np.float16), np.zeros((len(new.texts), 1), np.float16), ""
    sentences = None
    if model:
        try:
            sentences = sentence_vectors(old.texts, model, cache, lambda share: progress(0.6 * share))
        except NoModel:
            model = None
    space, there = learn(
        old.texts,
        old.languages,
        weight,
        _rows(old),
        sentences=sentences,
        model=model or "",
        seed=seed,
        progress=lambda share: progress(0.6 + 0.3 * share),
    )
    here = space.place(new.texts, new.languages, cache)
    progress(1.0)
    return there, here, space.usual


def _numbered(names: Sequence[str]) -> tuple[list[str], Labels]:
    order = sorted(set(names))
    place = {name: at for at, name in enumerate(order)}
    return order, np.array([place[name] for name in names], np.int64)


def _nearest(vectors: Half, spoken: Labels, centres: Array, spread: float) -> tuple[Labels, Array]:
    """Theme and confidence; how large a lead is (`spread`), was measured on the comments that are there already."""
    theme, lead = np.empty(len(vectors), np.int64), np.empty(len(vectors), np.float32)
    for part in blocks(len(vectors)):
        alike = likeness(vectors[part].astype(np.float32), spoken[part], centres)
        order = np.sort(alike, axis=1)
        theme[part] = alike.argmax(axis=1)
        second = np.maximum(order[:, -2], 0) if order.shape[1] > 1 else 0
        lead[part] = np.where(order[:, -1] > 0, order[:, -1] - second, -np.inf)
    return theme, (1 / (1 + np.exp(-lead / spread))).astype(np.float32)


def _leaf(vectors: Half, spoken: Labels, centres: Array, where: Labels, theme: Labels) -> Labels:
    out = np.empty(len(vectors), np.int64)
    for part in blocks(len(vectors)):
        alike = likeness(vectors[part].astype(np.float32), spoken[part], centres)
        out[part] = np.where(where == theme[part, None], alike, -2).argmax(axis=1)
    return out
