"""Requests to a link worker, with the contact attempts that they name.

Revision: 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.row_rules import bind, of_an_entry, unbind
from coordinator.models.widening import add_words, take_words

revision = "0023"
down_revision = "0022"
branch_labels = ()
depends_on = None

MORE_KINDS = ("link-request",)
HELPS = ("introduce", "chase", "advise", "attend", "explain")
OUTCOMES = (
    "put-in-touch",
    "reached",
    "not-reached",
    "advised",
    "attended",
    "explained",
    "passed-on",
    "could-not",
    "withdrawn",
)
RULES = {
    "link_requests": of_an_entry("link_requests.id"),
    "link_attempts": of_an_entry("link_attempts.request_id"),
}
LEADS_TO = {
    "id": "entries",
    "post_id": "posts",
    "asked_id": "accounts",
    "about_id": "accounts",
    "about_agency_id": "agencies",
    "closed_by_id": "accounts",
}


def upgrade() -> None:
    """Bring the tables to this revision."""
    add_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)
    op.create_table(
        "link_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("help", _words("linkhelp", *HELPS), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("about_agency_id", sa.Integer(), nullable=True),
        sa.Column("outcome", _words("linkoutcome", *OUTCOMES), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_link_requests_{column}")
            )
            for column, table in LEADS_TO.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_requests")),
    )
    for column in ("asked_id", "about_id", "about_agency_id", "closed_by_id"):
        op.create_index(op.f(f"ix_link_requests_{column}"), "link_requests", [column])
    op.create_index(
        op.f("ix_link_requests_post_id_closed_at"), "link_requests", ["post_id", "closed_at"]
    )
    op.create_table(
        "link_attempts",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["entries.id"], name=op.f("fk_link_attempts_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["entries.id"], name=op.f("fk_link_attempts_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", "attempt_id", name=op.f("pk_link_attempts")),
    )
    op.create_index(op.f("ix_link_attempts_attempt_id"), "link_attempts", ["attempt_id"])
    bind(RULES)


def downgrade() -> None:
    """Take this revision back."""
    unbind(RULES)
    op.drop_table("link_attempts")
    op.drop_table("link_requests")
    take_words("entries", "kind", "ck_entries_entrykind", *MORE_KINDS)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
