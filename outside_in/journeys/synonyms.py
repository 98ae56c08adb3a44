"""What people call the columns we look for, German and English, commonest first."""

from outside_in.domain.evidence import Metric
from outside_in.domain.mapping import Field

SYNONYMS: dict[Field, tuple[str, ...]] = {
    "comment": (
        "comment", "kommentar", "comments", "kommentare", "bemerkung", "freitext", "rückmeldung",
        "feedback", "verbatim", "open ended response", "bemerkungen", "anmerkung", "anmerkungen",
        "customer comment", "kundenkommentar", "offene antwort", "freitextantwort", "originalton",
        "free text", "open text", "review text", "review", "feedback text", "feedbacktext", "text",
        "verbatims", "rückmeldungen", "meinung", "begründung", "nachricht", "message", "remarks",
        "remark", "suggestion", "verbesserungsvorschlag", "beschwerdetext", "beschreibung",
        "description", "content", "inhalt", "body", "reason",
    ),
    "feedback_id": (
        "feedback id", "feedbackid", "feedback nr", "feedback nummer", "feedbacknummer", "id",
        "response id", "responseid", "respondent id", "antwort id", "comment id", "kommentar id",
        "review id", "ticket id", "ticketnummer", "umfrage id", "survey id", "befragten id",
        "teilnehmer id", "lfd nr", "laufende nummer", "rückmeldung id", "rückmeldungsnummer",
        "datensatz id", "record id",
    ),
    "customer_id": (
        "customer id", "kundennummer", "customerid", "kunden id", "kundenid", "kundennr",
        "kunden nr", "kunden nummer", "customer number", "customer no", "customer nr", "kd nr",
        "kdnr", "client id", "account id", "user id", "kunde", "customer", "mitgliedsnummer",
        "member id", "vertragskonto",
    ),
    "date": (
        "date", "datum", "zeitstempel", "timestamp", "feedback date", "feedbackdatum",
        "submitdate", "recorded date", "recordeddate", "submitted at", "submit date", "end date",
        "enddate", "created at", "created", "erstellt am", "erstellt", "abgeschickt am",
        "eingegangen am", "eingang", "antwortdatum", "response date", "date submitted", "tag",
        "zeitpunkt", "start date", "startdate",
    ),
    "touchpoint": (
        "touchpoint", "kontaktpunkt", "touch point", "touchpoints", "kontaktpunkte",
        "berührungspunkt", "kontaktanlass", "anlass", "anliegen", "journey step", "reiseschritt",
        "contact reason", "interaction", "interaktion", "prozess", "process",
    ),
    "channel": (
        "channel", "kanal", "kontaktkanal", "contact channel", "feedback channel", "feedbackkanal",
        "eingangskanal", "medium",
    ),
    "language": (
        "language", "sprache", "lang", "user language", "userlanguage", "startlanguage",
        "start language", "locale",
    ),
    "score": (
        "score nps", "nps", "nps score", "nps wert", "score", "bewertung", "punkte", "sterne",
        "stars", "rating", "csat", "score csat", "ces", "score ces", "score stars", "punktzahl",
        "wertung", "gesamtbewertung", "overall rating", "star rating", "sternebewertung",
        "weiterempfehlung", "weiterempfehlungsbereitschaft", "likelihood to recommend",
        "zufriedenheit", "satisfaction", "gesamtzufriedenheit", "points", "skala", "effort score",
    ),
    "segment": (
        "segment", "kundensegment", "customer segment", "kundengruppe", "customer group",
        "kundentyp", "customer type", "zielgruppe", "kundenart",
    ),
    "tenure_years": (
        "tenure years", "tenure", "kundenjahre", "kunde seit jahren", "jahre kunde",
        "kundendauer", "kundendauer jahre", "kundendauer in jahren", "vertragsdauer",
        "vertragsdauer jahre", "vertragsjahre", "dauer der kundenbeziehung",
        "kundenbeziehung jahre", "treuejahre", "years as customer", "customer years",
        "years customer", "tenure in years",
    ),
    "revenue": (
        "revenue", "umsatz", "revenue eur", "umsatz eur", "umsatz in euro", "umsatz in eur",
        "jahresumsatz", "annual revenue", "yearly revenue", "erlös", "kundenumsatz", "sales",
    ),
    "churned": (
        "churned", "gekündigt", "churn", "abgewandert", "abwanderung", "kündigung",
        "churned 12m", "hat gekündigt", "cancelled", "canceled",
    ),
    "left_on": (
        "left on", "churn date", "churned on", "date of leaving", "cancellation date", "cancelled on",
        "end of contract", "contract end", "kündigungsdatum", "gekündigt am", "kündigung zum",
        "vertragsende", "austrittsdatum", "abgewandert am", "abmeldedatum",
    ),
    "repeat_contact": (
        "repeat contact", "wiederkontakt", "erneuter kontakt", "wiederholter kontakt",
        "wiederholkontakt", "mehrfachkontakt", "folgekontakt", "zweitkontakt", "nochmaliger kontakt",
        "repeat contact 14d", "repeated contact", "recontact", "repeatcontact",
    ),
}  # fmt: skip
_COMMON = (
    "id text tag kunde customer created erstellt eingang body content inhalt reason medium skala "
    "points sales cancelled canceled churn feedback review prozess process"
)
ONLY_WHOLE = frozenset(_COMMON.split())
"""Too common inside other names to mean anything there."""
NEVER = {
    "date": (
        "geburt",
        "birth",
        "kauf",
        "purchase",
        "vertragsbeginn",
        "kuendig",
        "vertragsende",
        "austritt",
        "abgewandert",
        "abmelde",
        "churn",
        "cancel",
        "leaving",
        "left on",
        "contract end",
    ),
    "churned": ("datum", "date", " am", " on", " zum"),
    "score": ("kommentar", "comment", "grund", "reason", "gruppe", "group", "anzahl", "count"),
    "feedback_id": ("kund", "customer"),
    "comment": ("datum", "date", "anzahl", "count", "sprache", "language", "kanal", "channel"),
}
"""Parts of a name that say it is something else, unless the whole name is known."""
SCALE_WORDS: dict[Metric, str] = {
    "nps": r"\bnps|weiterempfehl|recommend|empfehlen|promoter",
    "ces": r"\bces\b|effort|aufwand|einfach (?:war|ist)|\beasy|leicht gemacht|muehe",
    "csat": r"\bcsat|zufrieden|satisf",
    "stars": r"\bstern|\bstars?\b",
}
"""Patterns over names and questions in small letters, umlauts spelt out."""
LOW_IS_GOOD = (
    r"\b1\s?(?:=|:|–|-)\s?(?:sehr (?:gut|zufrieden|leicht|einfach|gering)|gering|wenig|"
    r"very (?:good|satisfied|easy|low)|easy|low|little)"
)
