"""
Backups: every table as lines of JSON in one ZIP, read in one transaction while others go on writing.

The same file fits SQLite and PostgreSQL. It carries the form its tables had, so a later program
brings it back in that form and moves it on from there. It is checked before anything is replaced.
"""

import base64
import datetime as dt
import json
import os
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, delete, func, insert, inspect, select, text

from outside_in.domain.errors import BadInput
from outside_in.store.check import damage
from outside_in.store.database import Database
from outside_in.store.engines import engine, file_of, snapshot
from outside_in.store.migrate import HEAD, locked, moved, must_be_fit, revision

FORMAT = "outside-in/backup/1"
AT_ONCE = 500
ALEMBIC = "alembic_version"


class BadBackup(BadInput):
    message = "The file “{file}” is no backup that can be read: {why}."
    code = "backup-damaged"


class DataThere(BadInput):
    message = "There is data already. Use --force to replace it."
    code = "data-there"


# saving ------------------------------------------------------------------


def backup(database: Database, folder: Path) -> dict[str, Any]:
    """A consistent picture of now, while a room goes on answering."""
    with snapshot(database.url) as db:
        return saved(db, folder)


def saved(db: Connection, folder: Path) -> dict[str, Any]:
    """What this transaction sees; the file is complete before it has its name."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
    target = folder / f"outside-in-{stamp}.zip"
    part = target.with_suffix(".part")
    try:
        _write(db, part)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    with target.open("rb") as file:
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return {"file": str(target.absolute()), "bytes": target.stat().st_size, "sha256": digest.hexdigest()}


def _write(db: Connection, path: Path) -> None:
    digests: dict[str, str] = {}
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in _tables(db):
                digest = sha256()
                with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
                    for line in _lines(db, table):
                        member.write(line)
                        digest.update(line)
                digests[table.name] = digest.hexdigest()
            manifest = {"format": FORMAT, "revision": revision(db), "tables": digests}
            archive.writestr("manifest.json", json.dumps(manifest))
        os.fsync(file.fileno())


def _tables(db: Connection) -> list[Table]:
    """As they are, in whatever form."""
    found = MetaData()
    found.reflect(db, only=lambda name, _: name != ALEMBIC)
    return found.sorted_tables


def _lines(db: Connection, table: Table) -> Iterator[bytes]:
    ordered = select(table).order_by(*table.primary_key.columns)
    for row in db.execute(ordered.execution_options(yield_per=AT_ONCE)).mappings():
        yield json.dumps({name: _plain(value) for name, value in row.items()}).encode() + b"\n"


def _plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, (bytes, memoryview)) else value


# checking ----------------------------------------------------------------


def check_file(path: Path) -> dict[str, Any]:
    """The manifest of a backup whose every table is as it was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
            if manifest["format"] != FORMAT or not "0001" <= manifest["revision"] <= HEAD:
                raise BadBackup(file=path.name, why=f"{manifest['format']}, {manifest['revision']}")
            for name, digest in manifest["tables"].items():
                if _digest(archive, f"{name}.jsonl") != digest:
                    raise BadBackup(file=path.name, why=name)
            return manifest
    except BadBackup:
        raise
    except Exception as error:  # zipfile and zlib have no end of ways to fail on damaged bytes
        raise BadBackup(file=path.name, why=type(error).__name__) from error


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = sha256()
    with archive.open(name) as member:
        while piece := member.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def newest_good(folder: Path) -> Path | None:
    for path in sorted(folder.glob("outside-in-*.zip"), reverse=True):
        try:
            check_file(path)
        except BadBackup:
            continue
        return path
    return None


# bringing back -----------------------------------------------------------


def restore(path: Path, url: str, data: Path, *, force: bool = False) -> None:
    """All or nothing: checked first, then replaced in one transaction."""
    manifest = check_file(path)
    data.mkdir(parents=True, exist_ok=True)
    if damage(url):
        _set_aside(url)
    must_be_fit(url)
    writes = engine(url, writes=True)
    try:
        with writes.begin() as db, zipfile.ZipFile(path) as archive:
            now = locked(db)
            if not force and _holds_data(db):
                raise DataThere
            if now is not None:
                moved(db, "base")
            moved(db, manifest["revision"])
            _fill(db, manifest["tables"], archive)
            moved(db, HEAD)
    finally:
        writes.dispose()


def _set_aside(url: str) -> None:
    """A damaged file is kept: somebody may still read something out of it."""
    if not (file := file_of(url)):
        return
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
    for ending in ("", "-wal", "-shm"):
        part = Path(f"{file}{ending}")
        if part.exists():
            os.replace(part, f"{file}.damaged-{stamp}{ending}")


def _holds_data(db: Connection) -> bool:
    if not inspect(db).has_table("folds"):
        return False
    return bool(db.scalar(text("select count(*) from folds")))


def _fill(db: Connection, wanted: dict[str, str], archive: zipfile.ZipFile) -> None:
    for table in _tables(db):
        db.execute(delete(table))
        if table.name in wanted:
            with archive.open(f"{table.name}.jsonl") as member:
                _insert(db, table, (json.loads(line) for line in member))
            if db.dialect.name == "postgresql" and "number" in table.primary_key.columns:
                _count_on(db, table)


def _insert(db: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append({name: _value(value) for name, value in row.items()})
        if len(some) == AT_ONCE:
            db.execute(insert(table), some)
            some = []
    if some:
        db.execute(insert(table), some)


def _value(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def _count_on(db: Connection, table: Table) -> None:
    """The next row gets the next number; a sequence does not notice rows that bring theirs along."""
    sequence = func.pg_get_serial_sequence(table.name, "number")
    highest = select(func.coalesce(func.max(table.c.number), 0) + 1).scalar_subquery()
    db.execute(select(func.setval(sequence, highest, False)))
