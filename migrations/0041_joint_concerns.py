"""Concerns about working together, which belong to no family.

Revision: 0041, after 0040.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = ()
depends_on = None

TABLE = "joint_concerns"
KINDS = (
    "support-not-given",
    "no-answer",
    "not-asked",
    "not-told",
    "not-heard",
    "parents-needs",
    "childs-needs",
    "who-does-what",
    "other",
)
LEADS_TO = {
    "by_id": "accounts",
    "agency_id": "agencies",
    "team_id": "teams",
    "about_team_id": "teams",
    "owner_id": "accounts",
}


def upgrade() -> None:
    """Bring the tables to this revision."""
    kinds = sa.Enum(
        *KINDS, name="concernkind", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=name == "owner_id") for name in LEADS_TO),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "closed_at IS NULL OR (owner_id IS NOT NULL AND outcome <> '')",
            name=op.f(f"ck_{TABLE}_outcome"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("reference", name=op.f(f"uq_{TABLE}_reference")),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{TABLE}_{name}"))
            for name, other in LEADS_TO.items()
        ),
    )
    for name in LEADS_TO:
        op.create_index(op.f(f"ix_{TABLE}_{name}"), TABLE, [name])


def downgrade() -> None:
    """Take the tables back to the revision before."""
    op.drop_table(TABLE)
