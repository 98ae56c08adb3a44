"""
The theme board: what a machine proposed and a person made of it.

A theme is a set of sub-themes (leaves), so merging and splitting never touch a comment.
Every operation gives a new board; the workshop keeps the earlier ones for undo.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from outside_in.domain.errors import BadInput, Unknown
from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import CandidateTheme, Found, Placed, Quote, Theme
from outside_in.domain.layer import SURE, Layer
from outside_in.domain.model import Model
from outside_in.domain.text import Text
from outside_in.domain.wording import Wording


class NoName(BadInput):
    message = "A theme needs a name of at most {most} characters."
    code = "theme-name"


class CannotSplit(BadInput):
    message = "“{label}” has no parts into which it could be split."
    code = "theme-split"


NAME = 80
UNSURE = 0.2
"""Confidence below which a comment stands in no theme, unless somebody moves the threshold."""
GIVEN = "given"
"""The layer of themes that came with their comments."""


class Board(Model):
    themes: tuple[Theme, ...] = ()
    leaves: tuple[CandidateTheme, ...] = ()
    """Sub-themes as found; what a split falls back to."""
    layers: tuple[str, ...] = (GIVEN,)
    """Where comments lie; the first in which a theme holds a comment's leaf counts."""
    run: str = ""
    many: int = 0
    """Themes asked of that run."""
    floor: float = UNSURE
    moved: Mapping[int, str] = {}
    """Comments that a person put into a theme, by row; "" is none."""

    @classmethod
    def of(cls, found: Found, evidence: dict[str, Evidence | None]) -> "Board":
        """`evidence` by theme id. The largest theme comes first; all are candidates."""
        parts = [theme for theme in found.themes if theme.parent]
        tops = [theme for theme in found.themes if not theme.parent]
        themes = [found_theme(top, leaves_of(top, parts), evidence.get(top.id)) for top in tops]
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

    def fresh(self) -> str:
        """An id no theme of this board has."""
        known = {theme.id for theme in self.themes}
        return next(id for n in range(1, len(known) + 2) if (id := f"t{n}") not in known)

    def placed(self, comments: Iterable[Placed]) -> list[Placed]:
        """Every comment under the theme that a person put its sub-theme into."""
        return self.lying((Layer.of(GIVEN, comments),))

    def lying(self, layers: Sequence[Layer]) -> list[Placed]:
        """Every comment of these layers, in their order, where it stands now."""
        home = {leaf: theme.id for theme in self.themes for leaf in theme.leaves}
        floor, stands = round(self.floor * SURE), dict[int, tuple[str | None, str | None, int]]()
        for layer in layers:
            names = [(home.get(leaf), leaf) for leaf in layer.leaves] + [(None, None)]
            for row, leaf, sure in zip(layer.rows, layer.leaf, layer.sure, strict=True):
                if stands.get(row, (None,))[0] is None:
                    theme, name = names[min(leaf, len(layer.leaves))]
                    stands[row] = (theme if sure >= floor else None, name, sure)
        for row, id in self.moved.items():
            stands[row] = (id or None, stands.get(row, (None, None, 0))[1], SURE)
        return [
            Placed.model_construct(row=row, theme=theme, subtheme=leaf if theme else None, confidence=sure / SURE)
            for row, (theme, leaf, sure) in sorted(stands.items())
        ]

    # what a person may do -------------------------------------------------

    def choose(self, id: str, selected: bool) -> "Board":
        return self.put(id, status="selected" if selected else "candidate")

    def hide(self, id: str) -> "Board":
        return self.put(id, status="hidden")

    def pin(self, id: str, pinned: bool) -> "Board":
        """A pinned theme stays as it is, whatever is looked for or cut anew."""
        return self.put(id, pinned=pinned)

    def rename(self, id: str, label: Text) -> "Board":
        names = label.de.strip(), label.en.strip()
        if not all(0 < len(name) <= NAME for name in names):
            raise NoName(most=NAME)
        return self.put(id, label=Text(de=names[0], en=names[1]), shaped=True)

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
                "shaped": True,
                "pinned": kept.pinned or gone.pinned,
                "queries": (*kept.queries, *gone.queries),
            }
        )
        themes = (union if theme.id == id else theme for theme in self.themes if theme.id != other)
        moved = {row: id if home == other else home for row, home in self.moved.items()}
        return self.model_copy(update={"themes": tuple(themes), "moved": moved})

    def split(self, id: str) -> "Board":
        """Every sub-theme becomes a candidate of its own; the largest keeps the id."""
        theme = self.theme(id)
        parts = sorted((leaf for leaf in self.leaves if leaf.id in theme.leaves), key=lambda leaf: -leaf.size)
        if len(parts) < 2:
            raise CannotSplit(label=theme.label)
        now, place = self, self.themes.index(theme)
        for at, part in enumerate(parts):
            one = found_theme(part, (part.id,), None)
            one = one.model_copy(update={"id": now.fresh() if at else theme.id, "shaped": True})
            rest = now.themes[place + 1 :] if at == 0 else now.themes[place + at :]
            now = now.model_copy(update={"themes": (*now.themes[: place + at], one, *rest)})
        return now

    def put_comment(self, row: int, id: str) -> "Board":
        """Into another theme, or ("") into none; it stays there whatever is found later."""
        if id:
            self.theme(id)
        return self.model_copy(update={"moved": {**self.moved, row: id}})

    def threshold(self, floor: float) -> "Board":
        return self.model_copy(update={"floor": floor})

    def add(self, query: str, label: Text, leaf: str, rows: Sequence[Placed], quotes: tuple[Quote, ...]) -> "Board":
        """A theme that a person looked for; what the search found belongs to it before anything else."""
        found = Theme(
            id=self.fresh(),
            leaves=(leaf,),
            label=label,
            keywords=(query,),
            size=len(rows),
            quotes=quotes,
            queries=(query,),
            shaped=True,
        )
        return self.model_copy(update={"themes": (found, *self.themes), "layers": (leaf, *self.layers)})

    def propose(self, id: str, wording: Wording | None) -> "Board":
        """What a writer suggests; nobody else sees it before a person has accepted it."""
        return self.put(id, wording=wording)

    def accept(self, id: str) -> "Board":
        wording = self.theme(id).wording
        if wording is None:
            return self
        told = {"label": wording.label, "description": wording.description, "stance": wording.stance}
        return self.put(id, **told, wording=None, shaped=True)

    # what follows from where the comments are -------------------------------

    def weighed(self, evidence: Mapping[str, Evidence | None]) -> "Board":
        """With the score of each theme's comments, by theme id."""
        themes = (t.model_copy(update={"evidence": evidence.get(t.id)}) for t in self.themes)
        return self.model_copy(update={"themes": tuple(themes)})

    def counted(self, placed: Iterable[Placed]) -> "Board":
        """With the sizes of now; words of comments that are no longer in a theme go from its quotes."""
        home = {one.row: one.theme for one in placed}
        sizes = Counter(home.values())
        themes = []
        for theme in self.themes:
            quotes = tuple(quote for quote in theme.quotes if home.get(quote.row) == theme.id)
            dissent = theme.dissent if theme.dissent and home.get(theme.dissent.row) == theme.id else None
            told = {"size": sizes[theme.id], "quotes": quotes, "dissent": dissent}
            themes.append(theme.model_copy(update=told))
        return self.model_copy(update={"themes": tuple(themes)})

    def put(self, id: str, **update: object) -> "Board":
        self.theme(id)
        themes = (t.model_copy(update=update) if t.id == id else t for t in self.themes)
        return self.model_copy(update={"themes": tuple(themes)})


def leaves_of(top: CandidateTheme, parts: Iterable[CandidateTheme]) -> tuple[str, ...]:
    return tuple(part.id for part in parts if part.parent == top.id) or (top.id,)


def found_theme(found: CandidateTheme, leaves: tuple[str, ...], evidence: Evidence | None) -> Theme:
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
