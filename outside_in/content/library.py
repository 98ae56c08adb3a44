"""
Everything under workshop_content, checked when it is read.

A mistake names file, line and field, so that whoever wrote it can mend it.
"""

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from outside_in.domain.calculation import Calculation
from outside_in.domain.errors import BadInput, Unknown
from outside_in.domain.mapping import Planned, Preset
from outside_in.domain.model import Model
from outside_in.domain.plan import Agenda, Step
from outside_in.domain.text import Language, Text
from outside_in.domain.values import Principle, Shelf, Value

ROOT = Path(__file__).parents[2] / "workshop_content"
V = TypeVar("V")


class BadContent(BadInput):
    message = "{file}, line {line}: {field} is not right ({why})."
    code = "content"


class SampleTheme(Model):
    """A theme of the sample as a person shaped it; `rows` of the sample's feedback file."""

    id: str
    label: Text
    keywords: tuple[str, ...] = ()
    rows: tuple[int, ...]
    quotes: tuple[int, ...]
    dissent: int | None = None


class PlannedJourney(Model):
    name: Text
    touchpoints: tuple[Planned, ...]


class Sample(Model):
    """A fictional company, ready to be run."""

    id: str
    language: Language = "de"
    """What the room and most of its customers speak."""
    title: Text
    client: Text
    agenda: str
    values: tuple[Text, ...]
    themes: tuple[SampleTheme, ...]
    stake: tuple[float, float] | None = None
    """Euro, low and high: what one customer of the real case is worth in a year."""

    @property
    def feedback(self) -> Path:
        return ROOT / "sample" / self.id / "feedback.csv"

    @property
    def events(self) -> Path:
        return ROOT / "sample" / self.id / "events.csv"


class Library:
    def __init__(self, root: Path = ROOT) -> None:
        self._root = root

    @property
    def agendas(self) -> tuple[Agenda, ...]:
        """The shortest first."""
        every = (agenda.stocked(self.shelf) for agenda in self._all("agendas", Agenda))
        return tuple(sorted(every, key=lambda agenda: agenda.minutes))

    def agenda(self, id: str) -> Agenda:
        for agenda in self.agendas:
            if agenda.id == id:
                return agenda
        raise Unknown(name=id)

    @property
    def exercises(self) -> tuple[Step, ...]:
        """Formats that can be added to any agenda, one step each."""
        return tuple(step.stocked(self.shelf) for step in self._all("exercises", Step))

    @property
    def shelf(self) -> Shelf:
        return Shelf(principles=self.principles, values=self.values)

    @property
    def principles(self) -> tuple[Principle, ...]:
        return tuple(p for principles in self._all("principles", tuple[Principle, ...]) for p in principles)

    @property
    def values(self) -> tuple[Value, ...]:
        return tuple(v for values in self._all("values", tuple[Value, ...]) for v in values)

    @property
    def presets(self) -> tuple[Preset, ...]:
        return self._all("presets", Preset)

    @property
    def samples(self) -> tuple[Sample, ...]:
        return self._all("sample/*", Sample, "sample.yml")

    def sample(self, id: str) -> Sample:
        return self._read(self._root / "sample" / id / "sample.yml", Sample)

    def planned(self, id: str) -> PlannedJourney:
        """How the sample company means its customers to go."""
        return self._read(self._root / "sample" / id / "journey.yml", PlannedJourney)

    def calculation(self, id: str) -> Calculation | None:
        """The sample company's business case, if somebody has written one."""
        path = self._root / "sample" / id / "worth.yml"
        return self._read(path, Calculation) if path.exists() else None

    def problems(self) -> list[BadContent]:
        """Every file that cannot be used; empty: all is well."""
        found = []
        for path in sorted(self._root.rglob("*.yml")):
            kind = KINDS.get(path.parent.name) or KINDS.get(path.name)
            try:
                self._read(path, kind or Any)
            except BadContent as problem:
                found.append(problem)
        return found

    def _all(self, folder: str, kind: type[V] | Any, named: str = "*.yml") -> tuple[V, ...]:
        return tuple(self._read(path, kind) for path in sorted(self._root.glob(f"{folder}/{named}")))

    def _read(self, path: Path, kind: Any) -> Any:
        return _read(path, path.stat().st_mtime_ns, kind)


KINDS: dict[str, Any] = {
    "agendas": Agenda,
    "exercises": Step,
    "principles": tuple[Principle, ...],
    "values": tuple[Value, ...],
    "presets": Preset,
    "sample.yml": Sample,
    "journey.yml": PlannedJourney,
    "worth.yml": Calculation,
}
"""By folder, or by name."""


@cache
def _read(path: Path, _changed: int, kind: Any) -> Any:
    text = path.read_text("utf-8")
    try:
        found = _used(yaml.safe_load(text), path) if kind is Agenda else yaml.safe_load(text)
        return TypeAdapter(kind).validate_python(found)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = mark.line + 1 if mark else 1
        raise BadContent(file=path.name, line=where, field="YAML", why=str(error)[:80]) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadContent(file=path.name, line=_line(text, first["loc"]), field=field, why=first["msg"]) from error


FROM_SHELF = {"principles", "values"}
"""Fields that come back when the file is read again."""


def written(agenda: Agenda) -> str:
    """An agenda as a content file; what its exercises take from the shelf is left out."""
    told = {"id": agenda.id, "name": agenda.name.model_dump(), "steps": [_step(step) for step in agenda.steps]}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)


def _step(step: Step) -> dict[str, Any]:
    known = step.model_dump(mode="json", exclude_defaults=True, exclude={"exercise"})
    exercise = step.exercise.model_dump(mode="json", exclude_defaults=True, exclude=FROM_SHELF)
    return {**known, "exercise": {"kind": step.exercise.kind, **_kinds(step.exercise, exercise)}}


def _kinds(model: Any, told: Any) -> Any:
    """A discriminator is a default, too, and must not be left out."""
    if not isinstance(told, dict):
        return told
    for name in told:
        inner = getattr(model, name, None)
        if isinstance(inner, tuple) and isinstance(told[name], list):
            told[name] = [_named(one, part) for one, part in zip(inner, told[name], strict=True)]
    return told


def _named(model: Any, told: Any) -> Any:
    marks = {name: getattr(model, name) for name in ("kind", "type") if hasattr(model, name)}
    return {**marks, **told} if isinstance(told, dict) else told


def _used(found: Any, path: Path) -> Any:
    """An agenda whose steps may be files of the exercise library; `use` names the file."""
    if not isinstance(found, dict) or not isinstance(found.get("steps"), list):
        return found
    shelf = path.parents[1] / "exercises"
    return {**found, "steps": [_taken(step, shelf) for step in found["steps"]]}


def _taken(step: Any, shelf: Path) -> Any:
    known = {file.stem: file for file in shelf.glob("*.yml")}
    if not isinstance(step, dict) or step.get("use") not in known:
        return step
    return {**yaml.safe_load(known[step["use"]].read_text("utf-8")), **{k: v for k, v in step.items() if k != "use"}}


def _line(text: str, loc: tuple[int | str, ...]) -> int:
    """Where the field stands, or the nearest thing around it that is written."""
    node, line = yaml.compose(text), 1
    for part in loc:
        found = _child(node, part)
        if found is None:
            continue
        node, line = found, found.start_mark.line + 1
    return line


def _child(node: Any, part: int | str) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    return None


@cache
def library() -> Library:
    return Library()
