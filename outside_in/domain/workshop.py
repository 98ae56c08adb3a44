"""
A workshop before it becomes sessions: its plan, its feedback, its themes and its journey.

Made of events like a session; themes and imports can be undone step by step.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from outside_in.domain.blocks import Promise
from outside_in.domain.board import Board
from outside_in.domain.brand import Brand
from outside_in.domain.calculation import Calculation
from outside_in.domain.design import Design
from outside_in.domain.errors import BadInput, NotAllowed, NotOpen, Unknown
from outside_in.domain.exercise import Facts
from outside_in.domain.exercises.review import Review
from outside_in.domain.feedback import Quote, Theme
from outside_in.domain.flow import Flow
from outside_in.domain.fold import Event, Fold
from outside_in.domain.journey import Journey
from outside_in.domain.ladder import Ladder
from outside_in.domain.minute import Minute, NoDecision, must_decide
from outside_in.domain.model import Model
from outside_in.domain.people import Principal
from outside_in.domain.plan import Plan, Step, lacking
from outside_in.domain.story import Story
from outside_in.domain.text import Language, Line, Text, line

UNDOABLE = 50
REMEMBERED = 300
REVIEW = Step(
    id="review",
    title=Text(de="Was aus unseren Zusagen wurde", en="What became of our commitments"),
    minutes=4,
    exercise=Review(),
    notes=Text(
        de="Lesen Sie die offenen Zusagen vor, ohne nach Gründen zu fragen. Danken Sie für das, was sichtbar wurde.",
        en="Read the open commitments aloud without asking for reasons. Say thank you for what has become visible.",
    ),
    shrinkable=True,
)
"""Comes by itself where something is open and the agenda has no such step of its own."""


class NotPlannable(BadInput):
    message = "Please give the workshop a title and at least one step."
    code = "plan"


class BoardMoved(NotOpen):
    message = "Somebody else has just changed the themes. Please look again."
    code = "board-moved"


class About(Model):
    """What a facilitator fills in; everything else follows from data."""

    title: str = Field(min_length=1, max_length=120)
    client: str = Field(default="", max_length=120)
    language: Language = "de"
    date: dt.date
    expected: int = Field(default=12, ge=1, le=500)
    values: tuple[Text, ...] = ()
    """The client's own leadership values, 0 to 12."""
    start: dt.time = dt.time(9, 0)
    """When the room meets, on its own clock; the agenda's times run from here."""


class Batch(Model):
    """One imported file."""

    id: str
    file: str
    accepted: int
    rejected: int
    redacted: Mapping[str, int] = {}
    at: float


class Planned(Event):
    kind: Literal["planned"] = "planned"
    about: About
    steps: tuple[Step, ...]


class Imported(Event):
    kind: Literal["imported"] = "imported"
    batch: Batch


class ImportUndone(Event):
    kind: Literal["import-undone"] = "import-undone"
    batch: str


class BoardChanged(Event):
    """A theme run or a person's step on the board; the earlier board can come back."""

    kind: Literal["board-changed"] = "board-changed"
    board: Board
    what: Line
    at: float = 0.0
    by: str = ""
    same_leaves: bool = False
    """The board's leaves are those of the one before, and are not written down again."""


class BoardUndone(Event):
    kind: Literal["board-undone"] = "board-undone"
    at: float = 0.0
    by: str = ""


class WriterAllowed(Event):
    """Whether redacted comments of this workshop may be sent to the language model of the settings."""

    kind: Literal["writer-allowed"] = "writer-allowed"
    allowed: bool
    at: float
    by: str


class JourneyDrawn(Event):
    kind: Literal["journey-drawn"] = "journey-drawn"
    journey: Journey


class JourneyPlanned(Event):
    """What a person wrote down about the journey; None takes a design away. The one before can come back."""

    kind: Literal["journey-planned"] = "journey-planned"
    design: Design | None
    at: float
    by: str


class JourneyPlanUndone(Event):
    kind: Literal["journey-plan-undone"] = "journey-plan-undone"
    at: float
    by: str


class Reviewed(Event):
    """A person read quotes: these may reach the projector, those may not."""

    kind: Literal["reviewed"] = "reviewed"
    approved: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()


