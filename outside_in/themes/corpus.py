"""What the engine reads: each different comment once, with its language and how often it came."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from outside_in.domain.feedback import Verbatim
from outside_in.themes.languages import language_of, majority, named

READS = 2_000
"""Characters of one comment that count; the rest of a pasted e-mail thread would drown the others."""

_STANDS_FOR = re.compile(r"\[[^\[\]\n]{1,24}\]|https?://\S+|&(?:amp|lt|gt|quot);")


class Pile(NamedTuple):
    """Parallel lists: one entry per different text, in the order they first came."""

    texts: tuple[str, ...]
    languages: tuple[str, ...]
    rows: tuple[tuple[Verbatim, ...], ...]
    """Every comment that has this text."""
    silent: tuple[Verbatim, ...]
    """Comments without a single letter or digit: only emoji, only dots."""
    shortened: bool

    @property
    def total(self) -> int:
        return sum(map(len, self.rows)) + len(self.silent)


def pile(comments: Sequence[Verbatim]) -> Pile:
    """Comments without text are left out; equal ones, apart from case and blanks, become one."""
    together: dict[str, list[Verbatim]] = {}
    silent: list[Verbatim] = []
    for comment in comments:
        words = readable(comment.text)
        if any(map(str.isalnum, words)):
            together.setdefault(words.casefold(), []).append(comment)
        elif comment.text.strip():
            silent.append(comment)
    rows = tuple(map(tuple, together.values()))
    texts = tuple(readable(same[0].text) for same in rows)
    return Pile(
        texts=texts,
        languages=_languages(texts, rows),
        rows=rows,
        silent=tuple(silent),
        shortened=any(len(same[0].text) > READS for same in rows),
    )


def readable(text: str) -> str:
    """The part of a comment that counts, without links and what redaction left behind."""
    return " ".join(_STANDS_FOR.sub(" ", text[:READS]).split())


def _languages(texts: Sequence[str], rows: Sequence[tuple[Verbatim, ...]]) -> tuple[str, ...]:
    tags = [named(same[0].language) or language_of(text) for text, same in zip(texts, rows, strict=True)]
    usual = majority(tags)
    return tuple(tag or usual for tag in tags)
