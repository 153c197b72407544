"""An agenda in parts, a board, minutes, and what people say after a meeting.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = ()
depends_on = None

TABLES = (
    "check_counts",
    "minutes",
    "board_entries",
    "ground_rules",
    "part_attendances",
    "invitation_parts",
    "agenda_parts",
)
GROUND_RULES = """One person speaks at a time, and everybody is heard to the end.
We speak to the parent and not about them.
We say first what goes well.
We say what we saw, and not what kind of person somebody is.
We say it in plain words; whoever does not follow asks, and that is welcome.
What is said in a closed part stays there."""


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "agenda_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("correction", sa.String(length=400), nullable=False),
        sa.Column(
            "closed_reason",
            sa.Enum(
                "therapy",
                "health",
                "persons-wish",
                "somebody-else",
                "own-staff",
                name="closedreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("closed_note", sa.String(length=400), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_agenda_parts_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_parts_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_parts")),
    )
    op.create_index(
        op.f("ix_agenda_parts_meeting_id_position"),
        "agenda_parts",
        ["meeting_id", "position"],
        unique=False,
    )
    op.create_table(
        "invitation_parts",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_parts_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["agenda_parts.id"], name=op.f("fk_invitation_parts_part_id")
        ),
        sa.PrimaryKeyConstraint("invitation_id", "part_id", name=op.f("pk_invitation_parts")),
    )
    op.create_index(
        op.f("ix_invitation_parts_part_id"), "invitation_parts", ["part_id"], unique=False
    )
    op.create_table(
        "part_attendances",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_part_attendances_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["agenda_parts.id"], name=op.f("fk_part_attendances_part_id")
        ),
        sa.PrimaryKeyConstraint("invitation_id", "part_id", name=op.f("pk_part_attendances")),
    )
    op.create_index(
        op.f("ix_part_attendances_part_id"), "part_attendances", ["part_id"], unique=False
    )
    op.create_table(
        "ground_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ground_rules")),
    )
    op.create_table(
        "board_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column(
            "side",
            sa.Enum(
                "strength",
                "worry",
                "need",
                name="boardside",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_by_account_id", sa.Integer(), nullable=True),
        sa.Column("said_by_guest_id", sa.Integer(), nullable=True),
        sa.Column("said_by_person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN said_by_account_id IS NULL THEN 0 ELSE 1 END + CASE WHEN said_by_guest_id IS NULL THEN 0 ELSE 1 END + CASE WHEN said_by_person_id IS NULL THEN 0 ELSE 1 END <= 1",
            name=op.f("ck_board_entries_said_by_one"),
        ),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["board_entries.id"], name=op.f("fk_board_entries_answers_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_board_entries_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_board_entries_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["said_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_board_entries_said_by_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["said_by_guest_id"], ["guests.id"], name=op.f("fk_board_entries_said_by_guest_id")
        ),
        sa.ForeignKeyConstraint(
            ["said_by_person_id"], ["people.id"], name=op.f("fk_board_entries_said_by_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_entries")),
    )
    op.create_index(
        op.f("ix_board_entries_answers_id"), "board_entries", ["answers_id"], unique=False
    )
    op.create_index(
        op.f("ix_board_entries_meeting_id"), "board_entries", ["meeting_id"], unique=False
    )
    op.create_index(
        op.f("ix_board_entries_said_by_account_id"),
        "board_entries",
        ["said_by_account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_board_entries_said_by_guest_id"),
        "board_entries",
        ["said_by_guest_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_board_entries_said_by_person_id"),
        "board_entries",
        ["said_by_person_id"],
        unique=False,
    )
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("parents_view", sa.Text(), nullable=False),
        sa.Column("why_no_view", sa.Text(), nullable=False),
        sa.Column("why_no_strengths", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["accounts.id"], name=op.f("fk_minutes_closed_by_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_minutes_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_minutes_meeting_id")),
    )
    op.create_index(op.f("ix_minutes_closed_by_id"), "minutes", ["closed_by_id"], unique=False)
    op.create_table(
        "check_counts",
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "question",
            sa.Enum(
                "heard",
                "respectful",
                "had-needed",
                name="checkquestion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "answer",
            sa.Enum(
                "yes",
                "partly",
                "no",
                name="checkanswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_check_counts_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["meeting_kinds.id"], name=op.f("fk_check_counts_kind_id")
        ),
        sa.PrimaryKeyConstraint(
            "kind_id", "agency_id", "question", "answer", name=op.f("pk_check_counts")
        ),
    )
    op.create_index(op.f("ix_check_counts_agency_id"), "check_counts", ["agency_id"], unique=False)
    for column in ("minutes_read_at", "checked_at"):
        op.add_column("invitations", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    rules = sa.table(
        "ground_rules",
        sa.column("id", sa.Integer),
        sa.column("text", sa.Text),
        sa.column("version", sa.Integer),
    )
    op.bulk_insert(rules, [{"id": 1, "text": GROUND_RULES, "version": 1}])


def downgrade() -> None:
    """Take this revision back."""
    for column in ("checked_at", "minutes_read_at"):
        op.drop_column("invitations", column)
    for table in TABLES:
        op.drop_table(table)
