"""Periods and limits as rows with a history; what an area set for referrals stays as written.

Revision: 0031, after 0030.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.append_only import keep, let_go

revision = "0031"
down_revision = "0030"
branch_labels = ()
depends_on = None

CHANGES = "setting_changes"
# With their unique columns.
OF_REFERRALS = {
    "guide_words": (),
    "referral_forms": ("reference",),
    "referral_questions": (),
    "referral_routes": ("reference",),
}


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        CHANGES,
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["accounts.id"], name=op.f("fk_setting_changes_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_changes")),
        sa.UniqueConstraint("number", name=op.f("uq_setting_changes_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_setting_changes_reference")),
    )
    op.create_index(op.f("ix_setting_changes_set_by_id"), CHANGES, ["set_by_id"])
    keep(CHANGES, "number", "reference")
    for table, keys in OF_REFERRALS.items():
        keep(table, *keys)


def downgrade() -> None:
    """Take this revision back."""
    for table in OF_REFERRALS:
        let_go(table)
    op.drop_table(CHANGES)
