"""Names of persons: behind a cue, at the end of a letter, or beginning with a given name."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from outside_in.journeys.letters import BIG, NAME, NAME_WORD, OF, SMALL, TITLE
from outside_in.journeys.patterns import worth_a_try

DATA = files("outside_in.journeys") / "data"
"""Also where the code came packed, as on a worker of a cluster."""
SALUTATION = (
    r"(?:Herrn?|HERRN?|Frau|FRAU|Frl\.?|Fräulein|Hr\.?|Fr\.|Mrs?\b\.?|Ms\b\.?|Miss|Sir|Madam|Mme|"
    r"Monsieur|Familie|Fam\.)"
)
ROLE = (
    r"(?:(?:(?:Kunden|Finanz|Bank|Versicherungs|Energie)?[Bb]erater|Mitarbeiter|Sachbearbeiter|"
    r"Techniker|Vertreter|Betreuer|Ansprechpartner|Verkäufer|Makler|Fahrer|Monteur|Chef|Kollege|"
    r"Nachbar|Freund|Arzt|Anwalt|Filialleiter|Teamleiter)(?:in)?|Kolleg(?:en|in)|Ärztin|"
    r"advis[eo]r|clerk|representative|rep|technician|colleague|manager|consultant|driver|"
    r"employee|agent|engineer|assistant|supervisor)"
)
KIN = (
    r"(?i:(?:mein|meine|meinem|meiner|meinen|unser|unsere|my|our)\s(?:ehe)?(?:mann|frau|sohn|"
    r"tochter|vater|mutter|bruder|schwester|oma|opa|partner(?:in)?|freund(?:in)?|nachbar(?:in)?|"
    r"husband|wife|son|daughter|father|mother|brother|sister|neighbou?r))"
)
THANKS = (
    r"(?:team um|gesprochen mit|telefonat mit|danke? an|danke? herrn?|lob an|gruß an|grüße an|"
    r"(?:spoke|spoken|talked|speaking|dealt) (?:to|with)|thanks to|thank you to|shout ?out to|"
    r"kudos to|regards to)"
)
INTRODUCED = (
    r"(?:mein name ist|ich hei(?:ß|ss)e|ich bin (?:der|die)|my name is|my name's|name:|"
    r"i am called|namens|mit namen|named|called himself|called herself|an adviser called|"
    r"z\.\s?hd\.|z\.\s?hdn\.|attn:?)"
)
CLOSING = (
    r"(?:(?:(?:mit )?(?:freundlichen|freundlichem|besten|bestem|vielen|lieben|herzlichen|"
    r"schönen) )?(?:grü(?:ß|ss)en|gru(?:ß|ss))|mfg|lg|vg|bg|hochachtungsvoll|"
    r"(?:viele|liebe|beste|herzliche|schöne|freundliche) grü(?:ß|ss)e|"
    r"(?:(?:kind|best|warm|many) )?regards|cheers|yours sincerely|yours faithfully|sincerely|"
    r"yours truly|yours|all the best|best wishes|many thanks|thanks)"
)
LOWER_CUE = r"(?:mit|von|danke|liebe[rs]?|hallo|with|thanks|thank you|spoke to|talked to)"
NO_ARTICLE = (
    r"(?<!eine )(?<!ihre )(?<!die )(?<!der )(?<!ein )(?<!meine )(?<!seine )(?<!keine )(?<!diese )"
    r"(?<!jede )(?<!the )"
)

SALUTATIONS = "herr frau fr hr mr ms miss sir madam mme monsieur fam"
ROLES = (
    "berater mitarbeiter bearbeiter techniker vertreter betreuer partner verkäufer makler fahrer "
    "monteur chef kolleg nachbar freund arzt ärztin anwalt leiter advis clerk rep technician "
    "colleague manager consultant driver employee agent engineer assistant supervisor"
)
CUES = [
    (rf"\b{SALUTATION}(?:\s{{1,2}}|(?<=\.))(?:u\.|und|and)\s{SALUTATION}\s({NAME})", SALUTATIONS),
    (rf"\b{SALUTATION}(?:\s{{1,2}}|(?<=\.))((?:{TITLE})?{NAME})", SALUTATIONS),
    (rf"(?<![\w.])({TITLE}{NAME})", "dr prof dipl ing mag med jur rer nat phil h.c h. iur pd"),
    (rf"\b{ROLE},?\s{{1,2}}(?:(?:namens|mit Namen|named|called)\s{{1,2}})?({NAME})", ROLES),
    (rf"(?:\b[Ee]s war|\b[Ii]t was)\s{{1,2}}({NAME})(?=,? (?:who|die|der)\b)", "war was"),
    (rf"\b{KIN},?\s{{1,2}}({NAME})", "mein unser my our"),
    (rf"(?i:\b{INTRODUCED})\s{{1,2}}({NAME})", "name heiß heiss bin call z. attn"),
    (rf"(?i:\b{THANKS})\s{{1,2}}({NAME}(?:\s(?:und|and|&)\s{NAME})?)",
     "team mit dank lob gruß grüße spoke talked speaking dealt kudos regards shout"),
    (rf"(?:\b[Ii]ch,|\bI,|(?i:\b(?:gezeichnet|gez\.|signed)),?)\s{{1,2}}({NAME}),?", "i, ich, gez signed"),
    (rf"(?i:(?<!\w){CLOSING})[,!.]?\s{{1,3}}(?:(?:(?i:von|from|eure?|ihre?|dein|deine|your))\s{{1,2}})?"
     rf"((?:{TITLE})?{NAME})\s{{0,3}}[.!]?\s{{0,3}}$",
     "grüß grüss gruß gruss mfg lg vg bg hochacht regards cheers sincerely faithfully yours best thanks"),
    (rf"(?i:{NO_ARTICLE}\b(?:herrn?|frau|hr\.|fr\.|mrs?\.?|ms\.?)\s{{1,2}})"
     rf"((?:(?:von|van|de|zu)\s)?[{SMALL}][\w'’-]{{2,30}})",
     "herr frau hr. fr. mr ms"),
]  # fmt: skip
RULES = [(re.compile(pattern), tuple(cues.split())) for pattern, cues in CUES]
CAPITALISED = re.compile(
    rf"(?<![\w.@-])(?<!San )(?<!St )(?<!St\. )(?<!Santa )(?<!Puerto )(?<!Port )(?<!Fort )"
    rf"[{BIG}][\w’']{{1,30}}(?:-[{BIG}][\w’']{{1,30}}){{0,4}}(?!\w)"
)
PLACE = re.compile(
    r"(?i)(?:platz|straße|strasse|str|allee|weg|ring|brücke|park|schule|gymnasium|halle|haus|stift|"
    r"institut|stiftung|stadion|arena|airport|flughafen|stadt|berg|dorf|tal|kirche|klinik)e?n?s?$"
)
LOWER = re.compile(rf"(?i:\b{LOWER_CUE})\s{{1,2}}([{SMALL}]{{4,20}})\b")
SURNAME = re.compile(rf"\s{{1,2}}{OF}({NAME_WORD})")
WORD = re.compile(r"\S+")
NOUN_END = re.compile(
    r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|ität|ismus|nummer|zeit|"
    r"zeiten|service|kunde|kunden|dienst|stelle|vertrag|rechnung|preis|karte)$"
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """The surer cues come first."""
    small = text.lower()
    for pattern, cues in RULES:
        if not worth_a_try(cues, small):
            continue
        for match in pattern.finditer(text):
            start, end = match.span(1)
            yield start, _name_end(text, start, end)
    yield from _by_given_name(text)


@cache
def given_names() -> frozenset[str]:
    return _list("given_names") - _list("name_or_word")


@cache
def ordinary_words() -> frozenset[str]:
    """In small letters; a name ends where one of them begins."""
    return frozenset(word.casefold() for word in _list("ordinary_words"))


@cache
def _list(name: str) -> frozenset[str]:
    lines = (DATA / f"{name}.txt").read_text("utf-8")
    return frozenset(word for line in lines.splitlines() if not line.startswith("#") for word in line.split())


@cache
def _lower_names() -> frozenset[str]:
    return frozenset(name.casefold() for name in given_names()) - ordinary_words()


def _by_given_name(text: str) -> Iterator[tuple[int, int]]:
    for match in CAPITALISED.finditer(text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        if word.split("-")[0] in given_names() and not _is_place(text, match):
            end = match.start() + len(word)
            yield match.start(), _with_surname(text, end) if word == match[0] else end
    for match in LOWER.finditer(text):
        if match[1] in _lower_names():
            yield match.span(1)


def _is_place(text: str, match: re.Match[str]) -> bool:
    """A street, a school or a hall that only bears the name."""
    after = re.match(r"(?:[ -][\w-]{1,40}){1,2}", text[match.end() : match.end() + 90])
    words = [match[0], *(after[0].split() if after else [])]
    return any(PLACE.search(word) for word in words if word[:1].isupper())


def _with_surname(text: str, end: int) -> int:
    surname = SURNAME.match(text, end)
    if not surname or _is_ordinary(surname[1]):
        return end
    return surname.end()


def _name_end(text: str, start: int, end: int) -> int:
    """“Schneider Die Hotline” is Schneider; a name that begins with an ordinary word is none."""
    for word in WORD.finditer(text, start, end):
        counts = word[0][0].isupper() or word.end() == end
        if counts and _is_ordinary(word[0]):
            return max(start, word.start() - 1)
    return end


def _is_ordinary(word: str) -> bool:
    bare = word.strip(".,!?;:'’()").casefold()
    return bare in ordinary_words() or bool(NOUN_END.search(bare))
