"""The real case, event by event: predicted at its turning points, ending with the customer's own words (DOMAIN F5)."""

from random import Random
from statistics import median
from typing import Literal

from pydantic import JsonValue

from outside_in.domain.blocks import Beat, Block, Points, Says, Spread, Voice, beat, euros
from outside_in.domain.exercise import Exercise, Facts, Room
from outside_in.domain.measures import wilson
from outside_in.domain.noise import median_interval
from outside_in.domain.questions import AnyQuestion, Number, Option, Pick, Words
from outside_in.domain.story import Story, told, words
from outside_in.domain.tallies import bars, percent, sayings
from outside_in.domain.text import Figure, Line, Text, line

DAYS = 365


class Case(Exercise):
    kind: Literal["case"] = "case"
    part: int
    """Number of the turning point, 1 being the first; 0: the end."""
    story: Story | None = None

    def filled(self, facts: Facts) -> "Case":
        return self if self.story or not facts.story else self.model_copy(update={"story": facts.story})

    def missing(self) -> Line | None:
        if not self.story:
            return line("A real case is chosen under “Journey”, from an event log.")
        if self.part > len(self.story.turns):
            return line("The chosen case has no further turning point.")
        return None

    def asks(self) -> tuple[AnyQuestion, ...]:
        if self.missing() or not self.story:
            return ()
        return (self._days(), self._next()) if self.part else (self._turn(), _call())

    def rehearse(self, chance: Random) -> dict[str, JsonValue]:
        """Days of an order that people would guess, not any up to a year."""
        said = super().rehearse(chance)
        if self.part and self.story:
            said[self._days().id] = chance.randint(0, round(3 * self.story.waited(self.part)))
        return said

    def opening(self) -> tuple[Block, ...]:
        if not self.story:
            return ()
        number = self.part or len(self.story.turns) + 1
        lead = line("How it went on:")
        if self.part == 1:
            lead = line("This really happened: {label}.", label=self.story.label)
        return Says(text=lead, strong=True), Points(items=tuple(told(one) for one in self.story.part(number)))

    def tells(self, room: Room) -> tuple[Beat, ...]:
        return self._turned(room) if self.part else self._ended(room)

    def mine(self, own: Room) -> tuple[Block, ...]:
        if not self.part or not self.story:
            return ()
        real = _days(self.story.waited(self.part))
        return tuple(
            Says(text=line("You guessed {guess} days; it took {real}.", guess=_days(guess), real=real))
            for guess in own.said(self._days())
        )

    def _turned(self, room: Room) -> tuple[Beat, ...]:
        """First how far apart the room is, then what came; never the other way round."""
        assert self.story
        guesses, votes = room.said(self._days()), room.said(self._next())
        real, came = self.story.waited(self.part), self.story.next(self.part)
        truth: list[Block] = [
            Says(text=line("After {days} days: {what}", days=_days(real), what=came.activity), strong=True)
        ]
        if not guesses:
            return (beat(*truth),)
        bounds = median_interval(guesses)
        text = line(
            "Our median: {median} days ({low} to {high}, n = {n}). In truth: {real}.",
            median=_days(median(guesses)),
            low=_days(bounds.low),
            high=_days(bounds.high),
            n=len(guesses),
            real=_days(real),
        )
        return beat(self._spread(guesses)), beat(*truth, Says(text=text)), *self._foreseen(came.activity, votes)

    def _foreseen(self, came: str, votes: list[tuple[str, ...]]) -> tuple[Beat, ...]:
        if not votes:
            return ()
        right = sum(self._answer(came) in vote for vote in votes)
        share = wilson(right, len(votes))
        text = line(
            "{right} of {n} foresaw what came next ({low} to {high}).",
            right=right,
            n=len(votes),
            low=percent(share.low),
            high=percent(share.high),
        )
        return (beat(Says(text=text, strong=True), bars(self._options(), votes)),)

    def _spread(self, guesses: list[float]) -> Spread:
        label = words(self.story.part(self.part)[-1].activity) if self.story else Text(de="", en="")
        row = Spread.Row(label=label, values=tuple(sorted(map(float, guesses))), median=median(guesses))
        top = int(max(*guesses, self.story.waited(self.part) if self.story else 0)) + 1
        said = line("Days until the next thing happened, as we guessed (n = {n}).", n=len(guesses))
        return Spread(rows=(row,), scale=(0, top), unit=line("days"), told=said, head=line("After"))

    def _ended(self, room: Room) -> tuple[Beat, ...]:
        assert self.story
        votes = room.said(self._turn())
        shown = [beat(bars(self._turns(), votes, ranked=False))] if votes else []
        said = sayings(_call().label, room.said(_call()))
        if said:
            shown.append(beat(*said))
        if self.story.quote and self.story.quote.approved:
            heading = Says(text=line("A customer in this situation says:"))
            shown.append(beat(heading, Voice(quote=self.story.quote)))
        return *shown, beat(*self._summary())

    def _summary(self) -> tuple[Block, ...]:
        """How many cases are like this, and what each is worth: an anecdote alone proves nothing."""
        assert self.story
        case = self.story.case
        share = wilson(case.similar, self.story.cases)
        rare = line(
            "{n} of {cases} cases went a similar way ({low} to {high}).",
            n=case.similar,
            cases=self.story.cases,
            low=percent(share.low),
            high=percent(share.high),
        )
        found = [
            Says(text=line("{n} steps in {days} days.", n=len(case.happenings), days=_days(case.days)), strong=True),
            Says(text=line("This is {label}.", label=self.story.label)),
            Says(text=rare),
        ]
        if stake := self.story.stake:
            low, high = map(euros, stake)
            found.append(
                Says(text=line("At stake for one customer like this: {low} to {high} a year.", low=low, high=high))
            )
        return tuple(found)

    def _days(self) -> Number:
        label = line("How many days pass until the next thing happens?")
        return Number(id=f"case-{self.part}-days", label=label, low=0, high=DAYS)

    def _next(self) -> Pick:
        return Pick(id=f"case-{self.part}-next", label=line("What happens next?"), options=self._options())

    def _options(self) -> tuple[Option, ...]:
        names = self.story.choices[self.part - 1] if self.story else ()
        return tuple(Option(id=self._answer(name), label=words(name)) for name in names)

    def _answer(self, name: str) -> str:
        names = self.story.choices[self.part - 1] if self.story else ()
        return f"n{names.index(name) + 1}"

    def _turn(self) -> Pick:
        return Pick(id="case-turn", label=line("Where would one call have turned it?"), options=self._turns())

    def _turns(self) -> tuple[Option, ...]:
        assert self.story
        spots = [self.story.case.happenings[at] for at in self.story.turns]
        return tuple(
            Option(
                id=f"t{number}",
                label=Text(de=f"Tag {one.day:.0f}: {one.activity}", en=f"Day {one.day:.0f}: {one.activity}"),
            )
            for number, one in enumerate(spots, 1)
        )


def _call() -> Words:
    example = Text(
        de="Ein Anruf der Person, die den Fall gerade hatte: was fehlt, bis wann es weitergeht.",
        en="A call by whoever held the case: what is missing, and when it goes on.",
    )
    return Words(
        id="case-call", label=line("Who would have had to call, and to say what?"), fewest=0, most=200, lines=2,
        examples=(example,),
    )  # fmt: skip


def _days(value: float) -> Figure:
    return Figure(value=value, digits=0 if value == int(value) else 1)
