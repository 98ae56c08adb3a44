"""Customers' own words for a theme: typical ones that differ, and one who sees it otherwise."""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from outside_in.domain.feedback import Quote, Verbatim
from outside_in.themes.corpus import READS
from outside_in.themes.vectors import Half

SHORTEST, LONGEST = 40, 220
TYPICAL = 3
ALIKE = 0.8
"""Two quotes with this cosine say the same."""

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+[\"“”)]*|\n|$)")


class Voices:
    """Quotes out of all comments: texts, vectors and scores lie in the same order."""

    def __init__(self, said: Sequence[tuple[Verbatim, ...]], vectors: Half) -> None:
        self.said, self.vectors = said, vectors
        self.scores = [_score(same) for same in said]
        known = [score for score in self.scores if score is not None]
        self.low, self.high = (min(known), max(known)) if known else (0.0, 0.0)

    def typical(self, ranked: Sequence[int], keywords: Sequence[str]) -> tuple[Quote, ...]:
        """`ranked`: the theme's comments, surest first."""
        chosen: list[int] = []
        bands: set[int] = set()
        for fitting in (self._good(ranked), ranked):
            for new_band in (True, False):
                for one in fitting:
                    if len(chosen) == TYPICAL:
                        break
                    band = self._band(one)
                    if (band not in bands or not new_band) and self._new(one, chosen):
                        chosen.append(one)
                        bands.add(band)
        return tuple(self._quote(one, "typical", keywords) for one in chosen)

    def dissent(self, ranked: Sequence[int], typical: Iterable[Quote], keywords: Sequence[str]) -> Quote | None:
        """Whose score, or without scores whose direction, is farthest from the theme's."""
        shown = {quote.row for quote in typical}
        left = [i for i in ranked if self.said[i][0].row not in shown]
        left = self._good(left) or left
        if not left:
            return None
        far = self._far_by_score(left, ranked)
        one = far if far is not None else self._far_by_direction(left, ranked)
        return self._quote(one, "dissent", keywords)

    def _good(self, ranked: Sequence[int]) -> list[int]:
        """Short enough to be read out whole, long enough to say something."""
        return [i for i in ranked if SHORTEST <= len(self.said[i][0].text.strip()) <= LONGEST]

    def _band(self, one: int) -> int:
        score = self.scores[one]
        if score is None or self.high <= self.low:
            return -1
        return min(2, int(3 * (score - self.low) / (self.high - self.low)))

    def _new(self, one: int, chosen: Sequence[int]) -> bool:
        return one not in chosen and all(float(self.vectors[one] @ self.vectors[old]) < ALIKE for old in chosen)

    def _far_by_score(self, left: Sequence[int], ranked: Sequence[int]) -> int | None:
        scores = [s for i in ranked if (s := self.scores[i]) is not None]
        if len(scores) < 2:
            return None
        mean = sum(scores) / len(scores)
        gaps = {i: round(abs(s - mean), 9) for i in left if (s := self.scores[i]) is not None}
        far = max(gaps, key=gaps.__getitem__, default=None)
        return far if far is not None and gaps[far] * 4 >= self.high - self.low > 0 else None

    def _far_by_direction(self, left: Sequence[int], ranked: Sequence[int]) -> int:
        mean = self.vectors[np.array(ranked)].astype(np.float32).mean(axis=0)
        similar = self.vectors[np.array(left)].astype(np.float32) @ mean
        return left[int(np.round(similar, 4).argmin())]

    def _quote(self, one: int, kind: str, keywords: Sequence[str]) -> Quote:
        said = next((c for c in self.said[one] if c.score is not None), self.said[one][0])
        return Quote(
            row=said.row,
            text=excerpt(said.text, keywords),
            kind="dissent" if kind == "dissent" else "typical",
            score=said.score,
            touchpoint=said.touchpoint,
            date=said.date,
        )


def excerpt(text: str, keywords: Sequence[str]) -> str:
    """The comment, or the sentences of a long one that say most about the theme, unchanged."""
    whole = text[:READS].strip()
    if len(whole) <= LONGEST:
        return whole
    stems = [word.casefold()[:6] for words in keywords for word in words.split()]
    windows = list(_windows(whole))
    if not windows:
        return _clipped(whole)
    return max(windows, key=lambda part: sum(stem in part.casefold() for stem in stems))


def _windows(text: str) -> Iterator[str]:
    """All runs of whole sentences that have the length of a quote."""
    spans = [found.span() for found in _SENTENCE.finditer(text)]
    for i, (start, _) in enumerate(spans):
        for _, end in spans[i:]:
            part = text[start:end].strip()
            if len(part) > LONGEST:
                break
            if len(part) >= SHORTEST:
                yield part


def _clipped(text: str) -> str:
    """Cut between two words where a comment has no sentences."""
    words, blank, _ = text[: LONGEST + 1].rpartition(" ")
    return words.strip() if blank and len(words.strip()) >= SHORTEST else text[:LONGEST].strip()


def _score(same: Sequence[Verbatim]) -> float | None:
    return next((comment.score for comment in same if comment.score is not None), None)
