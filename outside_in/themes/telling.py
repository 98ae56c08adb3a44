"""A cut in words: which themes there are, what they are called, who speaks in them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from outside_in.domain.feedback import CandidateTheme, Placed
from outside_in.domain.text import Text
from outside_in.themes.corpus import Pile
from outside_in.themes.labels import Lexicon, label_of
from outside_in.themes.quotes import Voices
from outside_in.themes.terrain import Split
from outside_in.themes.vectors import Labels


@dataclass(frozen=True)
class Told:
    """`theme` and `sub` count by size: 0 is the largest; -1 is none."""

    pile: Pile
    split: Split
    theme: Labels
    sub: Labels

    def themes(self, lexicon: Lexicon, voices: Voices) -> Iterator[CandidateTheme]:
        """Each theme, followed by its sub-themes."""
        everyone = np.flatnonzero(self.theme >= 0)
        taken: set[str] = set()
        for t in range(_count(self.theme)):
            members = np.flatnonzero(self.theme == t)
            yield self._theme(f"t{t + 1}", None, members, everyone, lexicon, voices, taken)
            inner: set[str] = set()
            for s in range(_count(self.sub[members])):
                inside = members[self.sub[members] == s]
                name = f"t{t + 1}.{s + 1}"
                yield self._theme(name, f"t{t + 1}", inside, members, lexicon, voices, inner)

    def _theme(
        self,
        name: str,
        parent: str | None,
        members: Labels,
        among: Labels,
        lexicon: Lexicon,
        voices: Voices,
        taken: set[str],
    ) -> CandidateTheme:
        keywords = lexicon.keywords(members, among)
        surest = members[np.argsort(-self.split.confidence[members], kind="stable")].tolist()
        typical = voices.typical(surest, keywords)
        return CandidateTheme(
            id=name,
            parent=parent,
            label=_label(name, label_of(keywords, taken)),
            keywords=keywords,
            size=sum(len(self.pile.rows[i]) for i in members),
            quotes=typical,
            dissent=voices.dissent(surest, typical, keywords),
        )

    def comments(self) -> tuple[Placed, ...]:
        """Every comment with text exactly once, in the order of the rows."""
        sure = np.round(self.split.confidence.astype(float), 3).tolist()
        themes, subs = self.theme.tolist(), self.sub.tolist()
        placed = [Placed(row=comment.row, theme=None) for comment in self.pile.silent]
        for i, same in enumerate(self.pile.rows):
            theme = f"t{themes[i] + 1}" if themes[i] >= 0 else None
            sub = f"{theme}.{subs[i] + 1}" if subs[i] >= 0 else None
            placed.extend(Placed(row=comment.row, theme=theme, subtheme=sub, confidence=sure[i]) for comment in same)
        return tuple(sorted(placed, key=lambda one: one.row))


def told(pile: Pile, split: Split, floor: float) -> Told:
    """Counted by size after those less sure than `floor` are left out."""
    weight = np.array([len(same) for same in pile.rows])
    inside = _assigned(split, floor)
    theme = _by_size(np.where(inside, split.theme, -1), weight)
    sub = np.full(len(theme), -1)
    for t in range(_count(theme)):
        members = np.flatnonzero(theme == t)
        parts = _by_size(split.sub[members], weight[members])
        sub[members] = parts if _count(parts) > 1 else -1
    return Told(pile, split, theme, sub)


def _assigned(split: Split, floor: float) -> np.ndarray:
    """Who stays; the surest of a theme always does, or the theme would be empty."""
    inside = split.confidence >= floor
    order = np.argsort(-split.confidence, kind="stable")
    _, first = np.unique(split.theme[order], return_index=True)
    inside[order[first]] = True
    return inside


def _by_size(label: Labels, weight: Labels) -> Labels:
    """Renumbered, largest first; equal sizes in the order of their first comment."""
    names, first, place = np.unique(label, return_index=True, return_inverse=True)
    size = np.bincount(place, weight)
    size[names < 0] = -1
    order = np.lexsort((first, -size))
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    return np.where(label < 0, -1, rank[place])


def _count(label: Labels) -> int:
    return int(label.max(initial=-1)) + 1


def _label(name: str, words: str) -> Text:
    number = name[1:]
    return Text.same(words) if words else Text(de=f"Thema {number}", en=f"Theme {number}")
