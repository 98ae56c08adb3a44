"""Comments without a score, below the ranking of themes."""

import pytest

from outside_in.domain.feedback import Verbatim
from outside_in.domain.workshop import Batch
from outside_in.house.moods import moods_of
from tests.pages.tabs import SAY, open_tab, press, words
from tests.pages.test_themes import done, see

GOOD = ("Freundlich und schnell geholfen", "Alles bestens erledigt", "Sehr zufrieden mit der Beratung")
BAD = ("Schon wieder eine falsche Rechnung", "Stundenlang in der Warteschleife", "Niemand ruft zurück, ärgerlich")


@pytest.fixture
def host(world):
    return world.badge("facilitator", "facilitator", id="first")


def add(world, rows):
    """Comments (text, score) as one more file."""
    first = max((one.row for one in world.house.comments(world.plan)), default=1) + 1
    said = [
        Verbatim(row=first + n, text=text, score=score, metric="nps" if score is not None else None)
        for n, (text, score) in enumerate(rows)
    ]
    house, by = world.house, world.host()
    batch = Batch(id=house.new_code(), file="more.csv", accepted=len(said), rejected=0, redacted={}, at=house.clock())
    house.database.corpora.add(world.plan.code, batch.id, said)
    house.prepare(by, world.plan.code, lambda now: now.take_in(by, batch))


def test_missing_scores_are_estimated_on_request_and_say_how_good_that_is(world, host, language):
    t = SAY[language]
    rows = [(f"{(GOOD if n % 2 else BAD)[n % 3]}, Fall {n}", 10.0 if n % 2 else 1.0) for n in range(220)]
    add(world, [*rows, *((f"{BAD[n % 3]}, ohne Bewertung {n}", None) for n in range(9))])
    press(see(open_tab("themes", host, language), "rank"), "mood")
    done(world)
    known = moods_of(world.house, world.plan)
    assert known.proof.holds
    assert t(known.proof.sentence()) in words(see(open_tab("themes", host, language), "rank"))


def test_too_few_scores_are_said_and_nothing_is_offered(world, host, language):
    files = [batch.id for batch in world.plan.batches]
    assert files
    add(world, [("Ohne Bewertung, aber mit Worten", None)] * 3)
    known = moods_of(world.house, world.plan)
    told = words(see(open_tab("themes", host, language), "rank"))
    assert SAY[language]("{n} comments carry no score, {m} do.", n=known.silent, m=known.scored) in told
