"""Questions to colleagues with the answers that stay, and local services (E26, P07, P09).

Revision: 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = ()
depends_on = None

TOPICS = (
    "parents-mental-health",
    "crisis",
    "infant-mental-health",
    "pregnancy-and-birth",
    "parenting",
    "young-people",
    "domestic-abuse",
    "couple",
    "drugs-and-alcohol",
    "housing",
    "money",
    "child-protection",
    "how-agencies-work",
    "other",
)
ROLES = (
    "care-coordinator",
    "social-worker",
    "therapist",
    "link-worker",
    "team-manager",
    "safeguarding-lead",
    "chair",
    "minute-taker",
    "privacy-officer",
    "administrator",
)
AGENCIES = ("cmht", "csc", "host")
ON_PREGNANCY = ("goes-on", "ends", "specialist", "not-known")
ANSWERS, RULES, EVERY = "question_answers", "directory_rules", "answers_every_days"
SERVICES, VERSIONS = "local_services", "local_service_versions"


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "questions",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("topic", _words("topic", TOPICS), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_of", _words("agencykind", AGENCIES), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("asked_as", _words("role", ROLES), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys("questions", asked_by_id="accounts", agency_id="agencies"),
        sa.UniqueConstraint("reference", name=op.f("uq_questions_reference")),
    )
    op.create_table(
        ANSWERS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("role", _words("role", ROLES), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_keys(ANSWERS, question_id="questions", by_id="accounts", agency_id="agencies"),
    )
    op.create_table(
        SERVICES,
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys(SERVICES, post_id="posts"),
        sa.UniqueConstraint("reference", name=op.f(f"uq_{SERVICES}_reference")),
    )
    op.create_table(
        VERSIONS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.String(length=400), nullable=False),
        sa.Column("topics", sa.String(length=400), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("how_to_get_in", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("on_pregnancy", _words("onpregnancy", ON_PREGNANCY), nullable=False),
        sa.Column("at_birth", sa.String(length=400), nullable=False),
        sa.Column("waiting", sa.String(length=200), nullable=False),
        sa.Column("waiting_said_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_keys(VERSIONS, service_id=SERVICES, by_id="accounts"),
    )
    for table, columns in (
        ("questions", ("asked_by_id", "agency_id")),
        (ANSWERS, ("question_id", "by_id", "agency_id")),
        (SERVICES, ("post_id",)),
        (VERSIONS, ("service_id", "by_id")),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    _refuse_changes(ANSWERS)
    _refuse_changes(VERSIONS)
    # The table keeps each of its rows as written, so that the column is filled as it is made.
    op.add_column(RULES, sa.Column(EVERY, sa.Integer(), nullable=False, server_default="180"))


def downgrade() -> None:
    """Take this revision back."""
    op.drop_column(RULES, EVERY)
    op.drop_table(VERSIONS)
    op.drop_table(SERVICES)
    op.drop_table(ANSWERS)
    op.drop_table("questions")


def _words(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _keys(table: str, **leads_to: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in leads_to.items()
        ),
    ]


def _refuse_changes(table: str) -> None:
    """What was written stays as it was: a correction is a new version."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: no row is replaced'); END"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
