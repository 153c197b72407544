"""What workers take to supervision about a family, and what was decided there.

Revision: 0046, after 0045.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import add_words, take_words

revision = "0046"
down_revision = "0045"
branch_labels = ()
depends_on = None

MORE_KINDS = ("supervision",)
TABLE = "supervisions"
RULES = {TABLE: of_an_entry(f"{TABLE}.id")}
LEADS_TO = {"worker_id": "accounts", "team_id": "teams", "action_id": "entries"}


def upgrade() -> None:
    """Bring the tables to this revision."""
    add_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=name == "action_id") for name in LEADS_TO),
        sa.Column("needs_help", sa.Boolean(), nullable=False),
        sa.Column("discussed_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "discussed_on IS NULL OR decision <> ''", name=op.f(f"ck_{TABLE}_decided")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{name}"))
            for name, other in {"id": "entries", **LEADS_TO}.items()
        ),
    )
    for name in LEADS_TO:
        op.create_index(op.f(f"ix_{TABLE}_{name}"), TABLE, [name])
    bind(RULES)


def downgrade() -> None:
    """Take this revision back.  Raises if something was taken to supervision."""
    unbind(RULES)
    op.drop_table(TABLE)
    take_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
