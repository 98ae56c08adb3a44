"""The first form of every table, and the account that exists from the first start on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "folds",
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_folds"),
    )
    op.create_table(
        "events",
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("receipt", sa.String(64)),
        sa.Column("event", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "version", name="pk_events"),
        sa.UniqueConstraint("code", "receipt", name="uq_events_code"),
    )
    op.create_index("ix_events_marks", "events", ["code", "step", "who"])
    _people()
    _feedback()
    op.execute(sa.text("insert into accounts (id) values ('first')"))


def _people() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("login", sa.String(120)),
        sa.Column("hash", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
    )
    op.create_table(
        "failures",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(120), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_failures"),
    )
    op.create_table(
        "tokens",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("principal", sa.String(64), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("seen", sa.Float(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("hash", name="pk_tokens"),
    )
    op.create_index("ix_tokens_principal", "tokens", ["principal"])
    op.create_table(
        "notes",
        sa.Column("notebook", sa.String(64), nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("notebook", "step", name="pk_notes"),
    )
    op.create_table(
        "log",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("principal", sa.String(64), nullable=False),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log"),
    )


def _feedback() -> None:
    op.create_table(
        "batches",
        sa.Column("workshop", sa.String(16), nullable=False),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workshop", "id", name="pk_batches"),
    )
    op.create_table(
        "verbatims",
        sa.Column("workshop", sa.String(16), nullable=False),
        sa.Column("row", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workshop", "row", name="pk_verbatims"),
    )
    op.create_table(
        "places",
        sa.Column("workshop", sa.String(16), nullable=False),
        sa.Column("row", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("theme", sa.String(40)),
        sa.Column("subtheme", sa.String(40)),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("workshop", "row", name="pk_places"),
    )
    op.create_table(
        "jobs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("workshop", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("worker", sa.String(40)),
        sa.Column("taken", sa.Float()),
        sa.Column("result", sa.Text()),
        sa.Column("code", sa.String(40)),
        sa.Column("message", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_jobs"),
        sa.UniqueConstraint("id", name="uq_jobs_id"),
    )
    op.create_index("ix_jobs_workshop", "jobs", ["workshop"])
    op.create_index("ix_jobs_state", "jobs", ["state"])


def downgrade() -> None:
    for name in [
        "jobs",
        "places",
        "verbatims",
        "batches",
        "log",
        "notes",
        "tokens",
        "failures",
        "accounts",
        "events",
        "folds",
    ]:
        op.drop_table(name)
