"""
How an event log of ever more events is read and counted: `python -m benchmarks.journeys [--xes]`.

Every size is a log of the sample's cases, repeated under new numbers with waits of their own; read by the command an
operator types, in a process of its own. Prints wall and CPU seconds and the largest memory of the two processes.
"""

import argparse
import csv
import datetime as dt
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOG = ROOT / "workshop_content" / "sample" / "lindhain" / "events.csv"
SIZES = (100_000, 300_000, 1_000_000)
EVENT = (
    '<event><string key="concept:name" value="{1}"/><date key="time:timestamp" value="{2}"/>'
    '<string key="channel" value="{3}"/><string key="actor" value="{4}"/></event>\n'
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--xes", action="store_true", help="the same logs as XES")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    print("| events | cases | ways | MB | seconds | CPU seconds | peak MB |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in asked.sizes:
            file = Path(folder) / ("log.xes" if asked.xes else "log.csv")
            (_xes if asked.xes else _csv)(file, size)
            print("|", " | ".join(map(str, _measured(file))), "|", flush=True)


def _measured(file: Path) -> list[object]:
    out, began = file.with_suffix(".json"), time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "outside_in", "journeys", str(file), "--out", str(out), "--json"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after, told = resource.getrusage(resource.RUSAGE_CHILDREN), json.loads(out.read_text("utf-8"))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size, peak = round(file.stat().st_size / 1e6), round(after.ru_maxrss / 1024)
    return [
        f"{told['events']:,}",
        f"{told['cases']:,}",
        told["ways"],
        size,
        *_rounded(time.monotonic() - began, cpu),
        peak,
    ]


def _rounded(*seconds: float) -> list[str]:
    return [f"{one:.1f}" for one in seconds]


def _events(size: int) -> Iterator[list[str]]:
    """One in a hundred happenings is left out, so that there are many ways."""
    chance = random.Random(1)
    with LOG.open(encoding="utf-8-sig", newline="") as source:
        cases = [list(rows) for _, rows in groupby(list(csv.reader(source))[1:], key=lambda row: row[0])]
    told = number = 0
    while told < size:
        number += 1
        stretch = chance.uniform(0.5, 2)
        case = chance.choice(cases)
        begun = dt.datetime.fromisoformat(case[0][2])
        for _, activity, at, *rest in case:
            if chance.random() < 0.01:
                continue
            when = begun + (dt.datetime.fromisoformat(at) - begun) * stretch
            yield [f"N-{number:07}", activity, f"{when:%Y-%m-%dT%H:%M:%S}", *rest]
            told += 1
            if told == size:
                return


def _csv(file: Path, size: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["case_id", "activity", "timestamp", "channel", "actor"])
        writer.writerows(_events(size))


def _xes(file: Path, size: int) -> None:
    with file.open("w", encoding="utf-8") as target:
        target.write('<?xml version="1.0" encoding="UTF-8"?><log xmlns="http://www.xes-standard.org/">\n')
        for case, rows in groupby(_events(size), key=lambda row: row[0]):
            target.write(f'<trace><string key="concept:name" value="{case}"/>\n')
            target.writelines(EVENT.format(*row) for row in rows)
            target.write("</trace>\n")
        target.write("</log>\n")


if __name__ == "__main__":
    main()
