"""What German and English comments speak of alike: the anchors that let a theme hold both languages."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from outside_in.themes.terms import folded
from outside_in.themes.vectors import Array, unit

FEWEST = 30
"""Comments each language needs before anything is made of there being two."""

_WORD = re.compile(r"[^\W\d_]+")
DIMENSIONS = 48
_SHORT = 4
"""From so many letters on a German word is also looked for inside compounds."""


def both(languages: Sequence[str]) -> bool:
    """Whether German and English comments stand side by side."""
    return min(languages.count("de"), languages.count("en")) >= FEWEST


def usual(languages: Sequence[str]) -> str:
    """German or English, whichever more comments are in; empty where there are not both."""
    if not both(languages):
        return ""
    return "de" if languages.count("de") >= languages.count("en") else "en"


def tongues(languages: Sequence[str], usual: str) -> NDArray[np.int64]:
    """(n,) 1 for the less usual one of German and English, 0 for everybody else."""
    return np.array([bool(usual) and tag in ("de", "en") and tag != usual for tag in languages], np.int64)


@dataclass(frozen=True)
class Concepts:
    """Concepts by the company they keep, so that a comment nears what its words usually stand beside."""

    rare: Array
    """(concepts,) what hardly anybody names tells most."""
    axes: Array
    """(concepts, d)"""

    @classmethod
    def learn(cls, texts: Sequence[str], languages: Sequence[str], seed: int) -> "Concepts":
        from sklearn.decomposition import TruncatedSVD

        counts = _counts(texts, languages)
        rare = (np.log((1 + len(texts)) / (1 + counts.astype(bool).sum(axis=0))) + 1).astype(np.float32)
        svd = TruncatedSVD(DIMENSIONS, random_state=seed % 2**32, n_iter=4).fit(counts @ diags_array(rare))
        return cls(rare, svd.components_.T.astype(np.float32))

    @classmethod
    def reopened(cls, names: str, arrays: Mapping[str, Array]) -> "Concepts":
        known = cls(arrays["concepts/rare"], arrays["concepts/axes"])
        if known.names != names:
            raise KeyError(names)
        return known

    def arrays(self) -> dict[str, Array]:
        return {"concepts/rare": self.rare, "concepts/axes": self.axes}

    @property
    def names(self) -> str:
        """Differs when what a concept stands for does."""
        return hashlib.blake2b(repr(_lines()).encode(), digest_size=8).hexdigest()

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Array:
        """Unit vectors; zeros where a comment names none."""
        return unit(_counts(texts, languages) @ (self.rare[:, None] * self.axes))


def _counts(texts: Sequence[str], languages: Sequence[str]) -> csr_array:
    """(n, concepts) how often each is named, damped; rows of a third language stay empty."""
    columns: list[int] = []
    starts = [0]
    for text, language in zip(texts, languages, strict=True):
        columns.extend(_named(text, language))
        starts.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    counts = csr_array((ones, np.array(columns, np.int64), np.array(starts, np.int64)), (len(texts), len(_lines())))
    counts.sum_duplicates()
    counts.data = 1 + np.log(counts.data)
    return counts


def _named(text: str, language: str) -> Iterator[int]:
    if language not in ("de", "en"):
        return
    for word in _WORD.findall(text.casefold()):
        yield from _of_word(word, language)


@lru_cache(maxsize=200_000)
def _of_word(word: str, language: str) -> tuple[int, ...]:
    known = _known(language)
    stem = folded(word, language)
    if stem in known:
        return known[stem]
    return _inside(stem, known) if language == "de" else ()


def _inside(stem: str, known: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """The head of a compound and what stands before it: Strom and Rechnung of Stromrechnung."""
    n = len(stem)
    head = next((known[stem[i:]] for i in range(3, n - _SHORT + 1) if stem[i:] in known), ())
    lead = next((known[stem[:i]] for i in range(n - 2, _SHORT - 1, -1) if stem[:i] in known), ())
    return tuple(sorted({*head, *lead}))


@cache
def _lines() -> list[tuple[list[str], list[str]]]:
    text = files("outside_in.themes").joinpath("concepts.txt").read_text("utf-8")
    pairs = (line.split("|") for line in text.splitlines() if "|" in line and not line.startswith("#"))
    return [(german.split(), english.split()) for german, english in pairs]


@cache
def _known(language: str) -> dict[str, tuple[int, ...]]:
    """Which concepts a word's stem stands for."""
    known: dict[str, set[int]] = {}
    for number, sides in enumerate(_lines()):
        for word in sides[language == "en"]:
            known.setdefault(folded(word, language), set()).add(number)
    return {stem: tuple(sorted(numbers)) for stem, numbers in known.items()}
