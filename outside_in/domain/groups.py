"""Small groups: who talks with whom, by the order in which leaders came in; remote ones among themselves."""

from outside_in.domain.state import State


def groups(session: State, size: int) -> tuple[tuple[str, ...], ...]:
    """
    Leaders by group. Nobody is left alone: one who would be joins the group before.

    A latecomer changes only the last group of the same place, so nobody else has to stand up.
    """
    if size < 2:
        return ()
    places = (
        [who for who in session.joined if who not in session.remote],
        [who for who in session.joined if who in session.remote],
    )
    return tuple(group for place in places for group in _split(place, size))


def group_of(session: State, size: int, who: str) -> tuple[int, int] | None:
    """The number of a leader's group, from 1, and how many are in it; None for somebody who is in none."""
    for number, group in enumerate(groups(session, size), 1):
        if who in group:
            return number, len(group)
    return None


def _split(place: list[str], size: int) -> list[tuple[str, ...]]:
    found = [tuple(place[at : at + size]) for at in range(0, len(place), size)]
    if len(found) > 1 and len(found[-1]) == 1:
        found[-2:] = [(*found[-2], *found[-1])]
    return found
