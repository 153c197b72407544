"""Posts that stay true: more kinds, absences, and after how long a holder is asked.

Revision: 0016, after 0015.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

from coordinator.models.widening import allow

revision = "0016"
down_revision = "0015"
branch_labels = ()
depends_on = None

BEFORE = (
    "safeguarding-children-lead",
    "safeguarding-adults-lead",
    "link-worker",
    "duty-desk",
    "team-manager",
)
AFTER = (
    "safeguarding-children-lead",
    "safeguarding-adults-lead",
    "named-professional",
    "designated-professional",
    "link-worker",
    "champion",
    "duty-desk",
    "out-of-hours",
    "privacy-officer",
    "team-manager",
)
RULES = "directory_rules"
ASKED = ("asked_on", "deputy_asked_on", "manager_asked_on")


def upgrade() -> None:
    """Bring the tables to this revision."""
    allow("posts", "kind", "ck_posts_postkind", BEFORE, AFTER)
    for column in ASKED:
        op.add_column("post_holdings", sa.Column(column, sa.Date(), nullable=True))
    op.create_table(
        "absences",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_absences_ends_after_it_starts")),
        sa.CheckConstraint("cover_id <> account_id", name=op.f("ck_absences_covered_by_another")),
        *_keys("absences", account_id="accounts", cover_id="accounts", told_by_id="accounts"),
        sa.UniqueConstraint("reference", name=op.f("uq_absences_reference")),
    )
    for column in ("account_id", "cover_id", "told_by_id"):
        op.create_index(op.f(f"ix_absences_{column}"), "absences", [column])
    op.create_table(
        RULES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("confirmed_every_days", sa.Integer(), nullable=False),
        sa.Column("asked_before_days", sa.Integer(), nullable=False),
        sa.Column("deputy_after_days", sa.Integer(), nullable=False),
        sa.Column("manager_after_days", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "asked_before_days < confirmed_every_days AND deputy_after_days <= manager_after_days",
            name=op.f("ck_directory_rules_in_order"),
        ),
        *_keys(RULES, set_by_id="accounts"),
    )
    op.create_index(op.f("ix_directory_rules_set_by_id"), RULES, ["set_by_id"])
    rules = sa.table(
        RULES,
        *(
            sa.column(name)
            for name in (
                "confirmed_every_days",
                "asked_before_days",
                "deputy_after_days",
                "manager_after_days",
                "reason",
            )
        ),
        sa.column("from_date", sa.Date()),
    )
    op.bulk_insert(
        rules,
        [
            {
                "confirmed_every_days": 60,
                "asked_before_days": 7,
                "deputy_after_days": 7,
                "manager_after_days": 14,
                "reason": "",
                "from_date": date(2024, 1, 1),
            }
        ],
    )
    _refuse_changes()


def downgrade() -> None:
    """Take this revision back; posts of the new kinds must be gone."""
    op.drop_table(RULES)
    op.drop_table("absences")
    with op.batch_alter_table("post_holdings", schema=None) as batch_op:
        for column in ASKED:
            batch_op.drop_column(column)
    allow("posts", "kind", "ck_posts_postkind", AFTER, BEFORE)


def _keys(table: str, **leads_to: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in leads_to.items()
        ),
    ]


def _refuse_changes() -> None:
    """The periods stay as they were written: a change is a new version."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {RULES}_no_{verb.lower()} BEFORE {verb} ON {RULES}"
                f" BEGIN SELECT RAISE(ABORT, '{RULES} is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER {RULES}_no_replace BEFORE INSERT ON {RULES}"
            f" WHEN EXISTS (SELECT 1 FROM {RULES} WHERE id = NEW.id)"
            f" BEGIN SELECT RAISE(ABORT, '{RULES} is append-only: no row is replaced'); END"
        )
        return
    op.execute(
        f"CREATE TRIGGER {RULES}_append_only BEFORE UPDATE OR DELETE ON {RULES}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {RULES}_no_truncate BEFORE TRUNCATE ON {RULES}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
