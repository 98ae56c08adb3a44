"""
The power fails at every write of SQLite, and what the disk kept is opened again.

`python -m tests.store.power --images 10000 --seed 1` says what was lost. SQLite's own way to its
files is listened to: what it writes, cuts off, flushes and deletes is noted in order, beside what the
product has acknowledged by then. From such a trace a disk is made as it may look after any of these
calls: what was flushed is there; of the rest each sector of 512 bytes kept an older or a newer state.
Limits of the model: sectors are whole, the disk keeps what it was told to flush, and files come
and go in order.
"""

import _sqlite3
import argparse
import ctypes
import json
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import event

from outside_in.domain.feedback import Verbatim
from outside_in.store import Database
from outside_in.store.backup import restore
from outside_in.store.migrate import HEAD, migrate
from tests.store.examples import Leader, a_session, press, with_an_open_vote

SECTOR = 512
CODE = "ABCD2345"
OLD = Path(__file__).parent / "golden" / "form-0001.zip"
WRITE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
OPEN = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 3, ctypes.c_int, ctypes.c_void_p)
DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
"""Names go on as the pointers they are: SQLite remembers where they stand."""
WORD = ctypes.sizeof(ctypes.c_void_p)
METHODS, AT_WRITE, AT_TRUNCATE, AT_SYNC = 19, 3, 4, 5
"""Words in SQLite's table of a file's methods, and where these three stand in it."""
AT_OPEN, AT_DELETE = 5, 6
"""Where these two stand among the words of a `sqlite3_vfs`."""


class Call(NamedTuple):
    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""
    told: Any = None


