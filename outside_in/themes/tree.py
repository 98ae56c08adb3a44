"""One tree over all comments: smooth over neighbours, merge by Ward, cut wherever one likes."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, eye_array

from outside_in.themes.vectors import Array, Labels, Weights, means, nearest, neighbours, unit

EXACT = 6_000
"""Up to here the tree stands on the comments themselves, above on landmarks."""


class Grown(NamedTuple):
    """The tree and what it stands on; enough to cut again without asking the comments."""

    points: Array
    """(m, d) smoothed."""
    weight: Weights
    merges: Labels
    """(m-1, 2) which points merge, closest first."""

    def cut(self, k: int, rounds: int = 10) -> Labels:
        """(m,) labels 0 … k-1."""
        start = _cut(self.merges, len(self.points), min(k, len(self.points)))
        return refined(self.points, self.weight, start, rounds)


def grow(points: Array, weight: Weights, tongues: Labels | None = None) -> Grown:
    smooth = smoothed(points, weight, tongues)
    return Grown(smooth, weight, _ward(smooth, weight))


def smoothed(
    points: Array, weight: Weights, tongues: Labels | None = None, k: int = 12, steps: int = 10, own: float = 0.1
) -> Array:
    """
    Diffusion over the graph of nearest neighbours: noise goes, groups draw together.

    In every step a comment keeps the part `own` of what it says itself, so that the number of
    steps hardly matters; a comment that is everybody's neighbour tells little. Where `tongues`
    are told apart, everybody has neighbours in each of them.
    """
    graph = _around(points, k)
    if tongues is not None:
        graph = _across(points, weight, tongues, k)
    return _diffused(points, _walk(graph, weight), steps, own)


def _around(points: Array, k: int) -> csr_array:
    """How alike neighbours are, both ways."""
    m, k = len(points), min(k, max(3, len(points) // 12), len(points) - 1)
    index, cosine = neighbours(points, points, k, own=True)
    ends = (np.repeat(np.arange(m), k), index.ravel())
    graph = csr_array((np.maximum(cosine, 0).ravel(), ends), shape=(m, m))
    return (graph + graph.T) * 0.5


def _across(points: Array, weight: Weights, tongues: Labels, k: int) -> csr_array:
    """
    Neighbours inside each language, then from language to language.

    First each language settles by itself, so that a comment without a shared word is found by
    the company it keeps. What is alike across languages counts as much as what is inside them.
    """
    m = len(points)
    groups = [np.flatnonzero(tongues == tongue) for tongue in np.unique(tongues)]
    inside = sum((_placed(_around(points[g], k), g, g, m) for g in groups), start=csr_array((m, m)))
    settled = _diffused(points, _walk(inside, weight), 4, 0.1)
    usual, across = inside.sum() / max(1, inside.nnz), csr_array((m, m))
    for here in groups:
        for there in groups:
            if here is not there:
                near = min(k // 2, len(there))
                index, cosine = neighbours(settled[here], settled[there], near)
                alike = np.maximum(cosine, 0)
                ends = (np.repeat(here, near), there[index].ravel())
                across += csr_array((alike.ravel() * usual / max(1e-6, alike.mean()), ends), shape=(m, m))
    return inside + (across + across.T) * 0.5


def _placed(graph: csr_array, rows: Labels, columns: Labels, m: int) -> csr_array:
    part = graph.tocoo()
    return csr_array((part.data, (rows[part.row], columns[part.col])), shape=(m, m))


def _walk(graph: csr_array, weight: Weights) -> csr_array:
    """One step: to neighbours as often as people said it, or to stay; symmetric normalisation."""
    graph = graph @ diags_array(weight / weight.mean()) + eye_array(len(weight))
    less = diags_array(graph.sum(axis=1) ** -0.5)
    return csr_array(less @ graph @ less, dtype=np.float32)


def _diffused(points: Array, walk: csr_array, steps: int, own: float) -> Array:
    moved = points
    for _ in range(steps):
        moved = (1 - own) * (walk @ moved) + own * points
    return unit(moved)


def refined(vectors: Array, weight: Weights, label: Labels, rounds: int) -> Labels:
    """Lloyd's rounds from a good start; stops rather than let a theme die out."""
    k = int(label.max()) + 1
    for _ in range(rounds):
        new = nearest(vectors, means(vectors, weight, label, k))
        if len(np.unique(new)) < k or (new == label).all():
            break
        label = new
    return label


def _ward(points: Array, weight: Weights) -> Labels:
    """Ward's tree with sizes by chains of nearest neighbours, O(m²)."""
    cost, size = _costs(points, weight), weight.copy()
    merges: list[tuple[float, int, int]] = []
    chain: list[int] = []
    alive = np.ones(len(points), bool)
    for _ in range(len(points) - 1):
        _follow(chain or [int(alive.argmax())], chain, cost)
        keep, gone = sorted((chain.pop(), chain.pop()))
        merges.append((float(cost[keep, gone]), keep, gone))
        alive[gone] = False
        _merge(cost, size, alive, keep, gone)
    merges.sort(key=lambda merge: merge[0])
    return np.array([pair for _, *pair in merges], np.int64).reshape(-1, 2)


def _costs(points: Array, weight: Weights) -> Weights:
    """What each merge would add to the spread inside groups."""
    square = np.einsum("ij,ij->i", points, points)
    cost = np.maximum(square[:, None] + square - 2 * points @ points.T, 0).astype(np.float64)
    cost *= weight[:, None] * weight / (weight[:, None] + weight)
    np.fill_diagonal(cost, np.inf)
    return cost


def _follow(start: list[int], chain: list[int], cost: Weights) -> None:
    """Walk to the nearest until two are each other's nearest; a tie turns back."""
    chain[:] = start
    while True:
        row = cost[chain[-1]]
        near = int(row.argmin())
        if len(chain) > 1 and row[chain[-2]] <= row[near]:
            return
        chain.append(near)


def _merge(cost: Weights, size: Weights, alive: NDArray[np.bool_], keep: int, gone: int) -> None:
    """Lance and Williams: the merged group's costs from those of its two parts."""
    both, gap = size[keep] + size[gone], cost[keep, gone]
    grown = (size[keep] + size) * cost[keep] + (size[gone] + size) * cost[gone] - size * gap
    grown /= both + size
    grown[~alive] = np.inf
    grown[keep] = np.inf
    cost[keep, :] = cost[:, keep] = grown
    cost[gone, :] = cost[:, gone] = np.inf
    size[keep] = both


def _cut(merges: Labels, m: int, k: int) -> Labels:
    """Labels 0 … k-1 after the first m - k merges."""
    label = np.arange(m)
    for keep, gone in merges[: m - k]:
        label[label == label[gone]] = label[keep]
    return np.unique(label, return_inverse=True)[1]
