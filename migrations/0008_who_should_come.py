"""Who should come to a meeting, who was left out and why, and what they need.

Revision: 0008, after 0007.
"""

revision = "0008"
down_revision = "0007"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""


def downgrade() -> None:
    """Take this revision back."""
