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
from outside_in.themes.corpus import pile
from outside_in.themes.letters import Letters
from outside_in.themes.space import Space
from outside_in.themes.study import UNASSIGNED, Study
from outside_in.themes.vectors import Array, blocks, means

FORMAT = "outside-in/themes-state/1"


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
    arrays: dict[str, Any] = study.space.letters.arrays() | {"centres": centres}
    for kind, own in (("letter", study.space.letter_means), ("sentence", study.space.sentence_means)):
        arrays |= {f"mean/{kind}/{tag}": mean for tag, mean in own.items()}
    told = {
        "format": FORMAT,
        "model": study.space.model,
        "themes": names,
        "spread": split.spread,
        "letters": study.space.letters.facts(),
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
        vectors = _space(facts, arrays).place(heap.texts, heap.languages).astype(np.float32)
        for same, (theme, sub, sure) in zip(heap.rows, _nearest(vectors, facts, arrays["centres"]), strict=True):
            own = (theme, sub) if sure >= floor else (None, None)
            placed += [Placed(row=c.row, theme=own[0], subtheme=own[1], confidence=sure) for c in same]
    grown = Counter(one.theme for one in placed if one.theme)
    return Wave(
        comments=tuple(sorted(placed, key=lambda one: one.row)),
        assigned=grown.total(),
        unassigned=len(placed) - grown.total(),
        grown=dict(sorted(grown.items())),
    )


def carried(old: Found, new: Found, least: float = 0.3) -> Found:
    """The new run with the old run's ids wherever a theme is mostly the same comments."""
    from scipy.optimize import linear_sum_assignment

    before, after = _members(old), _members(new)
    was, now = sorted(before), sorted(after)
    overlap = np.array([[_jaccard(before[a], after[b]) for b in now] for a in was]).reshape(len(was), len(now))
    pairs = zip(*linear_sum_assignment(-overlap), strict=True)
    same = {now[b]: was[a] for a, b in pairs if overlap[a, b] >= least}
    return _renamed(new, same, _after(was))


def _renamed(found: Found, same: Mapping[str, str], first: int) -> Found:
    fresh = iter(range(first, first + len(found.themes) + 1))
    tops = [theme.id for theme in found.themes if theme.parent is None]
    names = {old: same.get(old) or f"t{next(fresh)}" for old in tops}

    def name(old: str | None) -> str | None:
        if old is None:
            return None
        top, dot, sub = old.partition(".")
        return names[top] + dot + sub

    themes = [t.model_copy(update={"id": name(t.id), "parent": name(t.parent)}) for t in found.themes]
    placed = [c.model_copy(update={"theme": name(c.theme), "subtheme": name(c.subtheme)}) for c in found.comments]
    return found.model_copy(update={"themes": tuple(themes), "comments": tuple(placed)})


def _after(names: Sequence[str]) -> int:
    return 1 + max((int(name[1:]) for name in names), default=0)


def _members(found: Found) -> dict[str, set[int]]:
    members: dict[str, set[int]] = {t.id: set() for t in found.themes if t.parent is None}
    for one in found.comments:
        if one.theme:
            members[one.theme].add(one.row)
    return members


def _jaccard(one: set[int], two: set[int]) -> float:
    return len(one & two) / max(1, len(one | two))


def _themes(found: Found) -> int:
    return sum(theme.parent is None for theme in found.themes)


def _centres(study: Study, found: Found) -> tuple[list[str], Array]:
    """Each theme's and sub-theme's mean of the unsmoothed vectors, in the order of `found`."""
    where = {placed.row: placed for placed in found.comments}
    names = [theme.id for theme in found.themes]
    number = {name: i for i, name in enumerate(names)}
    first = [where[same[0].row] for same in study.pile.rows]
    assert study.terrain  # only a run that grew a tree is kept
    vectors, weight = study.terrain.vectors.astype(np.float32), study.terrain.weight
    total = np.zeros((len(names), vectors.shape[1]), np.float32)
    for tags in ([one.theme for one in first], [one.subtheme for one in first]):
        inside = np.array([tag is not None for tag in tags])
        label = np.array([number[tag] for tag in tags if tag is not None], np.int64)
        total += means(vectors[inside], weight[inside], label, len(names))
    return names, total


def _nearest(vectors: Array, facts: Mapping[str, Any], centres: Array) -> list[tuple[str, str | None, float]]:
    names: list[str] = facts["themes"]
    tops = [i for i, name in enumerate(names) if "." not in name]
    inside = {names[t]: [i for i, n in enumerate(names) if n.startswith(names[t] + ".")] for t in tops}
    out = []
    for part in blocks(len(vectors)):
        similar = vectors[part] @ centres.T
        for row in similar:
            order = sorted(tops, key=lambda i: -row[i])
            rest = row[order[1]] if len(order) > 1 else 0.0
            sure = 1 / (1 + np.exp(-(row[order[0]] - rest) / facts["spread"])) if row.any() else 0
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
    def own(kind: str) -> dict[str, Array]:
        lead = f"mean/{kind}/"
        return {n.removeprefix(lead): a for n, a in arrays.items() if n.startswith(lead)}

    letters = Letters.reopened(facts["letters"], arrays)
    return Space(letters, own("letter"), own("sentence"), facts["model"])
