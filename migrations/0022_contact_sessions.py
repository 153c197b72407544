"""A parent's supervised time with a child: what went well, who observed, what the parent says.

Revision: 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind

revision = "0022"
down_revision = "0021"
branch_labels = ()
depends_on = None

RULES = {"visit_comments": of_an_entry("visit_comments.visit_id")}
LEADS_TO = {"visit_id": "visits", "account_id": "accounts", "agency_id": "agencies"}
# The first kind of it.  An administrator changes it.
REFERENCE, NAME = "VKND00007", "Supervised contact"


def upgrade() -> None:
    """Bring the tables to this revision."""
    _add("visit_kinds", sa.Column("supervises", sa.Boolean(), server_default=sa.false()))
    _add("visit_parts", sa.Column("went_well", sa.Text(), server_default=""))
    _add("visit_parts", sa.Column("observers", sa.String(length=400), server_default=""))
    answers = sa.Enum(
        "said",
        "would-not",
        name="parentanswered",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "visit_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column in LEADS_TO),
        sa.Column("word", answers, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_comments")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_visit_comments_{column}")
            )
            for column, table in LEADS_TO.items()
        ),
    )
    for column in LEADS_TO:
        op.create_index(op.f(f"ix_visit_comments_{column}"), "visit_comments", [column])
    bind(RULES)
    # An area may have named a kind so already: it then becomes this one.
    op.execute(
        "INSERT INTO visit_kinds (reference, name, joint, observes, supervises, position, retired)"
        f" SELECT '{REFERENCE}', '{NAME}', false, false, true, max(position) + 1, false"
        f" FROM visit_kinds HAVING sum(CASE WHEN name = '{NAME}' THEN 1 ELSE 0 END) = 0"
    )
    op.execute(f"UPDATE visit_kinds SET supervises = true WHERE name = '{NAME}'")


def downgrade() -> None:
    """Take this revision back.  Raises if a visit is of the new kind."""
    op.execute(f"DELETE FROM visit_kinds WHERE reference = '{REFERENCE}'")
    unbind(RULES)
    op.drop_table("visit_comments")
    with op.batch_alter_table("visit_parts") as batch_op:
        batch_op.drop_column("observers")
        batch_op.drop_column("went_well")
    with op.batch_alter_table("visit_kinds") as batch_op:
        batch_op.drop_column("supervises")


def _add(table: str, column: sa.Column[object]) -> None:
    """Add a column that earlier rows fill with its default, and later ones must."""
    column.nullable = False
    op.add_column(table, column)
    with op.batch_alter_table(table) as batch_op:
        batch_op.alter_column(column.name, server_default=None)
