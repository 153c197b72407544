"""Help that a parent asked for can be refused, with why, what instead and when to look again.

Revision: 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = ()
depends_on = None

TEXTS = ("alternative", "questioned")


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column("openness", sa.Column("refused_on", sa.Date(), nullable=True))
    for text in TEXTS:
        op.add_column("openness", sa.Column(text, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("openness") as batch_op:
        for text in TEXTS:
            batch_op.alter_column(text, server_default=None)


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    with op.batch_alter_table("openness") as batch_op:
        for column in ("refused_on", *TEXTS):
            batch_op.drop_column(column)
