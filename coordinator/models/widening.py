"""How a migration lets a column hold more words than before, on both databases."""

import re

import sqlalchemy as sa
from alembic import op

WORDS = re.compile(r"'([^']*)'")
ON_POSTGRESQL = sa.text(
    "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conname = :check AND conrelid = CAST(:table AS regclass)"
)
ON_SQLITE = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table")


def add_words(table: str, column: str, check: str, *words: str) -> None:
    """Let a column hold these words, too, after those that it may hold now."""
    before = _held(table, column, check)
    allow(table, column, check, before, before + words)


def take_words(table: str, column: str, check: str, *words: str) -> None:
    """Let a column no longer hold these words."""
    before = _held(table, column, check)
    allow(table, column, check, before, tuple(word for word in before if word not in words))


def allow(
    table: str, column: str, check: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    """Let a column hold other words than before.

    SQLite cannot change a check; to copy the table would lose its triggers.  Its manual names this
    way for what changes no stored byte (sqlite.org, "Making Other Kinds Of Table Schema Changes").
    """
    old, new = (
        f"{column} IN ({', '.join(repr(word) for word in words)})" for words in (before, after)
    )
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(check), table, type_="check")
        op.create_check_constraint(op.f(check), table, new)
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?)"
        " WHERE type = 'table' AND name = ? AND instr(sql, ?)",
        (old, new, table, old),
    )
    if changed.rowcount != 1:
        msg = f"{check} is not what this revision expects"
        raise RuntimeError(msg)
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


def _held(table: str, column: str, check: str) -> tuple[str, ...]:
    """Return the words that a column may hold now."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        made = connection.execute(ON_POSTGRESQL, {"check": check, "table": table}).scalar_one()
    else:
        sql = connection.execute(ON_SQLITE, {"table": table}).scalar_one()
        made = sql.partition(f"CONSTRAINT {check} CHECK ({column} IN (")[2].partition(")")[0]
    return tuple(WORDS.findall(made))
