"""Meetings that come again; support at agreed times, how it went and whether it is enough.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_a_family, of_an_entry, unbind
from coordinator.models.widening import allow

revision = "0014"
down_revision = "0013"
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
    "visit",
    "full-week",
)
STATES = ("waiting", "under-way", "paused", "ended")
OUTCOMES = ("held", "moved-by-service", "moved-by-parent", "not-held")
ENOUGH = ("yes", "no", "unsure")

RULES = {
    "series_meetings": of_an_entry("series_meetings.meeting_id"),
    "supports": of_an_entry("supports.id"),
    "support_sessions": of_an_entry("support_sessions.support_id"),
    "support_reviews": of_an_entry("support_reviews.support_id"),
    # That somebody has something then, and no word of what it is, is for whoever arranges a meeting
    # for the family.
    "taken_times": of_a_family("taken_times.family_id"),
}


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "series_meetings",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("asks_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        _leads("series_meetings", "meeting_id", "meetings"),
        _leads("series_meetings", "first_id", "meetings"),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_series_meetings")),
    )
    _index("series_meetings", "first_id")
    op.create_table(
        "supports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=100), nullable=False),
        sa.Column("given_by", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", _words("supportstate", STATES), nullable=False),
        _leads("supports", "id", "entries"),
        _leads("supports", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supports")),
    )
    _index("supports", "person_id")
    op.create_table(
        "taken_times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("support_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        _leads("taken_times", "family_id", "families"),
        _leads("taken_times", "support_id", "supports"),
        _leads("taken_times", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_times")),
    )
    _index("taken_times", "family_id", "support_id", "person_id")
    op.create_table(
        "support_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("support_id", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("outcome", _words("sessionoutcome", OUTCOMES), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("moved_to", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _leads("support_sessions", "support_id", "supports"),
        _leads("support_sessions", "by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_sessions")),
        sa.UniqueConstraint(
            "support_id", "agreed_on", name=op.f("uq_support_sessions_support_id_agreed_on")
        ),
    )
    _index("support_sessions", "by_id")
    op.create_table(
        "support_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("support_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("enough", _words("enough", ENOUGH), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _leads("support_reviews", "support_id", "supports"),
        _leads("support_reviews", "meeting_id", "meetings"),
        _leads("support_reviews", "by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_reviews")),
    )
    _index("support_reviews", "support_id", "meeting_id", "by_id")
    allow("entries", "kind", "ck_entries_entrykind", KINDS, (*KINDS, "support"))
    bind(RULES)


def downgrade() -> None:
    """Take this revision back."""
    unbind(RULES)
    allow("entries", "kind", "ck_entries_entrykind", (*KINDS, "support"), KINDS)
    for table in (
        "support_reviews",
        "support_sessions",
        "taken_times",
        "supports",
        "series_meetings",
    ):
        op.drop_table(table)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _leads(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _words(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
