"""A note says whether it is a worry about how somebody's mental health shows (S05).

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = ()
depends_on = None

VIEWS = ("not-about", "sought", "not-sought")


def upgrade() -> None:
    """Bring the tables to this revision: of a note that stands nothing is said."""
    view = sa.Enum(
        *VIEWS, name="mentalhealthview", native_enum=False, create_constraint=True, length=40
    )
    said_before = {"mental_health": "not-about", "why_not_sought": ""}
    for column, kind in (("mental_health", view), ("why_not_sought", sa.Text())):
        with op.batch_alter_table("notes") as batch_op:
            batch_op.add_column(
                sa.Column(column, kind, nullable=False, server_default=said_before[column])
            )
    with op.batch_alter_table("notes") as batch_op:
        for column in said_before:
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    """Bring the tables back to the revision before."""
    with op.batch_alter_table("notes") as batch_op:
        batch_op.drop_column("why_not_sought")
        batch_op.drop_constraint(op.f("ck_notes_mentalhealthview"), type_="check")
        batch_op.drop_column("mental_health")
