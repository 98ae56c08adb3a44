"""Capitalised words nobody knows: perhaps a name the finders missed, for a person to look at."""

import re
from collections import Counter

from outside_in.journeys.letters import BIG, SMALL
from outside_in.journeys.names import NOUN_END, ordinary_words

COMMON = 5
"""A word that stands in so many comments of a file is more likely its business than a person."""
MOST = 200_000
INSIDE = re.compile(rf"(?<=[\w,;)\]\"“”] )(?<![.!?:] )([{BIG}][{SMALL}’'-]{{2,30}})(?![\w@])")
BEFORE_NOUNS = re.compile(
    r"(?i)(?:\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|kein|keine|keinen|"
    r"keiner|mein|meine|meinen|meinem|meiner|ihr|ihre|ihren|ihrem|ihrer|sein|seine|seinen|unser|"
    r"unsere|euer|eure|dieser|diese|dieses|diesen|jede[rns]?|viele|alle|mehr|am|im|ins|ans|zum|"
    r"zur|vom|beim|pro|per|ohne|the|a|an|this|that|your|my|our|\d+)|e[nrms])\s$"
)


class Doubts:
    def __init__(self, known: frozenset[str] = frozenset()) -> None:
        self._known = known | ordinary_words()

    def about(self, text: str) -> bool:
        return any(self._strange(text, match) for match in INSIDE.finditer(text))

    def _strange(self, text: str, match: re.Match[str]) -> bool:
        word = match[1].casefold()
        if word in self._known or NOUN_END.search(word):
            return False
        return not BEFORE_NOUNS.search(text[max(0, match.start() - 12) : match.start()])


class Vocabulary:
    """Counts the words of a file while it is read for the first time."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def see(self, text: str) -> None:
        if len(self._counts) < MOST:
            found = {match[1].casefold() for match in INSIDE.finditer(text[:2_000])}
            self._counts.update(found)

    def doubts(self) -> Doubts:
        return Doubts(frozenset(word for word, n in self._counts.items() if n >= COMMON))
