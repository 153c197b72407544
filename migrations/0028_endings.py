"""One agency's help ends, with a way back; and what a parent needs after a separation (E24, S14).

Revision: 0028, after 0027.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import add_words, take_words

revision = "0028"
down_revision = "0027"
branch_labels = ()
depends_on = None

MORE_KINDS = ("ending", "after-separation")
RULES = {
    "endings": of_an_entry("endings.id"),
    "ending_items": of_an_entry("ending_items.ending_id"),
    "ended_parts": of_an_entry("ended_parts.ending_id"),
    "after_separations": of_an_entry("after_separations.id"),
    "separation_parts": of_an_entry("separation_parts.plan_id"),
}
BY = ("acknowledged_by_id", "overridden_by_id", "finished_by_id")
AT = ("acknowledged_at", "overridden_at", "finished_at", "withdrawn_at", "returned_at")


def _table(name: str, *columns: sa.Column[object], key: tuple[str, ...], **to: str) -> None:
    """Make a table whose columns in `to` lead to these tables, each with its index."""
    op.create_table(
        name,
        *columns,
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, table in to.items()
        ),
    )
    for column in to:
        if column != key[0]:
            op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _number(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    """Bring the tables to this revision."""
    add_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
    view = sa.Enum(
        "said",
        "would-not",
        "not-asked",
        name="viewasked",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    _table(
        "endings",
        _number("id"),
        _number("team_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("view", view, nullable=False),
        sa.Column("parents_view", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("continues", sa.Text(), nullable=False),
        sa.Column("way_back", sa.Text(), nullable=False),
        sa.Column("back_until", sa.Date(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("keeps_plan", sa.Boolean(), nullable=False),
        *(_number(column, nullable=True) for column in BY),
        *(sa.Column(column, sa.DateTime(timezone=True), nullable=True) for column in AT),
        key=("id",),
        id="entries",
        team_id="teams",
        **dict.fromkeys(BY, "accounts"),
    )
    _table(
        "ending_items",
        _number("ending_id"),
        _number("entry_id"),
        _number("account_id", nullable=True),
        _number("agency_id", nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        key=("ending_id", "entry_id"),
        ending_id="entries",
        entry_id="entries",
        account_id="accounts",
        agency_id="agencies",
    )
    _table(
        "ended_parts",
        _number("ending_id"),
        _number("involvement_id"),
        key=("ending_id", "involvement_id"),
        ending_id="entries",
        involvement_id="involvements",
    )
    _table(
        "after_separations",
        _number("id"),
        _number("person_id"),
        sa.Column("separated_on", sa.Date(), nullable=False),
        sa.Column("bars_until", sa.Date(), nullable=False),
        key=("id",),
        id="entries",
        person_id="people",
    )
    part = sa.Enum(
        "named-worker",
        "grief",
        "contact",
        "return",
        name="separationpart",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    _table(
        "separation_parts",
        _number("plan_id"),
        _number("action_id"),
        sa.Column("part", part, nullable=False),
        key=("plan_id", "action_id"),
        plan_id="entries",
        action_id="entries",
    )
    bind(RULES)


def downgrade() -> None:
    """Take this revision back.  Raises if an ending was planned."""
    unbind(RULES)
    for name in ("separation_parts", "after_separations", "ended_parts", "ending_items", "endings"):
        op.drop_table(name)
    take_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
