"""A time zone for each person, and the address of their subscribed calendar.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("zone", sa.String(length=40), nullable=False, server_default="Europe/London")
        )
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_calendar_feeds_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
    )
    op.create_index(op.f("ix_calendar_feeds_account_id"), "calendar_feeds", ["account_id"])
    op.create_table(
        "calendar_fetches",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_the_hour", sa.Integer(), nullable=False),
        sa.Column("told_hash", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["calendar_feeds.id"], name=op.f("fk_calendar_fetches_feed_id")
        ),
        sa.PrimaryKeyConstraint("feed_id", name=op.f("pk_calendar_fetches")),
    )


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table("calendar_fetches")
    op.drop_table("calendar_feeds")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("zone")
