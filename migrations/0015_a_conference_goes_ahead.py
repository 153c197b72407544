"""A conference that was not quorate can go ahead, and says why.

Revision: 0015, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0011"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    words = sa.String(length=400)
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("without_quorum", words, nullable=False, server_default=""))
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.alter_column("without_quorum", existing_type=words, server_default=None)


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_column("without_quorum")
