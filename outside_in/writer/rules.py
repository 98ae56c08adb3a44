"""What an answer must keep to be looked at by a person at all."""

import json
import re
import unicodedata
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from outside_in.domain.text import Text
from outside_in.domain.wording import Ask, Worded
from outside_in.writer.trouble import UNREADABLE, Unavailable

MOST_LETTERS = 20_000
LABEL, LABEL_WORDS, SENTENCE = 60, 5, 240
_LINK = re.compile(r"(?i)https?:|www\.|\w\.(?:de|com|net|org|io|example|test)\b|@")
_MARKUP = re.compile(r"[<>\[\]{}`*_#|\\~$]")


T = TypeVar("T", bound=BaseModel)


class Refused(Unavailable):
    """An answer came and breaks a rule; it is thrown away."""


class Answer(BaseModel):
    """All fields, no others: what strict servers are told, and what every answer is held against."""

    model_config = ConfigDict(extra="forbid", strict=True)

    label_de: str
    label_en: str
    description_de: str
    description_en: str
    stance: Literal["pain", "praise", "wish", "mixed"]
    evidence: list[str]


def parsed(text: str | None, shape: type[T], tokens: int) -> T:
    """One JSON object of exactly this shape, whatever else a model may say; Refused otherwise."""
    if not text or len(text) > MOST_LETTERS:
        raise Refused(UNREADABLE, tokens=tokens)
    try:
        return shape.model_validate(json.loads(text, parse_constant=_no_number, object_pairs_hook=_once))
    except (ValueError, ValidationError, RecursionError) as broken:
        raise Refused(UNREADABLE, tokens=tokens) from broken


def read(text: str | None, ask: Ask, order: str, tokens: int = 0) -> Worded:
    """`order` is our own prompt, of which nothing may come back."""
    answer = parsed(text, Answer, tokens)
    sent = {said.id for said in ask.comments}
    named = list(dict.fromkeys(answer.evidence))
    kept = (
        all(_label(label) for label in (answer.label_de, answer.label_en))
        and all(sentence(said, order) for said in (answer.description_de, answer.description_en))
        and 0 < len(named) <= len(sent)
        and set(named) <= sent
    )
    if not kept:
        raise Refused(UNREADABLE, tokens=tokens)
    return Worded(
        label=Text(de=answer.label_de.strip(), en=answer.label_en.strip()),
        description=Text(de=answer.description_de.strip(), en=answer.description_en.strip()),
        stance=answer.stance,
        evidence=tuple(named),
        tokens=tokens,
    )


def _label(text: str) -> bool:
    return _clean(text, LABEL) and len(text.split()) <= LABEL_WORDS


def sentence(text: str, order: str) -> bool:
    return _clean(text, SENTENCE) and not _repeats(text, order)


def _clean(text: str, longest: int) -> bool:
    """Words on one line: no link, no markup, nothing invisible."""
    plain = all(unicodedata.category(letter)[0] != "C" and letter not in "\u2028\u2029" for letter in text)
    return 0 < len(text.strip()) <= longest and plain and not _LINK.search(text) and not _MARKUP.search(text)


def _repeats(text: str, order: str, words: int = 5) -> bool:
    said, ours = (re.findall(r"\w+", one.casefold()) for one in (text, order))
    known = {tuple(ours[at : at + words]) for at in range(len(ours) - words + 1)}
    return any(tuple(said[at : at + words]) in known for at in range(len(said) - words + 1))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key that comes twice could say one thing to us and another to the next reader."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key comes twice")
    return dict(pairs)


def _no_number(name: str) -> float:
    raise ValueError(name)
