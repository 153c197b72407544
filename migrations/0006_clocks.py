"""Statutory clocks, the status of each child, and outcomes of conferences.

Revision: 0006, after 0005.
"""

revision = "0006"
down_revision = "0005"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""


def downgrade() -> None:
    """Take this revision back."""
