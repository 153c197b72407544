"""Which numbers to call stood on the copy that was handed over.

Revision: 0034, after 0033.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    seal = sa.String(length=64)
    with op.batch_alter_table("invitations") as table:
        table.add_column(sa.Column("copy_numbers", seal, nullable=False, server_default=""))
    with op.batch_alter_table("invitations") as table:
        table.alter_column("copy_numbers", existing_type=seal, server_default=None)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table("invitations") as table:
        table.drop_column("copy_numbers")
