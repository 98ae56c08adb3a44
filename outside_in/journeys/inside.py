"""What happens to a file inside the child process: looked through once, then judged row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Literal

from outside_in.domain.feedback import Verbatim
from outside_in.domain.mapping import (
    FIELDS,
    Field,
    Guess,
    Mapping,
    Preset,
    Preview,
    Problem,
    Reading,
    Rejected,
    Scale,
)
from outside_in.domain.model import Model
from outside_in.journeys import guess, values
from outside_in.journeys.checks import Checks, Habits
from outside_in.journeys.doubts import Vocabulary
from outside_in.journeys.header import Header, read_header
from outside_in.journeys.redaction import Redactor
from outside_in.journeys.refusals import ROWS, FileTooLarge, NoCommentColumn, NoRows, Refused
from outside_in.journeys.tables import Cell, Csv, Row, Table, open_table

SAMPLE = 2_000
BATCH = 500
PROBLEMS = 1_000
REJECTED_ROWS = 10_000
REJECTED_LETTERS = 8_000_000
RAW_CELL = 1_000
RAW = 200
"""Letters of a cell shown in the preview."""
GERMAN = (
    "datum kommentar bemerkung freitext rueckmeldung zeitstempel bewertung punkte sterne kanal "
    "kontaktpunkt kundennummer umsatz sprache gekuendigt wiederkontakt"
)
AMOUNTS: tuple[Field, ...] = ("score", "tenure_years", "revenue")


class Job(Model):
    what: Literal["feedback"] = "feedback"
    path: str
    file: str
    mapping: Mapping = Mapping()
    presets: tuple[Preset, ...] = ()
    preset: Preset | None = None
    limit_bytes: int
    preview_rows: int | None = None
    """Set: only a preview is wanted."""


class TableJob(Model):
    """Any table as words: rows of cells, no column's meaning looked for."""

    what: Literal["table"] = "table"
    path: str
    file: str
    most: int
    """Rows, the header included."""
    limit_bytes: int


Found = tuple[str, object]
"""Kind and content of a message to the parent."""


def work(job: Job) -> Iterator[Found]:
    table = open_table(Path(job.path), job.limit_bytes)
    header = read_header(table, job.presets, job.preset)
    sample = list(islice(_data(table, header), SAMPLE))
    if job.preview_rows is not None:
        yield "preview", _preview(table, header, sample, job)
    else:
        yield from _read(table, header, sample, job)


def words(job: TableJob) -> Iterator[Found]:
    rows = islice((row for row in open_table(Path(job.path), job.limit_bytes).rows() if not row.blank), job.most)
    yield "table", [[values.text(cell)[:RAW_CELL] for cell in row.cells[:300]] for row in rows]


def _data(table: Table, header: Header) -> Iterator[Row]:
    return (row for row in table.rows() if row.number > header.last and not row.blank)


def _preview(table: Table, header: Header, sample: list[Row], job: Job) -> Preview:
    try:
        places = guess.places(header, sample, job.mapping)
    except Refused:  # a remembered mapping that fits no longer
        places = guess.places(header, sample, Mapping())
    scale = _look(table, header, places, iter(sample), job.mapping).habits.scale
    return Preview(
        encoding=table.encoding,
        separator=table.separator,
        preset=header.preset.id if header.preset else None,
        columns=header.names,
        rows=tuple(_raw(row, RAW) for row in sample[: job.preview_rows]),
        guesses={field: _guessed(header, sample, at) for field, at in places.items()},
        score=scale,
        fingerprint=_fingerprint(header.names),
    )


def _guessed(header: Header, sample: list[Row], at: int) -> Guess:
    texts = (values.text(row.cells[at]).strip() for row in sample if at < len(row.cells))
    different = dict.fromkeys(text[:RAW] for text in texts if text)
    return Guess(column=header.names[at], samples=tuple(islice(different, 3)))


