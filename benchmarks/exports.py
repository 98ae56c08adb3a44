"""
How long the documents of a session take: `python -m benchmarks.exports [--large]`.

A workshop with simulated leaders, run from the lobby to the end; then every format is written once, as the worker does
it, and all of them together. Prints wall seconds, bytes and the largest memory of the writing process.
"""

import argparse
import csv
import multiprocessing
import random
import resource
import tempfile
import time
from pathlib import Path

from outside_in import exports
from outside_in.domain.people import OPERATOR
from outside_in.house import FIRST, House, intake
from outside_in.house.demo import sample_workshop
from outside_in.house.settings import Settings
from outside_in.house.take_home import Wanted, pack, written
from outside_in.store import Database

ROOT = Path(__file__).parents[1]
FEEDBACK = ROOT / "workshop_content" / "sample" / "lindhain" / "feedback.csv"
SIZES = {False: (30, 5_000), True: (300, 50_000)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="300 leaders and 50,000 comments")
    leaders, rows = SIZES[parser.parse_args().large]
    with tempfile.TemporaryDirectory() as folder:
        code = _session(Path(folder), leaders, rows)
        context = multiprocessing.get_context("spawn")
        with context.Pool(1) as worker:  # a fresh process, as the product's worker is one of its own
            print(f"{leaders} leaders, {rows:,} comments\n\n| format | seconds | kB |\n|---|---|---|")
            for line in worker.apply(_written, (Path(folder), code)):
                print(line)


def _session(folder: Path, leaders: int, rows: int) -> str:
    house = _house(folder)
    workshop = sample_workshop(house, FIRST)
    intake.store(
        house, intake.Given(path=_grown(folder, rows)), workshop.code, house.speaker("de"), None, lambda _: None
    )
    session = house.open_session(OPERATOR, workshop.code)
    while not session.ended:
        if session.asks and not session.answered(session.now):
            house.simulate(OPERATOR, session.code, leaders)
        session = house.press(OPERATOR, session.code, house.sessions.of(session.code).moved)
    house.database.close()
    return session.code


def _written(folder: Path, code: str) -> list[str]:
    house, lines = _house(folder), []
    for format in exports.FORMATS:
        began = time.monotonic()
        files = written(house, code, format, "internal", "de")
        size = sum(len(file.data) for file in files) / 1_000
        lines.append(f"| {format} | {time.monotonic() - began:.2f} | {size:,.0f} |")
    began = time.monotonic()
    whole = pack(
        house, Wanted(session=code, formats=exports.FORMATS, audience="internal", language="de"), lambda _: None
    )
    lines.append(f"| all together | {time.monotonic() - began:.2f} | {len(whole.data) / 1_000:,.0f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    house.database.close()
    return [*lines, f"\nlargest memory: {peak:,.0f} MB"]


def _house(folder: Path) -> House:
    settings = Settings.of({}, data=folder)
    return House(settings, Database(settings.database, settings.data))


def _grown(folder: Path, rows: int) -> Path:
    """The sample's comments, each a little different, until there are enough."""
    chance = random.Random(1)
    with FEEDBACK.open(encoding="utf-8-sig", newline="") as source:
        head, *known = csv.reader(source)
    id, text = head.index("feedback_id"), head.index("comment")
    file = folder / "many.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        for number in range(rows):
            row = list(chance.choice(known))
            row[id], row[text] = f"N-{number}", row[text] and f"{row[text]} {number}"
            writer.writerow(row)
    return file


if __name__ == "__main__":
    main()
