"""The joint protocol as a checklist: its first steps, and marks made by hand.

Revision: 0026, after 0025.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import add_words, take_words

revision = "0026"
down_revision = "0025"
branch_labels = ()
depends_on = None

MORE_KINDS = ("protocol-mark",)
RULES = {"protocol_marks": of_an_entry("protocol_marks.id")}

EVIDENCE = (
    "both-on-case",
    "children-asked",
    "plan-open",
    "what-helps-open",
    "talked",
    "both-invited",
    "both-signed",
    "copy-given",
    "leads-confirmed",
)
# The first protocol has six steps (E31); the others wait for an administrator to take them in.
STEPS = (
    ("both-on-case", "A worker of each agency is on the case", True),
    ("children-asked", "Somebody has asked about the children", True),
    ("plan-open", "There is one plan, open to both agencies", True),
    ("talked", "The two workers talk at least every two weeks", True),
    ("both-invited", "Each agency asks the other to its meetings", True),
    ("both-signed", "Both agencies sign the plan", True),
    ("what-helps-open", "What helps is written with the parent, and open to both", False),
    ("copy-given", "The parent has their own copy of what was decided", False),
    ("leads-confirmed", "Everybody can find the safeguarding lead of each agency", False),
)


def upgrade() -> None:
    """Bring the tables to this revision."""
    add_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
    op.create_table(
        "protocol_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence", _evidence(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["accounts.id"], name=op.f("fk_protocol_steps_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol_steps")),
    )
    op.create_index(op.f("ix_protocol_steps_set_by_id"), "protocol_steps", ["set_by_id"])
    op.create_table(
        "protocol_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence", _evidence(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_protocol_marks_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protocol_marks")),
    )
    bind(RULES)
    op.bulk_insert(
        sa.table(
            "protocol_steps",
            sa.column("evidence"),
            sa.column("text"),
            sa.column("position"),
            sa.column("in_force", sa.Boolean),
        ),
        [
            {"evidence": evidence, "text": text, "position": number, "in_force": in_force}
            for number, (evidence, text, in_force) in enumerate(STEPS, 1)
        ],
    )


def downgrade() -> None:
    """Take this revision back.  Raises if a step was marked by hand."""
    unbind(RULES)
    op.drop_table("protocol_marks")
    op.drop_table("protocol_steps")
    take_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)


def _evidence() -> sa.Enum:
    return sa.Enum(
        *EVIDENCE,
        name="evidence",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
