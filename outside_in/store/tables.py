"""The tables. One form for SQLite and PostgreSQL; what happened is text, so that it outlives every model."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Alembic cannot drop what has no name."""

metadata = MetaData(naming_convention=NAMES)

folds = Table(
    "folds",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("opening", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("digest", BigInteger),
)
events = Table(
    "events",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("step", String(80), nullable=False),
    Column("who", String(80), nullable=False),
    Column("receipt", String(64)),
    Column("event", Text, nullable=False),
    Column("digest", BigInteger),
    UniqueConstraint("code", "receipt"),
    Index("ix_events_marks", "code", "step", "who"),
)
accounts = Table(
    "accounts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("login", String(120), unique=True),
    Column("hash", String(200)),
)
failures = Table(
    "failures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("login", String(120), nullable=False),
    Column("at", Float, nullable=False),
)
tokens = Table(
    "tokens",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    Column("principal", String(64), nullable=False, index=True),
    Column("code", String(16), nullable=False),
    Column("created", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("expires", Float, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Column("views", Integer, nullable=False),
    Column("sealed", LargeBinary),
)
notes = Table(
    "notes",
    metadata,
    Column("notebook", String(64), primary_key=True),
    Column("step", String(80), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
batches = Table(
    "batches",
    metadata,
    Column("workshop", String(16), primary_key=True),
    Column("id", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("digest", BigInteger),
)
verbatims = Table(
    "verbatims",
    metadata,
    Column("workshop", String(16), primary_key=True),
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("batch", String(16), nullable=False),
    Column("body", Text, nullable=False),
)
places = Table(
    "places",
    metadata,
    Column("workshop", String(16), primary_key=True),
    Column("row", BigInteger, primary_key=True, autoincrement=False),
    Column("theme", String(40)),
    Column("subtheme", String(40)),
    Column("confidence", Float, nullable=False),
)
layers = Table(
    "layers",
    metadata,
    Column("workshop", String(16), primary_key=True),
    Column("id", String(60), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
written = Table(
    "written",
    metadata,
    Column("workshop", String(16), primary_key=True),
    Column("ask", String(64), primary_key=True),
    Column("at", Float, nullable=False),
    Column("tokens", Integer, nullable=False),
    Column("answer", Text),
)
jobs = Table(
    "jobs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("workshop", String(16), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("args", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("progress", Float, nullable=False),
    Column("worker", String(40)),
    Column("taken", Float),
    Column("result", Text),
    Column("code", String(40)),
    Column("message", Text),
)
log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("role", String(16), nullable=False),
    Column("principal", String(64), nullable=False),
    Column("what", String(80), nullable=False),
    Column("code", String(16), nullable=False),
)
