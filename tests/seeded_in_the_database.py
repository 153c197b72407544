"""Mistakes in what PostgreSQL hides by itself, and in what it is told."""

from faults import Fault

RULES = "migrations/0004_row_level_security.py"
FOUND_BY = "tests/test_row_security.py"

IN_THE_DATABASE = [
    Fault(*fault, FOUND_BY, "postgresql")
    for fault in (
        (
            "the database keeps from a family who may know of it again",
            RULES,
            "x.lifted_at IS NULL",
            "x.lifted_at IS NOT NULL",
        ),
        (
            "the database shows every family where nobody acts",
            RULES,
            " WHEN {ACCOUNT} IS NOT NULL THEN ARRAY(",
            " ELSE ARRAY(",
        ),
        (
            "own agency means any agency in the database",
            RULES,
            "(e.agency_id = {AGENCY} AND e.level NOT IN",
            "(e.level NOT IN",
        ),
        (
            "a kind of entry is without its rule",
            RULES,
            '            "safe_contacts",\n',
            "",
        ),
        (
            "a rule is not for the owner of the table",
            RULES,
            "ALTER TABLE {table} FORCE",
            "ALTER TABLE {table} NO FORCE",
        ),
        (
            "the next visitor is taken for the last one",
            "coordinator/told.py",
            "value, true())",
            "value, ~true())",
        ),
        (
            "the database is told of the first agency and not of the one acted for",
            "coordinator/access/actor.py",
            "order_by=(chosen, Membership.id)",
            "order_by=Membership.id",
        ),
    )
]
