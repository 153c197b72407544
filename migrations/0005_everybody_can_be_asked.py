"""Guests and members of the family are asked to meetings too; more kinds of entry.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.widening import allow

revision = "0005"
down_revision = "0004"
branch_labels = ()
depends_on = None

ONE_PERSON = (
    "CASE WHEN account_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN guest_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN person_id IS NULL THEN 0 ELSE 1 END = 1"
)
ONE_RECIPIENT = ONE_PERSON.replace("person_id", "team_id")
FOR_AN_AGENCY = "(account_id IS NULL) = (agency_id IS NULL)"

KINDS = (
    "plan",
    "what-helps",
    "goal",
    "action",
    "role-statement",
    "note",
    "sharing",
    "meeting",
    "contact-attempt",
    "information-request",
    "information-answer",
    "advice",
    "openness",
    "safe-contact",
    "parents-words",
)
MORE_KINDS = (
    "agenda-part",
    "minutes",
    "board-entry",
    "child-status",
    "conference-outcome",
    "deadline",
    "needs",
)

ROLES = (
    "health-visitor",
    "midwife",
    "gp",
    "nurse",
    "ward",
    "school",
    "police",
    "housing",
    "foster-carer",
    "contact-supervisor",
    "advocate",
    "supporter",
    "other",
)


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "guests",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "role",
            sa.Enum(*ROLES, name="guestrole", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("chosen_by_parent", sa.Boolean(), nullable=False),
        sa.Column("parents_words", sa.String(length=400), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["accounts.id"], name=op.f("fk_guests_added_by_id")
        ),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_guests_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guests")),
        sa.UniqueConstraint("reference", name=op.f("uq_guests_reference")),
    )
    _index("guests", "family_id", "added_by_id")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        for column, table in (
            ("guest_id", "guests"),
            ("person_id", "people"),
            ("sent_to_team_id", "teams"),
        ):
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_invitations_{column}"), table, [column], ["id"])
        for column in ("account_id", "agency_id"):
            batch_op.alter_column(column, existing_type=sa.Integer(), nullable=True)
        batch_op.create_check_constraint(op.f("ck_invitations_one_person"), ONE_PERSON)
        batch_op.create_check_constraint(
            op.f("ck_invitations_a_worker_comes_for_an_agency"), FOR_AN_AGENCY
        )
    _index("invitations", "guest_id", "person_id", "sent_to_team_id")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        for column, table in (("guest_id", "guests"), ("team_id", "teams")):
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_outbox_{column}"), table, [column], ["id"])
        batch_op.alter_column("account_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_check_constraint(op.f("ck_outbox_one_recipient"), ONE_RECIPIENT)
    _index("outbox", "guest_id", "team_id")
    allow("entries", "kind", "ck_entries_entrykind", KINDS, KINDS + MORE_KINDS)


def downgrade() -> None:
    """Take this revision back.  Raises if a guest or a member of a family was asked."""
    allow("entries", "kind", "ck_entries_entrykind", KINDS + MORE_KINDS, KINDS)
    for table, columns, checks in (
        ("outbox", ("guest_id", "team_id"), ("one_recipient",)),
        (
            "invitations",
            ("guest_id", "person_id", "sent_to_team_id"),
            ("one_person", "a_worker_comes_for_an_agency"),
        ),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for check in checks:
                batch_op.drop_constraint(op.f(f"ck_{table}_{check}"), type_="check")
            for column in columns:
                batch_op.drop_index(op.f(f"ix_{table}_{column}"))
                batch_op.drop_constraint(op.f(f"fk_{table}_{column}"), type_="foreignkey")
                batch_op.drop_column(column)
            batch_op.alter_column("account_id", existing_type=sa.Integer(), nullable=False)
            if table == "invitations":
                batch_op.alter_column("agency_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("guests")


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
