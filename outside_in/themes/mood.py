"""Bad experiences by the customers' own scores: learnt from comments that carry one, for those that do not."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from outside_in.domain.feedback import Verbatim
from outside_in.domain.measures import bad
from outside_in.domain.mood import LEARNS_FROM, Proof
from outside_in.themes.corpus import readable
from outside_in.themes.landmarks import drawn

MOST = 10_000
"""Comments to learn from; more hardly help and take minutes."""

FOLDS = 5


def moods(comments: Sequence[Verbatim], seed: int = 0) -> tuple[Proof | None, Mapping[int, float]]:
    """
    The proof, and the chance of a bad experience by row of the comments without a score.

    No proof where fewer than 200 different comments carry a score or all scores are alike; no chances where it
    does not hold.
    """
    known = {readable(one.text).casefold(): one for one in comments if one.score is not None and one.metric}
    known.pop("", None)
    said = list(known.values())
    if len(said) < LEARNS_FROM:
        return None, {}
    said = [said[i] for i in drawn(np.array([one.row for one in said], np.int64), MOST, seed)]
    truth = np.array([bad(one.metric, one.score) for one in said if one.metric and one.score is not None])
    if min(truth.sum(), (~truth).sum()) < FOLDS:
        return None, {}
    texts = [readable(one.text) for one in said]
    proof = _proven(texts, truth, seed)
    silent = [one for one in comments if one.score is None and readable(one.text)]
    if not proof.holds or not silent:
        return proof, {}
    chance = _learner(seed).fit(texts, truth).predict_proba([readable(one.text) for one in silent])[:, 1]
    return proof, {one.row: float(share) for one, share in zip(silent, chance, strict=True)}


def _learner(seed: int) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, max_features=40_000, sublinear_tf=True)
    return make_pipeline(letters, LogisticRegression(C=10, max_iter=300, random_state=seed))


def _proven(texts: list[str], truth: np.ndarray, seed: int) -> Proof:
    """Every comment judged by what was learnt from the other four fifths."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    chance = cross_val_predict(_learner(seed), texts, truth, cv=folds, method="predict_proba")[:, 1]
    right, pairs = ((chance > 0.5) == truth).sum(), roc_auc_score(truth, chance)
    return Proof(n=len(truth), right=int(right), pairs=round(float(pairs), 4))
