"""The built-in encoder: parts of words, for English whole words beside them, and their company."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from outside_in.themes.vectors import Array, unit

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer

LEARNS_FROM = 20_000
"""Different comments the vocabulary is learnt from; the others are only read."""

CHUNK = 5_000
DIMENSIONS = 128
LETTERS = 0.7
"""Weight of the parts of words beside English words."""


@dataclass(frozen=True)
class Letters:
    """Latent semantic analysis; keeps all it has learnt, so a new wave lands in the same space."""

    letters: "TfidfVectorizer"
    words: "TfidfVectorizer | None"
    axes: Array
    """(features, d)"""

    @classmethod
    def learn(cls, texts: Sequence[str], languages: Sequence[str], seed: int, many: bool) -> "Letters":
        """`many`: more comments are to be read than these, so learn a little less from them."""
        from sklearn.decomposition import TruncatedSVD

        features, iterations = (40_000, 2) if many else (60_000, 4)
        self = cls(*_vectorizers(texts, languages, features), np.zeros((0, 0), np.float32))
        counts = self._counts(texts, languages)
        d = min(DIMENSIONS, *(side - 1 for side in counts.shape))
        if d < 1:
            return cls(self.letters, self.words, np.ones((counts.shape[1], 1), np.float32))
        svd = TruncatedSVD(d, random_state=seed % 2**32, n_iter=iterations).fit(counts)
        return cls(self.letters, self.words, svd.components_.T.astype(np.float32))

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Iterator[Array]:
        """Unit vectors, chunk by chunk; zeros for a comment of which nothing is known."""
        for start in range(0, len(texts), CHUNK):
            part = slice(start, start + CHUNK)
            yield unit(self._counts(texts[part], languages[part]) @ self.axes)

    def _counts(self, texts: Sequence[str], languages: Sequence[str]) -> Any:
        from scipy.sparse import csr_array, diags_array, hstack

        letters = csr_array(self.letters.transform(texts)) * np.float32(LETTERS)
        if self.words is None:
            return letters
        english = diags_array(np.array([tag == "en" for tag in languages], np.float32))
        return hstack([letters, english @ csr_array(self.words.transform(texts))], format="csr")


def _vectorizers(
    texts: Sequence[str], languages: Sequence[str], features: int
) -> "tuple[TfidfVectorizer, TfidfVectorizer | None]":
    letters = _fitted(texts, features, 3, analyzer="char_wb", ngram_range=(3, 5))
    if "en" not in languages:
        return letters, None
    try:
        words = _fitted(texts, features, 2, stop_words="english", ngram_range=(1, 2))
    except ValueError:  # nothing but small words
        return letters, None
    return letters, words


def _fitted(texts: Sequence[str], features: int, often: int, **kind: Any) -> "TfidfVectorizer":
    """Learns what at least `often` comments share, or everything where they share nothing."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    common = {"sublinear_tf": True, "dtype": np.float32, "max_features": features} | kind
    try:
        return TfidfVectorizer(**common, min_df=often, max_df=0.3).fit(texts)
    except ValueError:
        return TfidfVectorizer(**common).fit(texts)
