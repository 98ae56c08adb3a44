"""The space comments lie in: built-in vectors, or a sentence model's with them, by language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from outside_in.themes.concepts import Concepts, both, usual
from outside_in.themes.hands import OWN, Hands
from outside_in.themes.landmarks import drawn
from outside_in.themes.letters import CHUNK, LEARNS_FROM, Letters
from outside_in.themes.sentences import Progress, sentence_vectors
from outside_in.themes.vectors import Array, Half, Labels, Weights, blocks, language_means, unit

BESIDE = 0.7
"""Weight of the built-in vectors beside a model's, and of what both languages speak of beside either."""

Means = dict[str, Array]


@dataclass(frozen=True)
class Space:
    """Fitted once; a later wave is placed with the same vocabulary, axes and means."""

    letters: Letters
    letter_means: Means
    sentence_means: Means
    """Empty without a model."""
    model: str = ""
    concepts: Concepts | None = None
    """Only where German and English comments stand side by side."""
    concept_means: Means = field(default_factory=dict)
    usual: str = ""
    """The more usual one of two languages that stand side by side."""

    def place(self, texts: Sequence[str], languages: Sequence[str], cache: Path | None = None) -> Half:
        letters = np.vstack(list(self.letters.encode(texts, languages)))
        parts = [_less(letters, languages, self.letter_means)]
        if self.model:
            sentences = sentence_vectors(texts, self.model, cache, lambda _: None)
            parts.insert(0, _less(sentences, languages, self.sentence_means))
        if self.concepts:
            parts.append(_less(self.concepts.encode(texts, languages), languages, self.concept_means))
        return _beside(parts)

    def arrays(self) -> dict[str, Any]:
        """With `facts`, all that a later wave needs, as plain numbers."""
        own = dict(self.letters.arrays())
        for kind, means in self._means.items():
            own |= {f"mean/{kind}/{tag}": mean for tag, mean in means.items()}
        return own | (self.concepts.arrays() if self.concepts else {})

    def facts(self) -> dict[str, Any]:
        words = self.concepts.names if self.concepts else ""
        return {"letters": self.letters.facts(), "model": self.model, "usual": self.usual, "concepts": words}

    @classmethod
    def reopened(cls, facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> "Space":
        """KeyError where the concepts have changed their meaning since."""
        letters = Letters.reopened(facts["letters"], arrays)
        concepts = Concepts.reopened(facts["concepts"], arrays) if facts["concepts"] else None
        means = [_own(arrays, f"mean/{kind}/") for kind in ("letter", "sentence", "concept")]
        return cls(letters, means[0], means[1], facts["model"], concepts, means[2], facts["usual"])

    @property
    def _means(self) -> Mapping[str, Means]:
        return {"letter": self.letter_means, "sentence": self.sentence_means, "concept": self.concept_means}


def _own(arrays: Mapping[str, Array], lead: str) -> Means:
    return {name.removeprefix(lead): array for name, array in arrays.items() if name.startswith(lead)}


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
    hands: Hands = OWN,
) -> tuple[Space, Half]:
    """The space, and where every comment lies in it."""
    sample = drawn(rows, LEARNS_FROM, seed)
    some, tags = [texts[i] for i in sample], [languages[i] for i in sample]
    letters, seen = Letters.learn(some, tags, seed, many=len(sample) < len(texts))
    progress(0.6)
    everything = len(sample) == len(texts)
    vectors = _encoded(letters, texts, languages, progress, hands) if not everything else seen
    vectors = vectors.astype(np.float16, copy=False)
    means = language_means(vectors, weight, languages)
    parts, own, common = [_less(vectors, languages, means)], Means(), Means()
    if sentences is not None:
        own = language_means(sentences, weight, languages)
        parts.insert(0, _less(sentences, languages, own))
    concepts = Concepts.learn(some, tags, seed) if both(languages) else None
    if concepts:
        named = _named(concepts, texts, languages, hands)
        common = language_means(named, weight, languages)
        parts.append(_less(named, languages, common))
    space = Space(letters, means, own, model if own else "", concepts, common, usual(languages))
    return space, _beside(parts)


def _named(concepts: Concepts, texts: Sequence[str], languages: Sequence[str], hands: Hands) -> Array:
    chunks = ((texts[part], languages[part]) for part in blocks(len(texts), CHUNK))
    return np.vstack(list(hands.each(Concepts.encode, concepts, chunks)))


def _encoded(
    letters: Letters, texts: Sequence[str], languages: Sequence[str], progress: Progress, hands: Hands
) -> Half:
    out, done = np.empty((len(texts), letters.axes.shape[1]), np.float16), 0
    for part in letters.encode(texts, languages, hands):
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


def _beside(parts: Sequence[Half]) -> Half:
    """The first speaks loudest; alone it stays as it is."""
    if len(parts) == 1:
        return parts[0]
    out = np.empty((len(parts[0]), sum(part.shape[1] for part in parts)), np.float16)
    for block in blocks(len(out)):
        whole = [part[block].astype(np.float32) * (BESIDE if i else 1) for i, part in enumerate(parts)]
        out[block] = unit(np.hstack(whole))
    return out
