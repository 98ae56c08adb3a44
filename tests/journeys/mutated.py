"""
Files of the torture set, broken further at random, as the child process meets them.

`python -m tests.journeys.mutated --files 100000 --seed 1` counts how they ended. A file is read with
a report that accounts for every row, or refused with a code; anything else is a finding.
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from outside_in.journeys.inside import Job, work
from outside_in.journeys.refusals import FILE_BYTES, Refused
from tests.journeys.test_torture import CASES, MONKEY, QUALTRICS

MOST = 30_000
SEEDS = [data.encode() if isinstance(data, str) else data for data, _ in CASES.values()]
SEEDS = [data for data in SEEDS if len(data) <= MOST]
PIECES = (
    b"\0", b'"', b"'", b",", b";", b"\t", b"\r\n", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xe2\x80\xae",
    b"\xed\xa0\x80", b"\xf0\x9f\x91\xa9", b"=1+1", b"9" * 400, b"1e999", b"NaN", b"2026-02-30", b"{", b"]",
    b"PK\x03\x04", b"<!DOCTYPE x [<!ENTITY y 'z'>]>", b"comment", b"score", b"sep=;\n", b"\x1a", b"\x85",
)  # fmt: skip
SECONDS = 10.0


def mutated(chance: Random) -> bytes:
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        _break(data, chance)
    return bytes(data)


def _break(data: bytearray, chance: Random) -> None:
    at = chance.randrange(len(data) + 1)
    to = min(len(data), at + chance.choice((1, 2, 8, 64, 1024)))
    match chance.randrange(8):
        case 0 if data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        case 1:
            del data[at:to]
        case 2:
            data[at:at] = data[at:to] * chance.randrange(1, 20)
        case 3:
            data[at:at] = chance.choice(PIECES)
        case 4:
            data[at:to] = chance.randbytes(to - at)
        case 5:
            other = chance.choice(SEEDS)
            start = chance.randrange(len(other) + 1)
            data[at:to] = other[start : start + chance.choice((16, 256, 4096))]
        case 6:
            del data[at:]
        case _:
            data[at:to] = chance.choice(PIECES)


def ending(path: Path) -> str:
    """How it ends: the code of its refusal, or “read”; raises what must never happen."""
    began, kept, reading = time.monotonic(), 0, None
    job = Job(
        path=str(path), file=path.name, limit_bytes=FILE_BYTES, presets=(QUALTRICS, MONKEY), preset=None, mapping={}
    )
    try:
        for kind, content in work(job):
            kept += len(content) if kind == "verbatims" else 0
            reading = content if kind == "reading" else reading
    except Refused as refused:
        return refused.code
    assert time.monotonic() - began < SECONDS, "too slow"
    assert reading is not None, "neither read nor refused"
    assert kept == reading.accepted, "not every accepted row is there"
    assert len({problem.row for problem in reading.problems if problem.row}) <= reading.rejected or not reading.rejected
    assert all(problem.code for problem in reading.problems)
    return "read"


def tried(files: int, seed: int, told=None) -> tuple[Counter, list[str]]:
    """How many ended in which way, and what must not happen, with the number that shows it again."""
    ends, wrong = Counter(), []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "feedback.csv"
        for number in range(files):
            path.write_bytes(mutated(Random(f"{seed} {number}")))
            try:
                ends[ending(path)] += 1
            except Exception as error:
                wrong.append(f"{number}: {type(error).__name__} {error}"[:300])
            if told and (number + 1) % 10_000 == 0:
                told(f"{number + 1} {len(wrong)}")
    return ends, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.monotonic()
    ends, wrong = tried(args.files, args.seed, lambda said: print(said, file=sys.stderr, flush=True))
    told = {"files": args.files, "seed": args.seed, "ends": ends, "wrong": len(wrong), "first": wrong[:20]}
    print(json.dumps({**told, "seconds": round(time.monotonic() - began)}, indent=1))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
