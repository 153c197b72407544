"""Statutory clocks, the status of each child, and outcomes of conferences.

Revision: 0007, after 0006.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = ()
depends_on = None

EVENTS = (
    "referral",
    "strategy-discussion",
    "section-47",
    "initial-conference-planned",
    "initial-conference",
    "protection-plan",
    "core-group",
    "review-conference-planned",
    "review-conference",
    "conference",
    "not-quorate",
    "birth",
    "care-plan-review",
    "discharge",
    "disagreement",
    "protection-ended",
)
STATUSES = (
    "none",
    "early-help",
    "team-around",
    "child-in-need",
    "section-47",
    "protection-plan",
    "looked-after",
    "care-proceedings",
    "interim-care-order",
    "care-order",
)
# What the kinds of meeting of the first version are to the rules.
PROCEDURES = {
    "Care plan review (CPA)": "care-plan-review",
    "Initial child protection conference": "initial-conference",
    "Review child protection conference": "review-conference",
    "Core group": "core-group",
    "Child in need meeting": "child-in-need",
    "Team around the family": "team-around",
    "Strategy discussion": "strategy-discussion",
}
MORE_PROCEDURES = ("discharge",)


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table("meeting_kinds", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("procedure", _words("procedure", *_procedures()), nullable=True)
        )
    kinds = sa.table("meeting_kinds", sa.column("name"), sa.column("procedure"))
    for name, procedure in PROCEDURES.items():
        op.execute(kinds.update().where(kinds.c.name == name).values(procedure=procedure))
    op.create_table(
        "clock_rules",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction", sa.String(length=40), nullable=False),
        sa.Column("whose", _words("agencykind", "cmht", "csc", "host"), nullable=False),
        sa.Column("starts_with", _words("starts_with", *EVENTS), nullable=False),
        sa.Column("met_by", _words("met_by", *EVENTS), nullable=True),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            _words("unit", "hours", "days", "working-days", "weeks", "months", "agencies"),
            nullable=False,
        ),
        sa.Column("before", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("standing", _words("standing", "national", "local", "ours"), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("local_override", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        *_keys("clock_rules", set_by_id="accounts"),
        sa.UniqueConstraint("reference", name=op.f("uq_clock_rules_reference")),
    )
    _index("clock_rules", "set_by_id")
    op.create_index(op.f("ix_clock_rules_code_from_date"), "clock_rules", ["code", "from_date"])
    _first_rules()
    _refuse_changes()
    op.create_table(
        "deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            _words("deadlinestate", "running", "met", "counted-anew", "not-needed"),
            nullable=False,
        ),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_by_meeting_id", sa.Integer(), nullable=True),
        sa.Column("missed_reason", sa.Text(), nullable=False),
        sa.Column("missed_by_id", sa.Integer(), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        *_keys(
            "deadlines",
            id="entries",
            rule_id="clock_rules",
            person_id="people",
            meeting_id="meetings",
            met_by_meeting_id="meetings",
            missed_by_id="accounts",
        ),
    )
    columns = ("rule_id", "person_id", "meeting_id", "met_by_meeting_id", "missed_by_id")
    _index("deadlines", *columns)
    op.create_index(op.f("ix_deadlines_state_due_at"), "deadlines", ["state", "due_at"])
    op.create_table(
        "child_statuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("status", _words("childstatus", *STATUSES), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        *_keys("child_statuses", id="entries", person_id="people"),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_child_statuses_ends_after_it_starts"),
        ),
    )
    _index("child_statuses", "person_id")
    op.create_table(
        "conference_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("status", _words("childstatus", *STATUSES), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        *_keys("conference_outcomes", id="entries", meeting_id="meetings", person_id="people"),
    )
    _index("conference_outcomes", "meeting_id", "person_id")


def downgrade() -> None:
    """Take this revision back."""
    for table in ("conference_outcomes", "child_statuses", "deadlines", "clock_rules"):
        op.drop_table(table)
    with op.batch_alter_table("meeting_kinds", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_meeting_kinds_procedure"), type_="check")
        batch_op.drop_column("procedure")


def _procedures() -> tuple[str, ...]:
    return (
        "strategy-discussion",
        "initial-conference",
        "review-conference",
        "core-group",
        "child-in-need",
        "team-around",
        "care-plan-review",
        *MORE_PROCEDURES,
    )


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _keys(table: str, **leads_to: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
            for column, other in leads_to.items()
        ),
    ]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _refuse_changes() -> None:
    """A rule stays as it was written: a change is a new version."""
    table = "clock_rules"
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id"
            " OR reference = NEW.reference)"
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


NATIONAL, LOCAL, OURS = "national", "local", "ours"
WORKING_TOGETHER = "Working Together to Safeguard Children, as local procedures quote it"
# The first set, for England: (code, name, whose, starts with, met by, limit, unit, before,
# standing, source).  A safeguarding lead of the area checks it; a manager changes it.
RULES = (
    (
        "referral-response",
        "Decide on the referral and answer the referrer",
        "csc",
        "referral",
        None,
        (1, "working-days", False),
        NATIONAL,
        f"{WORKING_TOGETHER} (Surrey; Cambridgeshire and Peterborough)",
    ),
    (
        "referral-chase",
        "Ask again about a referral without an answer",
        "cmht",
        "referral",
        None,
        (3, "working-days", False),
        OURS,
        "Our own default for whoever referred",
    ),
    (
        "assessment",
        "Child and family assessment",
        "csc",
        "referral",
        None,
        (45, "working-days", False),
        NATIONAL,
        f"{WORKING_TOGETHER} (glossary of proceduresonline.com)",
    ),
    (
        "strategy-record",
        "Record of the strategy discussion to those who took part",
        "csc",
        "strategy-discussion",
        None,
        (1, "working-days", False),
        LOCAL,
        "Local practice standards: where possible",
    ),
    (
        "initial-conference",
        "Initial child protection conference",
        "csc",
        "section-47",
        "initial-conference",
        (15, "working-days", False),
        NATIONAL,
        (
            f"{WORKING_TOGETHER} (Norfolk; West Yorkshire): from the strategy discussion at which"
            " the enquiry was started. Lincolnshire counts from the last one"
        ),
    ),
    (
        "report-initial",
        "Reports to the parents and the chair, initial conference",
        "csc",
        "initial-conference-planned",
        None,
        (2, "working-days", True),
        LOCAL,
        "Swindon; three working days in Sussex",
    ),
    (
        "report-review",
        "Reports to the parents and the chair, review conference",
        "csc",
        "review-conference-planned",
        None,
        (5, "working-days", True),
        LOCAL,
        "Swindon; Sussex",
    ),
    (
        "quorum",
        "Agencies that a conference needs besides children’s social care",
        "csc",
        "conference",
        None,
        (2, "agencies", False),
        LOCAL,
        "Swindon; Guernsey asks for three, and the chair may accept two",
    ),
    (
        "reconvene",
        "New date after a conference that was not quorate",
        "csc",
        "not-quorate",
        "conference",
        (10, "working-days", False),
        LOCAL,
        "Swindon",
    ),
    (
        "outcome-letter",
        "Letter with the decision of the conference",
        "csc",
        "conference",
        None,
        (1, "working-days", False),
        LOCAL,
        "City and Hackney",
    ),
    (
        "conference-record",
        "Record of the conference",
        "csc",
        "conference",
        None,
        (15, "working-days", False),
        LOCAL,
        "City and Hackney",
    ),
    (
        "core-group-first",
        "First core group",
        "csc",
        "protection-plan",
        "core-group",
        (10, "working-days", False),
        NATIONAL,
        f"{WORKING_TOGETHER} (Buckinghamshire; Newcastle)",
    ),
    (
        "core-group-next",
        "Next core group",
        "csc",
        "core-group",
        "core-group",
        (28, "days", False),
        LOCAL,
        "28 days or four weeks in most areas (Newcastle); six weeks in Wales",
    ),
    (
        "review-first",
        "First review conference",
        "csc",
        "protection-plan",
        "review-conference",
        (3, "months", False),
        NATIONAL,
        f"{WORKING_TOGETHER} (Tees; NYAS)",
    ),
    (
        "review-next",
        "Next review conference",
        "csc",
        "review-conference",
        "review-conference",
        (6, "months", False),
        NATIONAL,
        f"{WORKING_TOGETHER} (Tees; NYAS)",
    ),
    (
        "birth-review",
        "Review conference after the birth",
        "csc",
        "birth",
        "review-conference",
        (10, "working-days", False),
        LOCAL,
        "Tees; Bromley and London: ten days, twenty if the mother is unwell",
    ),
    (
        "discharge-follow-up",
        "Follow-up after leaving a psychiatric ward",
        "cmht",
        "discharge",
        None,
        (72, "hours", False),
        NATIONAL,
        "NHS standard for 80% of discharges (RCPsych Mental Health Watch; RDaSH)",
    ),
    (
        "care-plan-review",
        "Review of the care plan",
        "cmht",
        "care-plan-review",
        "care-plan-review",
        (12, "months", False),
        OURS,
        "The custom of the care programme approach; not verified",
    ),
    (
        "disagreement",
        "Settle a professional disagreement",
        "csc",
        "disagreement",
        None,
        (5, "working-days", False),
        LOCAL,
        "Sussex 7.2.4: one working week, sooner if the child needs it",
    ),
    (
        "cp-is",
        "Time for which a plan or care that ended still counts for CP-IS",
        "csc",
        "protection-ended",
        None,
        (12, "months", False),
        LOCAL,
        "London PG9",
    ),
)


def _first_rules() -> None:
    names = ("code", "name", "whose", "starts_with", "met_by", "limit", "unit", "before")
    more = ("standing", "source", "jurisdiction", "reason", "reference")
    table = sa.table(
        "clock_rules",
        *(sa.column(name) for name in (*names, *more)),
        sa.column("local_override", sa.Boolean),
        sa.column("from_date", sa.Date),
    )
    op.bulk_insert(
        table,
        [
            dict(zip((*names, *more[:2]), (*rule[:5], *rule[5], *rule[6:]), strict=True))
            | {
                "jurisdiction": "England",
                "reason": "",
                "reference": f"CHECK{number:04}",
                "local_override": False,
                "from_date": date(2024, 1, 1),
            }
            for number, rule in enumerate(RULES, 1)
        ],
    )
