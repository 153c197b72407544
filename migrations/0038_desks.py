"""Bases, shared-desk days, and the short slots that colleagues book there (E08).

Revision: 0038, after 0037.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import add_words, take_words

revision = "0038"
down_revision = "0037"
branch_labels = ()
depends_on = None

MORE_KINDS = ("desk-talk",)
RULES = {"desk_talks": of_an_entry("desk_talks.id")}
TAKES_ITS_TIME = "outcome IS NULL OR outcome <> 'cancelled'"


def upgrade() -> None:
    """Bring the tables to this revision."""
    add_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
    op.create_table(
        "desks",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("told_by_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 4", name=op.f("ck_desks_on_a_weekday")),
        sa.CheckConstraint(
            "CASE WHEN weekday IS NULL THEN opens = 0 AND closes = 0 ELSE opens < closes END",
            name=op.f("ck_desks_open_for_a_time"),
        ),
        sa.CheckConstraint("slot_minutes IN (0, 15, 20)", name=op.f("ck_desks_short_slots")),
        *_keys("desks", account_id="accounts", site_id="sites", told_by_id="accounts"),
        sa.UniqueConstraint("reference", name=op.f("uq_desks_reference")),
    )
    outcomes = sa.Enum(
        "cancelled",
        "held",
        "not-held",
        name="slotoutcome",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "desk_slots",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(length=200), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", outcomes, nullable=True),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys("desk_slots", desk_id="desks", booked_by_id="accounts", ended_by_id="accounts"),
        sa.UniqueConstraint("reference", name=op.f("uq_desk_slots_reference")),
    )
    op.create_table(
        "desk_talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("with_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        *_keys("desk_talks", id="entries", slot_id="desk_slots", with_id="accounts"),
        sa.UniqueConstraint("slot_id", name=op.f("uq_desk_talks_slot_id")),
    )
    for table, columns in (
        ("desks", ("account_id", "site_id", "told_by_id")),
        ("desk_slots", ("booked_by_id", "ended_by_id")),
        ("desk_talks", ("with_id",)),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(
        "uq_desk_slots_taken_once",
        "desk_slots",
        ["desk_id", "day", "minute"],
        unique=True,
        sqlite_where=sa.text(TAKES_ITS_TIME),
        postgresql_where=sa.text(TAKES_ITS_TIME),
    )
    bind(RULES)


def downgrade() -> None:
    """Take this revision back.  Raises if a slot was booked about a family."""
    unbind(RULES)
    for table in ("desk_talks", "desk_slots", "desks"):
        op.drop_table(table)
    take_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)


def _keys(table: str, **leads_to: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in leads_to.items()
        ),
    ]
