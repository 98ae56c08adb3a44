"""The built-in encoder: parts of words, for English whole words beside them, and their company."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from outside_in.themes.hands import OWN, Hands
from outside_in.themes.vectors import Array, blocks, unit

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

LEARNS_FROM = 20_000
"""Different comments the vocabulary is learnt from; the others are only read."""

CHUNK = 5_000
DIMENSIONS = 128
LETTERS = 0.7
"""Weight of the parts of words beside English words."""


_PARTS: dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (3, 5)}
_WHOLE: dict[str, Any] = {"stop_words": "english", "ngram_range": (1, 2)}
_COMMON: dict[str, Any] = {"sublinear_tf": True, "dtype": np.float32}


@dataclass(frozen=True)
class Letters:
    """Latent semantic analysis; keeps all it has learnt, so a new wave lands in the same space."""

    letters: "TfidfVectorizer"
    words: "TfidfVectorizer | None"
    axes: Array
    """(features, d)"""

    @classmethod
    def learn(cls, texts: Sequence[str], languages: Sequence[str], seed: int, *, many: bool) -> "tuple[Letters, Array]":
        """
        What it has learnt, and the unit vectors of what it learnt from.

        `many`: more comments are to be read than these, so learn a little less from them.
        """
        from sklearn.decomposition import TruncatedSVD

        features, iterations = (40_000, 2) if many else (60_000, 4)
        letters, words, counts = _read(texts, languages, features)
        d = max(1, min(DIMENSIONS, *(side - 1 for side in counts.shape)))
        if min(counts.shape) < 2:  # one feature is its own axis
            axes = np.ones((counts.shape[1], 1), np.float32)
        else:
            svd = TruncatedSVD(d, random_state=seed % 2**32, n_iter=iterations).fit(counts)
            axes = svd.components_.T.astype(np.float32)
        return cls(letters, words, axes), unit(counts @ axes)

    def encode(self, texts: Sequence[str], languages: Sequence[str], hands: Hands = OWN) -> Iterator[Array]:
        """Unit vectors, chunk by chunk; zeros for a comment of which nothing is known."""
        chunks = ((texts[part], languages[part]) for part in blocks(len(texts), CHUNK))
        return hands.each(Letters._vectors, self, chunks)

    def _vectors(self, texts: Sequence[str], languages: Sequence[str]) -> Array:
        return unit(self._counts(texts, languages) @ self.axes)

    def arrays(self) -> dict[str, Any]:
        """With `facts`, all it has learnt, as plain numbers."""
        own = {"axes": self.axes.astype(np.float16), "idf/letters": self.letters.idf_}
        return own | ({"idf/words": self.words.idf_} if self.words else {})

    def facts(self) -> dict[str, Any]:
        return {"letters": _known(self.letters), "words": _known(self.words)}

    @classmethod
    def reopened(cls, facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> "Letters":
        words = facts["words"]
        return cls(
            _remembering(facts["letters"], arrays["idf/letters"], **_PARTS),
            _remembering(words, arrays["idf/words"], **_WHOLE) if words else None,
            arrays["axes"].astype(np.float32),
        )

    def _counts(self, texts: Sequence[str], languages: Sequence[str]) -> Any:
        words = self.words.transform(texts) if self.words else None
        return _joined(self.letters.transform(texts), words, languages)


def _read(
    texts: Sequence[str], languages: Sequence[str], features: int
) -> "tuple[TfidfVectorizer, TfidfVectorizer | None, Any]":
    """Two vocabularies and the counts of both, from one reading."""
    letters, parts = _fitted(texts, features, 3, **_PARTS)
    if "en" not in languages:
        return letters, None, _joined(parts, None, languages)
    try:
        words, whole = _fitted(texts, features, 2, **_WHOLE)
    except ValueError:  # nothing but small words
        return letters, None, _joined(parts, None, languages)
    return letters, words, _joined(parts, whole, languages)


def _joined(parts: Any, whole: Any | None, languages: Sequence[str]) -> Any:
    from scipy.sparse import csr_array, diags_array, hstack

    parts = csr_array(parts) * np.float32(LETTERS)
    if whole is None:
        return parts
    english = diags_array(np.array([tag == "en" for tag in languages], np.float32))
    return hstack([parts, english @ csr_array(whole)], format="csr")


def _fitted(texts: Sequence[str], features: int, often: int, **kind: Any) -> "tuple[TfidfVectorizer, Any]":
    """Learns what at least `often` comments share, or everything where they share nothing."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    common: dict[str, Any] = {**_COMMON, "max_features": features, **kind}
    try:
        vectorizer = TfidfVectorizer(**common, min_df=often, max_df=0.3)
        return vectorizer, vectorizer.fit_transform(texts)
    except ValueError:
        vectorizer = TfidfVectorizer(**common)
        return vectorizer, vectorizer.fit_transform(texts)


def _known(vectorizer: "TfidfVectorizer | None") -> list[str]:
    return vectorizer.get_feature_names_out().tolist() if vectorizer else []


def _remembering(known: Sequence[str], idf: Array, **kind: Any) -> "TfidfVectorizer":
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(**_COMMON, **kind, vocabulary=known)
    vectorizer.idf_ = idf
    return vectorizer
