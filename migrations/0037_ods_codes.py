"""The code by which the Organisation Data Service knows an agency or a team.

Revision: 0037, after 0036.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = ()
depends_on = None

TABLES = ("agencies", "teams")


def upgrade() -> None:
    """Bring the tables to this revision."""
    code = sa.String(length=10)
    for name in TABLES:
        op.add_column(name, sa.Column("ods_code", code, nullable=False, server_default=""))
        with op.batch_alter_table(name) as table:
            table.alter_column("ods_code", existing_type=code, server_default=None)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column("ods_code")
