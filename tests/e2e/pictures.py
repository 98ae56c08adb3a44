"""
The handbook's pictures, taken from the running product: `python -m tests.e2e.pictures`.

Everything in them is the fictional sample company with simulated leaders; they are taken anew whenever a page changes.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.conftest import ARGS, CHROMIUM
from tests.e2e.people import House
from tests.e2e.server import ROOT, Server, until
from tests.e2e.watch import Watch

PLACES = ("", "feedback", "themes", "journeys", "outcomes")
WORDS = {
    "de-DE": ("Vorhersagen", "Schließen", "Aufdecken", "Zusagen"),
    "en-GB": ("Predict", "Close", "Reveal", "Commit"),
}


def taken(party, language, folder):
    """One walk through a session; the same moments in every language."""
    folder.mkdir(parents=True, exist_ok=True)
    demo = party.server.run("demo")
    console = party.facilitator(demo["facilitator_url"], language=language)
    stage = party.stage(demo["stage_url"], language=language)
    phone = party.leader(demo["code"], language=language)

    def take(screen, name):
        page = screen.settled()
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 0)")
        page.screenshot(path=folder / f"{name}.png")

    predict, close, reveal, commit = WORDS[language]
    take(stage, "stage-lobby")
    console.run_to(predict, close)
    phone.at(predict)
    take(phone, "phone-predict")
    console.do("rehearse")
    console.key("clear-tests").wait_for()
    take(console, "console")
    console.press(close)
    console.press(reveal)
    said = stage.text
    console.presses()
    until(lambda: stage.text != said, "the stage does not follow")
    take(stage, "stage-reveal")
    console.run_to(commit, close)
    phone.at(commit)
    take(phone, "phone-commit")
    for place in PLACES:
        console.page.goto(f"{party.server.address}/{place}")
        console.page.locator("[data-testid=stMain] h1").wait_for()
        take(console, place or "start")


def main():
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data))
        server.start()
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        house = House(chromium, server, Watch(server.address))
        for language in WORDS:
            party = house.party()
            taken(party, language, ROOT / "docs" / "pictures" / language[:2])
            party.leave()
        chromium.close()
        server.stop()


if __name__ == "__main__":
    main()
