"""The words and shapes that patterns are made of. Every repetition in them is bounded."""

from outside_in.journeys.letters import one_of

UNIT = (
    r"(?:\s?[€$£%°]|\s?(?i:uhr|euro?|eur|cent|ct|chf|usd|gbp|pounds?|dollars?|prozent|percent|"
    r"sek(?:unden?)?|min(?:uten?|utes?)?|stunden?|std|tagen?|tag|wochen?|monaten?|jahren?|mal|x|"
    r"stück|punkten?|schritten?|km|kilometer|meter|kwh|mbit|gb|mb|kg|personen|leuten?|menschen|"
    r"mitarbeiter\w*|kund\w+|seiten?|sternen?|anrufen?|briefen?|mails?|hours?|days?|weeks?|"
    r"months?|years?|times|people|stars?|points?|minutes?|seconds?|pages?|calls?|letters?|miles|filialen?|"
    r"termin\w*|stellen|leitungen|häuser|wohnungen|plätze|"
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
PLATE_HYPHEN = r"[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\d{1,4}[EH]?"
PLATE_DE = r"[A-ZÄÖÜ]{1,3}[ -]{1,2}[A-Z]{1,2}[ -]?\d{1,4}[EH]?"
PLATE_UK = r"[A-Z]{2}\d{2}\s?[A-Z]{3}"
VEHICLE = r"(?i:wagen|auto|kfz|pkw|lkw|fahrzeug|kennzeichen|plate|registration|car|van|reg)"
CALL = (
    r"(?:tel(?:efon)?(?:nummer|nr)?|handy(?:nummer|nr)?|mobil(?:nummer|e)?|fax|phone(?: number)?|"
    r"cell(?:phone)?|rufnummer|(?:call|ring|reach|text) me(?: back)?(?: at| on)?|"
    r"erreichbar unter|rückruf(?: bitte)?(?: auf| unter| an)?|whatsapp)"
)

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
OFFICES = "steuer st ust sozial svnr rente vin az aktenzeichen pass ausweis fahrgestell ssn insurance ni iccid imei"
VEHICLES = "wagen auto kfz pkw lkw fahrzeug kennzeichen plate reg car van"
DOMAINS = ".de .com .net .org .at .ch .eu .info .co.uk .io"
