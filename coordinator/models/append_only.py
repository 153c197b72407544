"""How a migration has the database refuse to change, delete or replace what a table holds."""

from alembic import op


def keep(table: str, *keys: str, key: str = "id") -> None:
    """Let a table only grow.  `keys` are its unique columns beside the primary `key`.

    SQLite's REPLACE deletes the row that has the same key, without asking any trigger but this.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    same = " OR ".join(f"{column} = NEW.{column}" for column in (key, *keys))
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: no row is replaced'); END"
    )


def let_go(table: str) -> None:
    """Take it back."""
    if op.get_bind().dialect.name == "postgresql":
        for name in ("append_only", "no_truncate"):
            op.execute(f"DROP TRIGGER {table}_{name} ON {table}")
        return
    for name in ("no_update", "no_delete", "no_replace"):
        op.execute(f"DROP TRIGGER {table}_{name}")
