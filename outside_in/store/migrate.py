"""Brings the tables to the form this program expects; Alembic is only woken if there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from outside_in.domain.errors import WorkshopError
from outside_in.store.disk import must_be_local
from outside_in.store.engines import engine, file_of

HEAD = "0003"
SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 7_230_551
"""Of PostgreSQL's advisory locks: replicas that start together migrate one after the other."""
APPLICATION = 0x4F492D31
"""“OI-1”: a file of ours says so."""
MARK = slice(68, 72)
"""Where in a SQLite file it says so."""


class NewerDatabase(WorkshopError):
    message = "The database has form {theirs}, this program knows {ours}. Please use the newer program."
    code = "database-newer"


class ForeignFile(WorkshopError):
    message = "“{file}” belongs to another program."
    code = "database-foreign"


def revision(db: Connection) -> str | None:
    if not inspect(db).has_table("alembic_version"):
        return None
    return db.scalar(text("select version_num from alembic_version"))


def migrate(url: str, to: str = HEAD, *, keep: Path | None = None) -> None:
    """`keep`: where a backup goes before anything is changed that was there before."""
    must_be_fit(url)
    writes = engine(url, writes=True)
    try:
        with writes.begin() as db:
            now = locked(db)
            if now == to:
                return
            if now is not None and keep:
                from outside_in.store.backup import saved

                saved(db, keep)
            moved(db, to)
    finally:
        writes.dispose()


def must_be_fit(url: str) -> None:
    """Asked before the file is opened, which would already change it."""
    if not (file := file_of(url)):
        return
    must_be_local(file)
    if file.exists():
        with file.open("rb") as opened:
            mark = opened.read(MARK.stop)[MARK]
        if mark not in (b"", bytes(4), APPLICATION.to_bytes(4, "big")):
            raise ForeignFile(file=str(file))


def locked(db: Connection) -> str | None:
    """The form the tables have; nobody else changes it until this transaction is over."""
    if db.dialect.name == "postgresql":
        db.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    now = revision(db)
    if now is not None and now > HEAD:
        raise NewerDatabase(theirs=now, ours=HEAD)
    return now


def moved(db: Connection, to: str) -> None:
    """To that form, forwards or backwards, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = db
    backwards = to == "base" or to < (revision(db) or "")
    (command.downgrade if backwards else command.upgrade)(config, to)
    if db.dialect.name == "sqlite":
        db.exec_driver_sql(f"pragma application_id = {APPLICATION}")
        db.exec_driver_sql(f"pragma user_version = {0 if to == 'base' else int(to)}")
