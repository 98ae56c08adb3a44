"""The theme board in use: what lies on it, what a step on it would change, what a run left behind."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from outside_in.domain.board import GIVEN, Board
from outside_in.domain.effect import Effect, effects
from outside_in.domain.errors import BadInput, Unknown
from outside_in.domain.evidence import Evidence
from outside_in.domain.feedback import CandidateTheme, Placed, Quote, Verbatim
from outside_in.domain.layer import Cut, Layer
from outside_in.domain.people import Principal
from outside_in.domain.reshaping import Difference, difference, is_wave, recut, with_wave
from outside_in.domain.text import Line, Text, line
from outside_in.domain.workshop import BoardMoved, Workshop
from outside_in.house.parts import Parts
from outside_in.store.layers import Sheet

T = TypeVar("T")
SHELF = 24
"""Things read from the store that a process remembers: layers never change, comments hardly do."""
TRIES = 5


class NothingFound(BadInput):
    message = "No comment fits the search “{query}”."
    code = "query-nothing"


class Proposal(NamedTuple):
    """A board that a person may take over or put away."""

    kind: str
    board: Board
    difference: Difference
    layers: tuple[str, ...]
    """What goes when it is put away."""
    fresh: tuple[CandidateTheme, ...] = ()
    """Themes that only later comments speak of."""


class Shelf:
    """What was last worked out, by workshop and by what it depends on; and some layers, which never change."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], tuple[Hashable, Any]] = {}
        self._layers: OrderedDict[tuple[str, str], Sheet] = OrderedDict()

    def get(self, what: str, code: str, rests_on: Hashable, make: Callable[[], T]) -> T:
        known = self._made.get((what, code))
        if known is None or known[0] != rests_on:
            known = self._made[what, code] = (rests_on, make())
        return known[1]

    def layer(self, code: str, id: str, read: Callable[[], Sheet | None]) -> Sheet | None:
        sheet = self._layers.get((code, id)) or read()
        if sheet is not None:
            self._layers[code, id] = sheet
            self._layers.move_to_end((code, id))
        while len(self._layers) > SHELF:
            self._layers.popitem(last=False)
        return sheet

    def clear(self) -> None:
        self._made.clear()
        self._layers.clear()


