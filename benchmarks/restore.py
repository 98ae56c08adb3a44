"""
A drill: how long until a house with so many answers stands again from its backup.

`python -m benchmarks.restore [--answers 100000]` fills a house of its own with rooms whose leaders answer everything;
all steps are closed save the last. Then it is backed up, brought back in an empty folder and served from there, by the
product's commands. Prints a Markdown table. Every session must export as before, byte for byte.
"""

import argparse
import io
import json
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from outside_in.domain.people import OPERATOR
from outside_in.house import FIRST, House
from outside_in.house.demo import fresh
from outside_in.house.settings import Settings
from outside_in.house.take_home import written
from outside_in.store import Database
from tests.e2e.server import Server

LEADERS = 300
GOAL = 60.0


def house_at(folder: Path) -> House:
    settings = Settings.of({}, data=folder)
    return House(settings, Database(settings.database, settings.data))


def filled(house: House, answers: int, leaders: int = LEADERS) -> int:
    """Rooms one after the other until there are so many answers; gives how many there are."""
    first = fresh(house, FIRST)[0]
    rooms = [first.code]
    there = answered(house, first.code, leaders)
    more = max(0, -(-answers // there) - 1)
    rooms += [house.open_session(OPERATOR, first.plan.workshop).code for _ in range(more)]
    with ThreadPoolExecutor(8) as hosts:
        return there + sum(hosts.map(lambda code: answered(house, code, leaders), rooms[1:]))


def answered(house: House, code: str, leaders: int) -> int:
    """From the lobby until the last question is open: everybody answers everything."""
    there, session = 0, house.sessions.of(code)
    while not session.ended:
        if session.asks and not session.answered(session.now):
            house.simulate(OPERATOR, code, leaders)
            session = house.sessions.of(code)
            there += session.answered(session.now)
            if session.now == [step.id for step in session.plan.steps if step.asks][-1]:
                break
        session = house.press(OPERATOR, code, session.moved)
    return there


def exported(house: House) -> dict[str, dict[str, bytes]]:
    """What a bundle of each session holds; the manifest says when it was made and is left out."""
    found = {}
    for code in house.sessions.codes():
        (file,) = written(house, code, "json", "internal", "en")
        found[code] = inside(file.data)
    return found


def inside(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def drill(folder: Path, answers: int, leaders: int = LEADERS) -> dict[str, Any]:
    before, after = folder / "before", folder / "after"
    for place in (before, after):
        place.mkdir()
    house = house_at(before)
    there = filled(house, answers, leaders)
    was = exported(house)
    house.database.close()
    old, new = Server(before), Server(after)
    took = {}
    made, took["backup"] = timed(lambda: old.run("backup", folder))
    _, took["restore"] = timed(lambda: new.run("restore", made["file"]))
    _, took["serve, until /health is well"] = timed(new.start)
    new.stop()
    house = house_at(after)
    same = exported(house) == was
    sound = not house.database.check()
    house.database.close()
    sizes = {"backup": made["bytes"], "database": (before / "outside-in.sqlite3").stat().st_size}
    return {"answers": there, "sessions": len(was), "took": took, "same": same and sound, "bytes": sizes}


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    began = time.monotonic()
    return act(), time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=100_000)
    with tempfile.TemporaryDirectory() as folder:
        found = drill(Path(folder), parser.parse_args().answers)
    print(f"| {found['answers']:,} answers in {found['sessions']} sessions | seconds |\n|---|---|")
    for name, seconds in {**found["took"], f"in all (goal {GOAL:.0f})": sum(found["took"].values())}.items():
        print(f"| {name} | {seconds:.1f} |")
    print(json.dumps({"every session exports as before": found["same"], **found["bytes"]}))


if __name__ == "__main__":
    main()
