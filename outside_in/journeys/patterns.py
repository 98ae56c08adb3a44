"""What has a shape: addresses of every kind, numbers with a meaning, plates."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from outside_in.domain.feedback import RedactedKind
from outside_in.journeys import vocabulary as v
from outside_in.journeys.letters import BIG, SMALL


class Rule(NamedTuple):
    kind: RedactedKind
    pattern: re.Pattern[str]
    """A capturing group is the part to take out; without one it is the whole match."""
    cues: tuple[str, ...]
    """Small letters, one of which has to stand in the text for the rule to have a chance."""
    digits: bool


def find(text: str) -> Iterator[tuple[RedactedKind, int, int]]:
    """Overlapping finds are the caller's to settle: the surer rule comes first."""
    small = text.lower()
    digits = any(map(str.isdigit, text))
    for rule in RULES:
        if (rule.digits and not digits) or not worth_a_try(rule.cues, small):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            yield rule.kind, start, end


def worth_a_try(cues: tuple[str, ...], small: str) -> bool:
    """Looking for a cue costs a hundredth of looking for a pattern."""
    for cue in cues:  # a generator would take twice as long
        if cue in small:
            return True
    return not cues


def _rule(kind: RedactedKind, cues: str, *pattern: str, digits: bool = True) -> Rule:
    return Rule(kind, re.compile("".join(pattern)), tuple(cues.split()), digits)


_BEFORE_MAIL = r"(?i)(?<![\w.+%'-])[\w.+%'-]{1,64}"