class Workbench(Parts):
    @cached_property
    def shelf(self) -> Shelf:
        return Shelf()

    # what lies there --------------------------------------------------------

    def comments(self, workshop: Workshop) -> list[Verbatim]:
        code = workshop.code
        return self.shelf.get("comments", code, _files(workshop), lambda: self.database.corpora.verbatims(code))

    def lying(self, workshop: Workshop, board: Board | None = None) -> list[Placed]:
        """Where every comment of the workshop stands, on its board or on another."""
        board = board or workshop.board
        there = {comment.row for comment in self.comments(workshop)}
        layers = [self._layer(workshop.code, id) for id in board.layers]
        return [one for one in board.lying([layer for layer in layers if layer]) if one.row in there]

    def stands(self, workshop: Workshop) -> list[Placed]:
        return self.shelf.get("stands", workshop.code, workshop.version, lambda: self.lying(workshop))

    def newcomers(self, workshop: Workshop) -> list[Verbatim]:
        """Comments imported since the themes were found."""
        known = {one.row for one in self.stands(workshop)}
        return [one for one in self.comments(workshop) if one.text and one.row not in known]

    def effects(self, workshop: Workshop) -> Mapping[str, Effect]:
        """By theme; a theme of fewer than five comments has none."""

        def make() -> Mapping[str, Effect]:
            spoken = [one for one in self.comments(workshop) if one.text]
            return {one.theme: one for one in effects(spoken, self.stands(workshop))}

        return self.shelf.get("effects", workshop.code, workshop.version, make)

    def twins(self, workshop: Workshop) -> Counter[str]:
        """How often each text was written, word for word."""
        comments = self.comments(workshop)
        return self.shelf.get("twins", workshop.code, _files(workshop), lambda: Counter(map(same, comments)))

    def numbers(self, workshop: Workshop) -> list[int]:
        """Numbers of themes the slider can show at once."""
        start = f"{workshop.board.run}-"
        if not workshop.board.run:
            return []
        found = (id.removeprefix(start) for id in self.database.layers.ids(workshop.code) if id.startswith(start))
        return sorted(int(number) for number in found if number.isdigit())

    def atlas(self, workshop: Workshop) -> Mapping[int, tuple[int, int]]:
        """Row → place on the map; empty where no map has been drawn."""
        ids = [id for id in self.database.layers.ids(workshop.code) if id.startswith("atlas-")]
        mine = [id for id in ids if id == f"atlas-{workshop.board.run}"] or ids[-1:]
        waves = [id for id in ids if id.removeprefix("atlas-") in workshop.board.layers]
        places: dict[int, tuple[int, int]] = {}
        for id in dict.fromkeys([*mine, *waves]):
            if sheet := self._sheet(workshop.code, id):
                rows, x, y = (sheet.columns[name] for name in ("rows", "x", "y"))
                places |= {row: (across, up) for row, across, up in zip(rows, x, y, strict=True)}
        return places

    # what a person does --------------------------------------------------------

    def shape(self, by: Principal, code: str, act: Callable[[Board], Board], what: Line) -> Workshop:
        """One step on the board as it is now, with sizes and scores that follow from it."""
        at = self.clock()
        for _ in range(TRIES):
            seen = self.workshops.of(code)
            seen.must_host(by)
            board = self.settled(seen, act(seen.board))
            try:
                return self.prepare(by, code, lambda now, b=board, s=seen: now.shape(by, b, what, at, s.board))
            except BoardMoved:
                continue
        raise BoardMoved

    def undo(self, by: Principal, code: str) -> Workshop:
        at = self.clock()
        return self.prepare(by, code, lambda now: now.undo(by, at))

    def recut(self, by: Principal, code: str, run: str, many: int, what: Line | None = None) -> Workshop:
        seen = self.workshops.of(code)
        board = self.on_cut(seen, run, many)
        return self.shape(by, code, lambda _: board, what or line("Cut into {n} themes", n=many))

    def add_theme(self, by: Principal, code: str, query: str, label: Text) -> Workshop:
        """By search: a query with AND, OR and phrases."""
        from outside_in import themes

        seen = self.workshops.of(code)
        comments = [one for one in self.comments(seen) if one.text]
        rows = set(themes.search(query, comments))
        if not rows:
            raise NothingFound(query=query)
        inside = [one for one in comments if one.row in rows]
        leaf = f"search-{self.new_code().lower()}"
        placed = [Placed(row=one.row, theme=leaf, confidence=1.0) for one in inside]
        self.put(code, leaf, Layer.of(leaf, placed))
        quotes = tuple(quote_of(one) for one in quotable(inside)[:3])
        what = line("Added by search: “{label}”", label=label)
        return self.shape(by, code, lambda board: board.add(query, label, leaf, placed, quotes), what)

    def found_by(self, workshop: Workshop, query: str) -> list[Verbatim]:
        from outside_in import themes

        comments = [one for one in self.comments(workshop) if one.text]
        rows = set(themes.search(query, comments))
        return [one for one in comments if one.row in rows]

    # what waits for a person ------------------------------------------------------

    def proposals(self, workshop: Workshop) -> list[Proposal]:
        """Finished runs and waves that nobody has taken over or put away."""
        if not workshop.board.themes:
            return []
        found, kept = [], set(self.database.layers.ids(workshop.code))
        for kind in ("themes", "wave", "rest"):
            job = self.database.jobs.latest(workshop.code, kind)
            if job and job.state == "done" and (made := self._proposed(workshop, kind, job.result, kept)):
                found.append(made)
        return found

    def take_over(self, by: Principal, code: str, proposal: Proposal, fresh: bool = True) -> Workshop:
        said = {
            "themes": line("Themes found anew"),
            "wave": line("Later comments assigned"),
            "rest": line("Comments assigned to the selected themes"),
        }
        board = proposal.board
        if proposal.fresh and not fresh:
            board = with_wave(self.workshops.of(code).board, proposal.layers[0])
        return self.shape(by, code, lambda _: board, said[proposal.kind])

    def put_away(self, by: Principal, code: str, proposal: Proposal) -> None:
        self.workshops.of(code).must_host(by)
        self.database.layers.drop(code, proposal.layers)
        self.database.log.note(by, "proposal put away", code)

    def on_cut(self, workshop: Workshop, run: str, many: int) -> Board:
        id = f"{run}-{many}"
        waves = [name for name in workshop.board.layers if is_wave(name)]
        beside = [one for wave in waves if self._sheet(workshop.code, one := f"{id}+{wave}")]
        board = recut(workshop.board, self.stands(workshop), self.cut(workshop.code, id), run, many, beside)
        return self.settled(workshop, board)

    def settled(self, workshop: Workshop, board: Board) -> Board:
        """With the sizes, quotes and scores that follow from where its comments lie."""
        placed = self.lying(workshop, board)
        return board.counted(placed).weighed(weighed(self.comments(workshop), placed))

    # layers ------------------------------------------------------------------------

    def put(self, code: str, id: str, layer: Layer, themes: tuple[CandidateTheme, ...] = ()) -> None:
        told = {"leaves": layer.leaves, "themes": [theme.model_dump(mode="json") for theme in themes]}
        self.database.layers.put(code, id, Sheet(told, layer.columns))

    def cut(self, code: str, id: str) -> Cut:
        sheet, layer = self._sheet(code, id), self._layer(code, id)
        if sheet is None or layer is None:
            raise Unknown(name=id)
        return Cut(tuple(map(CandidateTheme.model_validate, sheet.told["themes"])), layer)

    def _layer(self, code: str, id: str) -> Layer | None:
        if id == GIVEN:
            return Layer.of(GIVEN, self.database.corpora.placed(code))
        sheet = self._sheet(code, id)
        return Layer.reopened(id, sheet.told["leaves"], sheet.columns) if sheet else None

    def _sheet(self, code: str, id: str) -> Sheet | None:
        return self.shelf.layer(code, id, lambda: self.database.layers.get(code, id))

    def _proposed(self, workshop: Workshop, kind: str, told: Mapping[str, Any], kept: set[str]) -> Proposal | None:
        if kind == "themes":
            run = told.get("run", "")
            many = told.get("many", 0)
            layers = tuple(id for id in kept if id.startswith((f"{run}-", f"atlas-{run}")))
            if not run or run == workshop.board.run or f"{run}-{many}" not in kept:
                return None
            return self._proposal(workshop, kind, self.on_cut(workshop, run, many), layers)
        id = told.get("layer", "")
        if id not in kept or id in workshop.board.layers:
            return None
        fresh = self.cut(workshop.code, told["fresh"]) if told.get("fresh") in kept else None
        board = self.settled(workshop, with_wave(workshop.board, id, fresh))
        layers = (id, *(name for name in kept if name != id and (f"+{id}" in name or name.endswith(id) or id in name)))
        tops = tuple(theme for theme in fresh.themes if not theme.parent) if fresh else ()
        return self._proposal(workshop, kind, board, layers, tops)

    def _proposal(
        self,
        workshop: Workshop,
        kind: str,
        board: Board,
        layers: tuple[str, ...],
        fresh: tuple[CandidateTheme, ...] = (),
    ) -> Proposal:
        changed = difference(workshop.board, self.stands(workshop), board, self.lying(workshop, board))
        return Proposal(kind, board, changed, layers, fresh)


def _files(workshop: Workshop) -> tuple[str, ...]:
    return tuple(batch.id for batch in workshop.batches)


def weighed(comments: list[Verbatim], placed: list[Placed]) -> dict[str, Evidence | None]:
    """The score of every theme's comments, by theme id."""
    from outside_in import journeys

    by_row = {one.row: one for one in comments}
    inside: dict[str, list[Verbatim]] = {}
    for one in placed:
        if one.theme and one.row in by_row:
            inside.setdefault(one.theme, []).append(by_row[one.row])
    return {id: journeys.theme_evidence(found, [one.row for one in found]) for id, found in inside.items()}


def same(comment: Verbatim) -> str:
    return " ".join(comment.text.casefold().split())


def quotable(comments: list[Verbatim]) -> list[Verbatim]:
    """Of a readable length, nobody's name in them as far as one can tell, and no two alike."""
    fit = {same(one): one for one in reversed(comments) if 40 <= len(one.text) <= 220 and not one.doubtful}
    return sorted(fit.values(), key=lambda one: (one.score is None, one.row))


def quote_of(comment: Verbatim) -> Quote:
    return Quote(
        row=comment.row,
        text=comment.text,
        score=comment.score,
        touchpoint=comment.touchpoint,
        date=comment.date,
    )
