"""How alike short texts are: of principles and leadership values, for a suggestion, never for a score."""

from collections.abc import Sequence

from outside_in.themes.sentences import NoModel, sentence_vectors
from outside_in.themes.vectors import Array


def likeness(left: Sequence[str], right: Sequence[str], model: str = "") -> tuple[Array, bool]:
    """
    (len(left), len(right)) cosines, and whether a sentence model made them.

    By meaning with a model; without one, or where it cannot be used, by the letters the texts share.
    """
    if model:
        try:
            vectors = sentence_vectors([*left, *right], model, None, lambda _: None)
        except NoModel:
            return _by_letters(left, right), False
        return vectors[: len(left)] @ vectors[len(left) :].T, True
    return _by_letters(left, right), False


def _by_letters(left: Sequence[str], right: Sequence[str]) -> Array:
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import TfidfVectorizer

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    found = csr_array(letters.fit_transform([*left, *right])).toarray()
    return found[: len(left)] @ found[len(left) :].T
