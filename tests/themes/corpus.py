"""A small corpus with four plain topics, in German and in English, written for these tests."""

from itertools import product

from outside_in.domain.feedback import Verbatim

GERMAN = {
    "bill": (
        "Die Rechnung {a} war falsch, der Abschlag {b}.",
        "Auf meiner Rechnung stimmt der Abschlag nicht, {a} und {b}.",
        "Schon wieder eine falsche Rechnung mit hohem Abschlag, {a}, {b}.",
    ),
    "hotline": (
        "An der Hotline hing ich ewig in der Warteschleife, {a}, {b}.",
        "Die Warteschleife der Hotline dauert lange: {a} und {b}.",
        "Niemand geht an die Hotline, nur Warteschleife, {a}, {b}.",
    ),
    "fitter": (
        "Der Techniker kam zum Termin nicht, {a}, {b}.",
        "Termin mit dem Techniker zum Zähler verschoben, {a} und {b}.",
        "Der Zähler wurde vom Techniker erst beim dritten Termin getauscht, {a}, {b}.",
    ),
    "app": (
        "In der App scheitert die Anmeldung mit dem Passwort, {a}, {b}.",
        "Das Passwort der App ging verloren, keine Anmeldung, {a} und {b}.",
        "Nach dem Update verlangt die App ständig das Passwort zur Anmeldung, {a}, {b}.",
    ),
}
ENGLISH = {
    "bill": (
        "The invoice {a} was wrong and the payment {b}.",
        "My invoice shows a payment twice, {a} and {b}.",
        "Another wrong invoice with a strange payment, {a}, {b}.",
    ),
    "hotline": (
        "I waited on the phone line in a queue, {a}, {b}.",
        "The phone queue is endless, {a} and {b}.",
        "Nobody answers the phone, only a queue, {a}, {b}.",
    ),
    "fitter": (
        "The engineer missed the appointment for the meter, {a}, {b}.",
        "Appointment with the engineer moved, the meter waits, {a} and {b}.",
        "The engineer replaced the meter at the third appointment, {a}, {b}.",
    ),
    "app": (
        "The app rejects my password at login, {a}, {b}.",
        "Lost my password and no login in the app, {a} and {b}.",
        "After the update the app asks for the password at every login, {a}, {b}.",
    ),
}
_ASIDES = {
    "de": (
        ("im März", "im April", "diesmal", "letzte Woche"),
        ("wirklich ärgerlich", "ganz ohne Antwort", "zum zweiten Mal"),
    ),
    "en": (
        ("in March", "in April", "this time", "last week"),
        ("really annoying", "without any answer", "for the second time"),
    ),
}
TOPICS = tuple(GERMAN)


def corpus(*languages):
    """Comments and their topics; scores tell topics and moods apart, row 2 is the first."""
    rows, topics = [], []
    for language in languages:
        for topic, lines in {"de": GERMAN, "en": ENGLISH}[language].items():
            for n, (line, a, b) in enumerate(product(lines, *_ASIDES[language])):
                rows.append((line.format(a=a, b=b), language, float(n % 11)))
                topics.append(topic)
    return comments(*rows), topics


def comments(*rows):
    """From texts, or from (text, language, score)."""
    full = [row if isinstance(row, tuple) else (row, "", None) for row in rows]
    return [
        Verbatim(row=row, text=text, language=language, score=score)
        for row, (text, language, score) in enumerate(full, 2)
    ]
