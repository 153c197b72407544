"""A support names a service; a task for what ends on pregnancy; what a guest passes on (P07, P08).

Revision: 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind

revision = "0030"
down_revision = "0029"
branch_labels = ()
depends_on = None

RULES = {
    "transitions": of_an_entry("transitions.support_id"),
    "passed_on": of_an_entry("passed_on.action_id"),
}
LEADS_TO = {"support_id": "supports", "child_id": "people", "action_id": "actions"}


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table("supports") as batch_op:
        batch_op.add_column(sa.Column("service_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_supports_service_id"), "local_services", ["service_id"], ["id"]
        )
    op.create_index(op.f("ix_supports_service_id"), "supports", ["service_id"])
    op.create_table(
        "transitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("support_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transitions")),
        sa.UniqueConstraint(
            "support_id", "child_id", name=op.f("uq_transitions_support_id_child_id")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_transitions_{column}")
            )
            for column, table in LEADS_TO.items()
        ),
    )
    for column in ("child_id", "action_id"):
        op.create_index(op.f(f"ix_transitions_{column}"), "transitions", [column])
    op.create_table(
        "passed_on",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_on")),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_passed_on_action_id")),
        sa.ForeignKeyConstraint(["guest_id"], ["guests.id"], name=op.f("fk_passed_on_guest_id")),
    )
    for column in ("action_id", "guest_id"):
        op.create_index(op.f(f"ix_passed_on_{column}"), "passed_on", [column])
    bind(RULES)


def downgrade() -> None:
    """Take this revision back."""
    unbind(RULES)
    op.drop_table("passed_on")
    op.drop_table("transitions")
    op.drop_index(op.f("ix_supports_service_id"), "supports")
    with op.batch_alter_table("supports") as batch_op:
        batch_op.drop_constraint(op.f("fk_supports_service_id"), type_="foreignkey")
        batch_op.drop_column("service_id")
