"""
Adding an exercise touches few places: this file is one, whole, with nothing else changed.

A content file, the laws of exercises, phone, picture and every document take it as it is.
"""

from typing import Literal

import pytest
import yaml
from pydantic import TypeAdapter

from outside_in.charts import chart
from outside_in.content import Speaker
from outside_in.domain.blocks import Bars, Beat, Block, Says, beat
from outside_in.domain.exercise import Exercise, Room
from outside_in.domain.exercises.vote import Vote
from outside_in.domain.plan import Phase, Plan, Step
from outside_in.domain.questions import Option, Pick
from outside_in.domain.tallies import bars
from outside_in.domain.text import Text, line
from outside_in.exports import write
from tests.conftest import DAY, make_facts
from tests.conftest import Room as Played
from tests.exports import readers
from tests.exports.samples import MADE, outcome

MOODS = (Option(id="sun", label=Text(de="Sonne", en="Sun")), Option(id="rain", label=Text(de="Regen", en="Rain")))
FILE = """
id: weather
title: {de: "Wetterlage", en: "Weather"}
minutes: 3
notes: {de: "Ohne Kommentar.", en: "Without comment."}
debrief:
  - {de: "Was bräuchte die Sonne?", en: "What would the sun need?"}
exercise: {kind: weather}
"""


class Weather(Exercise):
    """How customers' week felt, as leaders see it."""

    kind: Literal["weather"] = "weather"

    def asks(self) -> tuple[Pick, ...]:
        return (Pick(id="weather", label=Text(de="Wie war die Woche?", en="How was the week?"), options=MOODS),)

    def tells(self, room: Room) -> tuple[Beat, ...]:
        return (beat(bars(MOODS, room.said(self.asks()[0]))),)

    def mine(self, own: Room) -> tuple[Block, ...]:
        chosen = {id for vote in own.said(self.asks()[0]) for id in vote}
        return tuple(Says(text=line("You chose: {label}", label=o.label)) for o in MOODS if o.id in chosen)


class WeatherStep(Step):
    exercise: Weather | Vote


@pytest.fixture
def plan():
    step = TypeAdapter(WeatherStep).validate_python(yaml.safe_load(FILE))
    plan = Plan(workshop="W", title="T", date=DAY, facts=make_facts(), steps=())
    return plan.model_copy(update={"steps": (step,)})


def test_it_runs_from_a_content_file_to_the_reveal(plan):
    room = Played(plan).answered("weather", 4).go_to("weather", Phase.REVEALED)
    assert not any(isinstance(block, Bars) for told in room.session.tells("weather") for block in told.blocks)
    room = Played(plan).answered("weather", 6).go_to("weather", Phase.REVEALED)
    (told,) = room.session.tells("weather")
    assert told.blocks[0].n == 6
    assert room.session.mine("weather", {"weather": ["sun"]})


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_screen_and_document_knows_what_it_tells(plan, language):
    say, session = Speaker(language), Played(plan).revealed("weather", 6).session
    (told,) = session.outcome("weather")
    assert chart(told.blocks[0], say)
    part = outcome("board").parts[0].model_copy(update={"title": session.plan.steps[0].title, "beats": (told,)})
    left = outcome("board", parts=(part,), promises=(), journey=None, themes=(), suppressed=())
    for format in ("pptx", "xlsx", "pdf"):
        (file,) = write(left, format, say, made=MADE)
        assert say(MOODS[0].label) in readers.WORDS[format](file.data)
