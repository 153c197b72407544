"""Guests come in by a link of their own.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "guest_domains",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("whose", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_domains")),
        sa.UniqueConstraint("domain", name=op.f("uq_guest_domains_domain")),
        sa.UniqueConstraint("reference", name=op.f("uq_guest_domains_reference")),
    )
    op.create_table(
        "guest_passes",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *_leads("guest_passes", {"meeting_id": "meetings", "invitation_id": "invitations"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_passes")),
        sa.UniqueConstraint("reference", name=op.f("uq_guest_passes_reference")),
    )
    op.create_table(
        "guest_names",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        *_leads(
            "guest_names",
            {"invitation_id": "invitations", "person_id": "people", "meeting_id": "meetings"},
        ),
        sa.PrimaryKeyConstraint("invitation_id", "person_id", name=op.f("pk_guest_names")),
    )
    op.create_table(
        "guest_disclosures",
        sa.Column("sharing_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_leads("guest_disclosures", {"sharing_id": "entries", "invitation_id": "invitations"}),
        sa.PrimaryKeyConstraint("sharing_id", name=op.f("pk_guest_disclosures")),
    )
    _index("guest_passes", "meeting_id", "invitation_id")
    _index("guest_names", "person_id", "meeting_id")
    _index("guest_disclosures", "invitation_id")
    # For the rows that are there already; who adds one from now on says it.
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("deputy_name", sa.String(length=200), nullable=False, server_default="")
        )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.alter_column("deputy_name", server_default=None)
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guest_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_actions_guest_id"), "guests", ["guest_id"], ["id"])
    _index("actions", "guest_id")


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_actions_guest_id"))
        batch_op.drop_constraint(op.f("fk_actions_guest_id"), type_="foreignkey")
        batch_op.drop_column("guest_id")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_column("deputy_name")
    for table in ("guest_disclosures", "guest_names", "guest_passes", "guest_domains"):
        op.drop_table(table)


def _leads(table: str, columns: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, to in columns.items()
    ]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
