"""The exercises this house knows. A new one adds its file, and its name here."""

from typing import Annotated

from pydantic import Field

from outside_in.domain.exercises.ask import Ask
from outside_in.domain.exercises.bridge import Bridge
from outside_in.domain.exercises.commit import Commit
from outside_in.domain.exercises.predict import Predict
from outside_in.domain.exercises.rank import Rank
from outside_in.domain.exercises.show import Show
from outside_in.domain.exercises.vote import Vote
from outside_in.domain.exercises.walk import Walk
from outside_in.domain.exercises.write import Write

AnyExercise = Annotated[
    Show | Predict | Walk | Write | Rank | Vote | Ask | Commit | Bridge, Field(discriminator="kind")
]
