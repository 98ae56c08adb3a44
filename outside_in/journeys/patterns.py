"""What has a shape: addresses of every kind, numbers with a meaning, plates."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from outside_in.domain.feedback import RedactedKind
from outside_in.journeys.letters import BIG, SMALL, one_of

UNIT = (
    r"(?:\s?[€$£%°]|\s?(?i:uhr|euro?|eur|cent|ct|chf|usd|gbp|pounds?|dollars?|prozent|percent|"
    r"sek(?:unden?)?|min(?:uten?|utes?)?|stunden?|std|tagen?|tag|wochen?|monaten?|jahren?|mal|x|"
    r"stück|punkten?|schritten?|km|kilometer|meter|kwh|mbit|gb|mb|kg|personen|leuten?|menschen|"
    r"mitarbeiter\w*|kund\w+|seiten?|sternen?|anrufen?|briefen?|mails?|hours?|days?|weeks?|"
    r"months?|years?|times|people|stars?|points?|minutes?|seconds?|pages?|calls?|letters?|miles|filialen?|termin\w*|stellen|leitungen|häuser|wohnungen|plätze|"
    r"am|pm)\b)"
)
YEAR = r"(?:19|20)\d\d"
THING = one_of(
    "kunden? kd vertrags? policen? versicherungs(?:schein)? schein auftrags? bestell(?:ung(?:s)?)? "
    "schadens? schadenfall vorgangs? rechnungs? konto mitglieds? personal(?:ausweis)? ausweis "
    "sendungs? paket beleg zähler ticket fall antrags? buchungs? serien geräte kassenzeichen "
    "customer client account acct policy order contract claim case booking reference ref "
    "member(?:ship)? invoice tracking ticket parcel meter serial passport licen[cs]e"
)
NUMBER_WORD = r"(?:\s?-?\s?(?:nummern?|nr|no|number|num|id|ref|kennung|code|zeichen)\b\.?|(?=\s?\#))"
OFFICIAL = (
    r"(?:steuer-?\s?(?:id|nr|nummer|identifikationsnummer)|st\.?-?\s?nr|ust-?\s?id(?:-?nr)?|"
    r"sozialversicherungs-?\s?(?:nr|nummer)|svnr|rentenversicherungsnummer|vin|aktenzeichen|az|"
    r"(?:reise|personal)?pass(?:nummer|-?nr)|personalausweis(?:nummer|-?nr)?|"
    r"fahrgestellnummer|ssn|national insurance(?: number)?|ni number|iccid|imei)"
)
IS = r"[\s:=#–-]{0,3}(?:(?:ist|lautet|war|is|was)\s{1,2})?(?:die\s|the\s)?[\s:=#–-]{0,3}"
ODD = r"[#A-Z0-9][\w#/-]{0,40}"
MORE = r"(?:[ ./-]{1,2}[A-Z]{0,3}\d[\w/-]{0,30}|\s[A-Z](?=\s\d)){0,6}"
NOT_AMOUNT = (
    rf"(?![\w/-]{{0,40}}[.,]\d{{1,2}}\b)(?!\d{{1,6}}{UNIT})"
    rf"(?!{YEAR}(?:[/-](?:{YEAR}|\d\d?))?(?![\w/-]))"
)
SPREAD = r"(?=(?:[A-Za-z#/_ -]{0,12}\d){3})"
DIGITS = r"(?=(?:[A-Za-z#/_-]{0,12}\d){%d})"
MONTH = r"(?:jan|feb|mär|maer|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]{0,7}\.?"
DATE = (
    rf"(?:\d{{1,2}}\s?[./-]\s?\d{{1,2}}\s?[./-]\s?(?:\d{{4}}|\d{{2}})|{YEAR}-\d\d-\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?\s{{0,2}}(?:of\s)?{MONTH}\s{{0,2}},?\s{{0,2}}\d{{2,4}}|"
    rf"{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}})"
)
BORN = r"(?:geb(?:oren|urtsdatum|urtstag|\.)?|born|date of birth|birth ?date|birthday|d\.?o\.?b)"
HOUSE = (
    rf"(?!{YEAR}\b)\d{{1,4}}(?:\s?[a-hA-H]\b)?(?:\s?[-–/+]\s?\d{{1,4}}(?:\s?[a-h]\b)?)?"
    rf"(?![\d])(?!{UNIT}|[.,:]\d|\.\s?{MONTH})"
)
STREET = (
    r"(?:straße|strasse|str\.?|weg|allee|platz|gasse|ring|damm|ufer|chaussee|stieg|pfad|markt|"
    r"hof|berg|steig|wall|graben|promenade|kamp|twiete|zeile|winkel|garten|brücke|tor)"
)
NO_STREET = (
    r"(?!(?i:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|seite|version|schritt|punkt|stufe|"
    r"raum|gleis|jahr|monat|quartal|kapitel|absatz|paragraf|zimmer|etage|stock|schalter|level|"
    rf"block|abschnitt|{MONTH})\b)"
)
NO_HEAD = (
    r"(?!(?i:weg|platz|ring|hof|berg|markt|tor|wall|garten|supermarkt|unterweg|heimweg|hinweg|"
    r"rückweg|parkplatz|arbeitsplatz|stellplatz|sitzplatz|vertrag|bahnhof|vorhof|umweg|rechtsweg|"
    r"postweg|dienstweg|vektor|monitor|motor|faktor|sektor|editor|direktor|autor|reaktor|"
    r"eigentor|speicherplatz|register|lieferplatz|fensterplatz|startplatz|baumarkt|flohmarkt)"
    r"\.?\s)"
)
ROAD = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Close|Way|Square|Sq|Terrace|"
    r"Place|Pl|Boulevard|Blvd|Crescent|Gardens|Grove|Hill|Mews|Parade|Row)"
)
PLATE_DE = r"[A-ZÄÖÜ]{1,3}[ -]{1,2}[A-Z]{1,2}[ -]?\d{1,4}[EH]?"
PLATE_UK = r"[A-Z]{2}\d{2}\s?[A-Z]{3}"
VEHICLE = r"(?i:wagen|auto|kfz|pkw|lkw|fahrzeug|kennzeichen|plate|registration|car|van|reg)"
CALL = (
    r"(?:tel(?:efon)?(?:nummer|nr)?|handy(?:nummer|nr)?|mobil(?:nummer|e)?|fax|phone(?: number)?|"
    r"cell(?:phone)?|rufnummer|(?:call|ring|reach|text) me(?: back)?(?: at| on)?|"
    r"erreichbar unter|rückruf(?: bitte)?(?: auf| unter| an)?|whatsapp)"
)


class Rule(NamedTuple):
    kind: RedactedKind
    pattern: re.Pattern[str]
    """A capturing group is the part to take out; without one it is the whole match."""
    digits: bool
    cues: tuple[str, ...]
    """Small letters, one of which has to stand in the text for the rule to have a chance."""


D, N = True, False
"""With digits, or without."""
STREETS = (
    "traße trasse str. weg allee platz gasse ring damm ufer chaussee stieg pfad markt hof berg "
    "steig wall graben promenade kamp twiete zeile winkel garten brücke tor str "
)
THINGS = (
    "kund kd vertrag polic versicherung schein auftrag bestell schade vorgang rechnung konto "
    "mitglied ausweis sendung paket beleg zähler ticket fall antrag buchung serien gerät kassen "
    "customer client acc policy order contract claim case booking ref member invoice tracking "
    "parcel meter serial passport licen"
)
CALLS = "tel handy mobil fax phone cell nummer call ring reach text erreich rückruf whatsapp"
BIRTHS = "geb born birth dob d.o.b"


def _rules() -> tuple[Rule, ...]:
    plain: list[tuple[RedactedKind, bool, str, str]] = [
        ("email", N, "@", r"(?<![\w.+%'-])[\w.+%'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
        ("email", N, "( [ {", r"(?i)(?<![\w.+%'-])[\w.+%'-]{1,64}\s?[(\[{]\s?(?:at|ät|@)\s?[)\]}]\s?"
                         r"[\w-]{1,63}(?:\s?(?:\.|[(\[{]\s?(?:dot|punkt)\s?[)\]}])\s?[\w-]{1,63}){1,4}"),
        ("email", N, "at ät", r"(?i)(?<![\w.+%-])[\w.+%-]{2,64}\s(?:at|ät)\s[\w-]{2,63}"
                      r"\s(?:dot|punkt)\s(?:de|com|net|org|at|ch|eu|info|co)\b"),
        ("url", N, "http www.", r"(?i)\b(?:https?://|www\.)[^\s<>\"“”]{1,2000}"),
        ("url", N, ".de .com .net .org .at .ch .eu .info .co.uk .io",
         r"(?i)(?<![\w@.-])(?:[a-z0-9äöü](?:[a-z0-9äöü-]{0,61}[a-z0-9])?\.){1,4}"
                     r"(?:de|com|net|org|at|ch|eu|info|co\.uk|io)(?![\w@.-]*@)(?:/[^\s<>\"]{0,500}|\b(?!\.\w))"),
        ("birthdate", D, BIRTHS, rf"(?i)\b{BORN}[\s:]{{0,3}}(?:(?:am|on|is|ist|war)\s{{1,2}})?({DATE})"),
        ("birthdate", D, "*", rf"\*\s?({DATE})"),
        ("birthdate", D, "geboren born", rf"(?i)\b({DATE})\s?(?:geboren|born)\b"),
        ("iban", D, "",
         r"(?<!\w)[A-Z]{2}\d{2}(?=(?:[A-Z -]{0,12}\d){8})(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?(?!\w)"),
        ("iban", D, "", r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ -]?\d{4}){2,7}(?:[ -]?\d{1,4})?(?!\w)"),
        ("card", D, "", r"(?<![\w.-])(?:\d{4}[ -]?){3}\d{1,7}(?![\w-])"),
        ("card", D, "", r"(?<![\w.-])3[47]\d{2}[ -]\d{6}[ -]\d{5}(?![\w-])"),
        ("ip", D, ".", r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)"),
        ("ip", D, ":", r"(?i)(?<![\w:])(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}(?![\w:])"),
        ("ip", D, ":", r"(?i)(?<![\w:])(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6}(?![\w:])"),
        ("phone", D, CALLS,
         rf"(?i)\b{CALL}\b[\s.:]{{0,3}}((?:\+|\()?\d(?:[\s./()-]{{0,3}}\d){{4,16}})(?!\d)"),
        ("reference", D, THINGS,
         rf"(?i)\b{THING}{NUMBER_WORD}{IS}((?:(?-i:[A-Z]{{1,4}})\s(?=\d))?{NOT_AMOUNT}{DIGITS % 2}{ODD}{MORE})"),
        ("reference", D, "steuer st ust sozial svnr rente vin az aktenzeichen pass ausweis fahrgestell ssn insurance ni iccid imei",
         rf"(?i)\b{OFFICIAL}\b\.?{IS}({SPREAD}{ODD}{MORE})"),
        ("reference", D, THINGS, rf"(?i)\b{THING}\b\.?{IS}({NOT_AMOUNT}{DIGITS % 4}{ODD}{MORE})"),
        ("reference", D, "nr no num id",
         rf"\b(?:Nr|No|Nummer|Number|ID)\b\.?\s{{0,2}}(?:ist|is|:)?\s{{0,2}}"
                             rf"({NOT_AMOUNT}{DIGITS % 4}{ODD}(?:[ /-][\dA-Z]{{2,12}}){{0,3}})"),
        ("plate", D, "-", rf"(?<![\w-]){PLATE_DE.replace('[ -]{1,2}', '-', 1)}(?![\w-])"),
        ("plate", D, "", r"(?<![\w-])[A-Z]{2}\d{2} [A-Z]{3}(?![\w-])"),
        ("plate", D, "wagen auto kfz pkw lkw fahrzeug kennzeichen plate reg car van",
         rf"\b{VEHICLE}\b(?:\W{{1,3}}(?:ist|is|mit)?\s?)({PLATE_DE}|{PLATE_UK})(?![\w-])"),
        ("plate", D, "", r"(?<![\w-])[BFHKLMSW] [A-Z]{2} \d{2,4}[EH]?(?![\w-])"),
        ("address", N, "wohn adresse anschrift",
         r"(?i)\b(?:wohne?n?|wohnhaft|adresse(?: ist| lautet)?|anschrift)\b[\s:]{1,2}"
                        r"(?:in |an )?((?:(?:der|dem|am|im)\s)?[\w.-]{2,40}(?:straße|strasse|str\.|gasse|weg|allee)(?:\b|(?<=\.))(?:\s\d{1,4}\s?[a-h]?\b)?)"),
        ("address", D, STREETS,
         rf"(?i)(?<![\w-]){NO_HEAD}{NO_STREET}(?-i:(?:[{BIG}][\w.-]{{1,40}}\s){{0,2}})"
                           rf"[{SMALL}{BIG}-]{{0,40}}{STREET}\s{{0,2}}{HOUSE}(?-i:\sin\s[{BIG}][{SMALL}]{{2,30}})?"),
        ("address", D, "am an auf im in zum zur unter hinter bei",
         r"\b(?:A[mn]|Auf|I[mn]|Zum|Zur|Unter|Hinter|Bei)\s(?:de[rmn]\s)?"
                           rf"{NO_STREET}(?:[{BIG}][\w-]{{1,40}}\s){{1,3}}{HOUSE}(?=\W*$|[\s,;.]{{1,2}}(?:in\b|\d{{5}}))"),
        ("address", D, "", rf"(?<![\w,.-])(?:D-|A-|CH-)?\d{{5}}\s{{1,2}}(?!{UNIT})[{BIG}][{SMALL}]{{2,40}}"
                           rf"(?:[ -](?:(?:am|an der|im|bei|ob der)\s)?[{BIG}][{SMALL}]{{2,40}}){{0,2}}"),
        ("address", D, "st r av l dr c w sq te pl b g h m pa",
         rf"\b\d{{1,5}}[a-zA-Z]?,?\s(?:[A-Z][\w']{{1,30}}\s){{1,3}}{ROAD}\b\.?"),
        ("address", D, "", r"(?:\b[A-Z][a-z]{1,30}\s)?\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"),
        ("address", D, "", rf"\b[{BIG}][{SMALL}]{{2,30}},\s[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?\b"),
        ("address", D, "postfach box", r"(?i)\b(?:postfach|p\.?\s?o\.?\s?box)\s\d[\d ]{1,8}"),
        ("phone", D, "+ 0 (",
         r"(?<![\w.,/-])(?!\d\d?\.\s?\d\d?\.)(?:\+\d{1,3}[\s./()-]{0,3}|00\d\d[\s./-]{0,3}|\(?0)"
                        r"(?:\(0\)[\s./-]{0,3})?(?:\d[\s./()-]{0,3}){5,15}\d(?!\w|[,.:]\d)"),
        ("phone", D, "", r"(?<![\w.,/-])(?:\+?1[ .-])?(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])"),
        ("reference", D, "",
         r"(?<![\w.,+-])(?!(?:19|20)\d\d-(?:19|20)\d\d\b)(?:#?[A-Z]{1,5}[-/ ]?(?=[\dA-Z/-]{0,20}\d{4})\d[\dA-Z/-]{4,30}|"
                             r"\d{7,30}|\d{4,10}-\d{4,10}|#\d{4,20})(?![\w-]|[.,]\d)"),
    ]  # fmt: skip
    return tuple(
        Rule(kind, re.compile(pattern), digits, tuple(cues.split())) for kind, digits, cues, pattern in plain
    )


RULES = _rules()


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
