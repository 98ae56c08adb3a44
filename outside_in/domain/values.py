"""What customers may count on, what leaders hold, and the shelf of content that exercises are filled from."""

from collections.abc import Iterable
from hashlib import sha256

from outside_in.domain.errors import BadInput
from outside_in.domain.model import Model
from outside_in.domain.text import Text

FEWEST, MOST = 5, 12
"""Values of a client's own: fewer say little, more do not fit on a phone."""


class WrongValues(BadInput):
    message = "Please give between {fewest} and {most} values of your own, or none: then our ten are used."
    code = "values"


class Principle(Model):
    """How we treat customers: a name, the sentence behind it, where it shows in data."""

    id: str
    name: Text
    definition: Text
    evidence: Text


class Value(Model):
    """A leadership value: a name and the sentence a leader would sign."""

    id: str
    name: Text
    sentence: Text = Text(de="", en="")


class Shelf(Model):
    """Content an exercise may be filled from when its agenda is read."""

    principles: tuple[Principle, ...] = ()
    values: tuple[Value, ...] = ()


def own_values(names: Iterable[Text]) -> tuple[Value, ...]:
    """A client's words as values; the id follows from the name, so that two workshops can be compared."""
    return tuple(_own(name) for name in names)


def _own(words: Text) -> Value:
    """“Mut: Ich spreche Unbequemes an” is a name with its sentence."""
    de, en = (_parted(told) for told in (words.de, words.en))
    id = sha256(de[0].casefold().encode()).hexdigest()[:8]
    return Value(id=f"v{id}", name=Text(de=de[0], en=en[0]), sentence=Text(de=de[1], en=en[1]))


def _parted(words: str) -> tuple[str, str]:
    for sign in (":", ";", " – ", "\t"):
        name, found, sentence = words.partition(sign)
        if found and name.strip():
            return name.strip(), sentence.strip()
    return words.strip(), ""


def checked(names: tuple[Text, ...]) -> tuple[Text, ...]:
    """The same without blanks and repetitions, or WrongValues."""
    kept = tuple({_parted(name.de)[0].casefold(): name for name in reversed(names)}.values())[::-1]
    if kept and not FEWEST <= len(kept) <= MOST:
        raise WrongValues(fewest=FEWEST, most=MOST)
    return kept
