"""Where the comments lie: a tree, every comment's place on it, and themes at any number."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outside_in.themes.hands import OWN, Hands
from outside_in.themes.landmarks import landmarks
from outside_in.themes.tree import EXACT, Grown, grow, refined
from outside_in.themes.vectors import (
    Array,
    Half,
    Labels,
    Weights,
    blocks,
    means,
    nearest,
    neighbours,
    unit,
)

NEAR = 5
"""Landmarks a comment lies among."""


@dataclass(frozen=True)
class Split:
    """One cut: for every comment its theme, its sub-theme (-1: the theme has none) and how sure."""

    theme: Labels
    sub: Labels
    confidence: Array
    likeness: Array
    """Cosine to the own theme's mean, before smoothing: after it everything looks typical."""
    spread: float
    """Standard deviation of the margins, which makes a margin a confidence."""


@dataclass(frozen=True)
class Terrain:
    vectors: Half
    """(n, d) centred, not smoothed."""
    weight: Weights
    trunk: Grown
    near: NDArray[np.int32]
    """(n, 5) landmarks around each comment; (0, 5) where the tree stands on the comments."""
    pull: Half
    tongues: Labels
    """(n,) which language each comment is in, 0 where it does not matter."""

    @classmethod
    def of(
        cls,
        half: Half,
        weight: Weights,
        rows: Labels,
        seed: int,
        tongues: Labels | None = None,
        hands: Hands = OWN,
    ) -> "Terrain":
        """`tongues` (n,): the language of each comment, where a theme is to hold more than one."""
        spoken = np.zeros(len(half), np.int64) if tongues is None else tongues
        if len(half) <= EXACT:
            nowhere = np.zeros((0, NEAR))
            trunk = grow(half.astype(np.float32), weight, tongues)
            return cls(half, weight, trunk, nowhere.astype(np.int32), nowhere.astype(np.float16), spoken)
        points, heavy, chosen = landmarks(half, weight, rows, seed, hands)
        near, pull = _among(half, points, hands)
        mostly = None if tongues is None else _mostly(chosen, weight, tongues, len(points))
        return cls(half, weight, grow(points, heavy, mostly), near, pull, spoken)

    def split(self, k: int) -> Split:
        coarse = self.trunk.cut(k)
        places = self._places()
        theme = coarse if places is self.trunk.points else self._settled(places, coarse)
        sub = self._inside(places, theme, coarse)
        return sized(self.vectors, self.weight, theme, sub, self.tongues)

    def _places(self) -> Array:
        """(n, d) smoothed; a comment lies among its landmarks."""
        if not len(self.near):
            return self.trunk.points
        out = np.empty((len(self.near), self.trunk.points.shape[1]), np.float32)
        for part in blocks(len(out)):
            pull = self.pull[part].astype(np.float32)
            around = self.trunk.points[self.near[part]]
            out[part] = unit(np.einsum("ijk,ij->ik", around, pull))
        return out

    def _settled(self, places: Array, coarse: Labels) -> Labels:
        start = means(self.trunk.points, self.trunk.weight, coarse, int(coarse.max()) + 1)
        return refined(places, self.weight, nearest(places, start), rounds=3)

    def _inside(self, places: Array, theme: Labels, coarse: Labels) -> Labels:
        """Sub-themes: the finer cut of the same tree, each wholly inside one theme."""
        k, n = int(coarse.max()) + 1, len(places)
        fine = self.trunk.cut(max(k, min(4 * k, n // 12, len(self.trunk.points) // 2)), rounds=5)
        sub = np.full(n, -1, np.int64)
        for one in range(k):
            inside = np.flatnonzero(theme == one)
            centres = self._parts(coarse, fine, one)
            sub[inside] = _parted(places[inside], self.weight[inside], centres)
        return sub

    def _parts(self, coarse: Labels, fine: Labels, one: int) -> Array:
        """Means of the finer groups that lie mostly in this theme."""
        points, weight = self.trunk.points, self.trunk.weight
        inside = np.bincount(fine, weight * (coarse == one), minlength=int(fine.max()) + 1)
        mostly = np.flatnonzero(inside * 2 > np.bincount(fine, weight))
        members = (coarse == one) & np.isin(fine, mostly)
        place = np.searchsorted(mostly, fine[members])
        return means(points[members], weight[members], place, len(mostly))


def _mostly(chosen: Labels, weight: Weights, tongues: Labels, m: int) -> Labels:
    """(m,) the language most comments of a landmark are in."""
    spoken = np.zeros((m, int(tongues.max()) + 1))
    np.add.at(spoken, (chosen, tongues), weight)
    return spoken.argmax(axis=1)


def sized(vectors: Half, weight: Weights, theme: Labels, sub: Labels, tongues: Labels) -> Split:
    """How sure each comment's theme is, on the unsmoothed vectors, beside comments of its own language."""
    centres = means_of(vectors, weight, theme, tongues)
    own, other = margins(vectors, theme, tongues, centres)
    spread = max(1e-3, float((own - other).std()))
    sure = 1 / (1 + np.exp(-(own - other) / spread))
    sure[own == 0] = 0  # nothing of it is known
    return Split(theme, sub, sure.astype(np.float32), own, spread)


def means_of(vectors: Half, weight: Weights, label: Labels, tongues: Labels) -> Array:
    """(languages, k, d) each theme's mean in each language; zeros where it has none."""
    k, spoken = int(label.max()) + 1, int(tongues.max()) + 1
    total = np.zeros((spoken * k, vectors.shape[1]), np.float64)
    for part in blocks(len(vectors)):
        heavy = vectors[part].astype(np.float32) * weight[part, None]
        np.add.at(total, tongues[part] * k + label[part], heavy)
    return unit(total.astype(np.float32)).reshape(spoken, k, -1)


def margins(vectors: Half, label: Labels, tongues: Labels, centres: Array) -> tuple[Array, Array]:
    """Cosine to the own theme and to the next best."""
    own, other = np.empty(len(vectors), np.float32), np.zeros(len(vectors), np.float32)
    for part in blocks(len(vectors)):
        similar = likeness(vectors[part].astype(np.float32), tongues[part], centres)
        mine = label[part][:, None]
        own[part] = np.take_along_axis(similar, mine, axis=1)[:, 0]
        if similar.shape[1] > 1:
            np.put_along_axis(similar, mine, -2, axis=1)
            other[part] = similar.max(axis=1)
    return own, other


def likeness(vectors: Array, tongues: Labels, centres: Array) -> Array:
    """(n, k) cosine to each theme in the comment's own language; -1 to one that has none in it."""
    out = np.empty((len(vectors), centres.shape[1]), np.float32)
    for tongue, here in enumerate(centres):
        mine = tongues == tongue
        out[mine] = np.where(here.any(axis=1), vectors[mine] @ here.T, -1)
    return out


def _among(vectors: Half, points: Array, hands: Hands) -> tuple[NDArray[np.int32], Half]:
    parts = hands.each(_around, points, ((vectors[part],) for part in blocks(len(vectors))))
    near, pull = zip(*parts, strict=True)
    return np.vstack(near), np.vstack(pull)


def _around(points: Array, vectors: Half) -> tuple[NDArray[np.int32], Half]:
    index, cosine = neighbours(vectors.astype(np.float32), points, NEAR)
    strong = (np.maximum(cosine, 0.03) ** 4).astype(np.float32)
    return index.astype(np.int32), (strong / strong.sum(axis=1, keepdims=True)).astype(np.float16)


def _parted(places: Array, weight: Weights, centres: Array) -> Labels:
    """Nearest centre each; parts too small to show are given to the others."""
    while len(centres) > 1:
        part = nearest(places, centres)
        size = np.bincount(part, weight, minlength=len(centres))
        if size.min() >= max(5, 0.04 * weight.sum()):
            return part
        centres = np.delete(centres, int(size.argmin()), axis=0)
    return np.full(len(places), -1, np.int64)
