"""A second commitment of the same leader; a third is none."""

from outside_in.domain.errors import BadAnswer
from outside_in.domain.questions import Words
from outside_in.domain.text import line

SECOND = line("A second commitment (optional, two are the most)")
PAIR = (
    Words(id="when2", label=line("If … (the situation)"), fold=SECOND, fewest=0, most=160, lines=2),
    Words(id="then2", label=line("… then I will … (what you do)"), fold=SECOND, fewest=0, most=160, lines=2),
    Words(
        id="measure2", label=line("How others can tell (measure, from → to)"), fold=SECOND, fewest=0, most=120, lines=1
    ),
    Words(id="first2", label=line("First step within seven days"), fold=SECOND, fewest=0, most=160, lines=2),
)


class Half(BadAnswer):
    message = "The second commitment needs both: the situation and what you do."
    code = "half"
