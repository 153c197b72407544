"""Visits to a family, alone or by one worker of each agency, and the weeks with many contacts.

Revision: 0013, after 0012.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import allow

revision = "0013"
down_revision = "0012"
branch_labels = ()
depends_on = None

KINDS = (
    "plan",
    "what-helps",
    "goal",
    "action",
    "role-statement",
    "note",
    "sharing",
    "meeting",
    "contact-attempt",
    "information-request",
    "information-answer",
    "advice",
    "openness",
    "safe-contact",
    "parents-words",
    "agenda-part",
    "minutes",
    "board-entry",
    "child-status",
    "conference-outcome",
    "deadline",
    "needs",
)
MORE_KINDS = ("visit", "full-week")
EVENTS = (
    "referral",
    "strategy-discussion",
    "section-47",
    "initial-conference-planned",
    "initial-conference",
    "protection-plan",
    "core-group",
    "review-conference-planned",
    "review-conference",
    "conference",
    "not-quorate",
    "birth",
    "care-plan-review",
    "discharge",
    "disagreement",
    "protection-ended",
)
MORE_EVENTS = ("contacts-booked",)
UNITS = ("hours", "days", "working-days", "weeks", "months", "agencies")
MORE_UNITS = ("contacts",)
PLACES = ("home", "site", "neutral", "phone", "video")
STATES = ("planned", "done", "not-done", "no-answer", "cancelled")
# The first kinds: (name, joint, observes).  An administrator changes them.
VISIT_KINDS = (
    ("Home visit", False, False),
    ("Appointment", False, False),
    ("Phone or video contact", False, False),
    ("Joint visit", True, False),
    ("Joint assessment", True, False),
    ("Close observation", False, True),
)
CODE, LEVEL = "contacts-in-a-week", 5
RULES = {
    "visits": of_an_entry("visits.id"),
    "visit_moves": of_an_entry("visit_moves.visit_id"),
    "visit_parts": of_an_entry("visit_parts.visit_id"),
    "full_weeks": of_an_entry("full_weeks.id"),
    "week_answers": of_an_entry("week_answers.week_id"),
}


def upgrade() -> None:
    """Bring the tables to this revision."""
    allow("entries", "kind", "ck_entries_entrykind", KINDS, KINDS + MORE_KINDS)
    for column in ("starts_with", "met_by"):
        check = f"ck_clock_rules_{column}"
        allow("clock_rules", column, check, EVENTS, EVENTS + MORE_EVENTS)
    allow("clock_rules", "unit", "ck_clock_rules_unit", UNITS, UNITS + MORE_UNITS)
    op.create_table(
        "visit_kinds",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("joint", sa.Boolean(), nullable=False),
        sa.Column("observes", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys("visit_kinds"),
        sa.UniqueConstraint("name", name=op.f("uq_visit_kinds_name")),
        sa.UniqueConstraint("reference", name=op.f("uq_visit_kinds_reference")),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("local_start", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("travel_before", sa.Integer(), nullable=False),
        sa.Column("travel_after", sa.Integer(), nullable=False),
        sa.Column("place", _words("meetwhere", *PLACES), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("place_text", sa.String(length=400), nullable=False),
        sa.Column("parents_choice", sa.Boolean(), nullable=True),
        sa.Column("interpreter", sa.String(length=100), nullable=False),
        sa.Column("interpreter_booked", sa.Boolean(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("observe_until", sa.Date(), nullable=True),
        sa.Column("parents_view", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("owner_agency_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("second_agency_id", sa.Integer(), nullable=True),
        sa.Column("state", _words("visitstate", *STATES), nullable=False),
        sa.Column("state_reason", sa.String(length=400), nullable=False),
        *_keys(
            "visits",
            id="entries",
            kind_id="visit_kinds",
            site_id="sites",
            owner_id="accounts",
            owner_agency_id="agencies",
            second_id="accounts",
            second_agency_id="agencies",
        ),
        sa.CheckConstraint(
            "(second_id IS NULL) = (second_agency_id IS NULL)",
            name=op.f("ck_visits_a_second_owner_has_an_agency"),
        ),
        sa.CheckConstraint(
            "second_agency_id IS NULL OR second_agency_id <> owner_agency_id",
            name=op.f("ck_visits_one_owner_of_each_agency"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_visits_uid")),
    )
    owners = ("owner_id", "owner_agency_id", "second_id", "second_agency_id")
    _index("visits", "kind_id", "site_id", "starts_at", *owners)
    op.create_table(
        "visit_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("moved_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_by", _words("movedby", "service", "family"), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_keys("visit_moves", visit_id="visits", by_id="accounts"),
    )
    _index("visit_moves", "visit_id", "by_id")
    op.create_table(
        "visit_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_keys("visit_parts", visit_id="visits", account_id="accounts", agency_id="agencies"),
    )
    _index("visit_parts", "visit_id", "account_id", "agency_id")
    op.create_table(
        "full_weeks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_keys("full_weeks", id="entries"),
    )
    op.create_table(
        "week_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("word", _words("weekword", "combine", "needed", "effect"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_keys("week_answers", week_id="full_weeks", agency_id="agencies", account_id="accounts"),
    )
    _index("week_answers", "week_id", "agency_id", "account_id")
    bind(RULES)
    _first_rows()


def downgrade() -> None:
    """Take this revision back.  Raises if anything was written with it."""
    unbind(RULES)
    for table in ("week_answers", "full_weeks", "visit_parts", "visit_moves", "visits"):
        op.drop_table(table)
    op.drop_table("visit_kinds")
    _without_the_level()
    allow("clock_rules", "unit", "ck_clock_rules_unit", UNITS + MORE_UNITS, UNITS)
    for column in ("starts_with", "met_by"):
        check = f"ck_clock_rules_{column}"
        allow("clock_rules", column, check, EVENTS + MORE_EVENTS, EVENTS)
    allow("entries", "kind", "ck_entries_entrykind", KINDS + MORE_KINDS, KINDS)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _keys(table: str, **leads_to: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in leads_to.items()
        ),
    ]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _first_rows() -> None:
    kinds = ("name", "joint", "observes")
    columns = [sa.column(kinds[0]), *(sa.column(name, sa.Boolean) for name in kinds[1:])]
    more = [sa.column("reference"), sa.column("position"), sa.column("retired", sa.Boolean)]
    op.bulk_insert(
        sa.table("visit_kinds", *columns, *more),
        [
            dict(zip(kinds, kind, strict=True))
            | {"reference": f"VKND{number:05}", "position": number, "retired": False}
            for number, kind in enumerate(VISIT_KINDS, 1)
        ],
    )
    rule = {
        "reference": "CHECKWEEK",
        "code": CODE,
        "name": "Contacts with one family in a week",
        "jurisdiction": "England",
        "whose": "csc",
        "starts_with": MORE_EVENTS[0],
        "limit": LEVEL,
        "unit": MORE_UNITS[0],
        "standing": "ours",
        "source": "Our own default; above it both agencies are asked to combine visits",
        "reason": "",
    }
    truths = [sa.column(name, sa.Boolean) for name in ("before", "local_override")]
    columns = [*(sa.column(name) for name in rule), *truths, sa.column("from_date", sa.Date)]
    op.bulk_insert(
        sa.table("clock_rules", *columns),
        [rule | {"before": False, "local_override": False, "from_date": date(2024, 1, 1)}],
    )


def _without_the_level() -> None:
    """Take the rule away, past the triggers that keep rules as they were written."""
    statement = f"DELETE FROM clock_rules WHERE code = '{CODE}'"
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.execute("ALTER TABLE clock_rules DISABLE TRIGGER USER")
        op.execute(statement)
        op.execute("ALTER TABLE clock_rules ENABLE TRIGGER USER")
        return
    name = "clock_rules_no_delete"
    kept = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", (name,)
    ).scalar_one()
    op.execute(f"DROP TRIGGER {name}")
    op.execute(statement)
    op.execute(kept)
