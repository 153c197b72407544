"""The tree behind the trail, and its signed checkpoints.

Revision: 0040, after 0039.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models import append_only

revision = "0040"
down_revision = "0039"
branch_labels = ()
depends_on = None

TREE = "trail_tree"
CHECKPOINTS = "trail_checkpoints"


def upgrade() -> None:
    """Bring the tables to this revision.  What stands in the trail is sealed as it stands."""
    tree = op.create_table(
        TREE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("patrolled", sa.BigInteger(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_tree")),
    )
    op.bulk_insert(tree, [{"id": 1, "size": 0, "reached": 0, "patrolled": 0, "edge": b""}])
    op.create_table(
        CHECKPOINTS,
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_trail_checkpoints")),
        sa.UniqueConstraint("day", name=op.f("uq_trail_checkpoints_day")),
    )
    append_only.keep(CHECKPOINTS, "day", key="size")


def downgrade() -> None:
    """Take this revision back.  The seals stay; a later upgrade would need them gone."""
    op.drop_table(CHECKPOINTS)
    op.drop_table(TREE)
