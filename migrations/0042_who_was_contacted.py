"""All ways of a contact; contacts with guests; how somebody likes to be reached.

Revision: 0042, after 0041.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.models.widening import add_words, take_words

revision = "0042"
down_revision = "0041"
branch_labels = ()
depends_on = None

CONTACTS = "contact_attempts"
MECHANISMS = (CONTACTS, "mechanism", "ck_contact_attempts_mechanism")
MORE = ("11", "10", "04", "12", "13")
WISHES = ("reach_by", "silence_means")


def upgrade() -> None:
    """Bring the tables to this revision."""
    add_words(*MECHANISMS, *MORE)
    # One statement for both databases: a copy of the table would lose its triggers on SQLite.
    op.execute(
        f"ALTER TABLE {CONTACTS} ADD COLUMN guest_id INTEGER"
        f" CONSTRAINT fk_{CONTACTS}_guest_id REFERENCES guests (id)"
    )
    op.create_index(op.f(f"ix_{CONTACTS}_guest_id"), CONTACTS, ["guest_id"])
    words = sa.String(length=400)
    for name in WISHES:
        op.add_column("people", sa.Column(name, words, nullable=False, server_default=""))
    with op.batch_alter_table("people") as people:
        for name in WISHES:
            people.alter_column(name, existing_type=words, server_default=None)


def downgrade() -> None:
    """Take this revision back."""
    for name in WISHES:
        op.drop_column("people", name)
    op.drop_index(op.f(f"ix_{CONTACTS}_guest_id"), CONTACTS)
    op.drop_column(CONTACTS, "guest_id")
    take_words(*MECHANISMS, *MORE)
