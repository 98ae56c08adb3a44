"""
How quick it feels: start, a cold phone on venue Wi-Fi, and what every page costs the server.

`python -m benchmarks.pages [--rows 50000]` starts the product with its sample, a throttled browser and, where rows are
asked for, a workshop with that many comments; it prints a Markdown table. A page's cost is the CPU time of the server
process from the first byte asked for until nothing is drawn any more, median of three.
"""

import argparse
import csv
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import ARGS, CHROMIUM
from tests.e2e.people import Console, House, Screen
from tests.e2e.server import ROOT, Server
from tests.e2e.watch import Watch

WIFI = {"offline": False, "latency": 30, "downloadThroughput": 10e6 / 8, "uploadThroughput": 5e6 / 8}
"""Ten megabits a second, bytes as Chromium counts them."""
HOSTS = (
    *("start", "prepare", "feedback", "themes", "journeys", "worth", "values"),
    *("minute", "facilitate", "outcomes", "commitments", "settings"),
)
FEEDBACK = ROOT / "workshop_content" / "sample" / "lindhain" / "feedback.csv"
TIMES = 3
PATIENCE = 600_000
"""Milliseconds for themes of very many comments; nothing is measured meanwhile."""


def main() -> None:
    asked = _arguments()
    rows = [("", "goal", "measured")]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, began = Server(Path(folder)), time.monotonic()
        server.start()
        rows.append(("start to /health", "≤ 5 s", f"{time.monotonic() - began:.1f} s"))
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        house = House(chromium, server, Watch(server.address))
        rows += _phone(house)
        rows += _pages(house, "sample", "≤ 0.5 s")
        if asked.rows:
            _grown(house, asked.rows, Path(folder))
            rows += _pages(house, f"{asked.rows:,} comments", "≤ 1.5 s")
        house.leave()
        chromium.close()
        server.stop()
    for first, *rest in rows:
        print("|", " | ".join([first, *rest]), "|")
        if first == "":
            print("|---|---|---|")


def _phone(house: House) -> Iterator[tuple[str, str, str]]:
    """From the press on “join” until the question can be answered; then the same phone once more."""
    demo = house.server.run("demo", "--open")
    context = house.browser("phone")
    for view, size, wait in (("first", 1_100_000, "≤ 2.5 s"), ("second", 20_000, "")):
        page, loaded = _throttled(context)
        if view == "first":
            page.goto(demo["join_url"])
        began = time.monotonic()
        page.locator(".primary").click() if view == "first" else page.goto(f"{house.server.address}/room")
        Screen(page).key("form").wait_for()
        seconds = time.monotonic() - began
        Screen(page).settled()
        yield f"phone, {view} view at 10 Mbit/s", f"≤ {size / 1e6:g} MB", f"{sum(loaded) / 1e6:.3f} MB"
        yield f"phone, {view} view until it can be answered", wait, f"{seconds:.1f} s"
        page.close()


def _throttled(context) -> tuple[Page, list[int]]:
    page, loaded = context.new_page(), []
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", WIFI)
    devtools.on("Network.loadingFinished", lambda told: loaded.append(told["encodedDataLength"]))
    return page, loaded


def _pages(house: House, of: str, goal: str) -> list[tuple[str, str, str]]:
    console = house.facilitator()
    own = psutil.Process(house.server.pid)
    return [(f"page “{name}”, {of}", f"{goal} CPU", f"{_cost(console, own, name):.2f} s") for name in HOSTS]


def _cost(console: Console, server: psutil.Process, name: str) -> float:
    """CPU seconds of the server for one look, images and scripts included; the browser's own are its own."""
    taken = []
    for _ in range(TIMES):
        before = sum(server.cpu_times()[:2])
        console.page.goto(f"{_address(console)}/{'' if name == 'start' else name}")
        console.page.locator("[data-testid=stMain] h1").first.wait_for()
        console.settled()
        taken.append(sum(server.cpu_times()[:2]) - before)
    return median(taken)


def _address(console: Console) -> str:
    return console.page.evaluate("location.origin")


def _grown(house: House, rows: int, folder: Path) -> None:
    """A workshop of its own with as many comments, each a little different from the sample's, and their themes."""
    chance = random.Random(1)
    with FEEDBACK.open(encoding="utf-8-sig", newline="") as source:
        head, *known = csv.reader(source)
    file = folder / "many.csv"
    text = next(n for n, name in enumerate(head) if name.lower() in ("comment", "kommentar"))
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        for number in range(rows):
            row = list(chance.choice(known))
            row[text] = row[text] and f"{row[text]} {number}"
            writer.writerow(row)
    with house.server.begin("import", file) as command:
        out, err = command.communicate()
        assert command.returncode == 0, err or out
    console = house.facilitator()
    console.page.goto(f"{house.server.address}/themes")
    console.do("find")
    console.key("list").wait_for(timeout=PATIENCE)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=0, help="comments of a second, large workshop")
    return parser.parse_args()


if __name__ == "__main__":
    main()
