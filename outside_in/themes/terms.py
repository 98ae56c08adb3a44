"""Words of a comment as they are counted: inflections folded together, small words left out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from outside_in.themes.languages import SMALL_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS_SENTENCE = re.compile(r"[.!?…:;\n(„“\"]\s*$")
_GERMAN, _GERMAN_NOUN = ("em", "er", "en", "es", "e", "n", "s"), ("en", "es", "e", "n", "s")
_FLAT = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "’": "'"})
_LONGEST = 40


class Term(NamedTuple):
    """One word, or two that stand side by side."""

    key: str
    """The same for all its inflections."""
    surface: str
    natural: bool
    """Written as it would stand inside a sentence: not at the start of one, not in capitals."""


def terms(text: str, language: str) -> Iterator[Term]:
    before, end = None, 0
    for found in _WORD.finditer(text):
        gap, end = text[end : found.start()], found.end()
        word = _term(found.group(), text[: found.start()][-3:], language)
        if word is None:
            before = None
            continue
        yield word
        if before and gap == " ":
            key, surface = f"{before.key} {word.key}", f"{before.surface} {word.surface}"
            yield Term(key, surface, before.natural)
        before = word


def _term(surface: str, lead: str, language: str) -> Term | None:
    key = _key(surface, language)
    if key is None:
        return None
    loud = len(surface) > 4 and surface.isupper()
    start = not lead.strip() or bool(_ENDS_SENTENCE.search(lead))
    return Term(key, surface, not (loud or start))


@lru_cache(maxsize=200_000)
def _key(surface: str, language: str) -> str | None:
    """None for a word that tells nothing."""
    plain = surface.casefold().replace("’", "'")
    if plain in SMALL_WORDS or not 3 <= len(plain) <= _LONGEST or _damaged(plain, language):
        return None
    return folded(surface, language)


def _damaged(word: str, language: str) -> bool:
    """Signs that a wrong encoding made of an emoji are no word."""
    return language in ("de", "en") and sum(map(str.isascii, word)) * 2 < len(word)


def folded(surface: str, language: str) -> str:
    """Verspätung and Verspätungen, delayed and delays; only ever compared, never shown."""
    plain = surface.casefold().translate(_FLAT)
    return _folded_english(plain) if language == "en" else _folded_german(plain, surface[0].isupper())


def _folded_german(word: str, noun: bool) -> str:
    endings = _GERMAN_NOUN if noun else _GERMAN
    while ending := next((e for e in endings if word.endswith(e) and len(word) - len(e) >= 4), ""):
        word = word[: -len(ending)]
    return word


def _folded_english(word: str) -> str:
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    word = word.removesuffix("e")
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