class Valued(Event):
    """The business case as somebody entered it."""

    kind: Literal["valued"] = "valued"
    calculation: Calculation


class Linked(Event):
    """What the feedback says about score and behaviour, rung by rung."""

    kind: Literal["linked"] = "linked"
    ladder: Ladder


class MinuteHeld(Event):
    """A feedback minute of an ordinary meeting, and what it came to."""

    kind: Literal["minute-held"] = "minute-held"
    minute: Minute


class FlowFound(Event):
    """What an event log tells; a later log takes its place."""

    kind: Literal["flow-found"] = "flow-found"
    flow: Flow


class CaseChosen(Event):
    """The real case that leaders are led through; None takes it away again."""

    kind: Literal["case-chosen"] = "case-chosen"
    story: Story | None = None


class BrandSet(Event):
    """Whose colours and sign the documents carry; None: ours again."""

    kind: Literal["brand-set"] = "brand-set"
    brand: Brand | None = None


class Opened(Event):
    kind: Literal["opened"] = "opened"
    session: str


WorkshopEvent = Annotated[
    Planned | Imported | ImportUndone | BoardChanged | BoardUndone | WriterAllowed | JourneyDrawn | Reviewed | Opened
    | Valued | Linked | MinuteHeld | FlowFound | CaseChosen
    | JourneyPlanned | JourneyPlanUndone | BrandSet,
    Field(discriminator="kind"),
]  # fmt: skip
WORKSHOP_EVENT: TypeAdapter[WorkshopEvent] = TypeAdapter(WorkshopEvent)


class Deed(Model):
    """One step on the theme board, as its history tells it."""

    what: Line
    at: float
    by: str
    undone: bool = False


