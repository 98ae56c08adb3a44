"""
A whole workshop of five leaders as it is held: what each answers, and what was on the screens.

The first question is left to three of them, so that the room has too few.
"""

from statistics import median

from playwright.sync_api import expect

from tests.e2e.server import until

LEADERS = 5
CONTACT = "In den letzten sieben Tagen", "In den letzten vier Wochen", "In den letzten vier Wochen"
POINTS = {"rechnung": "Rechnung", "hotline": "Hotline", "umzug": "Umzug", "zaehler": "Zählertausch"}
SURPRISED = ("Umzug", "Rechnung"), ("Umzug",), ("Umzug", "Hotline"), ("Umzug",), ("Rechnung",)
REASONS = tuple(f"Grund {n}: Niemand sieht den ganzen Weg." for n in range(LEADERS))
APPROVED = REASONS[1], REASONS[3]
THEMES = (
    "Umzug: doppelt abgerechnet, keine Antwort",
    "Abschlag steigt ohne Begründung",
    "Zählerstand gemeldet, trotzdem geschätzt",
    "Kundenportal: anmelden, finden, melden",
    "Zählertausch mit Termin und Erklärung",
    "Wechsel und Bestätigung",
)
CAUSES = ("Niemand ist dafür zuständig",) * 3 + ("Es ist unbequem",) * 2
OPEN_TO_ALL, MINE = "diese Runde", "nur ich"
WILLING = 7, 6, 6, 5, 7
KEPT = "Ich rufe morgen selbst eine Kundin an."


def guess(leader, place):
    """Steps of five; the range reaches twenty to both sides."""
    return -40 + 10 * leader + 5 * place


def order(leader):
    return THEMES[leader:] + THEMES[:leader]


def lever(leader):
    return THEMES[0], THEMES[1 + leader % 2], THEMES[3]


def promise(leader):
    return {
        "when": f"ich Zahlen zum Umzug lese ({leader})",
        "then": f"lese ich zuerst fünf Kommentare ({leader})",
        "measure": f"Nachfragen je Umzug: 2,{leader} → 1,5",
        "first": f"Termin mit der Hotline, {leader}",
        "owner": f"Leitung {leader}",
        "shown": OPEN_TO_ALL if leader < 3 else MINE,
    }


def medians():
    return {name: median(guess(n, place) for n in range(LEADERS)) for place, name in enumerate(POINTS.values())}


# what fingers do ----------------------------------------------------------------------------


def arrive(phone, leader):
    phone.choose("contact", CONTACT[leader])


def predict(phone, leader):
    for place, point in enumerate(POINTS):
        best = guess(leader, place)
        phone.slide(point, best)
        phone.slide(f"{point}-range", best - 20, best + 20)


def walk(phone, leader):
    phone.tap("surprised", *SURPRISED[leader])


def explain(phone, leader):
    phone.write("reason", REASONS[leader])


def rank(phone, leader):
    phone.tap("order", *order(leader))


def dots(phone, leader):
    phone.tap("lever", *lever(leader))


def diagnose(phone, leader):
    phone.choose("cause", CAUSES[leader])


def commit(phone, leader):
    said = promise(leader)
    phone.unfold("Freiwillig: Thema, Hindernis, Partner")
    for item in ("when", "then", "measure", "first", "owner"):
        phone.write(item, said[item])
    phone.tap("about", THEMES[leader])
    phone.choose("shown", said["shown"])


def close(phone, leader):
    phone.slide("willing", WILLING[leader])
    if leader == 0:
        phone.write("keep", KEPT)


STEPS = {
    "Ankommen": arrive,
    "Vorhersagen": predict,
    "Der Weg der Kundinnen und Kunden": walk,
    "Erklären": explain,
    "Worüber Kundinnen und Kunden sprechen": rank,
    "Wo liegt der Hebel?": dots,
    "Warum haben wir es nicht gesehen?": diagnose,
    "Zusagen": commit,
    "Abschluss": close,
}


class Held:
    """What was seen while it was held, by step."""

    def __init__(self, room):
        self.room, self.code = room, room.code
        self.titles, self.asked, self.stage, self.phone, self.unapproved = {}, {}, {}, {}, ""

    def hold(self):
        for title, answer in STEPS.items():
            self._answered(title, answer)
            self._told(title)
        self.room.console.press("Sitzung beenden")
        self.room.stage.shows("Vielen Dank.")
        return self

    def _answered(self, title, answer):
        self.room.console.run_to(title, "Schließen")
        for screen in self.room.screens:
            screen.at(title)
        self.titles[title] = [screen.title.inner_text() for screen in self.room.screens]
        who = self.room.phones[: len(CONTACT)] if title == "Ankommen" else self.room.phones
        for leader, phone in enumerate(who):
            answer(phone, leader)
            phone.sends()
        for screen in (self.room.stage, self.room.console):
            expect(screen.answered).to_contain_text(f"{len(who)} von {LEADERS} haben geantwortet")
        self.asked[title] = self.room.stage.text

    def _told(self, title):
        console, stage = self.room.console, self.room.stage
        console.press("Schließen")
        if title == "Erklären":
            console.run_to(title, "Besprechen")
            self.unapproved = stage.text
            for words in APPROVED:
                console.approve(words)
                stage.shows(words)
        if title == "Abschluss":
            console.approve(KEPT)
        seen = []
        while not any(console.offers(last) for last in ("Besprechen", "Weiter:", "Sitzung beenden")):
            was = stage.text
            console.presses()
            seen.append(until(lambda was=was: (now := stage.text) != was and now, "the stage stays behind"))
        self.stage[title] = "\n".join([*seen, stage.text])
        self.phone[title] = self.room.phones[0].text
