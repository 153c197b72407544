"""An agenda in parts, a board, minutes, and what people say after a meeting.

Revision: 0005, after 0004.
"""

revision = "0005"
down_revision = "0004"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""


def downgrade() -> None:
    """Take this revision back."""
