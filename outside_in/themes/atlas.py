"""
A map of comments: alike ones lie together, typical ones in the middle of their island.

Laid out once per run, from its finest cut, so that another number of themes colours the map anew
and moves no point. Nothing in it is drawn by chance.
"""

from array import array

import numpy as np

from outside_in.domain.layer import Columns
from outside_in.themes.study import MOST, Study
from outside_in.themes.terrain import Terrain, means_of
from outside_in.themes.vectors import Array, Labels, Weights

EDGE = 65_535
ROUNDS = 300


def laid_out(run: Study) -> Columns:
    texts = _places(run.terrain) if run.terrain else np.zeros((len(run.pile.rows), 2))
    rows, points = array("q"), []
    for same, point in zip(run.pile.rows, texts, strict=True):
        for again, one in enumerate(same):
            rows.append(one.row)
            points.append(point + 0.004 * np.sqrt(again) * np.array([np.cos(2.4 * again), np.sin(2.4 * again)]))
    flat = _fitted(np.array(points).reshape(-1, 2))
    x, y = (array("H", flat[:, axis].astype(np.uint16).tobytes()) for axis in (0, 1))
    return {"rows": rows, "x": x, "y": y}


def _places(terrain: Terrain) -> Weights:
    """(n, 2): islands on a plane, each a disc of comments as large as its share."""
    split = terrain.split(max(2, min(MOST, len(terrain.vectors) // 6)))
    label = split.theme
    middles = means_of(terrain.vectors, terrain.weight, label, np.zeros_like(terrain.tongues))[0]
    size = np.bincount(label, terrain.weight, minlength=len(middles))
    radius = np.sqrt(size / size.sum())
    centre = _apart(_plane(middles.astype(np.float64)), radius)
    out = np.zeros((len(label), 2))
    for island in range(len(centre)):
        inside = np.flatnonzero(label == island)
        if len(inside):
            out[inside] = centre[island] + radius[island] * _disc(
                terrain.vectors[inside].astype(np.float32), split.likeness[inside]
            )
    return out


def _disc(vectors: Array, likeness: Array) -> Weights:
    """(n, 2) in a unit disc: direction by what a comment says beside the usual, distance by how unusual it is."""
    n = len(vectors)
    rank = np.empty(n)
    rank[np.argsort(-likeness, kind="stable")] = np.arange(n)
    away = 0.92 * np.sqrt((rank + 0.5) / n)
    plane = _plane(vectors.astype(np.float64)) if n > 2 else np.ones((n, 2))
    angle = np.arctan2(plane[:, 1], plane[:, 0])
    order = np.argsort(angle, kind="stable")
    even = np.empty(n)
    even[order] = 2 * np.pi * np.arange(n) / n - np.pi
    angle = 0.35 * angle + 0.65 * even  # not all in one spoke
    return away[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])


def _plane(points: Weights) -> Weights:
    """(n, 2) along the two directions in which the points differ most; signs are settled."""
    around = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(around.T @ around)
    flat = around @ axes[:, ::-1][:, :2]
    if flat.shape[1] < 2:
        flat = np.column_stack([flat[:, 0], np.zeros(len(flat))])
    strongest = flat[np.abs(flat).argmax(axis=0), np.arange(2)]
    return flat * np.where(strongest < 0, -1, 1)


def _apart(centre: Weights, radius: Weights) -> Weights:
    """Islands pushed from each other until none overlaps, as near as possible to where they were."""
    spread = centre.std() or 1.0
    centre = centre / spread * radius.sum() / 4 + _settled(len(centre))
    need = radius[:, None] + radius + 0.03
    np.fill_diagonal(need, 0)
    for _ in range(ROUNDS):
        way = centre[:, None] - centre
        far = np.sqrt((way**2).sum(axis=2)) + 1e-9
        push = np.maximum(need - far, 0) / far * 0.5
        if not push.any():
            break
        centre = centre * 0.995 + (push[:, :, None] * way).sum(axis=1) * 0.5
    return centre


def _settled(n: int) -> Weights:
    """A little apart from the start, so that two in one place know which way to go."""
    turn = 2.399963 * np.arange(n)
    return 1e-3 * np.column_stack([np.cos(turn), np.sin(turn)])


def _fitted(points: Weights) -> Labels:
    """Both axes at the same scale, from edge to edge."""
    if not len(points):
        return np.zeros((0, 2), np.int64)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (high - low).max() or 1.0
    middle = (low + high) / 2
    return np.clip((points - middle) / scale * EDGE * 0.98 + EDGE / 2, 0, EDGE).astype(np.int64)
