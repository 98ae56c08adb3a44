"""
The own lens: first what matters to oneself as a private customer, then, with that put aside, what customers raise.

After DOMAIN F3 and 3.3: the room sees a projection index pooled over all; a leader sees their own, from eight
themes on. Two steps, so that the first answers are out of sight while the second are given.
"""

from collections.abc import Sequence
from statistics import fmean
from typing import Literal

from outside_in.domain.agreement import projection_index, spearman_rho
from outside_in.domain.blocks import Beat, Block, Says, Slope, beat
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.feedback import Theme
from outside_in.domain.noise import redrawn
from outside_in.domain.questions import Battery, Option
from outside_in.domain.text import Figure, Line, line

ALONE = 8
"""Themes from which on an index of one person says anything."""
Answers = Sequence[tuple[int, ...]]


class Lens(Exercise):
    kind: Literal["lens"] = "lens"
    part: Literal["own", "customers"]
    most: int = 8
    themes: tuple[Theme, ...] = ()
    """In an order that gives nothing away."""

    def filled(self, facts: Facts) -> "Lens":
        if self.themes:
            return self
        largest = sorted(facts.themes, key=lambda theme: -theme.size)[: self.most]
        return self.model_copy(update={"themes": tuple(sorted(largest, key=lambda theme: theme.id))})

    def missing(self) -> Line | None:
        return None if len(self.themes) > 3 else line("The own-lens check needs at least four selected themes.")

    def asks(self) -> tuple[Battery, ...]:
        return (self._own() if self.part == "own" else self._theirs(),)

    def opening(self) -> tuple[Block, ...]:
        if self.part == "own":
            return (
                Says(text=line("Only for a moment: you yourself, as a private customer of any company."), strong=True),
            )
        said = line(
            "Now put your own taste aside. What do your customers raise? Remember those who are least like you."
        )
        return (Says(text=said, strong=True),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        if self.part == "own":
            return (beat(Says(text=line("Put aside. Nobody but you sees these answers; we come back to them."))),)
        own, guessed = room.said(self._own()), room.said(self._theirs())
        means = _means(guessed)
        slope = Slope(rows=self._rows(means), n=len(guessed))
        return (beat(slope, *(Says(text=text) for text in self._pooled(own, guessed))),)

    def mine(self, own: Room) -> tuple[Block, ...]:
        mine, guessed = own.said(self._own()), own.said(self._theirs())
        if self.part == "own" or not guessed:
            return ()
        alike = spearman_rho(guessed[0], [t.size for t in self.themes])
        told = [line("Your prediction and the customers: ρ = {rho} (1 is the same order).", rho=_two(alike))]
        if mine and len(self.themes) >= ALONE:
            index = projection_index(guessed[0], mine[0], [t.size for t in self.themes])
            told.append(
                line(
                    "Your own taste in it, beyond what customers say: {index} (−1 to 1, only you see this).",
                    index=_two(index),
                )
            )
        elif mine:
            told.append(
                line("Your prediction and your own taste: ρ = {rho}.", rho=_two(spearman_rho(guessed[0], mine[0])))
            )
        return tuple(Says(text=text) for text in told)

    def _rows(self, means: Sequence[float]) -> tuple[Slope.Row, ...]:
        ours = sorted(means, reverse=True)
        ranked = sorted(range(len(self.themes)), key=lambda i: -self.themes[i].size)
        return tuple(
            Slope.Row(
                label=self.themes[i].label,
                inside=fmean(at for at, mean in enumerate(ours, 1) if mean == means[i]),
                outside=place,
                size=self.themes[i].size,
            )
            for place, i in enumerate(ranked, 1)
        )

    def _pooled(self, own: Answers, guessed: Answers) -> list[Line]:
        truth = [theme.size for theme in self.themes]
        alike = spearman_rho(_means(guessed), truth)
        told = [line("Our prediction and the customers: ρ = {rho} (n = {n}).", rho=_two(alike), n=len(guessed))]
        if not own:
            return told
        index = projection_index(_means(guessed), _means(own), truth)
        bounds = redrawn([own, guessed], lambda c: projection_index(_means(c[1]), _means(c[0]), truth))
        if index is None or bounds is None:
            return told
        figures = {"index": _two(index), "low": _two(bounds.low), "high": _two(bounds.high), "n": len(guessed)}
        return [*told, _projected(index, figures)]

    def _own(self) -> Battery:
        label = line("How important would this be to you as a private customer?")
        return self._battery("lens-own", label, line("not at all"), line("very"))

    def _theirs(self) -> Battery:
        label = line("How often do your customers raise this?")
        return self._battery("lens-customers", label, line("hardly ever"), line("very often"))

    def _battery(self, id: str, label: Line, low: Line, high: Line) -> Battery:
        options = tuple(Option(id=theme.id, label=theme.label) for theme in self.themes)
        return Battery(id=id, label=label, statements=options, ends=(low, high))


def _means(answers: Answers) -> list[float]:
    return [fmean(column) for column in zip(*answers, strict=True)]


def _projected(index: float, figures: dict[str, Figure | int]) -> Line:
    if index > 0.3:
        return line("We answered for ourselves: projection index {index} ({low} to {high}, n = {n}).", **figures)
    return line(
        "Our own taste explains little of our prediction: projection index {index} ({low} to {high}, n = {n}).",
        **figures,
    )


def _two(value: float | None) -> Figure:
    return Figure(value=value or 0.0, digits=2, signed=True)
