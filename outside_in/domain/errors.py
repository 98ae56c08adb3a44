"""
What can go wrong in a workshop, in the words of the workshop.

* WorkshopError
  - NotAllowed
    · Expired
  - Unknown
    · UnknownCode
  - NotOpen
  - BadAnswer
    · NotThatDay
  - BadInput
    · FileRefused

Everything else is a bug: it is logged with an id, and people see only that id.
"""

from typing import ClassVar

from outside_in.domain.text import Line


class WorkshopError(Exception):
    """Something the person in front of the screen can understand and act on."""

    message: ClassVar[str] = "This did not work."
    code: ClassVar[str] = "workshop"

    def __init__(self, **values: object) -> None:
        super().__init__(self.message, values)
        self.values = values

    @property
    def line(self) -> Line:
        return Line(message=self.message, values=self.values)


class NotAllowed(WorkshopError):
    message = "This is not possible with your role in this workshop."
    code = "not-allowed"


class Expired(NotAllowed):
    message = "This link is no longer valid. Please ask for a new one."
    code = "expired"


class Unknown(WorkshopError):
    message = "We do not know “{name}”."
    code = "unknown"


class UnknownCode(Unknown):
    message = "We do not know the code {name}. Please check it on the screen in the room."
    code = "unknown-code"


class NotOpen(WorkshopError):
    message = "This step no longer takes answers. Your answer was not counted."
    code = "not-open"


class BadAnswer(WorkshopError):
    message = "This answer does not fit the question “{question}”."
    code = "bad-answer"


class NotThatDay(BadAnswer):
    message = "“{question}”: please choose a day from {earliest} to {latest}."
    code = "not-that-day"


class BadInput(WorkshopError):
    """Input from outside that cannot be used; subclasses say in their message what and where."""

    message = "This input cannot be used."
    code = "bad-input"


class FileRefused(BadInput):
    """A whole file that is not read; `code` is one of CONTRACT's file codes, set per subclass."""

    message = "The file “{file}” cannot be read."
    code = "file-damaged"
