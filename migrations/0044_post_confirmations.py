"""When posts were confirmed stays known, so that a trend can be seen.

Revision: 0044, after 0043.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.append_only import keep, let_go

revision = "0044"
down_revision = "0043"
branch_labels = ()
depends_on = None

TABLE = "post_confirmations"


def upgrade() -> None:
    """Bring the tables to this revision; of what was confirmed until now the last day is known."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holding_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["holding_id"], ["post_holdings.id"], name=op.f("fk_post_confirmations_holding_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_confirmations")),
    )
    op.create_index(op.f("ix_post_confirmations_holding_id"), TABLE, ["holding_id"])
    op.execute(
        f"INSERT INTO {TABLE} (holding_id, on_day)"
        " SELECT id, confirmed_on FROM post_holdings WHERE confirmed_on IS NOT NULL"
    )
    keep(TABLE)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    let_go(TABLE)
    op.drop_table(TABLE)
