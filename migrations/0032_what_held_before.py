"""A team can be closed; former names, and what a reason for sharing said before, stay readable.

Revision: 0032, after 0031.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.append_only import keep

revision = "0032"
down_revision = "0031"
branch_labels = ()
depends_on = None

NAMES = "former_names"
WORDS = "former_reasons"


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column("teams", sa.Column("closed_on", sa.Date(), nullable=True))
    op.create_table(
        NAMES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN agency_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN team_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_former_names_of_one"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{NAMES}_{column}"))
            for column, other in (("agency_id", "agencies"), ("team_id", "teams"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_names")),
    )
    for column in ("agency_id", "team_id"):
        op.create_index(op.f(f"ix_former_names_{column}"), NAMES, [column])
    keep(NAMES)
    op.create_table(
        WORDS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{WORDS}_{column}"))
            for column, other in (("basis_id", "lawful_bases"), ("changed_by_id", "accounts"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_reasons")),
    )
    for column in ("basis_id", "changed_by_id"):
        op.create_index(op.f(f"ix_former_reasons_{column}"), WORDS, [column])
    keep(WORDS)


def downgrade() -> None:
    """Take this revision back; a closed team is then one like any other."""
    op.drop_table(WORDS)
    op.drop_table(NAMES)
    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.drop_column("closed_on")
