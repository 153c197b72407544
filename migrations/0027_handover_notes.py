"""A worker hands a case over: the note, the days, and when the two are introduced (S18).

Revision: 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import add_words, take_words

revision = "0027"
down_revision = "0026"
branch_labels = ()
depends_on = None

MORE_KINDS = ("handover-note",)
RULES = {"handover_notes": of_an_entry("handover_notes.id")}
LEADS_TO = ("from_account_id", "to_account_id")


def upgrade() -> None:
    """Bring the tables to this revision."""
    add_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
    written = sa.Enum(
        "together",
        "would-not",
        "not-asked",
        name="writtenwith",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "handover_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column in LEADS_TO),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_with", written, nullable=False),
        sa.Column("why_not", sa.String(length=400), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("why_no_meeting", sa.String(length=400), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_notes")),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_handover_notes_id")),
        *(
            sa.ForeignKeyConstraint(
                [column], ["accounts.id"], name=op.f(f"fk_handover_notes_{column}")
            )
            for column in LEADS_TO
        ),
    )
    for column in LEADS_TO:
        op.create_index(op.f(f"ix_handover_notes_{column}"), "handover_notes", [column])
    bind(RULES)


def downgrade() -> None:
    """Take this revision back.  Raises if a case was handed over."""
    unbind(RULES)
    op.drop_table("handover_notes")
    take_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
