"""A new run that keeps an old run's names: of themes, and inside them of sub-themes."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from outside_in.domain.feedback import Found

LEAST = 0.3
"""Part of their comments that two themes must share to be the same (Jaccard)."""


def carried(old: Found, new: Found) -> Found:
    """The new run with the old run's ids wherever a theme is mostly the same comments."""
    names = renamed(old, new)
    themes = [
        theme.model_copy(update={"id": names[theme.id], "parent": names.get(theme.parent or "")})
        for theme in new.themes
    ]
    placed = [
        one.model_copy(update={"theme": names.get(one.theme or ""), "subtheme": names.get(one.subtheme or "")})
        for one in new.comments
    ]
    return new.model_copy(update={"themes": tuple(themes), "comments": tuple(placed)})


def renamed(old: Found, new: Found) -> dict[str, str]:
    """The name each theme and sub-theme of the new run gets; no name of the old run ever means something else."""
    before, after = _members(old), _members(new)
    tops = [name for name in after if "." not in name]
    names = _matched(_inside(before, ""), _inside(after, ""), tops, "t")
    for top in tops:
        own = names[top]
        parts = [name for name in after if name.startswith(top + ".")]
        names |= _matched(_inside(before, own + "."), _inside(after, top + "."), parts, own + ".")
    return names


def _matched(
    before: Mapping[str, set[int]], after: Mapping[str, set[int]], order: Sequence[str], lead: str
) -> dict[str, str]:
    """The old name where most is the same, else the next free number, in the order of the new run."""
    from scipy.optimize import linear_sum_assignment

    was, now = sorted(before), sorted(after)
    overlap = np.array([[_jaccard(before[a], after[b]) for b in now] for a in was]).reshape(len(was), len(now))
    pairs = zip(*linear_sum_assignment(-overlap), strict=True)
    same = {now[b]: was[a] for a, b in pairs if overlap[a, b] >= LEAST}
    fresh = _numbers(was, lead)
    return {name: same.get(name) or f"{lead}{next(fresh)}" for name in order}


def _numbers(was: Sequence[str], lead: str) -> Iterator[int]:
    n = max((int(name.removeprefix(lead)) for name in was), default=0)
    while True:
        n += 1
        yield n


def _members(found: Found) -> dict[str, set[int]]:
    members: dict[str, set[int]] = {theme.id: set() for theme in found.themes}
    for one in found.comments:
        for name in filter(None, (one.theme, one.subtheme)):
            members[name].add(one.row)
    return members


def _inside(members: Mapping[str, set[int]], lead: str) -> dict[str, set[int]]:
    """The themes, or with `lead` the sub-themes of one."""
    return {name: rows for name, rows in members.items() if (name.startswith(lead) if lead else "." not in name)}


def _jaccard(one: set[int], two: set[int]) -> float:
    return len(one & two) / max(1, len(one | two))
