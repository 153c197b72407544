"""Who leaves, after which day, and who takes over each family.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_a_family, unbind

revision = "0017"
down_revision = "0016"
branch_labels = ()
depends_on = None

RULES = {"handovers": of_a_family("handovers.family_id")}


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "departures",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys("departures", account_id="accounts", agency_id="agencies", asked_by_id="accounts"),
        sa.UniqueConstraint("reference", name=op.f("uq_departures_reference")),
    )
    _index("departures", "account_id", "agency_id", "asked_by_id")
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("departure_id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        *_keys(
            "handovers",
            departure_id="departures",
            family_id="families",
            agency_id="agencies",
            membership_id="memberships",
            decided_by_id="accounts",
        ),
    )
    op.create_index(
        op.f("ix_handovers_departure_id_family_id"), "handovers", ["departure_id", "family_id"]
    )
    _index("handovers", "family_id", "agency_id", "membership_id", "decided_by_id")
    bind(RULES)


def downgrade() -> None:
    """Take this revision back."""
    unbind(RULES)
    op.drop_table("handovers")
    op.drop_table("departures")


def _keys(table: str, **leads_to: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in leads_to.items()
        ),
    ]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
