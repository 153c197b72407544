"""How a migration puts a new table behind the third wall (docs/decisions/0017); PostgreSQL alone.

The words of the rules are those of migration 0004, whose function `reads_by_name` they ask.  What
a released migration wrote with them stays: a rule that changes is written anew under another name.
"""

from alembic import op

_ACCOUNT, _AGENCY = (
    f"nullif(current_setting('coordinator.{name}', true), '')::integer"
    for name in ("account", "agency")
)
_SERVICE = "coalesce(current_setting('coordinator.service', true), '') <> ''"
_HIDDEN = (
    f"(SELECT CASE WHEN {_SERVICE} THEN ARRAY[]::integer[] WHEN {_ACCOUNT} IS NOT NULL THEN ARRAY("
    f"SELECT x.family_id FROM exclusions x WHERE x.account_id = {_ACCOUNT} AND x.lifted_at IS NULL"
    ") END)::integer[]"
)


def of_a_family(column: str) -> str:
    """Return the rule of rows that belong to the family in this column: not hidden from who acts.

    A null, of a row that belongs to no family, hides from nobody who acts.
    """
    return f"coalesce({column}, 0) <> ALL ({_HIDDEN})"


def of_an_entry(column: str) -> str:
    """Return the rule of rows that tell what the entry in this column says: who may read it."""
    return (
        "(SELECT e.level = 'open'"
        f" OR (e.agency_id = {_AGENCY} AND e.level NOT IN ('safe-contact', 'parents-own'))"
        f" OR e.author_id = {_ACCOUNT} OR {_SERVICE} OR reads_by_name(e)"
        f" FROM entries e WHERE e.id = {column})"
    )


def bind(rules: dict[str, str]) -> None:
    """Put each table behind its rule, for its owner too; nothing on SQLite."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, rule in rules.items():
        op.execute(f"CREATE POLICY known ON {table} USING ({rule})")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def unbind(rules: dict[str, str]) -> None:
    """Take the rules away again; nothing on SQLite."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in rules:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.execute(f"DROP POLICY known ON {table}")
