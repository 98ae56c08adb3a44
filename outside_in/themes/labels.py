"""Telling words: what a theme's comments say more often than the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy.sparse import csr_array

from outside_in.themes.terms import terms
from outside_in.themes.vectors import Array, Labels

READS = 20_000
"""Comments that are read for labels; more would not change them."""

PAIR, NOUN = 1.5, 1.3
"""How much a pair of words and a German noun weigh beside a plain word."""

KEYWORDS, SHOWN = 8, 3
BETWEEN = " · "


@dataclass(frozen=True)
class Lexicon:
    """Which comment says which term; a term is shown in the form most people write it in."""

    says: csr_array
    """(comments read, terms) 1 where the comment says the term."""
    surfaces: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    """The two words of each term that is a pair; (-1, -1) for a single word."""
    read: Labels
    """Which comments were read."""
    boost: Array

    @classmethod
    def of(cls, texts: Sequence[str], languages: Sequence[str], read: Labels) -> "Lexicon":
        said = [list(terms(texts[i], languages[i])) for i in read]
        often = Counter(key for comment in said for key in {term.key for term in comment})
        fewest = 2 if len(said) >= 24 else 1
        keys = sorted(key for key, times in often.items() if times >= fewest)
        number = {key: i for i, key in enumerate(keys)}
        forms: list[Counter[str]] = [Counter() for _ in keys]
        columns, starts = [], [0]
        for comment in said:
            for term in comment:
                if term.key in number:
                    forms[number[term.key]][term.surface] += 4 if term.natural else 1
            columns.extend(sorted({number[term.key] for term in comment if term.key in number}))
            starts.append(len(columns))
        surfaces = tuple(max(sorted(form), key=form.__getitem__) for form in forms)
        says = csr_array(
            (np.ones(len(columns), np.float32), np.array(columns, np.int32), np.array(starts, np.int32)),
            shape=(len(said), len(keys)),
        )
        german = sum(languages[i] == "de" for i in read) * 2 > len(said)
        pairs = tuple(_words_of(key, number) for key in keys)
        return cls(says, surfaces, pairs, read, _boost(surfaces, pairs, german))

    def keywords(self, inside: Labels, among: Labels) -> tuple[str, ...]:
        """
        The most telling terms, best first, of the comments `inside` against all `among`.

        Both are sorted positions in the corpus; `inside` is part of `among`.
        """
        here, there = self._counts(inside), self._counts(among)
        score = _telling(here, there, self._read(inside), self._read(among)) * self.boost
        order = np.argsort(-score, kind="stable")
        ranked = (int(i) for i in order[: 40 * KEYWORDS] if score[i] > 0)
        return tuple(self.surfaces[i] for i in islice(self._apart(ranked, here), KEYWORDS))

    def _apart(self, ranked: Iterator[int], here: Array) -> Iterator[int]:
        """Without terms that repeat a word already shown; a frequent pair replaces its words."""
        order, shown = list(ranked), list[str]()
        for term in order:
            term = self._pair_with(term, order, here)
            words = self.surfaces[term].casefold().split()
            if not any(_alike(word, old) for word in words for old in shown):
                shown.extend(words)
                yield term

    def _pair_with(self, word: int, order: Sequence[int], here: Array) -> int:
        pairs = (i for i in order if word in self.pairs[i] and here[i] * 2 >= here[word])
        return next(pairs, word)

    def _counts(self, chosen: Labels) -> Array:
        mine = np.isin(self.read, chosen, assume_unique=True)
        return mine.astype(np.float32) @ self.says

    def _read(self, chosen: Labels) -> int:
        return int(np.isin(self.read, chosen, assume_unique=True).sum())


def label_of(keywords: Sequence[str], taken: set[str]) -> str:
    """Two or three of them, more where another theme has the very same."""
    for many in range(min(SHOWN, len(keywords)), len(keywords) + 1):
        label = BETWEEN.join(keywords[:many])
        if label not in taken:
            break
    else:
        label = ""
    taken.add(label)
    return label


def _telling(here: Array, there: Array, n: int, of: int) -> Array:
    """Each term's part in the divergence of these comments from the others; 0 where it is rarer."""
    inside = here / max(n, 1)
    if n == of:
        return inside.astype(np.float32)
    outside = (there - here + 0.5) / (of - n + 1)
    score = inside * np.log(np.maximum(inside, 1e-9) / outside)
    told = (inside > outside) & (here >= min(2, n / 4))
    return np.where(told, score, 0).astype(np.float32)


def _words_of(key: str, number: dict[str, int]) -> tuple[int, int]:
    one, _, two = key.partition(" ")
    return (number.get(one, -1), number.get(two, -1)) if two else (-1, -1)


def _boost(surfaces: Sequence[str], pairs: Sequence[tuple[int, int]], german: bool) -> Array:
    return np.array(
        [
            (1 if pair == (-1, -1) else PAIR) * (NOUN if german and word[0].isupper() else 1)
            for word, pair in zip(surfaces, pairs, strict=True)
        ],
        np.float32,
    )


def _alike(one: str, two: str) -> bool:
    """Bus and Busse, Rad and Radweg: shown side by side they look like a mistake."""
    short, long = sorted((one, two), key=len)
    return one == two or (len(short) >= 4 and short[: max(4, len(short) - 2)] in long)
