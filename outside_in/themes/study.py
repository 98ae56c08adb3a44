"""One theme run: read, encode, grow the tree; then cut it as often as one likes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np

from outside_in.domain.feedback import Found, Verbatim
from outside_in.themes.concepts import tongues, usual
from outside_in.themes.corpus import Pile, pile
from outside_in.themes.hands import OWN, Hands
from outside_in.themes.labels import READS, Lexicon
from outside_in.themes.landmarks import drawn
from outside_in.themes.quotes import Voices
from outside_in.themes.sentences import NoModel, Progress, sentence_vectors
from outside_in.themes.space import Space, learn
from outside_in.themes.telling import told
from outside_in.themes.terrain import Split, Terrain
from outside_in.themes.vectors import Array, Labels

Encoder = Literal["builtin", "sentence-transformers"]

FEWEST = 24
"""Different comments below which there is no tree: one reads them all anyway."""

USUAL, MOST = 10, 25
"""Themes: no rule found a better number than ten (a slider does); more than 25 nobody surveys."""

LARGEST = 0.45
"""A theme with a larger share is cut once more, where nobody asked for a number."""

UNASSIGNED = 0.2
"""Below this confidence a comment is left without a theme."""

NO_MODEL = "The sentence model could not be used, so the built-in encoder found these themes."
SHORTENED = "Of very long comments only the first 2,000 characters were read."
NO_WORDS = "None of these comments holds a word."
TOO_FEW = "These are too few different comments to look for themes, so they stand together."


@dataclass(frozen=True)
class Study:
    """Everything a cut needs; another number of themes takes no new run."""

    pile: Pile
    comments: int
    space: Space | None
    """None, like the terrain, where there are too few comments for a tree."""
    terrain: Terrain | None
    lexicon: Lexicon
    encoder: Encoder
    seed: int
    sentences: Array | None = None
    """What the model said, for runs on part of the comments."""
    stability: float | None = None
    note: str = ""

    def found(self, k: int | None = None, floor: float = UNASSIGNED) -> Found:
        """`k` themes, or as many as seem right; what is less sure than `floor` has none."""
        tale = told(self.pile, self.split(k), floor)
        placed = tale.comments()
        return Found(
            rows=self.comments,
            language=_shares(self.pile),
            encoder=self.encoder,
            seed=self.seed,
            stability=self.stability,
            unassigned=sum(one.theme is None for one in placed),
            themes=tuple(tale.themes(self.lexicon, self._voices)),
            comments=placed,
            note=self.note,
        )

    def split(self, k: int | None) -> Split:
        if self.terrain is None:
            return _together(self.pile)
        return self.terrain.split(k or _own_number(self.terrain))

    @cached_property
    def _voices(self) -> Voices:
        nowhere = np.zeros((len(self.pile.rows), 1), np.float16)
        return Voices(self.pile.rows, self.terrain.vectors if self.terrain else nowhere)


def study(
    comments: Sequence[Verbatim],
    *,
    encoder: Encoder,
    model: str | None,
    seed: int,
    cache: Path | None,
    progress: Progress,
    hands: Hands = OWN,
) -> Study:
    heap = pile(comments)
    few = len(heap.texts) < FEWEST
    wanted = encoder == "sentence-transformers" and not few
    share = 0.85 if wanted else 0.0
    sentences = _sentences(heap, model, cache, lambda p: progress(share * p), hands) if wanted else None
    fell_back = wanted and sentences is None
    lexicon = Lexicon.of(heap.texts, heap.languages, drawn(_rows(heap), READS, seed))
    space, terrain = None, None
    if not few:
        rest = 0.95 - share
        space, terrain = _grown(heap, sentences, model or "", seed, lambda p: progress(share + rest * p), hands)
    return Study(
        pile=heap,
        comments=len(comments),
        space=space,
        terrain=terrain,
        lexicon=lexicon,
        encoder="builtin" if sentences is None else "sentence-transformers",
        seed=seed,
        sentences=sentences,
        note=_note(fell_back, heap, few),
    )


def with_stability(whole: Study, k: int | None) -> Study:
    """Mean agreement with three runs on 90 % of the comments; costs three runs."""
    if whole.terrain is None or whole.space is None:
        return whole
    from sklearn.metrics import adjusted_rand_score

    label = whole.split(k).theme
    themes, scores = int(label.max()) + 1, []
    for again in range(3):
        rows = _rows(whole.pile)
        kept = drawn(rows, len(rows) * 9 // 10, whole.seed + 101 + again)
        part = _only(whole.pile, kept)
        own = None if whole.sentences is None else whole.sentences[kept]
        _, terrain = _grown(part, own, whole.space.model, whole.seed, lambda _: None)
        scores.append(adjusted_rand_score(label[kept].tolist(), terrain.split(themes).theme.tolist()))
    return replace(whole, stability=round(float(np.mean(scores)), 3))


def _grown(
    heap: Pile, sentences: Array | None, model: str, seed: int, progress: Progress, hands: Hands = OWN
) -> tuple[Space, Terrain]:
    weight = np.array([len(same) for same in heap.rows], np.float64)
    rows = _rows(heap)
    space, vectors = learn(
        heap.texts,
        heap.languages,
        weight,
        rows,
        sentences=sentences,
        model=model,
        seed=seed,
        progress=lambda p: progress(0.75 * p),
        hands=hands,
    )
    terrain = Terrain.of(vectors, weight, rows, seed, _tongues(heap.languages), hands)
    progress(1.0)
    return space, terrain


def _tongues(languages: Sequence[str]) -> Labels | None:
    most = usual(languages)
    return tongues(languages, most) if most else None


def _sentences(heap: Pile, model: str | None, cache: Path | None, progress: Progress, hands: Hands) -> Array | None:
    if not model:
        return None
    try:
        return sentence_vectors(heap.texts, model, cache, progress, hands)
    except NoModel:
        return None


def _own_number(terrain: Terrain) -> int:
    """Ten, fewer for few comments, more as long as one theme holds nearly half of them."""
    n = len(terrain.vectors)
    start = min(USUAL, max(2, n // 8))
    for k in range(start, min(MOST, max(start, n // 8)) + 1):
        size = np.bincount(terrain.split(k).theme, terrain.weight)
        if size.max() <= LARGEST * size.sum():
            return k
    return start


def _together(heap: Pile) -> Split:
    """No tree: all in one theme, or each text in its own where people only ticked a few."""
    n = len(heap.texts)
    theme = np.arange(n) if _ticked(heap) else np.zeros(n, np.int64)
    one = np.ones(n, np.float32)
    return Split(theme, np.full(n, -1), one, one, 1.0)


def _only(heap: Pile, kept: Labels) -> Pile:
    return heap._replace(
        texts=tuple(heap.texts[i] for i in kept),
        languages=tuple(heap.languages[i] for i in kept),
        rows=tuple(heap.rows[i] for i in kept),
    )


def _rows(heap: Pile) -> Labels:
    return np.array([same[0].row for same in heap.rows], np.int64)


def _shares(heap: Pile) -> Mapping[str, float]:
    counts = Counter[str]()
    for tag, same in zip(heap.languages, heap.rows, strict=True):
        counts[tag] += len(same)
    return {tag: round(counts[tag] / counts.total(), 3) for tag in sorted(counts)}


def _note(fell_back: bool, heap: Pile, few: bool) -> str:
    if fell_back:
        return NO_MODEL
    if heap.shortened:
        return SHORTENED
    if not heap.texts:
        return NO_WORDS
    return TOO_FEW if few and not _ticked(heap) else ""


def _ticked(heap: Pile) -> bool:
    """A few texts over and over: people ticked an answer, or wrote one and the same."""
    return sum(map(len, heap.rows)) >= 10 * len(heap.texts)
