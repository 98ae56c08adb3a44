"""The space comments lie in: built-in vectors, or a sentence model's with them, by language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from outside_in.themes.landmarks import drawn
from outside_in.themes.letters import LEARNS_FROM, Letters
from outside_in.themes.sentences import Progress, sentence_vectors
from outside_in.themes.vectors import Array, Half, Labels, Weights, blocks, language_means, unit

BESIDE = 0.7
"""Weight of the built-in vectors beside a model's."""

Means = Mapping[str, Array]


@dataclass(frozen=True)
class Space:
    """Fitted once; a later wave is placed with the same vocabulary, axes and means."""

    letters: Letters
    letter_means: Means
    sentence_means: Means
    """Empty without a model."""
    model: str = ""

    def place(self, texts: Sequence[str], languages: Sequence[str], cache: Path | None = None) -> Half:
        letters = np.vstack(list(self.letters.encode(texts, languages)))
        if not self.model:
            return _less(letters, languages, self.letter_means)
        sentences = sentence_vectors(texts, self.model, cache, lambda _: None)
        return _beside(
            _less(sentences, languages, self.sentence_means),
            _less(letters, languages, self.letter_means),
        )


def learn(
    texts: Sequence[str],
    languages: Sequence[str],
    weight: Weights,
    rows: Labels,
    *,
    sentences: Array | None,
    model: str,
    seed: int,
    progress: Progress,
) -> tuple[Space, Half]:
    """The space, and where every comment lies in it."""
    sample = drawn(rows, LEARNS_FROM, seed)
    some, tags = [texts[i] for i in sample], [languages[i] for i in sample]
    letters, seen = Letters.learn(some, tags, seed, many=len(sample) < len(texts))
    progress(0.6)
    everything = len(sample) == len(texts)
    vectors = _encoded(letters, texts, languages, progress) if not everything else seen
    vectors = vectors.astype(np.float16, copy=False)
    means = language_means(vectors, weight, languages)
    if sentences is None:
        return Space(letters, means, {}), _less(vectors, languages, means)
    own = language_means(sentences, weight, languages)
    space = Space(letters, means, own, model)
    return space, _beside(_less(sentences, languages, own), _less(vectors, languages, means))


def _encoded(letters: Letters, texts: Sequence[str], languages: Sequence[str], progress: Progress) -> Half:
    out, done = np.empty((len(texts), letters.axes.shape[1]), np.float16), 0
    for part in letters.encode(texts, languages):
        out[done : done + len(part)] = part
        done += len(part)
        progress(0.6 + 0.4 * done / len(texts))
    return out


def _less(vectors: Half | Array, languages: Sequence[str], means: Means) -> Half:
    """Without each language's mean; a language nobody has met yet loses what all have in common."""
    names = sorted(set(languages))
    usual = np.mean(list(means.values()), axis=0)
    shifts = np.array([means.get(name, usual) for name in names], np.float32)
    which = np.searchsorted(names, languages)
    out = np.empty(vectors.shape, np.float16)
    for part in blocks(len(out)):
        known = vectors[part].any(axis=1, keepdims=True)
        out[part] = unit((vectors[part] - shifts[which[part]]) * known)
    return out


def _beside(sentences: Half, letters: Half) -> Half:
    out = np.empty((len(letters), sentences.shape[1] + letters.shape[1]), np.float16)
    for part in blocks(len(out)):
        both = [sentences[part], BESIDE * letters[part].astype(np.float32)]
        out[part] = unit(np.hstack(both).astype(np.float32))
    return out
