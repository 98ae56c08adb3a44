"""One real case as a room is led through it (DOMAIN F5): where to stop and ask, and what it ends with."""

from outside_in.domain.errors import BadInput
from outside_in.domain.feedback import Quote
from outside_in.domain.flow import Flow, Happening, RealCase, Stand
from outside_in.domain.model import Model
from outside_in.domain.text import Figure, Line, Text, line

OTHERS = 4
"""What may come next is offered as a choice of at most so many."""
LABELS: dict[Stand, Line] = {
    "typical": line("a typical case: the one in the middle of {similar} similar ones"),
    "extreme": line("no typical case: one of the worst tenth among {similar} similar ones"),
    "bright": line("no typical case: one of the best tenth among {similar} similar ones"),
}


class BadStake(BadInput):
    message = "What is at stake has to be a range from a low to a high amount, none of them below zero."
    code = "bad-stake"


class Story(Model):
    case: RealCase
    cases: int
    """Of the whole log."""
    turns: tuple[int, ...]
    """Places in the case's happenings after which the room predicts."""
    choices: tuple[tuple[str, ...], ...]
    """Per turn: what is offered as the next activity, the real one among them, by name."""
    quote: Quote | None = None
    """The customer's own words at the end; shown if a person has let them through."""
    stake: tuple[float, float] | None = None
    """Euro, low and high, for one customer like this; never one number."""

    @classmethod
    def of(
        cls, flow: Flow, case: RealCase, quote: Quote | None = None, stake: tuple[float, float] | None = None
    ) -> "Story":
        """
        Without the words in the log's own comments, which nobody has read.

        Raises BadStake.
        """
        if stake and not 0 <= stake[0] <= stake[1]:
            raise BadStake
        told = tuple(one.model_copy(update={"words": ""}) for one in case.happenings)
        turns = case.turns()
        return cls(
            case=case.model_copy(update={"happenings": told, "case": ""}),
            cases=flow.cases,
            turns=turns,
            choices=tuple(_choices(flow, told, at) for at in turns),
            quote=quote,
            stake=stake,
        )

    @property
    def label(self) -> Line:
        known = LABELS[self.case.kind]
        return line(known.message, similar=self.case.similar)

    def part(self, number: int) -> tuple[Happening, ...]:
        """What is told before the turn of this number, 1 being the first; one more than there are: the rest."""
        ends = (-1, *self.turns, len(self.case.happenings) - 1)
        return self.case.happenings[ends[number - 1] + 1 : ends[number] + 1]

    def waited(self, number: int) -> float:
        """Days after the turn of this number."""
        at = self.turns[number - 1]
        return round(self.case.happenings[at + 1].day - self.case.happenings[at].day, 1)

    def next(self, number: int) -> Happening:
        return self.case.happenings[self.turns[number - 1] + 1]


def told(one: Happening) -> Line:
    """“Day 3 · Meter reading asked for · by letter”, the day rounded as people count days."""
    where = " · ".join(part for part in (one.channel, one.actor) if part)
    day = Figure(value=one.day, digits=0)
    if one.times > 1:
        return line("Day {day}: {what} ({n} times) · {where}", day=day, what=one.activity, n=one.times, where=where)
    if where:
        return line("Day {day}: {what} · {where}", day=day, what=one.activity, where=where)
    return line("Day {day}: {what}", day=day, what=one.activity)


def words(name: str) -> Text:
    """Names of activities are the client's own, in whatever language."""
    return Text(de=name, en=name)


def _choices(flow: Flow, told: tuple[Happening, ...], at: int) -> tuple[str, ...]:
    """The real next step, then what usually follows, then other steps of this very case."""
    usual = [one.target for one in flow.after(told[at].activity)]
    found = dict.fromkeys((told[at + 1].activity, *usual, *(one.activity for one in told)))
    found.pop(told[at].activity, None)
    return tuple(sorted(list(found)[:OTHERS]))
