"""The one way in which a writer fails, whatever a foreign server does."""

from outside_in.domain.text import Line, line

OFF = line("No language model is switched on.")
NOT_REACHED = line("The language model cannot be reached.")
SLOW = line("The language model took too long.")
KEY = line("The language model did not accept the key.")
UNKNOWN = line("There is no such model at this address.")
BUSY = line("The language model takes no more requests at the moment.")
UNREADABLE = line("The language model gave an answer that cannot be read.")


class Unavailable(Exception):
    """`hopeless`: asking for the next theme would fail the same way. `tokens` may have been paid."""

    def __init__(self, why: Line, *, hopeless: bool = False, tokens: int = 0) -> None:
        super().__init__(why.message)
        self.why, self.hopeless, self.tokens = why, hopeless, tokens
