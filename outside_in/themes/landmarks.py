"""Many comments: a tree of points that stand for them, chosen by the row numbers and the seed."""

import numpy as np
from numpy.typing import NDArray

from outside_in.themes.hands import OWN, Hands
from outside_in.themes.vectors import Array, Half, Labels, Weights, blocks, means, nearest

SAMPLE = 40_000


def drawn(rows: Labels, n: int, seed: int) -> Labels:
    """
    Which n of the rows to learn from, in their order.

    Drawn by a hash of each row's number, so that the same comments are drawn wherever and in
    however many parts they lie.
    """
    if len(rows) <= n:
        return np.arange(len(rows))
    return np.sort(np.argsort(_scattered(rows, seed), kind="stable")[:n])


def landmarks(
    vectors: Array | Half, weight: Weights, rows: Labels, seed: int, hands: Hands = OWN
) -> tuple[Array, Weights, Labels]:
    """At most 2,500 points (m, d), how many comments each stands for (m,), and which stands for each comment (n,)."""
    m = int(min(2500, max(1200, 4 * np.sqrt(len(vectors)))))
    learn = drawn(rows, SAMPLE, seed)
    sample, heavy = vectors[learn].astype(np.float32), weight[learn]
    points = sample[drawn(rows[learn], m, seed + 1)]
    for _ in range(4):
        moved = means(sample, heavy, nearest(sample, points), len(points))
        points = np.where(moved.any(axis=1, keepdims=True), moved, points)  # none loses its place
    chosen = np.concatenate(list(hands.each(_nearest, points, ((vectors[part],) for part in blocks(len(vectors))))))
    count = np.bincount(chosen, weight, minlength=len(points))
    place = np.cumsum(count > 0) - 1
    return points[count > 0].astype(np.float32), count[count > 0].astype(np.float64), place[chosen]


def _nearest(points: Array, vectors: Array | Half) -> Labels:
    return nearest(vectors.astype(np.float32), points)


def _scattered(rows: Labels, seed: int) -> NDArray[np.uint64]:
    """SplitMix64's last step: neighbouring numbers end far apart."""
    start = (seed + 1) * 0x9E3779B97F4A7C15 % 2**64
    z = rows.astype(np.uint64) + np.uint64(start)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