class Workshop(Fold):
    hosts: tuple[str, ...]
    """Accounts that may prepare and run it; the first owns it."""
    about: About
    steps: tuple[Step, ...]
    sample: bool = False
    company: str = "lindhain"
    """Which sample company it is about, if it is a sample."""
    batches: tuple[Batch, ...] = ()
    board: Board = Board()
    earlier: tuple[tuple[Line, Board], ...] = ()
    """What was done last to the board, and how it was before; newest last."""
    history: tuple[Deed, ...] = ()
    """What was done to the board, newest last, undone steps included."""
    writer: bool = False
    """Whether its redacted comments may be sent to a language model."""
    journey: Journey | None = None
    design: Design | None = None
    designs: tuple[Design | None, ...] = ()
    """Earlier ones, newest last."""
    flow: Flow | None = None
    story: Story | None = None
    brand: Brand | None = None
    approved: frozenset[int] = frozenset()
    """Rows whose words a person has let through."""
    calculation: Calculation | None = None
    ladder: Ladder | None = None
    """Of the feedback as it is now; another file, and it has to be climbed again."""
    sessions: tuple[str, ...] = ()
    minutes: tuple[Minute, ...] = ()
    """Feedback minutes that were held, oldest first."""

    # what people may do -------------------------------------------------

    def plan(self, by: Principal, about: About, steps: tuple[Step, ...]) -> Planned | None:
        self.must_host(by)
        if not steps:
            raise NotPlannable
        same = (about, steps) == (self.about, self.steps)
        return None if same else Planned(about=about, steps=steps)

    def take_in(self, by: Principal, batch: Batch) -> Imported:
        self.must_host(by)
        return Imported(batch=batch)

    def undo_import(self, by: Principal, batch: str) -> ImportUndone:
        self.must_host(by)
        if all(known.id != batch for known in self.batches):
            raise Unknown(name=batch)
        return ImportUndone(batch=batch)

    def shape(
        self, by: Principal, board: Board, what: Line, at: float, seen: Board | None = None
    ) -> BoardChanged | None:
        """`seen`: the board it was made from, if nobody else may have changed it meanwhile."""
        self.must_host(by)
        if seen is not None and seen != self.board:
            raise BoardMoved
        if board == self.board:
            return None
        same = bool(board.leaves) and board.leaves == self.board.leaves
        lean = board.model_copy(update={"leaves": ()}) if same else board
        return BoardChanged(board=lean, what=what, at=at, by=by.id, same_leaves=same)

    def undo(self, by: Principal, at: float = 0.0) -> BoardUndone | None:
        self.must_host(by)
        return BoardUndone(at=at, by=by.id) if self.earlier else None

    def allow_writer(self, by: Principal, allowed: bool, at: float) -> WriterAllowed | None:
        self.must_host(by)
        return None if allowed == self.writer else WriterAllowed(allowed=allowed, at=at, by=by.id)

    def draw(self, by: Principal, journey: Journey) -> JourneyDrawn | None:
        self.must_host(by)
        return None if journey == self.journey else JourneyDrawn(journey=journey)

    def find_flow(self, by: Principal, flow: Flow) -> FlowFound | None:
        """Only what five cases or more did; a case chosen from an earlier log goes with it."""
        self.must_host(by)
        carried = flow.trimmed()
        return None if carried == self.flow else FlowFound(flow=carried)

    def choose_case(self, by: Principal, story: Story | None) -> CaseChosen | None:
        self.must_host(by)
        return None if story == self.story else CaseChosen(story=story)

    def plan_journey(self, by: Principal, design: Design, at: float) -> JourneyPlanned | None:
        self.must_host(by)
        return None if design == self.design else JourneyPlanned(design=design, at=at, by=by.id)

    def undo_journey(self, by: Principal, at: float) -> JourneyPlanUndone | None:
        self.must_host(by)
        return JourneyPlanUndone(at=at, by=by.id) if self.designs else None

    def dress(self, by: Principal, brand: Brand | None) -> BrandSet | None:
        self.must_host(by)
        return None if brand == self.brand else BrandSet(brand=brand)

    def review(self, by: Principal, approved: tuple[int, ...], withdrawn: tuple[int, ...]) -> Reviewed | None:
        self.must_host(by)
        news = set(approved) - self.approved or set(withdrawn) & self.approved
        return Reviewed(approved=approved, withdrawn=withdrawn) if news else None

    def value(self, by: Principal, calculation: Calculation) -> Valued | None:
        self.must_host(by)
        return None if calculation == self.calculation else Valued(calculation=calculation)

    def link(self, by: Principal, ladder: Ladder) -> Linked | None:
        self.must_host(by)
        return None if ladder == self.ladder else Linked(ladder=ladder)

    def opened(self, by: Principal, session: str) -> Opened:
        self.must_host(by)
        return Opened(session=session)

    def hold(self, by: Principal, minute: Minute) -> MinuteHeld:
        """Every third minute ends in a decision, or it is left out."""
        self.must_host(by)
        if must_decide(self.minutes) and not minute.decision:
            raise NoDecision
        return MinuteHeld(minute=minute)

    def must_host(self, by: Principal) -> None:
        by.must_be("facilitator", "operator")
        if by.role == "facilitator" and by.id not in self.hosts:
            raise NotAllowed

    # what follows from it -----------------------------------------------

    def after(self, event: WorkshopEvent, version: int) -> "Workshop":
        return self.model_copy(update={"version": version, **self._changes(event)})

    def _changes(self, event: WorkshopEvent) -> dict[str, object]:
        match event:
            case Planned(about=about, steps=steps):
                return {"about": about, "steps": steps}
            case Imported(batch=batch):
                return {"batches": (*self.batches, batch), "ladder": None}
            case ImportUndone(batch=gone):
                left = tuple(batch for batch in self.batches if batch.id != gone)
                silent = self.story and self.story.model_copy(update={"quote": None})
                gone_too = {"board": Board(), "earlier": (), "journey": None, "ladder": None, "story": silent}
                return {"batches": left, **gone_too}
            case BoardChanged(board=board, what=what):
                if event.same_leaves:
                    board = board.model_copy(update={"leaves": self.board.leaves})
                earlier = (*self.earlier, (what, self.board))[-UNDOABLE:]
                return {"board": board, "earlier": earlier, **self._told(what, event.at, event.by)}
            case BoardUndone(at=at, by=by):
                what, board = self.earlier[-1]
                return {"board": board, "earlier": self.earlier[:-1], **self._told(what, at, by, undone=True)}
            case WriterAllowed(allowed=allowed):
                what = line("Language model allowed") if allowed else line("Language model no longer allowed")
                return {"writer": allowed, **self._told(what, event.at, event.by)}
            case JourneyDrawn(journey=journey):
                return {"journey": journey}
            case FlowFound(flow=flow):
                return {"flow": flow, "story": None}
            case CaseChosen(story=story):
                return {"story": story}
            case JourneyPlanned(design=design):
                return {"design": design, "designs": (*self.designs, self.design)[-UNDOABLE:]}
            case JourneyPlanUndone():
                return {"design": self.designs[-1], "designs": self.designs[:-1]}
            case BrandSet(brand=brand):
                return {"brand": brand}
            case Reviewed():
                return {"approved": self.approved.union(event.approved) - set(event.withdrawn)}
            case Valued(calculation=calculation):
                return {"calculation": calculation}
            case Linked(ladder=ladder):
                return {"ladder": ladder}
            case Opened(session=session):
                return {"sessions": (*self.sessions, session)}
            case MinuteHeld(minute=minute):
                return {"minutes": (*self.minutes, minute)}

    def _told(self, what: Line, at: float, by: str, *, undone: bool = False) -> dict[str, object]:
        deed = Deed(what=what, at=at, by=by, undone=undone)
        return {"history": (*self.history, deed)[-REMEMBERED:]}

    # what it is ready for -----------------------------------------------

    def facts(self) -> Facts:
        """What a session may show: selected themes, and only quotes that a person has read."""
        journey = self.journey and self.journey.model_copy(
            update={
                "touchpoints": tuple(
                    point.model_copy(update={"quotes": self._read(point.quotes)}) for point in self.journey.touchpoints
                )
            }
        )
        themes = tuple(self._shown(theme) for theme in self.board.selected)
        known = {"values": self.about.values, "date": self.about.date, "calculation": self.calculation}
        return Facts.model_validate({"journey": journey, "themes": themes, "story": self._story(), **known})

    def _story(self) -> Story | None:
        read = self._read(_some(self.story.quote)) if self.story else ()
        return self.story and self.story.model_copy(update={"quote": read[0] if read else None})

    def frozen(self, open: tuple[Promise, ...] = ()) -> Plan:
        """The plan a session carries from now on; `open` commitments of earlier ones come right after the lobby."""
        plan = Plan.of(
            self._with_review(open),
            self.facts().model_copy(update={"open": open}),
            workshop=self.code,
            sample=self.sample,
            **self.about.model_dump(include={"title", "client", "language", "date", "expected"}),
        )
        if not plan.steps:
            raise NotPlannable
        return plan

    def _with_review(self, open: tuple[Promise, ...]) -> tuple[Step, ...]:
        planned = any(isinstance(step.exercise, Review) or step.id == REVIEW.id for step in self.steps)
        return self.steps if planned or not open else (self.steps[0], REVIEW, *self.steps[1:])

    def lacking(self) -> dict[str, Line]:
        """By step: why it would be left out of a session opened now."""
        return lacking(self.steps, self.facts())

    def to_read(self) -> tuple[Quote, ...]:
        """Quotes that wait for a person, the ones behind selected themes and the journey."""
        found: dict[int, Quote] = {}
        for quote in self._quotes():
            if quote.row not in self.approved:
                found.setdefault(quote.row, quote)
        return tuple(found.values())

    def ready(self) -> Line:
        steps, short = len(self.steps), len(self.lacking())
        return line("{n} of {of} steps have the data they need.", n=steps - short, of=steps)

    def voices(self) -> tuple[Quote, ...]:
        """Quotes a person has let through, each once."""
        return tuple({one.row: one for one in self._quotes() if one.row in self.approved}.values())

    def _quotes(self) -> list[Quote]:
        themes = [q for theme in self.board.selected for q in (*theme.quotes, *_some(theme.dissent))]
        points = self.journey.touchpoints if self.journey else ()
        return [*themes, *(quote for point in points for quote in point.quotes)]

    def _shown(self, theme: Theme) -> Theme:
        dissent = self._read(_some(theme.dissent))
        shown = {"quotes": self._read(theme.quotes), "dissent": dissent[0] if dissent else None, "wording": None}
        return theme.model_copy(update=shown)

    def _read(self, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        return tuple(quote.model_copy(update={"approved": True}) for quote in quotes if quote.row in self.approved)


def _some(quote: Quote | None) -> tuple[Quote, ...]:
    return (quote,) if quote else ()
