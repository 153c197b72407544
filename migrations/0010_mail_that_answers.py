"""Answers that come by mail, and what became of each message.

Revision: 0010, after 0009.
"""

revision = "0010"
down_revision = "0009"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""


def downgrade() -> None:
    """Take this revision back."""
