"""
Backups: every table as lines of JSON in one ZIP, read in one transaction while others go on writing.

The same file fits SQLite and PostgreSQL; it is checked before anything is replaced.
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

from sqlalchemy import Connection, Table, delete, func, insert, select

from outside_in.domain.errors import BadInput
from outside_in.store.database import Database
from outside_in.store.engines import engine
from outside_in.store.migrate import HEAD, migrate
from outside_in.store.tables import folds, metadata

FORMAT = "outside-in/backup/1"
AT_ONCE = 500


class BadBackup(BadInput):
    message = "The file “{file}” is no backup that can be read: {why}."
    code = "backup-damaged"


class DataThere(BadInput):
    message = "There is data already. Use --force to replace it."
    code = "data-there"


def backup(database: Database, folder: Path) -> dict[str, Any]:
    """A consistent picture of now; the file is complete before it has its name."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
    target = folder / f"outside-in-{stamp}.zip"
    part = target.with_suffix(".part")
    reads = engine(database.url, writes=False)
    try:
        with reads.connect().execution_options(**_still(reads.dialect.name)) as db, db.begin():
            _write(db, part)
    finally:
        reads.dispose()
    os.replace(part, target)
    data = target.read_bytes()
    return {"file": str(target.absolute()), "bytes": len(data), "sha256": sha256(data).hexdigest()}


def _still(dialect: str) -> dict[str, str]:
    """One transaction sees one moment: SQLite's always do, PostgreSQL is told."""
    return {"isolation_level": "REPEATABLE READ"} if dialect == "postgresql" else {}


def _write(db: Connection, path: Path) -> None:
    digests: dict[str, str] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in metadata.sorted_tables:
            digest = sha256()
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
                for line in _lines(db, table):
                    member.write(line)
                    digest.update(line)
            digests[table.name] = digest.hexdigest()
        manifest = {"format": FORMAT, "revision": HEAD, "tables": digests}
        archive.writestr("manifest.json", json.dumps(manifest))


def _lines(db: Connection, table: Table) -> Iterator[bytes]:
    ordered = select(table).order_by(*table.primary_key.columns)
    for row in db.execution_options(yield_per=AT_ONCE).execute(ordered).mappings():
        yield json.dumps({name: _plain(value) for name, value in row.items()}).encode() + b"\n"


def _plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, (bytes, memoryview)) else value


def check_file(path: Path) -> dict[str, Any]:
    """The manifest of a backup whose every table is as it was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
            if manifest["format"] != FORMAT or manifest["revision"] > HEAD:
                raise BadBackup(file=path.name, why=f"{manifest['format']}, {manifest['revision']}")
            for name, digest in manifest["tables"].items():
                if _digest(archive, f"{name}.jsonl") != digest:
                    raise BadBackup(file=path.name, why=name)
            return manifest
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, NotImplementedError) as error:
        raise BadBackup(file=path.name, why=type(error).__name__) from error


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = sha256()
    with archive.open(name) as member:
        while piece := member.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def restore(path: Path, url: str, data: Path, *, force: bool = False) -> None:
    """All or nothing: checked first, then replaced in one transaction."""
    manifest = check_file(path)
    data.mkdir(parents=True, exist_ok=True)
    migrate(url)
    writes = engine(url, writes=True)
    try:
        with writes.begin() as db, zipfile.ZipFile(path) as archive:
            if not force and db.scalar(select(func.count()).select_from(folds)):
                raise DataThere
            for table in reversed(metadata.sorted_tables):
                db.execute(delete(table))
            for table in metadata.sorted_tables:
                if table.name in manifest["tables"]:
                    _fill(db, table, archive)
    finally:
        writes.dispose()


def _fill(db: Connection, table: Table, archive: zipfile.ZipFile) -> None:
    rows: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as member:
        for line in member:
            rows.append({name: _value(value) for name, value in json.loads(line).items()})
            if len(rows) == AT_ONCE:
                db.execute(insert(table), rows)
                rows = []
    if rows:
        db.execute(insert(table), rows)


def _value(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def newest_good(folder: Path) -> Path | None:
    for path in sorted(folder.glob("outside-in-*.zip"), reverse=True):
        try:
            check_file(path)
        except BadBackup:
            continue
        return path
    return None


