"""The third wall: PostgreSQL itself hides what whoever acts may not know.

Who acts is told for each transaction (coordinator/told.py); why it is so, and what it cannot do:
docs/decisions/0017.  SQLite has nothing like it.

Revision: 0004, after 0003.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = ()
depends_on = None

ACCOUNT, AGENCY = (
    f"nullif(current_setting('coordinator.{name}', true), '')::integer"
    for name in ("account", "agency")
)
SERVICE = "coalesce(current_setting('coordinator.service', true), '') <> ''"

# The families that are hidden from whoever acts: none from a service; null, which hides all, where
# nobody acts.  Asked once for each statement, not for each row.
HIDDEN = (
    f"(SELECT CASE WHEN {SERVICE} THEN ARRAY[]::integer[] WHEN {ACCOUNT} IS NOT NULL THEN ARRAY("
    f"SELECT x.family_id FROM exclusions x WHERE x.account_id = {ACCOUNT} AND x.lifted_at IS NULL"
    ") END)::integer[]"
)
# Of `entries`, only those of known families are seen here; of another it is null, which hides.
# Not EXISTS: the planner would make that a list of all entries there are, for each statement.
READABLE = (
    "(SELECT e.level = 'open'"
    f" OR (e.agency_id = {AGENCY} AND e.level NOT IN ('safe-contact', 'parents-own'))"
    f" OR e.author_id = {ACCOUNT} OR {SERVICE} OR {{or_else}}"
    " FROM entries e WHERE e.id = {entry_id})"
)
# The rarer ways: named, opened in immediate danger, a safe contact after a reason was given.
BY_NAME = f"""
    EXISTS (SELECT FROM entry_readers r
        WHERE r.entry_id = {{0}}.id AND r.account_id = {ACCOUNT})
    OR EXISTS (SELECT FROM emergency_openings o
        WHERE o.entry_id = {{0}}.id AND o.account_id = {ACCOUNT})
    OR ({{0}}.level = 'safe-contact' AND {{0}}.agency_id = {AGENCY} AND EXISTS (
        SELECT FROM oversights v
        WHERE v.family_id = {{0}}.family_id AND v.account_id = {ACCOUNT}))
"""
# A function of its own, asked of few rows: every statement would otherwise carry these tables,
# with their rules, once for each table that it asks.
READS_BY_NAME = f"""
CREATE FUNCTION reads_by_name(entry entries) RETURNS boolean LANGUAGE sql STABLE RETURN
    {BY_NAME.format("entry")}
    OR EXISTS (SELECT FROM advice a
        WHERE a.about_entry_id = entry.id AND a.lead_id = {ACCOUNT})
"""

# Rows that belong to a family, by the column that says to which.
OF_A_FAMILY = {
    "families": "id",
    "people": "family_id",
    "involvements": "family_id",
    "join_requests": "family_id",
    "oversights": "family_id",
    "entries": "family_id",
    "emergency_openings": "family_id",
    "look_alerts": "coalesce(family_id, 0)",
}
# What an entry says, and what is said of it, by the column that leads to the entry.
OF_AN_ENTRY = {
    **dict.fromkeys(
        (
            "actions",
            "contact_attempts",
            "goals",
            "information_answers",
            "information_requests",
            "meetings",
            "notes",
            "openness",
            "parents_words",
            "plans",
            "role_statements",
            "safe_contacts",
            "sharings",
            "what_helps",
        ),
        "id",
    ),
    "challenges": "request_id",
    "entry_versions": "entry_id",
    "goal_agreements": "goal_id",
    "invitations": "meeting_id",
    "plan_signatures": "plan_id",
    "plan_versions": "plan_id",
    "sharing_bases": "sharing_id",
}


def _rules() -> dict[str, str]:
    """Return what each table asks of a row, to be seen and to be written."""
    rules = {table: f"{column} <> ALL ({HIDDEN})" for table, column in OF_A_FAMILY.items()}
    for table, column in OF_AN_ENTRY.items():
        rules[table] = READABLE.format(entry_id=f"{table}.{column}", or_else="reads_by_name(e)")
    # The function asks this table, whose own rule must not ask the function.
    asked = f"advice.lead_id = {ACCOUNT} OR {BY_NAME.format('e')}"
    rules["advice"] = READABLE.format(entry_id="advice.id", or_else=asked)
    return rules


def upgrade() -> None:
    """Put every table that says something about a family behind its rule, for its owner too."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(READS_BY_NAME)
    for table, rule in _rules().items():
        op.execute(f"CREATE POLICY known ON {table} USING ({rule})")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    """Take the rules away."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _rules():
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.execute(f"DROP POLICY known ON {table}")
    op.execute("DROP FUNCTION reads_by_name")
