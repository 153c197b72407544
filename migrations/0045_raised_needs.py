"""Needs that were raised and not answered.

Revision: 0045, after 0044.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import add_words, take_words

revision = "0045"
down_revision = "0044"
branch_labels = ()
depends_on = None

TABLE = "raised_needs"
KINDS = ("entries", "kind", "ck_entries_entrykind", "raised-need")
RULES = {TABLE: of_an_entry("raised_needs.id")}
LEADS_TO = {"id": "entries", "team_id": "teams", "closed_by_id": "accounts"}


def upgrade() -> None:
    """Bring the tables to this revision."""
    add_words(*KINDS)
    moment = sa.DateTime(timezone=True)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("raised_at", moment, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("told_at", moment, nullable=True),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column, table in LEADS_TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("team_id", "closed_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    op.create_index(op.f(f"ix_{TABLE}_closed_at_due_at"), TABLE, ["closed_at", "due_at"])
    bind(RULES)


def downgrade() -> None:
    """Take this revision back."""
    unbind(RULES)
    op.drop_table(TABLE)
    take_words(*KINDS)
