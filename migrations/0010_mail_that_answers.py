"""Answers that come by mail, and what became of each message.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.base import References

revision = "0010"
down_revision = "0009"
branch_labels = ()
depends_on = None

WAYS = ("page", "link", "mail")


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reply_by", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("reply_stamp", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_invitations_replyby"),
            f"reply_by IN ({', '.join(repr(way) for way in WAYS)})",
        )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reference", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("sender_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(op.f("fk_outbox_sender_id"), "accounts", ["sender_id"], ["id"])
    op.create_index(op.f("ix_outbox_sender_id"), "outbox", ["sender_id"], unique=False)
    _name_each_message()
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("reference", existing_type=sa.String(length=12), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_outbox_reference"), ["reference"])


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_outbox_reference"), type_="unique")
        batch_op.drop_index(op.f("ix_outbox_sender_id"))
        batch_op.drop_constraint(op.f("fk_outbox_sender_id"), type_="foreignkey")
        for column in ("reference", "sender_id", "settled_at"):
            batch_op.drop_column(column)
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_invitations_replyby"), type_="check")
        for column in ("reply_by", "reply_stamp"):
            batch_op.drop_column(column)


def _name_each_message() -> None:
    """Give each message that is there a reference of its own."""
    outbox = sa.table("outbox", sa.column("id"), sa.column("reference"))
    connection = op.get_bind()
    for (number,) in connection.execute(sa.select(outbox.c.id)).all():
        connection.execute(
            sa.update(outbox).where(outbox.c.id == number).values(reference=References.drawn())
        )
