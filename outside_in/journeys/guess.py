"""Which column is which: by what it is called, and by whether its values look like it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Items
from functools import cached_property
from typing import NamedTuple

from outside_in.domain.evidence import Metric
from outside_in.domain.mapping import FIELDS, Field, Mapping, Scale
from outside_in.domain.measures import ANSWERS
from outside_in.journeys import values
from outside_in.journeys.header import Header
from outside_in.journeys.refusals import NoCommentColumn, Refused, UnknownColumn
from outside_in.journeys.synonyms import LOW_IS_GOOD, NEVER, ONLY_WHOLE, SCALE_WORDS, SYNONYMS
from outside_in.journeys.tables import Cell, Row, is_blank

ENOUGH = 5
"""Values from which on they may overrule the name of their column."""
Places = dict[Field, int]


class Profile:
    """What the values of one column look like, judged by a sample."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = [cell for cell in cells if not is_blank(cell)]

    @cached_property
    def texts(self) -> list[str]:
        return [values.text(cell).strip() for cell in self.cells]

    @cached_property
    def words(self) -> float:
        return sum(len(one.split()) for one in self.texts) / max(1, len(self.texts))

    @cached_property
    def length(self) -> float:
        return sum(map(len, self.texts)) / max(1, len(self.texts))

    @cached_property
    def distinct(self) -> float:
        return len(set(self.texts)) / max(1, len(self.texts))

    @cached_property
    def numbers(self) -> list[float]:
        comma = values.decimals(self.cells)
        found = (values.rating(cell, comma) for cell in self.cells)
        return [one for one in found if one is not None]

    @cached_property
    def numeric(self) -> float:
        return len(self.numbers) / max(1, len(self.cells))

    def fitting(self, fits: Callable[[Cell], bool]) -> float:
        return sum(map(fits, self.cells)) / max(1, len(self.cells))

    def suits(self, field: Field) -> bool:
        """Whether the values allow what the name promises; a handful of values rules out little."""
        if field == "score" and self._polarity():
            return False
        if len(self.cells) < ENOUGH:
            return True
        if field in _FITS:
            return self._mostly(_FITS[field])
        if field == "comment":
            return max(self.numeric, self.fitting(_dated), self.fitting(_chosen)) < 0.5
        if field == "feedback_id":
            return len(self.cells) < 20 or self.distinct >= 0.9
        return self.length <= _SHORT.get(field, 1_000)

    def _mostly(self, fits: Callable[[Cell], bool]) -> bool:
        """The same mistake in every row is a mistake; different ones are another kind of column."""
        misfits = [values.text(cell) for cell in self.cells if not fits(cell)]
        return len(misfits) <= len(self.cells) / 2 or len(set(misfits)) == 1

    def _polarity(self) -> bool:
        """Minus one, zero, one: somebody's sentiment, none of our scales."""
        return -1 in self.numbers and set(self.numbers) <= {-1, 0, 1}


_ORDERS: tuple[values.Order, ...] = ("dmy", "mdy")


def _scored(cell: Cell) -> bool:
    found = values.rating(cell, isinstance(cell, str) and "," in cell)
    low, high = ANSWERS["nps"]
    return found is not None and low <= found <= high


def _counted(cell: Cell) -> bool:
    return values.number(cell) is not None


def _chosen(cell: Cell) -> bool:
    return values.choice(cell) is not None


def _dated(cell: Cell) -> bool:
    """Whatever the order: a wrong one still finds the days up to the twelfth."""
    return any(values.date(cell, order) for order in _ORDERS)


_FITS: dict[Field, Callable[[Cell], bool]] = {
    "date": _dated,
    "score": _scored,
    "tenure_years": _counted,
    "revenue": _counted,
    "churned": _chosen,
    "left_on": _dated,
    "repeat_contact": _chosen,
}
_SHORT: dict[Field, int] = {"language": 20, "touchpoint": 80, "channel": 80, "segment": 80}
"""Letters on average at most: longer ones are prose."""


class Candidate(NamedTuple):
    weight: float
    field: Field
    place: int


def places(header: Header, sample: Sequence[Row], mapping: Mapping) -> Places:
    """Said by a person, else by the preset, else guessed; a column serves one field."""
    found = _explicit(header, mapping)
    left_out = {field for field in FIELDS if field in mapping.columns}
    profiles = [Profile(_column(sample, at)) for at in range(len(header.names))]
    for candidate in sorted(_candidates(header, profiles), key=lambda one: -one.weight):
        free = candidate.field not in left_out | set(found)
        if free and candidate.place not in found.values():
            found[candidate.field] = candidate.place
    if "comment" not in found and "comment" not in left_out:
        _by_values(header, profiles, found)
    if "date" not in found and "date" not in left_out:
        _date_by_values(header, profiles, found)
    return found


def scale_of(name: str, counts: Items[float, int]) -> Metric:
    """By the column's name if the values allow it, else the smallest scale that fits them."""
    named = _named_scale(name)
    total = sum(counts.values())
    if named and (total < ENOUGH or _within(counts, ANSWERS[named]) >= 0.8 * total):
        return named
    beyond = {top: sum(n for value, n in counts.items() if value > top) for top in (5, 7)}
    few = 0.02 * total if total >= 50 else 0
    if not total or counts.get(0, 0) > few or beyond[7] > few:
        return "nps"
    if beyond[5] <= few:
        return "stars"
    return "ces" if total >= 50 else "nps"


