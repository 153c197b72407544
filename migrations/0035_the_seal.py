"""The tree behind the trail, and its signed checkpoints.

Revision: 0035, after 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0022"
branch_labels = ()
depends_on = None

TREE = "trail_tree"
CHECKPOINTS = "trail_checkpoints"


def upgrade() -> None:
    """Bring the tables to this revision.  What stands in the trail is sealed as it stands."""
    tree = op.create_table(
        TREE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("patrolled", sa.BigInteger(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_tree")),
    )
    op.bulk_insert(tree, [{"id": 1, "size": 0, "reached": 0, "patrolled": 0, "edge": b""}])
    op.create_table(
        CHECKPOINTS,
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_trail_checkpoints")),
        sa.UniqueConstraint("day", name=op.f("uq_trail_checkpoints_day")),
    )
    _only_append()


def downgrade() -> None:
    """Take this revision back.  The seals stay; a later upgrade would need them gone."""
    op.drop_table(CHECKPOINTS)
    op.drop_table(TREE)


def _only_append() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {CHECKPOINTS}_no_{verb.lower()} BEFORE {verb} ON {CHECKPOINTS}"
                f" BEGIN SELECT RAISE(ABORT, '{CHECKPOINTS} is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER {CHECKPOINTS}_no_replace BEFORE INSERT ON {CHECKPOINTS} WHEN EXISTS"
            f" (SELECT 1 FROM {CHECKPOINTS} WHERE size = NEW.size OR day = NEW.day)"
            f" BEGIN SELECT RAISE(ABORT, '{CHECKPOINTS} is append-only: no row is replaced'); END"
        )
        return
    op.execute(
        f"CREATE TRIGGER {CHECKPOINTS}_append_only BEFORE UPDATE OR DELETE ON {CHECKPOINTS}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {CHECKPOINTS}_no_truncate BEFORE TRUNCATE ON {CHECKPOINTS}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
