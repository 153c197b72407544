"""Why somebody has a second role on one case.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column(
        "involvements",
        sa.Column("second_role_reason", sa.String(length=400), nullable=False, server_default=""),
    )
    with op.batch_alter_table("involvements") as batch_op:
        batch_op.alter_column("second_role_reason", server_default=None)


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    with op.batch_alter_table("involvements") as batch_op:
        batch_op.drop_column("second_role_reason")
