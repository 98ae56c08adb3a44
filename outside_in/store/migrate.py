"""Brings the tables to the form this program expects; Alembic is only woken if there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from outside_in.domain.errors import WorkshopError
from outside_in.store.engines import engine

HEAD = "0001"
SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 7_230_551
"""Of PostgreSQL's advisory locks: replicas that start together migrate one after the other."""


class NewerDatabase(WorkshopError):
    message = "The database has form {theirs}, this program knows {ours}. Please use the newer program."
    code = "database-newer"


def revision(db: Connection) -> str | None:
    if not inspect(db).has_table("alembic_version"):
        return None
    return db.scalar(text("select version_num from alembic_version"))


def migrate(url: str, to: str = "head") -> None:
    writes = engine(url, writes=True)
    try:
        with writes.begin() as db:
            if db.dialect.name == "postgresql":
                db.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            now = revision(db)
            if now == HEAD and to == "head":
                return
            if now is not None and now > HEAD:
                raise NewerDatabase(theirs=now, ours=HEAD)
            _run(db, to)
    finally:
        writes.dispose()


def _run(db: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = db
    if to in ("head", HEAD):
        command.upgrade(config, to)
    else:
        command.downgrade(config, to)
