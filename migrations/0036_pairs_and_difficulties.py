"""Pairs of link workers with their reviews; difficulties in working together, joint meetings.

Revision: 0036, after 0034.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models import append_only

revision = "0036"
down_revision = "0034"
branch_labels = ()
depends_on = None

STEPS = ("note", "resolved", "reopened")
KEPT = (
    "pair_reviews",
    "vacancies_heard",
    "difficulty_notes",
    "joint_meetings",
    "joint_meeting_people",
    "joint_meeting_topics",
)


def upgrade() -> None:
    """Bring the tables to this revision."""
    _table(
        "link_pairs",
        sa.Column("named_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        referenced=True,
        cmht_post_id="posts",
        csc_post_id="posts",
        named_by_id="accounts",
    )
    _table(
        "pair_reviews",
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        pair_id="link_pairs",
        post_id="posts",
        by_id="accounts",
    )
    _table(
        "vacancies_heard",
        _instant(),
        post_id="posts",
        holding_id="post_holdings",
        by_id="accounts",
    )
    _table(
        "difficulties",
        sa.Column("text", sa.Text(), nullable=False),
        _instant(),
        sa.Column("said_on", sa.Date(), nullable=False),
        referenced=True,
        by_id="accounts",
        agency_id="agencies",
    )
    steps = sa.Enum(
        *STEPS, name="difficultystep", native_enum=False, create_constraint=True, length=40
    )
    _table(
        "difficulty_notes",
        sa.Column("step", steps, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        _instant(),
        difficulty_id="difficulties",
        by_id="accounts",
        agency_id="agencies",
    )
    _table(
        "joint_meetings",
        sa.Column("held_on", sa.Date(), nullable=False),
        _instant(),
        by_id="accounts",
    )
    _table("joint_meeting_people", meeting_id="joint_meetings", account_id="accounts")
    _table("joint_meeting_topics", meeting_id="joint_meetings", difficulty_id="difficulties")
    for table in KEPT:
        append_only.keep(table)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    for table in (*reversed(KEPT[2:]), "difficulties", *reversed(KEPT[:2]), "link_pairs"):
        op.drop_table(table)


def _instant() -> sa.Column[sa.DateTime]:
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False)


def _table(
    name: str, *columns: sa.schema.SchemaItem, referenced: bool = False, **leads_to: str
) -> None:
    """Make a table with its number, these columns, and keys that lead to other tables."""
    maybe = {("pair_reviews", "post_id"), ("vacancies_heard", "holding_id")}
    head = [sa.Column("id", sa.Integer(), nullable=False)]
    if referenced:
        head.append(sa.Column("reference", sa.String(length=12), nullable=False))
        columns += (sa.UniqueConstraint("reference", name=op.f(f"uq_{name}_reference")),)
    op.create_table(
        name,
        *head,
        *(sa.Column(column, sa.Integer(), nullable=(name, column) in maybe) for column in leads_to),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, other in leads_to.items()
        ),
    )
    for column in leads_to:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])
