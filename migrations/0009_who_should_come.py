"""Who should come to a meeting, who was left out and why, and what they need.

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = ()
depends_on = None

ASKED_AS = (
    "arranged",
    "worker",
    "for-the-meeting",
    "deputy",
    "link-worker",
    "family",
    "guest",
)
ASKED_HOW = ("in-person", "phone", "letter", "other")
REASONS = ("own-wish", "not-safe", "no-contact", "parents-wish", "not-relevant", "not-asked")
WHERE = ("home", "site", "neutral", "phone", "video")
ONE_LEFT_OUT = (
    "CASE WHEN guest_id IS NULL THEN 0 ELSE 1 END + CASE WHEN person_id IS NULL THEN 0 ELSE 1 END"
    " = 1"
)
INVITATIONS = (
    ("asked_as", sa.String(length=40)),
    ("asked_how", sa.String(length=40)),
    ("asked_on", sa.Date()),
    ("sent_to_team_at", sa.DateTime(timezone=True)),
    ("view_asked_at", sa.DateTime(timezone=True)),
    ("report_at", sa.DateTime(timezone=True)),
)
MEETINGS = (("interpreter", 100), ("went_ahead", 400))


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        for column, kind in INVITATIONS:
            batch_op.add_column(sa.Column(column, kind, nullable=True))
        for column, named, words in (
            ("asked_as", "askedas", ASKED_AS),
            ("asked_how", "askedhow", ASKED_HOW),
        ):
            batch_op.create_check_constraint(op.f(f"ck_invitations_{named}"), _one(column, words))
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("interpreter_booked", sa.Boolean(), nullable=True))
        for column, length in MEETINGS:
            words = sa.Column(column, sa.String(length), nullable=False, server_default="")
            batch_op.add_column(words)
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        for column, length in MEETINGS:
            batch_op.alter_column(column, existing_type=sa.String(length), server_default=None)
    op.create_table(
        "not_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", _words("notaskedreason", REASONS), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(ONE_LEFT_OUT, name=op.f("ck_not_asked_one_left_out")),
        _leads("not_asked", "meeting_id", "meetings"),
        _leads("not_asked", "guest_id", "guests"),
        _leads("not_asked", "person_id", "people"),
        _leads("not_asked", "by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_asked")),
    )
    for column in ("meeting_id", "guest_id", "person_id", "by_id"):
        op.create_index(op.f(f"ix_not_asked_{column}"), "not_asked", [column], unique=False)
    op.create_table(
        "needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=100), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("formats", sa.String(length=400), nullable=False),
        sa.Column("likes", _words("likes", WHERE), nullable=True),
        sa.Column("not_there", _words("not_there", WHERE), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("safe", sa.Boolean(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _leads("needs", "id", "entries"),
        _leads("needs", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
    )
    op.create_index(op.f("ix_needs_person_id"), "needs", ["person_id"], unique=False)


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table("needs")
    op.drop_table("not_asked")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        for column in ("went_ahead", "interpreter_booked", "interpreter"):
            batch_op.drop_column(column)
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        for named in ("askedhow", "askedas"):
            batch_op.drop_constraint(op.f(f"ck_invitations_{named}"), type_="check")
        for column, _ in reversed(INVITATIONS):
            batch_op.drop_column(column)


def _leads(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _words(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _one(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
