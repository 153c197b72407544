"""The code by which the Organisation Data Service knows an agency or a team.

Revision: 0037, after 0034.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0034"
branch_labels = ()
depends_on = None

TABLES = ("agencies", "teams")


def upgrade() -> None:
    """Bring the tables to this revision."""
    for name in TABLES:
        column = sa.Column("ods_code", sa.String(length=10), nullable=False, server_default="")
        op.add_column(name, column)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    for name in TABLES:
        op.drop_column(name, "ods_code")