RULES = (
    _rule(
        "email",
        "@",
        _BEFORE_MAIL,
        r"\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
        digits=False,
    ),
    _rule(
        "email",
        "( [ {",
        _BEFORE_MAIL,
        r"\s?[(\[{]\s?(?:at|ät|@)\s?[)\]}]\s?[\w-]{1,63}",
        r"(?:\s?(?:\.|[(\[{]\s?(?:dot|punkt)\s?[)\]}])\s?[\w-]{1,63}){1,4}",
        digits=False,
    ),
    _rule(
        "email",
        "at ät",
        r"(?i)(?<![\w.+%-])[\w.+%-]{2,64}\s(?:at|ät)\s[\w-]{2,63}",
        r"\s(?:dot|punkt)\s(?:de|com|net|org|at|ch|eu|info|co)\b",
        digits=False,
    ),
    _rule(
        "url",
        "http www.",
        r"(?i)\b(?:https?://|www\.)[^\s<>\"“”]{1,2000}",
        digits=False,
    ),
    _rule(
        "url",
        v.DOMAINS,
        r"(?i)(?<![\w@.-])(?:[a-z0-9äöü](?:[a-z0-9äöü-]{0,61}[a-z0-9])?\.){1,4}",
        r"(?:de|com|net|org|at|ch|eu|info|co\.uk|io)(?![\w@.-]{0,64}@)",
        r"(?:/[^\s<>\"]{0,500}|\b(?!\.\w))",
        digits=False,
    ),
    _rule(
        "birthdate",
        v.BIRTHS,
        rf"(?i)\b{v.BORN}[\s:]{{0,3}}(?:(?:am|on|is|ist|war)\s{{1,2}})?({v.DATE})",
    ),
    _rule("birthdate", "*", rf"\*\s?({v.DATE})"),
    _rule("birthdate", "geboren born", rf"(?i)\b({v.DATE})\s?(?:geboren|born)\b"),
    _rule(
        "iban",
        "",
        r"(?<!\w)[A-Z]{2}\d{2}(?=(?:[A-Z -]{0,12}\d){8})",
        r"(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?(?!\w)",
    ),
    _rule("iban", "", r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ -]?\d{4}){2,7}(?:[ -]?\d{1,4})?(?!\w)"),
    _rule("card", "", r"(?<![\w.-])(?:\d{4}[ -]?){3}\d{1,7}(?![\w-])"),
    _rule("card", "", r"(?<![\w.-])3[47]\d{2}[ -]\d{6}[ -]\d{5}(?![\w-])"),
    _rule("ip", ".", r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]{0,9}\d)"),
    _rule("ip", ":", r"(?i)(?<![\w:])(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}(?![\w:])"),
    _rule("ip", ":", r"(?i)(?<![\w:])(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6}(?![\w:])"),
    _rule(
        "phone",
        v.CALLS,
        rf"(?i)\b{v.CALL}\b[\s.:]{{0,3}}((?:\+|\()?\d(?:[\s./()-]{{0,3}}\d){{4,16}})(?!\d)",
    ),
    _rule(
        "reference",
        v.THINGS,
        rf"(?i)\b{v.THING}{v.NUMBER_WORD}{v.IS}((?:(?-i:[A-Z]{{1,4}})\s(?=\d))?",
        rf"{v.NOT_AMOUNT}{v.DIGITS % 2}{v.ODD}{v.MORE})",
    ),
    _rule(
        "reference",
        v.OFFICES,
        rf"(?i)\b{v.OFFICIAL}\b\.?{v.IS}({v.SPREAD}{v.ODD}{v.MORE})",
    ),
    _rule(
        "reference",
        v.THINGS,
        rf"(?i)\b{v.THING}\b\.?{v.IS}({v.NOT_AMOUNT}{v.DIGITS % 4}{v.ODD}{v.MORE})",
    ),
    _rule(
        "reference",
        "nr no num id",
        r"\b(?:Nr|No|Nummer|Number|ID)\b\.?\s{0,2}(?:ist|is|:)?\s{0,2}",
        rf"({v.NOT_AMOUNT}{v.DIGITS % 4}{v.ODD}(?:[ /-][\dA-Z]{{2,12}}){{0,3}})",
    ),
    _rule("plate", "-", rf"(?<![\w-]){v.PLATE_HYPHEN}(?![\w-])"),
    _rule("plate", "", r"(?<![\w-])[A-Z]{2}\d{2} [A-Z]{3}(?![\w-])"),
    _rule(
        "plate",
        v.VEHICLES,
        rf"\b{v.VEHICLE}\b(?:\W{{1,3}}(?:ist|is|mit)?\s?)({v.PLATE_DE}|{v.PLATE_UK})(?![\w-])",
    ),
    _rule("plate", "", r"(?<![\w-])[BFHKLMSW] [A-Z]{2} \d{2,4}[EH]?(?![\w-])"),
    _rule(
        "address",
        "wohn adresse anschrift",
        r"(?i)\b(?:wohne?n?|wohnhaft|adresse(?: ist| lautet)?|anschrift)\b[\s:]{1,2}(?:in |an )?",
        r"((?:(?:der|dem|am|im)\s)?[\w.-]{2,40}(?:straße|strasse|str\.|gasse|weg|allee)",
        r"(?:\b|(?<=\.))(?:\s\d{1,4}\s?[a-h]?\b)?)",
        digits=False,
    ),
    _rule(
        "address",
        v.STREETS,
        rf"(?i)(?<![\w-]){v.NO_HEAD}{v.NO_STREET}(?-i:(?:[{BIG}][\w.-]{{1,40}}\s){{0,2}})",
        rf"[{SMALL}{BIG}-]{{0,40}}{v.STREET}\s{{0,2}}{v.HOUSE}",
        rf"(?-i:\sin\s[{BIG}][{SMALL}]{{2,30}})?",
    ),
    _rule(
        "address",
        "am an auf im in zum zur unter hinter bei",
        r"\b(?:A[mn]|Auf|I[mn]|Zum|Zur|Unter|Hinter|Bei)\s(?:de[rmn]\s)?",
        rf"{v.NO_STREET}(?:[{BIG}][\w-]{{1,40}}\s){{1,3}}{v.HOUSE}",
        r"(?=\W{0,9}$|[\s,;.]{1,2}(?:in\b|\d{5}))",
    ),
    _rule(
        "address",
        "",
        rf"(?<![\w,.-])(?:D-|A-|CH-)?\d{{5}}\s{{1,2}}(?!{v.UNIT})[{BIG}][{SMALL}]{{2,40}}",
        rf"(?:[ -](?:(?:am|an der|im|bei|ob der)\s)?[{BIG}][{SMALL}]{{2,40}}){{0,2}}",
    ),
    _rule(
        "address",
        "st r av l dr c w sq te pl b g h m pa",
        rf"\b\d{{1,5}}[a-zA-Z]?,?\s(?:[A-Z][\w']{{1,30}}\s){{1,3}}{v.ROAD}\b\.?",
    ),
    _rule(
        "address",
        "",
        r"(?:\b[A-Z][a-z]{1,30}\s)?\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b",
    ),
    _rule("address", "", rf"\b[{BIG}][{SMALL}]{{2,30}},\s[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?\b"),
    _rule("address", "postfach box", r"(?i)\b(?:postfach|p\.?\s?o\.?\s?box)\s\d[\d ]{1,8}"),
    _rule(
        "phone",
        "",
        r"(?<![\w.,/-])(?:\+?1[ .-])?(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])",
    ),
    _rule(
        "phone",
        "+ 0 (",
        r"(?<![\w.,/-])(?!\d\d?\.\s?\d\d?\.)",
        r"(?:\+\d{1,3}[\s./()-]{0,3}|00\d\d[\s./-]{0,3}|\(?0)",
        r"(?:\(0\)[\s./-]{0,3})?(?:\d[\s./()-]{0,3}){5,15}\d(?!\w|[,.:]\d)",
    ),
    _rule(
        "reference",
        "",
        r"(?<![\w.,+-])(?!(?:19|20)\d\d-(?:19|20)\d\d\b)",
        r"(?:#?[A-Z]{1,5}[-/ ]?(?=[\dA-Z/-]{0,20}\d{4})\d[\dA-Z/-]{4,30}|",
        r"\d{7,30}|\d{4,10}-\d{4,10}|#\d{4,20})(?![\w-]|[.,]\d)",
    ),
)
"""From the surest to the least sure."""
