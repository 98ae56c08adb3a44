"""Arithmetic of directions: rows are unit vectors, similarity is the cosine."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Array = NDArray[np.float32]
Half = NDArray[np.float16]
"""What is kept: a reopened state then gives the very same themes."""
Weights = NDArray[np.float64]
Labels = NDArray[np.int64]

BLOCK = 4096
"""Rows at a time, so that no step needs memory for n × n numbers."""


def unit(vectors: Array) -> Array:
    """(n, d) of length 1; a row of zeros stays one."""
    length = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return (vectors / np.where(length > 0, length, 1)[:, None]).astype(np.float32)


def blocks(n: int, size: int = BLOCK) -> Iterator[slice]:
    return (slice(start, min(start + size, n)) for start in range(0, n, size))


def nearest(vectors: Array, centres: Array) -> Labels:
    """(n,) index of the most similar centre; the first where several are."""
    parts = [(vectors[part] @ centres.T).argmax(axis=1) for part in blocks(len(vectors))]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def neighbours(vectors: Array, others: Array, k: int, *, own: bool = False) -> tuple[Labels, Array]:
    """Index and cosine of the k most similar others, (n, k) each; `own` leaves out oneself."""
    index, cosine = [], []
    for part in blocks(len(vectors)):
        similar = vectors[part] @ others.T
        if own:
            np.fill_diagonal(similar[:, part], -2)
        index.append(np.argpartition(similar, -k, axis=1)[:, -k:])
        cosine.append(np.take_along_axis(similar, index[-1], axis=1))
    return np.vstack(index), np.vstack(cosine)


def means(vectors: Array, weight: Weights, label: Labels, k: int) -> Array:
    """(k, d) weighted mean directions; a row of zeros where a label has no member."""
    ends = (label, np.arange(len(label)))
    return unit(csr_array((weight.astype(np.float32), ends), (k, len(label))) @ vectors)


def language_means(
    vectors: Array | Half, weight: Weights, languages: Sequence[str], fewest: int = 30
) -> dict[str, Array]:
    """
    Each language's own mean; without it themes part by topic, not by language.

    A language of fewer than `fewest` comments has no mean worth the name and takes everybody's.
    """
    tags = np.asarray(languages)
    mine = {name: tags == name for name in sorted(set(languages))}
    whole = _average(vectors, weight, np.ones(len(tags), bool))
    return {
        name: _average(vectors, weight, chosen) if chosen.sum() >= fewest else whole for name, chosen in mine.items()
    }


def _average(vectors: Array | Half, weight: Weights, chosen: NDArray[np.bool_]) -> Array:
    total, heavy = np.zeros(vectors.shape[1]), weight * chosen
    for part in blocks(len(vectors)):
        total += heavy[part] @ vectors[part].astype(np.float32)
    return (total / heavy.sum()).astype(np.float32)