def _named_scale(name: str) -> Metric | None:
    plain = folded(name)
    return next((metric for metric, words in SCALE_WORDS.items() if re.search(words, plain)), None)


def _within(counts: Items[float, int], ends: tuple[int, int]) -> int:
    return sum(n for value, n in counts.items() if ends[0] <= value <= ends[1])


def scale(header: Header, place: int, counts: Items[float, int], mapping: Mapping) -> Scale:
    said = mapping.score
    name = f"{header.names[place]} {header.hints[place]}"
    preset = header.preset.score.scale if header.preset else None
    return Scale(
        scale=said.scale or preset or scale_of(name, counts),
        low_is_good=said.low_is_good or bool(re.search(LOW_IS_GOOD, name, re.IGNORECASE)),
    )


def counts(cells: Sequence[Cell]) -> Counter[float]:
    return Counter(Profile(cells).numbers)


def _explicit(header: Header, mapping: Mapping) -> Places:
    found: Places = {}
    for field, column in mapping.columns.items():
        place = header.find(column) if column is not None else None
        if place is not None:
            found[field] = place
        elif column is not None and field != "comment":
            raise Refused(UnknownColumn, column=column)
        elif field == "comment":
            raise Refused(NoCommentColumn)
    return found


def _column(sample: Sequence[Row], at: int) -> list[Cell]:
    return [row.cells[at] for row in sample if at < len(row.cells)]


def _candidates(header: Header, profiles: Sequence[Profile]) -> list[Candidate]:
    found = []
    for place, profile in enumerate(profiles):
        for field in FIELDS:
            weight = _weight(header, place, field) or _asked(header, place, field, profile)
            if weight and profile.suits(field):
                bonus = min(profile.length, 99) / 100 if field == "comment" else 0
                found.append(Candidate(weight + bonus, field, place))
    return found


def _weight(header: Header, place: int, field: Field) -> float:
    """How strongly the name points to the field; 0 for not at all."""
    preset = header.preset.columns.get(field, ()) if header.preset else ()
    for rank, name in enumerate(preset):
        if place == header.find(name):
            return 200 - rank
    by_name = _likeness(header.names[place], field)
    return max(by_name, 0.7 * _likeness(header.hints[place], field))


def _asked(header: Header, place: int, field: Field, profile: Profile) -> float:
    """A question about recommending, satisfaction or effort, answered with numbers."""
    if field != "score" or profile.numeric < 0.8:
        return 0
    return 30 if any(map(_named_scale, _titles(header, place))) else 0


def _likeness(name: str, field: Field) -> float:
    plain = folded(name)
    if not plain:
        return 0
    known = _KNOWN[field]
    if plain in known:
        return 100 - known.index(plain)
    if any(part in plain for part in NEVER.get(field, ())):
        return 0
    return max((_inside(plain, one, rank) for rank, one in enumerate(known)), default=0)


def _inside(plain: str, synonym: str, rank: int) -> float:
    if synonym in ONLY_WHOLE or len(plain) > 120:
        return 0
    if f" {synonym} " in f" {plain} ":
        return 60 - 0.2 * rank + 5 * plain.endswith(synonym)
    ends_in_it = len(synonym) > 4 and any(word.endswith(synonym) for word in plain.split())
    return 50 - 0.2 * rank if ends_in_it else 0


def _by_values(header: Header, profiles: Sequence[Profile], found: Places) -> None:
    """Prose gives itself away; a question above it needs less of it."""
    best: tuple[float, int] = (0, -1)
    for at, one in enumerate(profiles):
        asked = len(profiles) == 1 or any("?" in title for title in _titles(header, at))
        enough = 2 if asked else 5
        if at in found.values() or not one.cells or not one.suits("comment"):
            continue
        if one.words >= enough and one.length >= 6 * enough and one.distinct >= 0.5:
            best = max(best, (one.length, at))
    if best[1] >= 0:
        found["comment"] = best[1]


def _titles(header: Header, at: int) -> tuple[str, str]:
    return header.names[at], header.hints[at]


def _date_by_values(header: Header, profiles: Sequence[Profile], found: Places) -> None:
    for at, one in enumerate(profiles):
        named = not any(part in folded(header.names[at]) for part in NEVER["date"])
        letters = [cell for cell in one.cells if isinstance(cell, str) and not cell.isdigit()]
        if at in found.values() or not named or len(letters) < ENOUGH:
            continue
        if len(letters) == len(one.cells) and one.fitting(_dated) > 0.95:
            found["date"] = at
            return


def folded(name: str) -> str:
    """Words in small letters: case, hyphens and the spelling of umlauts make no difference."""
    spread = re.sub(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])", " ", name) if " " not in name else name
    plain = spread.casefold()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue")):
        plain = plain.replace(umlaut, letters)
    return " ".join(re.findall(r"[^\W_]+", plain))


_KNOWN: dict[Field, tuple[str, ...]] = {field: tuple(map(folded, names)) for field, names in SYNONYMS.items()}
