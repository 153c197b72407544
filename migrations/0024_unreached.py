"""Who could not be reached about a family.

Revision: 0024, after 0023.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_a_family, unbind

revision = "0024"
down_revision = "0023"
branch_labels = ()
depends_on = None

RULES = {"unreached": of_a_family("unreached.family_id")}
LEADS_TO = {"family_id": "families", "account_id": "accounts", "team_id": "teams"}


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "unreached",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_unreached_{column}"))
            for column, table in LEADS_TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unreached")),
    )
    op.create_index(
        op.f("ix_unreached_family_id_account_id"), "unreached", ["family_id", "account_id"]
    )
    for column in ("account_id", "team_id"):
        op.create_index(op.f(f"ix_unreached_{column}"), "unreached", [column])
    bind(RULES)


def downgrade() -> None:
    """Take this revision back."""
    unbind(RULES)
    op.drop_table("unreached")
