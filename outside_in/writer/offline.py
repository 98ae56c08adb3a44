"""The writer that needs nobody: a theme is called by its telling words."""

from outside_in.domain.text import Text
from outside_in.domain.wording import Ask, Draft, Offered, Worded
from outside_in.writer.trouble import OFF, Unavailable

WORDS = 3


class Offline:
    def name(self, ask: Ask) -> Worded:
        words = " · ".join(ask.keywords[:WORDS])
        return Worded(
            label=Text.same(words) if words else Text(de="Ohne Namen", en="Without a name"),
            evidence=tuple(said.id for said in ask.comments[:WORDS]),
        )

    def offer(self, draft: Draft) -> Offered:  # noqa: ARG002 - the promise names it
        raise Unavailable(OFF)
