"""
Every page in every look: `python -m tests.e2e.album FOLDER [--against EARLIER]`.

Twelve pages of a facilitator, and phone and stage at five moments, in both languages and schemes, at the sizes people
use. With `--against` it says which pictures differ from an earlier album and lays the two side by side; a person looks.
"""

import argparse
import tempfile
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

from tests.e2e.conftest import ARGS, CHROMIUM
from tests.e2e.people import SIZES, House
from tests.e2e.pictures import WORDS
from tests.e2e.server import Server
from tests.e2e.test_looks import DESK
from tests.e2e.watch import Watch

SCHEMES = ("light", "dark")
DESKS = ("phone", "laptop", "stage")
TELLING = 0.002
"""Share of changed pixels from which a difference is told; a clock and a code are less."""


def main():
    asked = _arguments()
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data))
        server.start()
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        house = House(chromium, server, Watch(server.address))
        for language in WORDS:
            for scheme in SCHEMES:
                party = house.party()
                _session(party, language, scheme, asked.folder)
                party.leave()
        chromium.close()
        server.stop()
    for line in _differences(asked.against, asked.folder) if asked.against else ():
        print(line)


def _session(party, language, scheme, folder):
    demo = party.server.run("demo")
    looks = {"language": language, "scheme": scheme}
    console = party.facilitator(demo["facilitator_url"], **looks)
    stage, phone = party.stage(demo["stage_url"], **looks), party.leader(demo["code"], **looks)

    def moment(name):
        for kind, screen in (("stage", stage), ("phone", phone)):
            _take(screen, folder / f"{language[:2]}-{scheme}-{kind}-{name}.png")

    predict, close, reveal, commit = WORDS[language]
    moment("lobby")
    console.run_to(predict, close)
    phone.at(predict)
    moment("predict")
    console.do("rehearse")
    console.key("clear-tests").wait_for()
    console.press(close)
    console.press(reveal)
    moment("revealed")
    console.presses()
    moment("shown")
    console.run_to(commit, close)
    phone.at(commit)
    moment("commit")
    for place in DESK:
        console.page.goto(f"{party.server.address}/{place}")
        console.page.locator("[data-testid=stMain] h1").wait_for()
        for size in DESKS:
            width, height = SIZES[size]
            console.page.set_viewport_size({"width": width, "height": height})
            _take(console, folder / f"{language[:2]}-{scheme}-{size}-{place or 'start'}.png")


def _take(screen, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    screen.settled().screenshot(path=path)


def _differences(earlier, later):
    for new in sorted(later.glob("*.png")):
        old = earlier / new.name
        if not old.exists():
            yield f"{new.name}: new"
            continue
        before, after = (Image.open(path).convert("RGB") for path in (old, new))
        share = _changed(before, after)
        if share >= TELLING:
            both = Image.new("RGB", (before.width + after.width, max(before.height, after.height)))
            both.paste(before, (0, 0))
            both.paste(after, (before.width, 0))
            beside = later / "differences" / new.name
            beside.parent.mkdir(exist_ok=True)
            both.save(beside)
            yield f"{new.name}: {share:.1%} changed, {beside}"


def _changed(before, after):
    if before.size != after.size:
        return 1.0
    spots = ImageChops.difference(before, after).convert("L").point(lambda level: 255 * (level > 24))
    return spots.histogram()[255] / (before.width * before.height)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
