"""The first tables, and the triggers that keep what must not change.

Revision: 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = ("default",)
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "accounts",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("profession", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_secret", sa.String(length=64), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("reference", name=op.f("uq_accounts_reference")),
    )
    op.create_table(
        "agencies",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "cmht",
                "csc",
                "host",
                name="agencykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("name", name=op.f("uq_agencies_name")),
        sa.UniqueConstraint("reference", name=op.f("uq_agencies_reference")),
    )
    op.create_table(
        "meeting_kinds",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "called_by",
            sa.Enum(
                "cmht",
                "csc",
                "host",
                name="agencykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_kinds")),
        sa.UniqueConstraint("name", name=op.f("uq_meeting_kinds_name")),
        sa.UniqueConstraint("reference", name=op.f("uq_meeting_kinds_reference")),
    )
    op.create_table(
        "trail_events",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("db_at", sa.BigInteger(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("writer", sa.Integer(), nullable=False),
        sa.Column("writer_n", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("towards_id", sa.Integer(), nullable=True),
        sa.Column("schema", sa.SmallInteger(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("basis", sa.String(length=40), nullable=True),
        sa.Column("record_kind", sa.String(length=24), nullable=True),
        sa.Column("record_ref", sa.String(length=12), nullable=True),
        sa.Column("fields", sa.Text(), nullable=True),
        sa.Column("session_hash", sa.LargeBinary(length=8), nullable=True),
        sa.Column("request_id", sa.LargeBinary(length=8), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_trail_events")),
    )
    with op.batch_alter_table("trail_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trail_events_actor_id_hour"), ["actor_id", "hour"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_trail_events_family_id_hour"), ["family_id", "hour"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_trail_events_hour"), ["hour"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_trail_events_kind_hour"), ["kind", "hour"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_trail_events_record_ref_hour"),
            ["record_ref", "hour"],
            unique=False,
            sqlite_where=sa.text("allowed IS 0"),
            postgresql_where=sa.text("allowed IS false"),
        )
        batch_op.create_index(
            batch_op.f("ix_trail_events_towards_id_hour"),
            ["towards_id", "hour"],
            unique=False,
            sqlite_where=sa.text("towards_id IS NOT NULL"),
            postgresql_where=sa.text("towards_id IS NOT NULL"),
        )

    op.create_table(
        "trail_keys",
        sa.Column("event_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_trail_keys")),
    )
    op.create_table(
        "trail_seals",
        sa.Column("leaf", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("leaf", name=op.f("pk_trail_seals")),
        sa.UniqueConstraint("seq", name=op.f("uq_trail_seals_seq")),
    )
    op.create_table(
        "wrong_sign_ins",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_wrong_sign_ins")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_drafts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_drafts_account_id_path"), ["account_id", "path"], unique=False
        )

    op.create_table(
        "families",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "children_asked",
            sa.Enum(
                "yes",
                "no",
                "not-asked",
                name="childrenasked",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("children_why_not", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_families_agency_id")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["accounts.id"], name=op.f("fk_families_opened_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_families")),
        sa.UniqueConstraint("reference", name=op.f("uq_families_reference")),
    )
    with op.batch_alter_table("families", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_families_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_families_opened_by_id"), ["opened_by_id"], unique=False
        )

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=12), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sent",
                "failed",
                "withheld",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_outbox_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_outbox_state_next_try_at"), ["state", "next_try_at"], unique=False
        )

    op.create_table(
        "setup_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_setup_links_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_setup_links_token_hash")),
    )
    with op.batch_alter_table("setup_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setup_links_account_id"), ["account_id"], unique=False)

    op.create_table(
        "sites",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_sites_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("reference", name=op.f("uq_sites_reference")),
    )
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sites_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_submissions_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint(
            "account_id", "form_key", name=op.f("uq_submissions_account_id_form_key")
        ),
    )
    op.create_table(
        "teams",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("area", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_teams_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_teams_agency_id_name")),
        sa.UniqueConstraint("reference", name=op.f("uq_teams_reference")),
    )
    op.create_table(
        "entries",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "plan",
                "what-helps",
                "goal",
                "action",
                "role-statement",
                "note",
                "sharing",
                "meeting",
                "contact-attempt",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "open",
                "own-agency",
                "named",
                "safe-contact",
                "parents-own",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "notice",
            sa.Enum(
                "nobody",
                "own-agency",
                "everyone",
                name="notice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_entries_agency_id")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_entries_author_id")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_entries_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("reference", name=op.f("uq_entries_reference")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entries_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entries_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entries_family_id_kind_created_at"),
            ["family_id", "kind", "created_at"],
            unique=False,
        )

    op.create_table(
        "exclusions",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_exclusions_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["families.id"], name=op.f("fk_exclusions_family_id")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["accounts.id"], name=op.f("fk_exclusions_lifted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["accounts.id"], name=op.f("fk_exclusions_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusions")),
        sa.UniqueConstraint("reference", name=op.f("uq_exclusions_reference")),
    )
    with op.batch_alter_table("exclusions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exclusions_account_id_family_id"),
            ["account_id", "family_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_exclusions_family_id"), ["family_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_exclusions_lifted_by_id"), ["lifted_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exclusions_set_by_id"), ["set_by_id"], unique=False)

    op.create_table(
        "involvements",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "care-coordinator",
                "social-worker",
                "therapist",
                "link-worker",
                "chair",
                "minute-taker",
                "other",
                name="caserole",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=400), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_involvements_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_involvements_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["families.id"], name=op.f("fk_involvements_family_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_involvements_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvements")),
        sa.UniqueConstraint("reference", name=op.f("uq_involvements_reference")),
    )
    with op.batch_alter_table("involvements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_involvements_account_id_family_id"),
            ["account_id", "family_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_involvements_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_involvements_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_involvements_team_id"), ["team_id"], unique=False)

    op.create_table(
        "join_requests",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "withdrawn",
                name="joinstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["accounts.id"], name=op.f("fk_join_requests_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["accounts.id"], name=op.f("fk_join_requests_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["families.id"], name=op.f("fk_join_requests_family_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_join_requests_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_requests")),
        sa.UniqueConstraint("reference", name=op.f("uq_join_requests_reference")),
    )
    with op.batch_alter_table("join_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_join_requests_answered_by_id"), ["answered_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_join_requests_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_join_requests_family_id"), ["family_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_requests_team_id"), ["team_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "care-coordinator",
                "social-worker",
                "therapist",
                "link-worker",
                "team-manager",
                "safeguarding-lead",
                "chair",
                "minute-taker",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_memberships_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint("reference", name=op.f("uq_memberships_reference")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_memberships_team_id"), ["team_id"], unique=False)

    op.create_table(
        "oversights",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_oversights_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_oversights_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["families.id"], name=op.f("fk_oversights_family_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversights")),
        sa.UniqueConstraint("reference", name=op.f("uq_oversights_reference")),
    )
    with op.batch_alter_table("oversights", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_oversights_account_id_family_id"),
            ["account_id", "family_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_oversights_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_oversights_family_id"), ["family_id"], unique=False)

    op.create_table(
        "people",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("family_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("match_name", sa.String(length=200), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("nhs_number", sa.String(length=10), nullable=True),
        sa.Column(
            "relation",
            sa.Enum(
                "parent-or-carer",
                "child",
                "partner",
                "other-carer",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("own_words", sa.String(length=200), nullable=False),
        sa.Column("lives_with", sa.Boolean(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_people_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("reference", name=op.f("uq_people_reference")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_family_id"), ["family_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_people_match_name_born_on"), ["match_name", "born_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_people_nhs_number"), ["nhs_number"], unique=False)

    op.create_table(
        "posts",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "safeguarding-children-lead",
                "safeguarding-adults-lead",
                "link-worker",
                "duty-desk",
                "team-manager",
                name="postkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("cover_hours", sa.String(length=200), nullable=False),
        sa.Column("can_do", sa.Text(), nullable=False),
        sa.Column("cannot_do", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_posts_agency_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_posts_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("reference", name=op.f("uq_posts_reference")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posts_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posts_team_id"), ["team_id"], unique=False)

    op.create_table(
        "contact_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("someone_else", sa.String(length=200), nullable=False),
        sa.Column("contacted_agency_id", sa.Integer(), nullable=True),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "mechanism",
            sa.Enum(
                "02",
                "01",
                "09",
                "email",
                "letter",
                "98",
                name="mechanism",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "reached",
                "left-message",
                "no-answer",
                "wrong-details",
                "declined",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("line", sa.String(length=400), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN account_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN team_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN someone_else = '' THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_contact_attempts_exactly_one_contacted"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_contact_attempts_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["contacted_agency_id"],
            ["agencies.id"],
            name=op.f("fk_contact_attempts_contacted_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["contact_attempts.id"], name=op.f("fk_contact_attempts_corrects_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_contact_attempts_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_contact_attempts_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_contact_attempts_team_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempts")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_contact_attempts_corrects_id")),
    )
    with op.batch_alter_table("contact_attempts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_attempts_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_attempts_attempted_at"), ["attempted_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contact_attempts_contacted_agency_id"),
            ["contacted_agency_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_contact_attempts_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contact_attempts_team_id"), ["team_id"], unique=False)

    op.create_table(
        "entry_readers",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_entry_readers_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_entry_readers_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "account_id", name=op.f("pk_entry_readers")),
    )
    with op.batch_alter_table("entry_readers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_entry_readers_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "entry_versions",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_entry_versions_by_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_entry_versions_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_entry_versions")),
    )
    with op.batch_alter_table("entry_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_versions_by_id"), ["by_id"], unique=False)

    op.create_table(
        "goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "goal_for",
            sa.Enum(
                "child",
                "parent",
                "family",
                name="goalfor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_goals_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=80), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("local_start", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "place",
            sa.Enum(
                "site",
                "elsewhere",
                "video",
                "phone",
                name="place",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("place_text", sa.String(length=400), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("minute_taker_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "cancelled",
                name="meetingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.String(length=400), nullable=False),
        sa.Column(
            "left_out_reason",
            sa.Enum(
                "not-involved",
                "not-relevant",
                "parents-wish",
                "not-safe",
                "other",
                name="leftoutreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("left_out_note", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["chair_id"], ["accounts.id"], name=op.f("fk_meetings_chair_id")),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_meetings_id")),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["meeting_kinds.id"], name=op.f("fk_meetings_kind_id")
        ),
        sa.ForeignKeyConstraint(
            ["minute_taker_id"], ["accounts.id"], name=op.f("fk_meetings_minute_taker_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_meetings_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("uid", name=op.f("uq_meetings_uid")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_chair_id"), ["chair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_kind_id"), ["kind_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_meetings_minute_taker_id"), ["minute_taker_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_meetings_site_id"), ["site_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_notes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("no_child_goal", sa.String(length=400), nullable=False),
        sa.Column("no_parent_goal", sa.String(length=400), nullable=False),
        sa.Column("no_family_goal", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_plans_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    op.create_table(
        "post_holdings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_post_holdings_account_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_holdings_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_holdings")),
    )
    with op.batch_alter_table("post_holdings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_post_holdings_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_post_holdings_post_id"), ["post_id"], unique=False)

    op.create_table(
        "role_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("i_do", sa.Text(), nullable=False),
        sa.Column("i_do_not", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_role_statements_account_id")
        ),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_role_statements_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_statements")),
    )
    with op.batch_alter_table("role_statements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_role_statements_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "sharings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shared_entry_id", sa.Integer(), nullable=False),
        sa.Column(
            "from_level",
            sa.Enum(
                "open",
                "own-agency",
                "named",
                "safe-contact",
                "parents-own",
                name="from_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "to_level",
            sa.Enum(
                "open",
                "own-agency",
                "named",
                "safe-contact",
                "parents-own",
                name="to_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "purpose",
            sa.Enum(
                "safeguarding-child",
                "safeguarding-adult",
                "joint-plan",
                "meeting",
                "other",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("what", sa.Text(), nullable=False),
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
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_sharings_id")),
        sa.ForeignKeyConstraint(
            ["shared_entry_id"], ["entries.id"], name=op.f("fk_sharings_shared_entry_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharings")),
    )
    with op.batch_alter_table("sharings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sharings_shared_entry_id"), ["shared_entry_id"], unique=False
        )

    op.create_table(
        "sign_in_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sign_in_sessions_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_sign_in_sessions_membership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_sessions_token_hash")),
    )
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_in_sessions_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_sign_in_sessions_membership_id"), ["membership_id"], unique=False
        )

    op.create_table(
        "what_helps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_what_helps_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_what_helps")),
    )
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("owner_account_id", sa.Integer(), nullable=True),
        sa.Column("owner_team_id", sa.Integer(), nullable=True),
        sa.Column("owner_agency_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "accepted",
                "declined",
                "done",
                "cannot-be-done",
                "cancelled",
                name="actionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.String(length=400), nullable=False),
        sa.Column(
            "cannot_reason",
            sa.Enum(
                "service-not-available",
                "waiting-list",
                "refused",
                "family-declined",
                "no-time",
                "other",
                name="cannotreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("state_by_id", sa.Integer(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(owner_account_id IS NULL) <> (owner_team_id IS NULL)",
            name=op.f("ck_actions_exactly_one_owner"),
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_actions_goal_id")),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_actions_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_actions_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"], ["accounts.id"], name=op.f("fk_actions_owner_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_agency_id"], ["agencies.id"], name=op.f("fk_actions_owner_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_team_id"], ["teams.id"], name=op.f("fk_actions_owner_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["state_by_id"], ["accounts.id"], name=op.f("fk_actions_state_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actions_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_actions_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_actions_owner_account_id"), ["owner_account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_actions_owner_agency_id"), ["owner_agency_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_actions_owner_team_id"), ["owner_team_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_actions_state_by_id"), ["state_by_id"], unique=False)

    op.create_table(
        "goal_agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("goal_version", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "agreement",
            sa.Enum(
                "agreed",
                "partly-agreed",
                "not-agreed",
                name="agreement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_goal_agreements_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_goal_agreements_agency_id")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_goal_agreements_goal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_agreements")),
    )
    with op.batch_alter_table("goal_agreements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_goal_agreements_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_goal_agreements_agency_id"), ["agency_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_goal_agreements_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reply",
            sa.Enum(
                "needs-action",
                "accepted",
                "declined",
                "tentative",
                "delegated",
                name="reply",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reply_note", sa.String(length=400), nullable=False),
        sa.Column("deputy_for_id", sa.Integer(), nullable=True),
        sa.Column("written_view", sa.Text(), nullable=False),
        sa.Column("written_view_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "attendance",
            sa.Enum(
                "attended",
                "apologies",
                "absent",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_invitations_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_invitations_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["deputy_for_id"], ["invitations.id"], name=op.f("fk_invitations_deputy_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["accounts.id"], name=op.f("fk_invitations_invited_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_invitations_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("reference", name=op.f("uq_invitations_reference")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_invitations_deputy_for_id"), ["deputy_for_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_invitations_invited_by_id"), ["invited_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitations_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "plan_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_plan_signatures_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_plan_signatures_agency_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_signatures_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_signatures")),
    )
    with op.batch_alter_table("plan_signatures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_signatures_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_plan_signatures_agency_id"), ["agency_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_plan_signatures_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_versions_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_versions_plan_id_number")),
    )
    op.create_table(
        "plan_version_entries",
        sa.Column("plan_version_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("entry_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_plan_version_entries_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_versions.id"],
            name=op.f("fk_plan_version_entries_plan_version_id"),
        ),
        sa.PrimaryKeyConstraint(
            "plan_version_id", "entry_id", name=op.f("pk_plan_version_entries")
        ),
    )
    with op.batch_alter_table("plan_version_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_version_entries_entry_id"), ["entry_id"], unique=False
        )
    _refuse_changes()


def downgrade() -> None:
    """Take this revision back."""
    _allow_changes()
    with op.batch_alter_table("plan_version_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_version_entries_entry_id"))

    op.drop_table("plan_version_entries")
    op.drop_table("plan_versions")
    with op.batch_alter_table("plan_signatures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_signatures_plan_id"))
        batch_op.drop_index(batch_op.f("ix_plan_signatures_agency_id"))
        batch_op.drop_index(batch_op.f("ix_plan_signatures_account_id"))

    op.drop_table("plan_signatures")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_invited_by_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_deputy_for_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_agency_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_account_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("goal_agreements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_agreements_goal_id"))
        batch_op.drop_index(batch_op.f("ix_goal_agreements_agency_id"))
        batch_op.drop_index(batch_op.f("ix_goal_agreements_account_id"))

    op.drop_table("goal_agreements")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actions_state_by_id"))
        batch_op.drop_index(batch_op.f("ix_actions_owner_team_id"))
        batch_op.drop_index(batch_op.f("ix_actions_owner_agency_id"))
        batch_op.drop_index(batch_op.f("ix_actions_owner_account_id"))
        batch_op.drop_index(batch_op.f("ix_actions_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_actions_goal_id"))

    op.drop_table("actions")
    op.drop_table("what_helps")
    with op.batch_alter_table("sign_in_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_sessions_membership_id"))
        batch_op.drop_index(batch_op.f("ix_sign_in_sessions_account_id"))

    op.drop_table("sign_in_sessions")
    with op.batch_alter_table("sharings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sharings_shared_entry_id"))

    op.drop_table("sharings")
    with op.batch_alter_table("role_statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_statements_account_id"))

    op.drop_table("role_statements")
    with op.batch_alter_table("post_holdings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_holdings_post_id"))
        batch_op.drop_index(batch_op.f("ix_post_holdings_account_id"))

    op.drop_table("post_holdings")
    op.drop_table("plans")
    op.drop_table("notes")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_starts_at"))
        batch_op.drop_index(batch_op.f("ix_meetings_site_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_minute_taker_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_kind_id"))
        batch_op.drop_index(batch_op.f("ix_meetings_chair_id"))

    op.drop_table("meetings")
    op.drop_table("goals")
    with op.batch_alter_table("entry_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_versions_by_id"))

    op.drop_table("entry_versions")
    with op.batch_alter_table("entry_readers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_readers_account_id"))

    op.drop_table("entry_readers")
    with op.batch_alter_table("contact_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_attempts_team_id"))
        batch_op.drop_index(batch_op.f("ix_contact_attempts_person_id"))
        batch_op.drop_index(batch_op.f("ix_contact_attempts_contacted_agency_id"))
        batch_op.drop_index(batch_op.f("ix_contact_attempts_attempted_at"))
        batch_op.drop_index(batch_op.f("ix_contact_attempts_account_id"))

    op.drop_table("contact_attempts")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_posts_team_id"))
        batch_op.drop_index(batch_op.f("ix_posts_agency_id"))

    op.drop_table("posts")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_nhs_number"))
        batch_op.drop_index(batch_op.f("ix_people_match_name_born_on"))
        batch_op.drop_index(batch_op.f("ix_people_family_id"))

    op.drop_table("people")
    with op.batch_alter_table("oversights", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_oversights_family_id"))
        batch_op.drop_index(batch_op.f("ix_oversights_agency_id"))
        batch_op.drop_index(batch_op.f("ix_oversights_account_id_family_id"))

    op.drop_table("oversights")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_team_id"))
        batch_op.drop_index(batch_op.f("ix_memberships_account_id"))

    op.drop_table("memberships")
    with op.batch_alter_table("join_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_join_requests_team_id"))
        batch_op.drop_index(batch_op.f("ix_join_requests_family_id"))
        batch_op.drop_index(batch_op.f("ix_join_requests_asked_by_id"))
        batch_op.drop_index(batch_op.f("ix_join_requests_answered_by_id"))

    op.drop_table("join_requests")
    with op.batch_alter_table("involvements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_involvements_team_id"))
        batch_op.drop_index(batch_op.f("ix_involvements_family_id"))
        batch_op.drop_index(batch_op.f("ix_involvements_agency_id"))
        batch_op.drop_index(batch_op.f("ix_involvements_account_id_family_id"))

    op.drop_table("involvements")
    with op.batch_alter_table("exclusions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusions_set_by_id"))
        batch_op.drop_index(batch_op.f("ix_exclusions_lifted_by_id"))
        batch_op.drop_index(batch_op.f("ix_exclusions_family_id"))
        batch_op.drop_index(batch_op.f("ix_exclusions_account_id_family_id"))

    op.drop_table("exclusions")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entries_family_id_kind_created_at"))
        batch_op.drop_index(batch_op.f("ix_entries_author_id"))
        batch_op.drop_index(batch_op.f("ix_entries_agency_id"))

    op.drop_table("entries")
    op.drop_table("teams")
    op.drop_table("submissions")
    with op.batch_alter_table("sites", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sites_agency_id"))

    op.drop_table("sites")
    with op.batch_alter_table("setup_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_setup_links_account_id"))

    op.drop_table("setup_links")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_state_next_try_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_account_id"))

    op.drop_table("outbox")
    with op.batch_alter_table("families", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_families_opened_by_id"))
        batch_op.drop_index(batch_op.f("ix_families_agency_id"))

    op.drop_table("families")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_account_id_path"))

    op.drop_table("drafts")
    op.drop_table("wrong_sign_ins")
    op.drop_table("trail_seals")
    op.drop_table("trail_keys")
    with op.batch_alter_table("trail_events", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_trail_events_towards_id_hour"),
            sqlite_where=sa.text("towards_id IS NOT NULL"),
            postgresql_where=sa.text("towards_id IS NOT NULL"),
        )
        batch_op.drop_index(
            batch_op.f("ix_trail_events_record_ref_hour"),
            sqlite_where=sa.text("allowed IS 0"),
            postgresql_where=sa.text("allowed IS false"),
        )
        batch_op.drop_index(batch_op.f("ix_trail_events_kind_hour"))
        batch_op.drop_index(batch_op.f("ix_trail_events_hour"))
        batch_op.drop_index(batch_op.f("ix_trail_events_family_id_hour"))
        batch_op.drop_index(batch_op.f("ix_trail_events_actor_id_hour"))

    op.drop_table("trail_events")
    op.drop_table("meeting_kinds")
    op.drop_table("agencies")
    op.drop_table("accounts")


# --- what no statement may do, whoever sends it -------------------------------------------------
#
# A trigger cannot stop the owner of the file or the database, who can drop it: that is what the
# seal behind the trail is for (docs/decisions/0006).

APPEND_ONLY = (
    "trail_events",
    "trail_seals",
    "contact_attempts",
    "entry_versions",
    "goal_agreements",
    "plan_versions",
    "plan_version_entries",
    "plan_signatures",
    "sharings",
)
# REPLACE deletes without a delete trigger, so SQLite must also refuse a second row with a key.
KEYS = {
    "trail_events": ("seq",),
    "trail_keys": ("event_id",),
    "trail_seals": ("leaf", "seq"),
    "entries": ("id", "reference"),
    "entry_versions": ("entry_id, version",),
    "contact_attempts": ("id", "corrects_id"),
    "goal_agreements": ("id",),
    "plan_versions": ("id", "plan_id, number"),
    "plan_version_entries": ("plan_version_id, entry_id",),
    "plan_signatures": ("id",),
    "sharings": ("id",),
}
FIXED_IN_ENTRIES = (
    "id",
    "reference",
    "family_id",
    "kind",
    "author_id",
    "agency_id",
    "created_at",
)


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _refuse_changes_on_sqlite()
    else:
        _refuse_changes_on_postgresql()


def _refuse_changes_on_sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for table, keys in KEYS.items():
        same = " OR ".join(
            " AND ".join(f"{column} = NEW.{column}" for column in key.split(", ")) for key in keys
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only: no row is replaced'); END"
        )
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIXED_IN_ENTRIES)
    op.execute(
        f"CREATE TRIGGER entries_fixed BEFORE UPDATE ON entries WHEN {changed}"
        " BEGIN SELECT RAISE(ABORT, 'of an entry only level, notice and version change'); END"
    )
    op.execute(
        "CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries"
        " BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END"
    )
    op.execute(
        "CREATE TRIGGER trail_keys_no_update BEFORE UPDATE ON trail_keys"
        " BEGIN SELECT RAISE(ABORT, 'a key may be destroyed but not changed'); END"
    )


def _refuse_changes_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    for table in (*APPEND_ONLY, "entries", "trail_keys"):
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    changed = " OR ".join(
        f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED_IN_ENTRIES
    )
    op.execute(
        f"CREATE TRIGGER entries_fixed BEFORE UPDATE ON entries FOR EACH ROW WHEN ({changed})"
        " EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER trail_keys_no_update BEFORE UPDATE ON trail_keys"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _allow_changes() -> None:
    """Drop what dropping the tables would leave behind."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change() CASCADE")
