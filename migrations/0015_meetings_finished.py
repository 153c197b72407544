"""What finishes meetings: going ahead without a quorum, a guest's own line, a copy handed over.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    words = sa.String(length=400)
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("without_quorum", words, nullable=False, server_default=""))
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.alter_column("without_quorum", existing_type=words, server_default=None)
    language = sa.String(length=100)
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("copy_given_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("copy_language", language, nullable=False, server_default=""))
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.alter_column("copy_language", existing_type=language, server_default=None)
    op.add_column("board_entries", sa.Column("by_link_at", sa.DateTime(timezone=True)))
    _know_those_that_came()


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("board_entries", schema=None) as batch_op:
        batch_op.drop_column("by_link_at")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_column("copy_language")
        batch_op.drop_column("copy_given_on")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_column("without_quorum")


def _know_those_that_came() -> None:
    """Let each line of a guest count as sent by them: nobody changes it from now on."""
    lines = sa.table("board_entries", *map(sa.column, ("id", "said_by_guest_id", "by_link_at")))
    entries = sa.table("entries", sa.column("id"), sa.column("created_at"))
    made = sa.select(entries.c.created_at).where(entries.c.id == lines.c.id).scalar_subquery()
    op.execute(
        sa.update(lines).where(lines.c.said_by_guest_id.is_not(None)).values(by_link_at=made)
    )
