"""Beside what counts stands a digest: a byte that the disk has changed is found out, not believed."""

from zlib import crc32

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WRITTEN = {
    "folds": (("code",), "opening"),
    "events": (("code", "version"), "step", "who", "receipt", "event"),
}
"""By table: the key, and what else the digest is about."""


def upgrade() -> None:
    for table in ("folds", "events", "batches"):
        op.add_column(table, sa.Column("digest", sa.BigInteger()))
    for name, (key, *rest) in WRITTEN.items():
        _filled(sa.table(name, *(sa.column(c) for c in (*key, *rest, "digest"))), key, rest)
    _batches()


def _filled(table: sa.TableClause, key: tuple[str, ...], rest: list[str]) -> None:
    db = op.get_bind()
    columns = [table.c[name] for name in (*key, *rest)]
    for row in db.execute(sa.select(*columns)).mappings().all():
        this = sa.and_(*(table.c[name] == row[name] for name in key))
        db.execute(sa.update(table).where(this).values(digest=_digest(*row.values())))


def _batches() -> None:
    """The sum of the digests of a batch's rows, so that their order does not matter."""
    db = op.get_bind()
    batches = sa.table("batches", *map(sa.column, ("workshop", "id", "digest")))
    rows = sa.table("verbatims", *map(sa.column, ("workshop", "batch", "row", "body")))
    for batch in db.execute(sa.select(batches.c.workshop, batches.c.id)).all():
        mine = sa.select(rows.c.row, rows.c.body).where(rows.c.workshop == batch.workshop, rows.c.batch == batch.id)
        total = sum(_digest(*row) for row in db.execute(mine))
        this = sa.and_(batches.c.workshop == batch.workshop, batches.c.id == batch.id)
        db.execute(sa.update(batches).where(this).values(digest=total))


def _digest(*written: object) -> int:
    return crc32("\x1f".join(map(str, written)).encode())


def downgrade() -> None:
    for table in ("folds", "events", "batches"):
        with op.batch_alter_table(table) as changed:
            changed.drop_column("digest")
