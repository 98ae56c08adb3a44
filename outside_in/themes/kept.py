"""A run that is kept: cut again at another number, or given a new wave of feedback."""

import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from outside_in.domain.errors import BadInput
from outside_in.domain.feedback import Found, Placed, Verbatim
from outside_in.domain.model import Model
from outside_in.themes.concepts import tongues
from outside_in.themes.corpus import pile
from outside_in.themes.space import Space
from outside_in.themes.study import UNASSIGNED, Study
from outside_in.themes.terrain import likeness, means_of
from outside_in.themes.vectors import Array, Labels, blocks

FORMAT = "outside-in/themes-state/2"


class StateRefused(BadInput):
    message = "The kept themes cannot be read; please look for themes again."
    code = "themes-state"


class Wave(Model):
    """What assigning new comments would change; nothing old moves."""

    comments: tuple[Placed, ...]
    assigned: int
    unassigned: int
    grown: Mapping[str, int]
    """New comments per theme."""


def keep(study: Study, found: Found, path: Path) -> None:
    """Everything a new wave needs, as plain numbers and JSON, without any comment's text."""
    if study.space is None or study.terrain is None:
        return
    names, centres = _centres(study, found)
    split = study.split(_themes(found))
    arrays: dict[str, Any] = study.space.arrays() | {"centres": centres}
    told = {
        "format": FORMAT,
        "themes": names,
        "spread": split.spread,
        "space": study.space.facts(),
    }
    arrays["facts"] = np.frombuffer(json.dumps(told).encode(), np.uint8)
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **arrays)
    path.write_bytes(out.getvalue())


def assign(comments: Sequence[Verbatim], path: Path, floor: float = UNASSIGNED) -> Wave:
    """New comments to the nearest kept theme, and inside it to its nearest sub-theme."""
    facts, arrays = _opened(path)
    heap = pile(comments)
    placed = [Placed(row=comment.row, theme=None) for comment in heap.silent]
    if heap.texts:
        space = _space(facts, arrays)
        vectors = space.place(heap.texts, heap.languages).astype(np.float32)
        spoken = tongues(heap.languages, space.usual)
        near = _nearest(vectors, spoken, facts, arrays["centres"])
        for same, (theme, sub, sure) in zip(heap.rows, near, strict=True):
            own = (theme, sub) if sure >= floor else (None, None)
            placed += [Placed(row=c.row, theme=own[0], subtheme=own[1], confidence=sure) for c in same]
    grown = Counter(one.theme for one in placed if one.theme)
    return Wave(
        comments=tuple(sorted(placed, key=lambda one: one.row)),
        assigned=grown.total(),
        unassigned=len(placed) - grown.total(),
        grown=dict(sorted(grown.items())),
    )


def _themes(found: Found) -> int:
    return sum(theme.parent is None for theme in found.themes)


def _centres(study: Study, found: Found) -> tuple[list[str], Array]:
    """(languages, themes, d) means of the unsmoothed vectors of each theme and sub-theme, in the order of `found`."""
    where = {placed.row: placed for placed in found.comments}
    names = [theme.id for theme in found.themes]
    number = {name: i for i, name in enumerate(names)}
    first = [where[same[0].row] for same in study.pile.rows]
    assert study.terrain  # only a run that grew a tree is kept
    vectors, weight, spoken = study.terrain.vectors, study.terrain.weight, study.terrain.tongues
    total = np.zeros((int(spoken.max()) + 1, len(names), vectors.shape[1]), np.float32)
    for tags in ([one.theme for one in first], [one.subtheme for one in first]):
        inside = np.array([tag is not None for tag in tags])
        label = np.array([number[tag] for tag in tags if tag is not None] or [0], np.int64)
        if inside.any():
            own = means_of(vectors[inside], weight[inside], label, spoken[inside])
            total[: own.shape[0], : own.shape[1]] += own
    return names, total


def _nearest(
    vectors: Array, spoken: Labels, facts: Mapping[str, Any], centres: Array
) -> list[tuple[str, str | None, float]]:
    names: list[str] = facts["themes"]
    tops = [i for i, name in enumerate(names) if "." not in name]
    inside = {names[t]: [i for i, n in enumerate(names) if n.startswith(names[t] + ".")] for t in tops}
    out = []
    for part in blocks(len(vectors)):
        for row in likeness(vectors[part], spoken[part], centres):
            order = sorted(tops, key=lambda i: -row[i])
            rest = row[order[1]] if len(order) > 1 else 0.0
            sure = 1 / (1 + np.exp(-(row[order[0]] - rest) / facts["spread"])) if row[order[0]] else 0
            theme = names[order[0]]
            sub = max(inside[theme], key=lambda i: row[i], default=None)
            out.append((theme, names[sub] if sub is not None else None, round(float(sure), 3)))
    return out


def _opened(path: Path) -> tuple[dict[str, Any], dict[str, Array]]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        facts = json.loads(arrays.pop("facts").tobytes())
    except (OSError, ValueError, KeyError, EOFError) as broken:
        raise StateRefused from broken
    if facts.get("format") != FORMAT:
        raise StateRefused
    return facts, arrays


def _space(facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> Space:
    try:
        return Space.reopened(facts["space"], arrays)
    except KeyError as broken:
        raise StateRefused from broken
