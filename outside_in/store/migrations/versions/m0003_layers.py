"""What theme runs found, kept beside the board that a person makes of it; and a language model's answers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "layers",
        sa.Column("workshop", sa.String(16), nullable=False),
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workshop", "id", name="pk_layers"),
    )
    op.create_table(
        "written",
        sa.Column("workshop", sa.String(16), nullable=False),
        sa.Column("ask", sa.String(64), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.PrimaryKeyConstraint("workshop", "ask", name="pk_written"),
    )


def downgrade() -> None:
    op.drop_table("written")
    op.drop_table("layers")
