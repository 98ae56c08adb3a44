"""
The theme board: what a machine proposed and a person made of it.

A theme is a set of sub-themes (leaves), so merging and splitting never touch a comment.
Every operation gives a new board; the workshop keeps the earlier ones for undo.
"""

from collections.abc import Iterable

from outside_in.domain.errors import BadInput, Unknown
from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import CandidateTheme, Found, Placed, Theme
from outside_in.domain.model import Model
from outside_in.domain.text import Text


class NoName(BadInput):
    message = "A theme needs a name of at most {most} characters."
    code = "theme-name"


class CannotSplit(BadInput):
    message = "“{label}” has no parts into which it could be split."
    code = "theme-split"


NAME = 80


class Board(Model):
    themes: tuple[Theme, ...] = ()
    leaves: tuple[CandidateTheme, ...] = ()
    """Sub-themes as found; what a split falls back to."""

    @classmethod
    def of(cls, found: Found, evidence: dict[str, Evidence | None]) -> "Board":
        """`evidence` by theme id. The largest theme comes first; all are candidates."""
        parts = [theme for theme in found.themes if theme.parent]
        tops = [theme for theme in found.themes if not theme.parent]
        themes = [_theme(top, _leaves(top, parts), evidence.get(top.id)) for top in tops]
        whole = [top for top in tops if not any(part.parent == top.id for part in parts)]
        return cls(themes=tuple(sorted(themes, key=lambda t: -t.size)), leaves=(*parts, *whole))

    @property
    def selected(self) -> tuple[Theme, ...]:
        return tuple(theme for theme in self.themes if theme.status == "selected")

    def theme(self, id: str) -> Theme:
        for theme in self.themes:
            if theme.id == id:
                return theme
        raise Unknown(name=id)

    def of_leaf(self, leaf: str) -> Theme | None:
        return next((theme for theme in self.themes if leaf in theme.leaves), None)

    def placed(self, comments: Iterable[Placed]) -> list[Placed]:
        """Every comment under the theme that a person put its sub-theme into."""
        home = {leaf: theme.id for theme in self.themes for leaf in theme.leaves}
        return [p.model_copy(update={"theme": home.get(p.subtheme or p.theme or "")}) for p in comments]

    def choose(self, id: str, selected: bool) -> "Board":
        return self._put(id, status="selected" if selected else "candidate")

    def hide(self, id: str) -> "Board":
        return self._put(id, status="hidden")

    def rename(self, id: str, label: Text) -> "Board":
        names = label.de.strip(), label.en.strip()
        if not all(0 < len(name) <= NAME for name in names):
            raise NoName(most=NAME)
        return self._put(id, label=Text(de=names[0], en=names[1]))

    def move(self, id: str, places: int) -> "Board":
        """Up (negative) or down in the order in which leaders see themes."""
        themes = [theme for theme in self.themes if theme.id != id]
        place = self.themes.index(self.theme(id)) + places
        themes.insert(max(0, min(place, len(themes))), self.theme(id))
        return self.model_copy(update={"themes": tuple(themes)})

    def merge(self, id: str, other: str) -> "Board":
        """The second joins the first, which keeps its id and name."""
        kept, gone = self.theme(id), self.theme(other)
        if kept.id == gone.id:
            return self
        union = kept.model_copy(
            update={
                "leaves": (*kept.leaves, *gone.leaves),
                "keywords": tuple(dict.fromkeys((*kept.keywords, *gone.keywords)))[:8],
                "size": kept.size + gone.size,
                "quotes": (*kept.quotes, *gone.quotes),
                "evidence": None,
            }
        )
        themes = (union if theme.id == id else theme for theme in self.themes if theme.id != other)
        return self.model_copy(update={"themes": tuple(themes)})

    def split(self, id: str) -> "Board":
        """Every sub-theme becomes a candidate of its own; the largest keeps the id."""
        theme = self.theme(id)
        parts = sorted((leaf for leaf in self.leaves if leaf.id in theme.leaves), key=lambda leaf: -leaf.size)
        if len(parts) < 2:
            raise CannotSplit(label=theme.label)
        new = [_theme(part, (part.id,), None) for part in parts]
        new[0] = new[0].model_copy(update={"id": theme.id})
        place = self.themes.index(theme)
        themes = (*self.themes[:place], *new, *self.themes[place + 1 :])
        return self.model_copy(update={"themes": themes})

    def weighed(self, evidence: dict[str, Evidence | None]) -> "Board":
        """With the score of each theme's comments, by theme id."""
        themes = (t.model_copy(update={"evidence": evidence.get(t.id)}) for t in self.themes)
        return self.model_copy(update={"themes": tuple(themes)})

    def _put(self, id: str, **update: object) -> "Board":
        self.theme(id)
        themes = (t.model_copy(update=update) if t.id == id else t for t in self.themes)
        return self.model_copy(update={"themes": tuple(themes)})


def _leaves(top: CandidateTheme, parts: list[CandidateTheme]) -> tuple[str, ...]:
    return tuple(part.id for part in parts if part.parent == top.id) or (top.id,)


def _theme(found: CandidateTheme, leaves: tuple[str, ...], evidence: Evidence | None) -> Theme:
    return Theme(
        id=found.id,
        leaves=leaves,
        label=found.label,
        keywords=found.keywords,
        size=found.size,
        quotes=found.quotes,
        dissent=found.dissent,
        evidence=evidence,
    )