class _Look:
    """The first time through: how columns write, how many rows, which words are common."""

    def __init__(self, places: guess.Places, usual: bool) -> None:
        self.rows = 0
        self.days = values.Days("dmy" if usual else "mdy")
        self.decimals = {field: values.Decimals(usual) for field in AMOUNTS if field in places}
        self.scores: Counter[float] = Counter()
        self.vocabulary = Vocabulary()
        self.habits = Habits(Scale(), "dmy", {}, False)
        self._places = places
        self._raw_scores: Counter[Cell] = Counter()

    def see(self, row: Row) -> None:
        self.rows += 1
        for field, at in self._places.items():
            cell = row.cells[at] if at < len(row.cells) else None
            if field in self.decimals:
                self.decimals[field].see(cell)
            if field in ("date", "left_on"):
                self.days.see(cell)
            elif field == "score" and len(self._raw_scores) < SAMPLE:
                self._raw_scores[cell] += 1
            elif field == "comment" and isinstance(cell, str):
                self.vocabulary.see(cell)

    def settled(self, header: Header, mapping: Mapping, escaped: bool) -> None:
        comma = {field: column.comma for field, column in self.decimals.items()}
        for cell, times in self._raw_scores.items():
            value = values.rating(cell, comma["score"])
            if value is not None:
                self.scores[value] += times
        place = self._places.get("score")
        scale = mapping.score
        if place is not None:
            scale = guess.scale(header, place, self.scores, mapping)
        self.habits = Habits(scale, self.days.order, comma, escaped)


def _look(table: Table, header: Header, places: guess.Places, rows: Iterable[Row], mapping: Mapping) -> _Look:
    look = _Look(places, _german(table, header))
    for row in rows:
        look.see(row)
        if look.rows > ROWS:
            raise Refused(FileTooLarge)
    look.settled(header, mapping, escaped=isinstance(table, Csv))
    return look


def _german(table: Table, header: Header) -> bool:
    """Day first and decimal comma, should the values themselves leave it open."""
    words = guess.folded(" ".join(header.names)).split()
    return table.separator == ";" or not set(GERMAN.split()).isdisjoint(words)


def _read(table: Table, header: Header, sample: list[Row], job: Job) -> Iterator[Found]:
    places = guess.places(header, sample, job.mapping)
    if "comment" not in places:
        raise Refused(NoCommentColumn)
    if not sample:
        raise Refused(NoRows)
    look = _look(table, header, places, _data(table, header), job.mapping)
    checks = Checks(header.names, places, look.habits, Redactor(look.vocabulary.doubts()))
    tally = _Tally()
    batch: list[Verbatim] = []
    for at, row in enumerate(_data(table, header), 1):
        judged = checks.judge(row)
        if isinstance(judged, Verbatim):
            batch.append(judged)
            tally.accept(judged)
        else:
            tally.reject(row, judged)
        if at % BATCH == 0:
            yield "verbatims", batch
            yield "progress", at / look.rows
            batch = []
    yield "verbatims", batch
    yield "reading", _reading(table, header, places, look.habits.scale, tally, job)


class _Tally:
    def __init__(self) -> None:
        self.accepted = self.rejected = self.letters = 0
        self.redacted: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.rows: list[Rejected] = []

    def accept(self, verbatim: Verbatim) -> None:
        self.accepted += 1
        self.redacted.update(verbatim.redacted)

    def reject(self, row: Row, problems: list[Problem]) -> None:
        self.rejected += 1
        self.problems += problems[: PROBLEMS - len(self.problems)]
        cells = _raw(row, 30_000)
        self.letters += sum(map(len, cells))
        if len(self.rows) < REJECTED_ROWS and self.letters < REJECTED_LETTERS:
            self.rows.append(Rejected(row=row.number, cells=cells, problems=tuple(problems)))


def _reading(table: Table, header: Header, places: guess.Places, scale: Scale, tally: _Tally, job: Job) -> Reading:
    ordered = [field for field in FIELDS if field in places]
    columns = {field: header.names[places[field]] for field in ordered}
    return Reading(
        file=job.file,
        encoding=table.encoding,
        separator=table.separator,
        preset=header.preset.id if header.preset else None,
        header=header.names,
        columns=columns,
        score=scale if "score" in places else Scale(),
        accepted=tally.accepted,
        rejected=tally.rejected,
        redacted={kind: tally.redacted[kind] for kind in sorted(tally.redacted)},
        problems=tuple(tally.problems),
        rejected_rows=tuple(tally.rows),
    )


def _raw(row: Row, most: int) -> tuple[str, ...]:
    return tuple(values.text(cell)[:most] for cell in row.cells[:300])


def _fingerprint(names: tuple[str, ...]) -> str:
    return sha256("\x1f".join(names).encode("utf-8", "replace")).hexdigest()[:32]
