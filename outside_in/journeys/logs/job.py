"""What the child is asked about a log. Nothing heavy comes with it."""

from collections.abc import Mapping
from typing import Literal

from outside_in.domain.flow import Expected, Part
from outside_in.domain.model import Model


class LogJob(Model):
    what: Literal["log"] = "log"
    path: str
    file: str
    columns: Mapping[Part, str | None] = {}
    plan: tuple[Expected, ...] = ()
    limit_bytes: int
