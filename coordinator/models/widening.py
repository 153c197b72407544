"""How a migration lets a column hold more words than before, on both databases."""

from alembic import op


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
