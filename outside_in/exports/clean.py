"""People's words on paper: what would break a file or turn its reading order around is left out."""

import unicodedata

from outside_in.domain.text import Language, Line, Say, Text

KEPT = "\n\t"


class Clean:
    """Speaks like `say`; whatever it says can stand in any document, `most` characters of it."""

    def __init__(self, say: Say, most: int = 600) -> None:
        self._say, self._most = say, most

    @property
    def language(self) -> Language:
        return self._say.language

    def __call__(self, what: str | Text | Line, /, **values: object) -> str:
        return clean(self._say(what, **values), self._most)

    def value(self, value: object) -> str:
        return clean(self._say.value(value), self._most)


def clean(words: str, most: int) -> str:
    """Without control and direction characters; line feeds stay."""
    unified = words[: 2 * most + 2].replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in unified if c in KEPT or not _breaks(c)).strip()
    return kept if len(kept) <= most else kept[: most - 1].rstrip() + "…"


def _breaks(c: str) -> bool:
    joins = c in "\u200b\u200c\u200d"  # part of emoji and of some scripts
    return unicodedata.category(c) in ("Cc", "Cs", "Cn") or (unicodedata.category(c) == "Cf" and not joins)