class Listener:
    """In a `with` block: all that SQLite does to files of this folder."""

    def __init__(self, folder: Path) -> None:
        self.calls: list[Call] = []
        self._folder = str(folder)
        self._names: dict[int, str] = {}
        self._tables: dict[int, Any] = {}
        self._kept: list[Any] = []

    def acknowledged(self, told: Any) -> None:
        self.calls.append(Call("told", told=told))

    def __enter__(self) -> "Listener":
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.c_void_p
        vfs = library.sqlite3_vfs_find(None)
        self._words = (ctypes.c_void_p * 7).from_address(vfs)
        self._before = self._words[AT_OPEN], self._words[AT_DELETE]
        opens, deletes = OPEN(self._before[0]), DELETE(self._before[1])

        def opened(vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
            code = opens(vfs, name, file, flags, out)
            if not code and (ours := self._ours(name)):
                self._listen(file, ours)
            return int(code)

        def deleted(vfs: int, name: int, sync: int) -> int:
            code = deletes(vfs, name, sync)
            if not code and (ours := self._ours(name)):
                self.calls.append(Call("delete", ours))
            return int(code)

        self._kept += [OPEN(opened), DELETE(deleted), opens, deletes]
        self._words[AT_OPEN], self._words[AT_DELETE] = (_address(one) for one in self._kept[:2])
        return self

    def __exit__(self, *_: object) -> None:
        self._words[AT_OPEN], self._words[AT_DELETE] = self._before

    def _ours(self, name: int | None) -> str:
        path = ctypes.string_at(name).decode() if name else ""
        return Path(path).name if path.startswith(self._folder) else ""

    def _listen(self, file: int, name: str) -> None:
        """The file gets a table of methods of ours, which note the call and pass it on."""
        self._names[file] = name
        first = ctypes.c_void_p.from_address(file)
        if first.value not in self._tables:
            self._tables[first.value or 0] = self._table(first.value or 0)
        first.value = ctypes.addressof(self._tables[first.value or 0])

    def _table(self, methods: int) -> Any:
        table = (ctypes.c_void_p * METHODS)()
        ctypes.memmove(table, methods, METHODS * WORD)
        write, truncate, sync = WRITE(table[AT_WRITE]), TRUNCATE(table[AT_TRUNCATE]), SYNC(table[AT_SYNC])

        def written(file: int, data: int, many: int, at: int) -> int:
            self.calls.append(Call("write", self._names[file], at, ctypes.string_at(data, many)))
            return int(write(file, data, many, at))

        def cut(file: int, size: int) -> int:
            self.calls.append(Call("cut", self._names[file], size))
            return int(truncate(file, size))

        def synced(file: int, flags: int) -> int:
            code = sync(file, flags)
            self.calls.append(Call("sync", self._names[file]))
            return int(code)

        ours = [WRITE(written), TRUNCATE(cut), SYNC(synced)]
        self._kept += [*ours, write, truncate, sync]
        for place, one in zip((AT_WRITE, AT_TRUNCATE, AT_SYNC), ours, strict=True):
            table[place] = _address(one)
        return table


def _address(function: Any) -> int | None:
    return ctypes.cast(function, ctypes.c_void_p).value


# a disk after the power has failed ----------------------------------------------------------------


class Disk:
    """Follows a trace; `image` is what may be left of its files at this call."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._safe = {name: bytearray(data) for name, data in files.items()}
        self._open: dict[str, list[Call]] = {}

    def do(self, call: Call) -> None:
        if call.kind == "sync":
            self._safe[call.file] = self._after(call.file, lambda *_: True)
            self._open[call.file] = []
        elif call.kind == "delete":
            self._safe.pop(call.file, None)
            self._open.pop(call.file, None)
        else:
            self._open.setdefault(call.file, []).append(call)

    def image(self, chance: Random) -> dict[str, bytes]:
        share = chance.choice((0.0, 1.0, 0.5, 0.5, 0.9, 0.1))
        return {name: bytes(self._after(name, _survival(chance, share))) for name in {*self._safe, *self._open}}

    def _after(self, name: str, survives: Callable[[int, int], bool]) -> bytearray:
        data = bytearray(self._safe.get(name, b""))
        for number, call in enumerate(self._open.get(name, ())):
            if call.kind == "cut":
                if survives(-1, number):
                    del data[call.at :]
                continue
            for at, piece in _sectors(call):
                if survives(at // SECTOR, number):
                    data.extend(bytes(max(0, at - len(data))))
                    data[at : at + len(piece)] = piece
        return data


def _survival(chance: Random, share: float) -> Callable[[int, int], bool]:
    """A sector has seen all calls up to one of its own, which is drawn; a share of them has seen everything."""
    last: dict[int, float] = {}

    def survives(sector: int, number: int) -> bool:
        if sector not in last:
            last[sector] = 1e9 if chance.random() < share else number + chance.choice((-1, -1, 0, 1))
        return number <= last[sector]

    return survives


def _sectors(call: Call) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(call.data):
        many = SECTOR - (call.at + at) % SECTOR
        yield call.at + at, call.data[at : at + many]
        at += many


# what is done, and what must be there afterwards ----------------------------------------------------

Check = Callable[[sqlite3.Connection, list[Any]], str]


class Trace(NamedTuple):
    files: dict[str, bytes]
    calls: list[Call]
    check: Check


def submit(folder: Path, chance: Random, flush: str = "full") -> Trace:
    """Leaders answer, eight at a time."""

    def prepare(database: Database) -> None:
        with_an_open_vote(database.sessions)

    def act(database: Database, told: Callable[[Any], None]) -> None:
        def vote(receipt: str) -> None:
            Leader().vote(database.sessions, ticket=receipt)
            told(sha256(receipt.encode()).hexdigest())

        with ThreadPoolExecutor(8) as phones:
            list(phones.map(vote, [f"{chance.getrandbits(64)}" for _ in range(24)]))

    def check(db: sqlite3.Connection, told: list[Any]) -> str:
        kept = {receipt for (receipt,) in db.execute("select receipt from events where receipt is not null")}
        return "lost" if not set(told) <= kept else _whole(db)

    return traced(folder, prepare, act, check, flush)


def advance(folder: Path, chance: Random) -> Trace:
    """A facilitator presses through a session in which people have answered."""

    def prepare(database: Database) -> None:
        with_an_open_vote(database.sessions)
        for _ in range(12):
            Leader().vote(database.sessions, choice=chance.choice(("waiting", "searching")))

    def act(database: Database, told: Callable[[Any], None]) -> None:
        for _ in range(9):
            told(press(database.sessions).version)

    def check(db: sqlite3.Connection, told: list[Any]) -> str:
        ((version,),) = db.execute("select version from folds where code = ?", (CODE,))
        kinds = Counter(json.loads(event)["kind"] for (event,) in db.execute("select event from events"))
        mixed = (kinds["closed"], kinds["answered"]) not in ((0, 12), (1, 0))
        return "lost" if told and version < max(told) else "half" if mixed else _whole(db)

    return traced(folder, prepare, act, check)


def take_in(folder: Path, _chance: Random) -> Trace:
    """A file of comments is stored."""
    rows = [Verbatim(row=n, text=f"Niemand rief zurück, zum {n}. Mal.") for n in range(2, 1302)]

    def act(database: Database, told: Callable[[Any], None]) -> None:
        database.corpora.add("WORK2345", "B1", rows)
        told(len(rows))

    def check(db: sqlite3.Connection, told: list[Any]) -> str:
        whole = list(db.execute("select 1 from batches where complete"))
        ((many,),) = db.execute("select count(*) from verbatims")
        return "lost" if told and not whole else "half" if whole and many != len(rows) else ""

    return traced(folder, lambda _: None, act, check)


def moves_on(folder: Path, _chance: Random) -> Trace:
    """The tables of an older version get the form of this one."""
    url = f"sqlite:///{folder}/outside-in.sqlite3"
    restore(OLD, url, folder)
    migrate(url, "0001")
    files = _files(folder)
    with Listener(folder) as listener:
        migrate(url)
        listener.acknowledged(HEAD)

    def check(db: sqlite3.Connection, told: list[Any]) -> str:
        ((form,),) = db.execute("select version_num from alembic_version")
        tables = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
        ((answers,),) = db.execute("select count(*) from events where receipt is not null")
        mixed = form not in ("0001", HEAD) or ("layers" in tables) != (form == HEAD) or answers != 3
        return "lost" if told and form != HEAD else "half" if mixed else ""

    return Trace(files, listener.calls, check)


def erase(folder: Path, _chance: Random) -> Trace:
    """A session goes, another one stays."""

    def prepare(database: Database) -> None:
        for code in (CODE, "ZZZZ2345"):
            database.sessions.open(a_session(code))
            press(database.sessions, code)
            for _ in range(10):
                Leader(code).vote(database.sessions)

    def act(database: Database, told: Callable[[Any], None]) -> None:
        database.sessions.erase(CODE)
        told(CODE)
        press(database.sessions, "ZZZZ2345")

    def check(db: sqlite3.Connection, told: list[Any]) -> str:
        ((here,),) = db.execute("select count(*) from folds where code = ?", (CODE,))
        ((events,),) = db.execute("select count(*) from events where code = ?", (CODE,))
        return "lost" if told and here else "half" if (here, events) not in ((1, 11), (0, 0)) else ""

    return traced(folder, prepare, act, check)


def traced(
    folder: Path,
    prepare: Callable[[Database], None],
    act: Callable[[Database, Callable[[Any], None]], None],
    check: Check,
    flush: str = "full",
) -> Trace:
    url = f"sqlite:///{folder}/outside-in.sqlite3"
    with _database(url) as database:
        prepare(database)
    files = _files(folder)
    with Listener(folder) as listener, _database(url, flush) as database:
        act(database, listener.acknowledged)
    return Trace(files, listener.calls, check)


@contextmanager
def _database(url: str, flush: str = "full") -> Iterator[Database]:
    database = Database(url)
    if flush != "full":
        writes = database._writer._engine
        event.listen(writes, "connect", lambda raw, _: raw.execute(f"pragma synchronous = {flush}"))
        writes.dispose()
    try:
        yield database
    finally:
        database.close()


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.glob("outside-in.sqlite3*") if path.suffix != ".sqlite3-shm"
    }


def _whole(db: sqlite3.Connection) -> str:
    """The version in the row is the one of the newest event."""
    wanted = "select count(*) from folds f where version != (select max(version) from events e where e.code = f.code)"
    return "half" if db.execute(wanted).fetchone()[0] else ""


# all of it ------------------------------------------------------------------------------------------

SCENARIOS: dict[str, Callable[[Path, Random], Trace]] = {
    "submit": submit,
    "advance": advance,
    "import": take_in,
    "migrate": moves_on,
    "delete": erase,
}


def fails(trace: Trace, images: int, chance: Random, folder: Path) -> Counter[str]:
    """How many images were opened again, and what was wrong with them; every call comes equally often."""
    disk, told, found = Disk(trace.files), [], Counter[str]()
    writes = [call for call in trace.calls if call.kind != "told"]
    each, left = divmod(images, len(writes))
    extra = set(chance.sample(range(len(writes)), left))
    number = -1
    for call in trace.calls:
        if call.kind == "told":
            told.append(call.told)
            continue
        number += 1
        disk.do(call)
        for _ in range(each + (number in extra)):
            found["images"] += 1
            if wrong := _opened(disk.image(chance), trace.check, told, folder):
                found[wrong] += 1
    return found


def _opened(files: dict[str, bytes], check: Check, told: list[Any], folder: Path) -> str:
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    db = sqlite3.connect(folder / "outside-in.sqlite3")
    try:
        if db.execute("pragma integrity_check").fetchone() != ("ok",):
            return "corrupt"
        return check(db, told)
    except sqlite3.DatabaseError:
        return "corrupt"
    finally:
        db.close()


def tried(scenario: str, images: int, seed: int, **how: Any) -> Counter[str]:
    chance = Random(f"{scenario} {seed}")
    with TemporaryDirectory() as work, TemporaryDirectory() as image:
        return fails(SCENARIOS[scenario](Path(work), chance, **how), images, chance, Path(image))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began, each = time.monotonic(), args.images // len(SCENARIOS)
    found = {name: dict(tried(name, each, args.seed)) for name in SCENARIOS}
    loose = dict(tried("submit", each, args.seed, flush="normal"))
    wrong = sum(count for one in found.values() for kind, count in one.items() if kind != "images")
    told = {"seed": args.seed, "full": found, "normal": loose, "seconds": round(time.monotonic() - began)}
    print(json.dumps(told, indent=1))
    return int(bool(wrong) or not loose.get("lost"))


if __name__ == "__main__":
    sys.exit(main())
