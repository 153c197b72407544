"""A fresh view of a family, goals that are reached, and turning points (S20).

Revision: 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import allow

revision = "0021"
down_revision = "0020"
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
    "support",
    "referral",
    "disagreement",
)
MORE_KINDS = ("turning-point",)
RULES = {"turning_points": of_an_entry("turning_points.id")}


def upgrade() -> None:
    """Bring the tables to this revision."""
    allow("entries", "kind", "ck_entries_entrykind", KINDS, KINDS + MORE_KINDS)
    whose = sa.Enum(
        "parent",
        "worker",
        name="whosewords",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "turning_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("whose", whose, nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_turning_points_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turning_points")),
    )
    op.add_column("goals", sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True))
    fresh = sa.Column("fresh_view", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("information_requests", fresh)
    with op.batch_alter_table("information_requests") as batch_op:
        batch_op.alter_column("fresh_view", server_default=None)
    bind(RULES)


def downgrade() -> None:
    """Take this revision back.  Raises if a turning point was marked."""
    unbind(RULES)
    op.drop_column("information_requests", "fresh_view")
    op.drop_column("goals", "reached_at")
    op.drop_table("turning_points")
    allow("entries", "kind", "ck_entries_entrykind", KINDS + MORE_KINDS, KINDS)
