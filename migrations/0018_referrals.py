"""Worries, referrals and disagreements, with the words, forms, routes and limits of an area.

Revision: 0018, after 0017.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_a_family, of_an_entry, unbind
from coordinator.models.widening import allow

revision = "0018"
down_revision = "0017"
branch_labels = ()
depends_on = None

KINDS = (
    "plan",
    "what-helps",
    "goal",
    "action",
    "role-statement",
    "note",
    "sharing",
    "meeting",
    "contact-attempt",
    "information-request",
    "information-answer",
    "advice",
    "openness",
    "safe-contact",
    "parents-words",
    "agenda-part",
    "minutes",
    "board-entry",
    "child-status",
    "conference-outcome",
    "deadline",
    "needs",
    "visit",
    "full-week",
    "support",
)
MORE_KINDS = ("referral", "disagreement")
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
    "contacts-booked",
)
MORE_EVENTS = (*EVENTS, "disagreement-stage")
CLOCK_CHECKS = {"starts_with": "ck_clock_rules_starts_with", "met_by": "ck_clock_rules_met_by"}
RULES = {
    "worries": of_a_family("worries.family_id"),
    "referrals": of_an_entry("referrals.id"),
    "referral_answers": of_an_entry("referral_answers.referral_id"),
    "disagreements": of_an_entry("disagreements.id"),
    "disagreement_steps": of_an_entry("disagreement_steps.disagreement_id"),
}
TABLES = (
    "worry_steps",
    "worries",
    "referral_answers",
    "referrals",
    "disagreement_steps",
    "disagreements",
    "referral_routes",
    "referral_questions",
    "referral_forms",
    "guide_words",
)

# The first words, for each kind of agency; a lead of the area checks them.
WORDS = {
    "cmht": {
        "danger": "Call 999 if a child or an adult is in danger now, before anything else.",
        "lead": "Say what you saw or heard and what worries you. You need not be sure, and you need"
        " nobody’s consent to talk to your lead.",
        "refer": "Children’s social care decides what happens with a referral. If it cannot wait"
        " until tomorrow, phone first and write it down here the same day.\n\nTell the parent"
        " before you refer, unless that could put somebody in danger. Their consent is not what"
        " allows it.",
        "disagree": "You may disagree with what the other agency decides. Speak with the worker"
        " first; then the two managers speak, then the safeguarding leads. The child does not wait"
        " for it: if the danger grows, refer again or call 999.",
    },
    "csc": {
        "danger": "Call 999 if a child or an adult is in danger now, before anything else.",
        "lead": "Talk to your manager or your lead: is a strategy discussion needed today? Ask the"
        " mental health worker what they know before you decide what the parent’s illness means.",
        "refer": "A worry about a child on your own case goes to your manager, not on a form."
        " Refer a child with whom nobody of your team works, or who lives in another area.",
        "disagree": "You may disagree with how the mental health team sees it. Speak with the care"
        " coordinator first; then the two managers speak, then the safeguarding leads. What the"
        " child needs now goes on meanwhile.",
    },
    "host": {
        "danger": "Call 999 if a child or an adult is in danger now, before anything else.",
        "lead": "Phone a lead of either agency and say what you heard. Put nothing about a family"
        " in an e-mail.",
        "refer": "Your office opens no family, so it sends no referral. Phone the team, or tell the"
        " lead, who does it with you.",
        "disagree": "If you think that nothing happened, ask the lead what became of it.",
    },
}

MUST, OR_WHY, MAY = "must", "or-why", "may"
CHILDREN = ("Which children is it about?", "Names and ages.", MUST, "children")
ADULTS = (
    "Who looks after them?",
    "Everybody who does, whatever they are to the child.",
    MUST,
    "adults",
)
WORKERS = ("Who works with the family now?", "", OR_WHY, "workers")
REFERRER = ("Who refers, and how are you reached today?", "", MUST, "referrer")
FORMS = (
    (
        "child-concern",
        "Concern about a child",
        "A child may be harmed, or lacks what they need to be safe and well.",
        (
            CHILDREN,
            ADULTS,
            (
                "What worries you?",
                "What you saw or heard, and when. Opinions apart from facts.",
                MUST,
                None,
            ),
            ("What could happen if nothing is done?", "", OR_WHY, None),
            ("What goes well, and who keeps the child safe?", "", OR_WHY, None),
            ("What does the child say?", "In their own words, and who heard it.", OR_WHY, None),
            ("What does the parent or carer say?", "", OR_WHY, None),
            WORKERS,
            (
                "What should somebody know before a visit?",
                "A language, a time that is not safe. No address.",
                MAY,
                None,
            ),
            REFERRER,
        ),
    ),
    (
        "early-help",
        "Request for early help",
        "The family would like help, and nobody fears that a child is harmed.",
        (
            CHILDREN,
            ADULTS,
            ("What would help?", "In the family’s own words.", MUST, None),
            (
                "What does the parent or carer say to this request?",
                "Help of this kind is their choice.",
                MUST,
                None,
            ),
            WORKERS,
            REFERRER,
        ),
    ),
)
# Together the working week of R12.
STAGES = (
    ("disagreement-workers", "Settle a disagreement between workers", 2),
    ("disagreement-managers", "Settle a disagreement between managers", 2),
    ("disagreement-leads", "Settle a disagreement between safeguarding leads", 1),
)


def upgrade() -> None:
    """Bring the tables to this revision."""
    allow("entries", "kind", "ck_entries_entrykind", KINDS, KINDS + MORE_KINDS)
    for column, check in CLOCK_CHECKS.items():
        allow("clock_rules", column, check, EVENTS, MORE_EVENTS)
    op.create_table(
        "guide_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _words("agencykind", "cmht", "csc", "host"), nullable=False),
        sa.Column(
            "step", _words("guidestep", "danger", "lead", "refer", "disagree"), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["accounts.id"], name=op.f("fk_guide_words_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_words")),
    )
    op.create_index(op.f("ix_guide_words_set_by_id"), "guide_words", ["set_by_id"])
    op.create_table(
        "referral_forms",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("hint", sa.String(length=400), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["accounts.id"], name=op.f("fk_referral_forms_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_forms")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_referral_forms_code_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_referral_forms_reference")),
    )
    op.create_index(op.f("ix_referral_forms_set_by_id"), "referral_forms", ["set_by_id"])
    op.create_table(
        "referral_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("hint", sa.String(length=400), nullable=False),
        sa.Column("need", _words("need", "must", "or-why", "may"), nullable=False),
        sa.Column(
            "filled", _words("filled", "children", "adults", "workers", "referrer"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["referral_forms.id"], name=op.f("fk_referral_questions_form_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_questions")),
    )
    op.create_index(op.f("ix_referral_questions_form_id"), "referral_questions", ["form_id"])
    op.create_table(
        "referral_routes",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("night_team_id", sa.Integer(), nullable=True),
        sa.Column("what_next", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["night_team_id"], ["teams.id"], name=op.f("fk_referral_routes_night_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["accounts.id"], name=op.f("fk_referral_routes_set_by_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_referral_routes_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_routes")),
        sa.UniqueConstraint("reference", name=op.f("uq_referral_routes_reference")),
    )
    op.create_index(op.f("ix_referral_routes_night_team_id"), "referral_routes", ["night_team_id"])
    op.create_index(op.f("ix_referral_routes_set_by_id"), "referral_routes", ["set_by_id"])
    op.create_index(op.f("ix_referral_routes_team_id"), "referral_routes", ["team_id"])
    op.create_table(
        "worries",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column(
            "step", _words("guidestep", "danger", "lead", "refer", "disagree"), nullable=False
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_worries_account_id")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_worries_agency_id")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_worries_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worries")),
        sa.UniqueConstraint("reference", name=op.f("uq_worries_reference")),
    )
    op.create_index(op.f("ix_worries_account_id"), "worries", ["account_id"])
    op.create_index(op.f("ix_worries_agency_id"), "worries", ["agency_id"])
    op.create_index(op.f("ix_worries_family_id"), "worries", ["family_id"])
    op.create_table(
        "disagreement_steps",
        sa.Column("disagreement_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage", _words("disagreementstage", "workers", "managers", "leads"), nullable=False
        ),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("owner_agency_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            _words("disagreementoutcome", "agreed", "agreed-in-part", "taken-up", "withdrawn"),
            nullable=True,
        ),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["disagreement_id"], ["entries.id"], name=op.f("fk_disagreement_steps_disagreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["accounts.id"], name=op.f("fk_disagreement_steps_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_agency_id"], ["agencies.id"], name=op.f("fk_disagreement_steps_owner_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["accounts.id"], name=op.f("fk_disagreement_steps_owner_id")
        ),
        sa.PrimaryKeyConstraint("disagreement_id", "stage", name=op.f("pk_disagreement_steps")),
    )
    op.create_index(
        op.f("ix_disagreement_steps_ended_by_id"), "disagreement_steps", ["ended_by_id"]
    )
    op.create_index(
        op.f("ix_disagreement_steps_owner_agency_id"), "disagreement_steps", ["owner_agency_id"]
    )
    op.create_index(
        op.f("ix_disagreement_steps_owner_id_ended_at"),
        "disagreement_steps",
        ["owner_id", "ended_at"],
    )
    op.create_table(
        "disagreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("about_entry_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_entry_id"], ["entries.id"], name=op.f("fk_disagreements_about_entry_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_disagreements_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreements")),
    )
    op.create_index(op.f("ix_disagreements_about_entry_id"), "disagreements", ["about_entry_id"])
    op.create_table(
        "referral_answers",
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why_left_out", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["referral_questions.id"], name=op.f("fk_referral_answers_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["entries.id"], name=op.f("fk_referral_answers_referral_id")
        ),
        sa.PrimaryKeyConstraint("referral_id", "question_id", name=op.f("pk_referral_answers")),
    )
    op.create_index(op.f("ix_referral_answers_question_id"), "referral_answers", ["question_id"])
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            _words(
                "referralstate",
                "draft",
                "dropped",
                "sent",
                "acknowledged",
                "accepted",
                "no-action",
                "signposted",
            ),
            nullable=False,
        ),
        sa.Column("to_team_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=False),
        sa.Column("outcome_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["accounts.id"], name=op.f("fk_referrals_acknowledged_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_referrals_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["referral_forms.id"], name=op.f("fk_referrals_form_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_referrals_id")),
        sa.ForeignKeyConstraint(["to_team_id"], ["teams.id"], name=op.f("fk_referrals_to_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
    )
    op.create_index(op.f("ix_referrals_acknowledged_by_id"), "referrals", ["acknowledged_by_id"])
    op.create_index(op.f("ix_referrals_decided_by_id"), "referrals", ["decided_by_id"])
    op.create_index(op.f("ix_referrals_form_id"), "referrals", ["form_id"])
    op.create_index(op.f("ix_referrals_to_team_id_state"), "referrals", ["to_team_id", "state"])
    op.create_table(
        "worry_steps",
        sa.Column("worry_id", sa.Integer(), nullable=False),
        sa.Column(
            "step", _words("guidestep", "danger", "lead", "refer", "disagree"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["worry_id"], ["worries.id"], name=op.f("fk_worry_steps_worry_id")),
        sa.PrimaryKeyConstraint("worry_id", "step", name=op.f("pk_worry_steps")),
    )
    bind(RULES)
    _first_words()
    _first_forms()
    _first_limits()


def downgrade() -> None:
    """Take this revision back."""
    unbind(RULES)
    for table in TABLES:
        op.drop_table(table)
    # The rules are append-only: their triggers step aside for the rows that came with this.
    _without_triggers("DELETE FROM clock_rules WHERE starts_with = 'disagreement-stage'")
    for column, check in CLOCK_CHECKS.items():
        allow("clock_rules", column, check, MORE_EVENTS, EVENTS)
    allow("entries", "kind", "ck_entries_entrykind", KINDS + MORE_KINDS, KINDS)


def _without_triggers(statement: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.execute("ALTER TABLE clock_rules DISABLE TRIGGER USER")
        op.execute(statement)
        op.execute("ALTER TABLE clock_rules ENABLE TRIGGER USER")
        return
    triggers = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'clock_rules'"
    ).all()
    for name, _ in triggers:
        op.execute(f"DROP TRIGGER {name}")
    op.execute(statement)
    for _, sql in triggers:
        op.execute(sql)


def _first_words() -> None:
    table = sa.table("guide_words", *(sa.column(name) for name in ("kind", "step", "text")))
    rows = [
        {"kind": kind, "step": step, "text": text}
        for kind, steps in WORDS.items()
        for step, text in steps.items()
    ]
    op.bulk_insert(table, rows)


def _first_forms() -> None:
    names = ("id", "reference", "code", "number", "name", "hint")
    forms = sa.table("referral_forms", *(sa.column(name) for name in names))
    asked = ("form_id", "position", "label", "hint", "need", "filled")
    questions = sa.table("referral_questions", *(sa.column(name) for name in asked))
    for number, (code, name, hint, _) in enumerate(FORMS, 1):
        op.execute(
            forms.insert().values(
                reference=f"REFER{number:04}", code=code, number=1, name=name, hint=hint
            )
        )
    found = {row.code: row.id for row in op.get_bind().execute(sa.select(forms.c.id, forms.c.code))}
    op.bulk_insert(
        questions,
        [
            dict(zip(asked, (found[code], position, *question), strict=True))
            for code, _, _, listed in FORMS
            for position, question in enumerate(listed, 1)
        ],
    )


def _first_limits() -> None:
    op.bulk_insert(
        sa.table(
            "clock_rules",
            *(
                sa.column(name)
                for name in (
                    "code",
                    "name",
                    "whose",
                    "starts_with",
                    "limit",
                    "unit",
                    "standing",
                    "source",
                    "jurisdiction",
                    "reason",
                    "reference",
                )
            ),
            sa.column("before", sa.Boolean),
            sa.column("local_override", sa.Boolean),
            sa.column("from_date", sa.Date),
        ),
        [
            {
                "code": code,
                "name": name,
                "whose": "csc",
                "starts_with": "disagreement-stage",
                "limit": limit,
                "unit": "working-days",
                "standing": "ours",
                "source": "Our own default: together the working week of Sussex 7.2.4",
                "jurisdiction": "England",
                "reason": "",
                "reference": f"STAGE{number:04}",
                "before": False,
                "local_override": False,
                "from_date": date(2024, 1, 1),
            }
            for number, (code, name, limit) in enumerate(STAGES, 1)
        ],
    )


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
