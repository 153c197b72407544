"""Requests, advice, openness, safe contact, emergencies and alerts; more kinds and a role.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "alert_scans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_scans")),
    )
    op.create_table(
        "lawful_bases",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "legal-obligation",
                "public-task",
                "vital-interests",
                "consent",
                name="basiskind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawful_bases")),
        sa.UniqueConstraint("reference", name=op.f("uq_lawful_bases_reference")),
    )
    op.create_table(
        "look_alerts",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "same-name",
                "colleague",
                "many-families",
                "many-looks",
                "without-role",
                "many-searches",
                "refused-often",
                name="alertkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "justified",
                "learning",
                "not-justified",
                name="reviewoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_look_alerts_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_look_alerts_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["families.id"], name=op.f("fk_look_alerts_family_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["accounts.id"], name=op.f("fk_look_alerts_reviewed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_alerts")),
        sa.UniqueConstraint("reference", name=op.f("uq_look_alerts_reference")),
    )
    with op.batch_alter_table("look_alerts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_look_alerts_account_id_kind_raised_at"),
            ["account_id", "kind", "raised_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_look_alerts_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_look_alerts_family_id"), ["family_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_look_alerts_reviewed_by_id"), ["reviewed_by_id"], unique=False
        )

    op.create_table(
        "advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about_entry_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "share",
                "share-less",
                "do-not-share",
                name="adviceoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_entry_id"], ["entries.id"], name=op.f("fk_advice_about_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["accounts.id"], name=op.f("fk_advice_answered_by_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_advice_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["accounts.id"], name=op.f("fk_advice_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
    )
    with op.batch_alter_table("advice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_advice_about_entry_id"), ["about_entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_advice_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_advice_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "challenges",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "more-shared",
                "answer-stands",
                "other-way",
                name="challengeoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("settled", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_challenges_by_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["entries.id"], name=op.f("fk_challenges_request_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["accounts.id"], name=op.f("fk_challenges_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_challenges")),
    )
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenges_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_challenges_settled_by_id"), ["settled_by_id"], unique=False
        )

    op.create_table(
        "emergency_openings",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "danger",
            sa.Enum(
                "child",
                "adult",
                name="danger",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "justified",
                "learning",
                "not-justified",
                name="reviewoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_emergency_openings_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_emergency_openings_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_emergency_openings_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["families.id"], name=op.f("fk_emergency_openings_family_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["accounts.id"], name=op.f("fk_emergency_openings_reviewed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_openings")),
        sa.UniqueConstraint("reference", name=op.f("uq_emergency_openings_reference")),
    )
    with op.batch_alter_table("emergency_openings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_emergency_openings_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_emergency_openings_agency_id"), ["agency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_emergency_openings_entry_id_account_id"),
            ["entry_id", "account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_emergency_openings_family_id"), ["family_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_emergency_openings_reviewed_by_id"), ["reviewed_by_id"], unique=False
        )

    op.create_table(
        "information_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "full",
                "summary",
                "not-held",
                "declined",
                name="answerkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "parent_told",
            sa.Enum(
                "yes",
                "not-yet",
                "not-safe",
                "not-practicable",
                name="parenttold",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("parent_view", sa.Text(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "enough",
                "partly",
                "no",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("verdict_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_information_answers_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["entries.id"], name=op.f("fk_information_answers_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_answers")),
    )
    with op.batch_alter_table("information_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_information_answers_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "information_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_account_id", sa.Integer(), nullable=True),
        sa.Column("asked_team_id", sa.Integer(), nullable=True),
        sa.Column("asked_agency_id", sa.Integer(), nullable=False),
        sa.Column("about_entry_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "answered",
                "withdrawn",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["about_entry_id"], ["entries.id"], name=op.f("fk_information_requests_about_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_account_id"],
            ["accounts.id"],
            name=op.f("fk_information_requests_asked_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_agency_id"],
            ["agencies.id"],
            name=op.f("fk_information_requests_asked_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_team_id"], ["teams.id"], name=op.f("fk_information_requests_asked_team_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_information_requests_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_requests")),
    )
    with op.batch_alter_table("information_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_information_requests_about_entry_id"), ["about_entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_information_requests_asked_account_id"),
            ["asked_account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_information_requests_asked_agency_id"), ["asked_agency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_information_requests_asked_team_id"), ["asked_team_id"], unique=False
        )

    op.create_table(
        "openness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "told",
            sa.Enum(
                "explained",
                "told",
                "not-told",
                "asked-for-help",
                "chose-not-to-say",
                "objection",
                name="opennesskind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("parent_view", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("about_entry_id", sa.Integer(), nullable=True),
        sa.Column("settled", sa.Text(), nullable=False),
        sa.Column(
            "how_settled",
            sa.Enum(
                "told",
                "helped",
                "withdrawn",
                "lead-agreed",
                name="settled",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_entry_id"], ["entries.id"], name=op.f("fk_openness_about_entry_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_openness_id")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["accounts.id"], name=op.f("fk_openness_settled_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openness")),
    )
    with op.batch_alter_table("openness", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_openness_about_entry_id"), ["about_entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_openness_settled_by_id"), ["settled_by_id"], unique=False
        )

    op.create_table(
        "parents_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_parents_words_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parents_words")),
    )
    op.create_table(
        "safe_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("never", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_safe_contacts_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_safe_contacts_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_contacts")),
    )
    with op.batch_alter_table("safe_contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safe_contacts_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sharing_bases",
        sa.Column("sharing_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "opened",
                "narrowed",
                "not-shared",
                "emergency",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("basis_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("who_needs", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["accounts.id"], name=op.f("fk_sharing_bases_agreed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["basis_id"], ["lawful_bases.id"], name=op.f("fk_sharing_bases_basis_id")
        ),
        sa.ForeignKeyConstraint(
            ["sharing_id"], ["entries.id"], name=op.f("fk_sharing_bases_sharing_id")
        ),
        sa.PrimaryKeyConstraint("sharing_id", name=op.f("pk_sharing_bases")),
    )
    with op.batch_alter_table("sharing_bases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sharing_bases_agreed_by_id"), ["agreed_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sharing_bases_basis_id"), ["basis_id"], unique=False)

    with op.batch_alter_table("exclusions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lift_reason", sa.Text(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_exclusions_lifted_by_another"),
            "lifted_by_id IS NULL OR (lifted_by_id <> set_by_id AND lifted_by_id <> account_id)",
        )
    _allow("entries", "kind", "ck_entries_entrykind", KINDS, KINDS + MORE_KINDS)
    _allow("memberships", "role", "ck_memberships_role", ROLES, MORE_ROLES)
    _refuse_changes()
    _first_reasons()


def downgrade() -> None:
    """Take this revision back."""
    _allow("memberships", "role", "ck_memberships_role", MORE_ROLES, ROLES)
    _allow("entries", "kind", "ck_entries_entrykind", KINDS + MORE_KINDS, KINDS)
    with op.batch_alter_table("exclusions", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_exclusions_lifted_by_another"), type_="check")
        batch_op.drop_column("lift_reason")

    with op.batch_alter_table("sharing_bases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sharing_bases_basis_id"))
        batch_op.drop_index(batch_op.f("ix_sharing_bases_agreed_by_id"))

    op.drop_table("sharing_bases")
    with op.batch_alter_table("safe_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safe_contacts_person_id"))

    op.drop_table("safe_contacts")
    op.drop_table("parents_words")
    with op.batch_alter_table("openness", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_openness_settled_by_id"))
        batch_op.drop_index(batch_op.f("ix_openness_about_entry_id"))

    op.drop_table("openness")
    with op.batch_alter_table("information_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_information_requests_asked_team_id"))
        batch_op.drop_index(batch_op.f("ix_information_requests_asked_agency_id"))
        batch_op.drop_index(batch_op.f("ix_information_requests_asked_account_id"))
        batch_op.drop_index(batch_op.f("ix_information_requests_about_entry_id"))

    op.drop_table("information_requests")
    with op.batch_alter_table("information_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_information_answers_request_id"))

    op.drop_table("information_answers")
    with op.batch_alter_table("emergency_openings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_emergency_openings_reviewed_by_id"))
        batch_op.drop_index(batch_op.f("ix_emergency_openings_family_id"))
        batch_op.drop_index(batch_op.f("ix_emergency_openings_entry_id_account_id"))
        batch_op.drop_index(batch_op.f("ix_emergency_openings_agency_id"))
        batch_op.drop_index(batch_op.f("ix_emergency_openings_account_id"))

    op.drop_table("emergency_openings")
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenges_settled_by_id"))
        batch_op.drop_index(batch_op.f("ix_challenges_by_id"))

    op.drop_table("challenges")
    with op.batch_alter_table("advice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_advice_lead_id"))
        batch_op.drop_index(batch_op.f("ix_advice_answered_by_id"))
        batch_op.drop_index(batch_op.f("ix_advice_about_entry_id"))

    op.drop_table("advice")
    with op.batch_alter_table("look_alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_look_alerts_reviewed_by_id"))
        batch_op.drop_index(batch_op.f("ix_look_alerts_family_id"))
        batch_op.drop_index(batch_op.f("ix_look_alerts_agency_id"))
        batch_op.drop_index(batch_op.f("ix_look_alerts_account_id_kind_raised_at"))

    op.drop_table("look_alerts")
    op.drop_table("lawful_bases")
    op.drop_table("alert_scans")


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
)
MORE_KINDS = (
    "information-request",
    "information-answer",
    "advice",
    "openness",
    "safe-contact",
    "parents-words",
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
    "administrator",
)
MORE_ROLES = (*ROLES[:-1], "privacy-officer", ROLES[-1])


def _allow(
    table: str, column: str, check: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    """Let a column hold other words than before.

    SQLite cannot change a check; to copy the table would lose its triggers.  Its manual names this
    way for what changes no stored byte (sqlite.org, "Making Other Kinds Of Table Schema Changes").
    """
    old, new = (
        f"{column} IN ({', '.join(repr(word) for word in words)})" for words in (before, after)
    )
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(check), table, type_="check")
        op.create_check_constraint(op.f(check), table, new)
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?)"
        " WHERE type = 'table' AND name = ? AND instr(sql, ?)",
        (old, new, table, old),
    )
    if changed.rowcount != 1:
        msg = f"{check} is not what this revision expects"
        raise RuntimeError(msg)
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


def _refuse_changes() -> None:
    """What was decided about sharing stays as it was written."""
    table = "sharing_bases"
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE sharing_id = NEW.sharing_id)"
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


# The first list of reasons for sharing; an area edits it (E57).
REASONS = (
    (
        "Child protection enquiry",
        "legal-obligation",
        (
            "Children’s services ask because a child may be at risk of significant harm; we must help"
            " them to find out."
        ),
        "Children Act 1989, section 47",
    ),
    (
        "Our duty to safeguard children",
        "legal-obligation",
        (
            "We must do our own work in a way that keeps children safe and well, and this is part of"
            " it."
        ),
        "Children Act 2004, section 11",
    ),
    (
        "Adult safeguarding enquiry",
        "legal-obligation",
        (
            "An adult with care and support needs may be at risk of abuse or neglect, and the council"
            " must find out."
        ),
        "Care Act 2014, section 42",
    ),
    (
        "Working together for children",
        "public-task",
        "The council and its partners work together for the well-being of children in the area.",
        "Children Act 2004, section 10",
    ),
    (
        "Help for a child in need",
        "public-task",
        "The child needs help to be healthy and to develop, and we plan and give that help.",
        "Children Act 1989, section 17",
    ),
    (
        "Care and treatment",
        "public-task",
        "It is part of giving this person health or social care, and of doing that safely.",
        "UK GDPR, articles 6(1)(e) and 9(2)(h)",
    ),
    (
        "A life is in danger",
        "vital-interests",
        "Somebody may die or be gravely hurt unless this is shared now.",
        "UK GDPR, article 6(1)(d)",
    ),
    (
        "Freely agreed",
        "consent",
        (
            "They know what is shared with whom, said yes freely, and may change their mind. Never the"
            " reason for keeping somebody safe."
        ),
        "UK GDPR, article 6(1)(a)",
    ),
)


def _first_reasons() -> None:
    """Put the first list there: without a reason nothing could be shared."""
    names = ("name", "kind", "sentence", "source")
    table = sa.table(
        "lawful_bases",
        *(sa.column(name, sa.String) for name in ("reference", *names)),
        *(sa.column(name, sa.Integer) for name in ("position", "version")),
        sa.column("retired", sa.Boolean),
    )
    op.bulk_insert(
        table,
        [
            dict(zip(names, reason, strict=True))
            | {
                "reference": f"BASE{position:05}",
                "position": position,
                "version": 1,
                "retired": False,
            }
            for position, reason in enumerate(REASONS, 1)
        ],
    )
