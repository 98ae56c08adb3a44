"""The exercises this house knows. A new one adds its file, and its name here."""

from typing import Annotated

from pydantic import Field

from outside_in.domain.exercises.ask import Ask
from outside_in.domain.exercises.behave import Behave
from outside_in.domain.exercises.bridge import Bridge
from outside_in.domain.exercises.bright import Bright
from outside_in.domain.exercises.case import Case
from outside_in.domain.exercises.chair import Chair
from outside_in.domain.exercises.commit import Commit
from outside_in.domain.exercises.errand import Errand
from outside_in.domain.exercises.foresee import Foresee
from outside_in.domain.exercises.gauge import Gauge
from outside_in.domain.exercises.lens import Lens
from outside_in.domain.exercises.listen import Listen
from outside_in.domain.exercises.pains import Pains
from outside_in.domain.exercises.predict import Predict
from outside_in.domain.exercises.ranges import Ranges
from outside_in.domain.exercises.rank import Rank
from outside_in.domain.exercises.reframe import Reframe
from outside_in.domain.exercises.review import Review
from outside_in.domain.exercises.show import Show
from outside_in.domain.exercises.voices import Voices
from outside_in.domain.exercises.vote import Vote
from outside_in.domain.exercises.walk import Walk
from outside_in.domain.exercises.wanting import Wanting
from outside_in.domain.exercises.write import Write

AnyExercise = Annotated[
    Show | Predict | Walk | Write | Rank | Vote | Ask | Commit | Review | Ranges
    | Foresee | Pains | Lens | Voices | Chair | Errand | Listen | Bright | Bridge | Behave | Reframe | Gauge | Wanting
    | Case,
    Field(discriminator="kind"),
]  # fmt: skip
